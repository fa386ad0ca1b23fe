#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../plots/figure.h"
#include "base/text.h"
#include "data/scenario.h"
#include "ensemble/source.h"
#include "fitter/fitter.h"
#include "net/optimiser.h"
#include "opt.h"
#include "perspective/perspective.h"
#include "score/forecast.h"
#include "study/interval.h"
#include "study/method.h"
#include "study/prediction.h"
#include "tools.h"
#include "variance/estimator.h"

static void
list_methods (void)
{
  for (const bd_method *q = bd_methods; q->name; q++)
    {
      printf ("  %-12s %s", q->name, q->title);
      if (q->tuned)
        printf ("; %s is tuned over", q->tuned);
      for (size_t k = 0; k < q->values; k++)
        printf (" %g", q->grid[k]);
      putchar ('\n');
    }
}

static void
print_knobs (const bd_knob *knob)
{
  for (; knob->name; knob++)
    if (knob->word)
      printf ("    %-10s %s%s%s%s\n", knob->name, knob->help,
              *knob->word ? " [" : "", knob->word, *knob->word ? "]" : "");
    else
      printf ("    %-10s %s (%.10g to %.10g) [%g]\n", knob->name, knob->help,
              knob->lo, knob->hi, knob->value);
}

static void
list_fitters (void)
{
  for (size_t k = 0; bd_fitter_types[k]; k++)
    {
      printf ("  %-12s %s\n", bd_fitter_types[k]->name,
              bd_fitter_types[k]->help);
      print_knobs (bd_fitter_types[k]->knobs);
    }
}

static void
list_resamplings (void)
{
  for (size_t k = 0; bd_resample_types[k]; k++)
    {
      printf ("  %-12s %s\n", bd_resample_types[k]->name,
              bd_resample_types[k]->help);
      print_knobs (bd_resample_types[k]->knobs);
    }
}

static void
list_estimators (void)
{
  for (size_t k = 0; bd_estimators[k]; k++)
    printf ("  %-12s %s\n", bd_estimators[k]->name, bd_estimators[k]->help);
}

static void
list_scores (void)
{
  for (size_t k = 0; bd_scores[k]; k++)
    printf ("  %-17s %s [%s]\n", bd_scores[k]->name, bd_scores[k]->help,
            bd_scores[k]->unit);
}

static void
list_sources (void)
{
  for (size_t k = 0; bd_source_types[k]; k++)
    printf ("  %-12s %s\n", bd_source_types[k]->name,
            bd_source_types[k]->help);
}

static void
list_predictions (void)
{
  for (size_t k = 0; bd_predictions[k]; k++)
    printf ("  %-14s %s\n", bd_predictions[k]->name, bd_predictions[k]->help);
}

static void
list_masks (void)
{
  for (size_t k = 0; bd_mask_types[k]; k++)
    {
      printf ("  %-12s %s\n", bd_mask_types[k]->name, bd_mask_types[k]->help);
      if (bd_mask_types[k]->knobs)
        print_knobs (bd_mask_types[k]->knobs);
    }
  puts ("  all of them:");
  print_knobs (bd_mask_common);
}

static void
list_intervals (void)
{
  for (size_t k = 0; bd_interval_types[k]; k++)
    {
      printf ("  %-12s %s\n", bd_interval_types[k]->name,
              bd_interval_types[k]->help);
      print_knobs (bd_interval_types[k]->knobs);
    }
}

static void
list_units (void)
{
  for (const bd_unit *u = bd_units; u->name; u++)
    printf ("  %-12s %s\n", u->name, u->help);
}

static void
list_outputs (void)
{
  for (const bd_output *o = bd_outputs; o->name; o++)
    printf ("  %-12s %s\n", o->name, o->help);
}

static void
list_optimisers (void)
{
  for (size_t k = 0; bd_optimisers[k]; k++)
    {
      printf ("  %-12s %s\n", bd_optimisers[k]->name, bd_optimisers[k]->help);
      print_knobs (bd_optimisers[k]->knobs);
    }
}

static void
list_schedules (void)
{
  for (const bd_schedule *s = bd_schedules; s->name; s++)
    printf ("  %-12s %s\n", s->name, s->help);
}

static void
list_scenarios (void)
{
  for (const bd_scenario *s = bd_scenarios; s->name; s++)
    printf ("  %-12s %s (%zu rows, noise %g)\n", s->name, s->help, s->rows,
            s->noise);
}

static void
list_perspectives (void)
{
  for (size_t k = 0; k < BD_PERSPECTIVES; k++)
    printf ("  %-12zu %s\n", k + 1, bd_perspectives[k]->title);
}

static void
list_figures (void)
{
  for (const bd_recipe *r = bd_recipes; r->name; r++)
    printf ("  %-12s %s\n", r->name, r->help);
  puts ("  of several panels, drawn by 'plot':");
  tool_list_panels ();
}

static const struct
{
  const char *name, *title;
  void (*print) (void);
} kinds[] = {
  { "methods", "Methods of 'compare'", list_methods },
  { "fitters", "Fitters, with their knobs: range and [default]",
    list_fitters },
  { "resamplings", "Resamplings, with their knobs: range and [default]",
    list_resamplings },
  { "estimators", "Estimators of the variance of a bag's mean",
    list_estimators },
  { "scores", "Scores of forecasts, with their units", list_scores },
  { "intervals",
    "Intervals of a new observation, with their knobs: range and [default]",
    list_intervals },
  { "sources", "Where members come from", list_sources },
  { "predictions", "How a dropout network predicts", list_predictions },
  { "masks", "Laws of dropout masks, with their knobs: range and [default]",
    list_masks },
  { "units", "Hidden units", list_units },
  { "outputs", "Outputs of a network", list_outputs },
  { "optimisers", "Optimisers, with their knobs: range and [default]",
    list_optimisers },
  { "schedules", "Courses of the learning rate", list_schedules },
  { "scenarios", "Scenarios of 'simulate'", list_scenarios },
  { "perspectives", "Experiments of 'perspectives'", list_perspectives },
  { "figures", "Figures", list_figures },
};

#define KINDS (sizeof kinds / sizeof kinds[0])

static void
list_kinds (void)
{
  for (size_t k = 0; k < KINDS; k++)
    printf ("  %-12s %s\n", kinds[k].name, kinds[k].title);
}

int
cmd_list (int argc, char **argv)
{
  const opt_option options[]
      = { { NULL, 0, OPT_FLAG, NULL, 0, 0, NULL, NULL } };
  const opt_command c
      = { "list",
          "[OPTION]... [KIND]",
          "List what there is: methods, fitters, resamplings, "
          "estimators, intervals,\nscores, sources, predictions, masks, "
          "units, outputs, optimisers, schedules,\n"
          "scenarios, perspectives, figures.",
          "Without KIND everything is listed; 'kinds' lists the kinds.\n",
          options,
          1 };
  const char *kind;
  int status = opt_parse (&c, argc, argv, &kind);
  size_t printed = 0;

  if (status >= 0)
    return status;
  if (kind && strcmp (kind, "kinds") == 0)
    {
      list_kinds ();
      return EXIT_SUCCESS;
    }
  for (size_t k = 0; k < KINDS; k++)
    if (!kind || strcmp (kind, kinds[k].name) == 0)
      {
        printf ("%s%s\n", printed++ ? "\n" : "", kinds[k].title);
        kinds[k].print ();
      }
  if (printed == 0)
    {
      const char *names[KINDS];
      for (size_t k = 0; k < KINDS; k++)
        names[k] = kinds[k].name;
      const char *near = bd_text_nearest (kind, names, KINDS);
      if (near)
        return opt_usage_error (
            &c, "there is no kind '%s'; did you mean '%s'?", kind, near);
    }
  if (printed == 0)
    return opt_usage_error (
        &c,
        "there is no kind '%s'; there are methods, "
        "fitters, resamplings, estimators, intervals, scores, sources, "
        "predictions, masks, units, outputs, optimisers, "
        "schedules, scenarios, perspectives and figures",
        kind);
  return EXIT_SUCCESS;
}
