/* Verdicts and measures as text.  */
#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "format.h"
#include "perspectives.h"

#define TIMES M_LN2 /* log ratios above this are told as "2 times" */

char *
persp_name (char to[PERSP_NAME], const bd_perspective_result *p,
            const char *extension)
{
  snprintf (to, PERSP_NAME, "perspective-%zu%s", p->number, extension);
  return to;
}

char *
persp_number (char to[PERSP_NUMBER], const bd_contrast *c,
              const bd_interval *over)
{
  double v[] = { over->mean, over->lo, over->hi };
  bool times = c->ratio && v[0] > TIMES;
  char number[3][FORMAT_SIZE];

  if (!gsl_finite (v[0]))
    {
      snprintf (to, PERSP_NUMBER, "not known");
      return to;
    }
  for (size_t k = 0; k < 3; k++)
    if (c->ratio)
      v[k] = times ? exp (v[k]) : 100 * (exp (v[k]) - 1);
  int decimals = c->ratio && !times ? 0 : format_decimals (v, 3, 2);
  if (c->ratio && !times && fabs (v[0]) < 10)
    decimals = 1;
  for (size_t k = 0; k < 3; k++)
    format_number (number[k], v[k], decimals);
  snprintf (to, PERSP_NUMBER, "%s%s [%s, %s]", number[0],
            !c->ratio ? ""
            : times   ? " times"
                      : " %",
            gsl_finite (v[1]) ? number[1] : "unknown",
            gsl_finite (v[2]) ? number[2] : "unknown");
  return to;
}

/* Length of a 95 % interval over R numbers of standard deviation 1.  */
static double
interval_length (size_t R)
{
  return 2 * gsl_cdf_tdist_Pinv (.975, (double)R - 1) / sqrt ((double)R);
}

/* What a run has less of than usual.  */
static void
put_lost (const persp_job *j, FILE *to)
{
  const bd_perspective_options *o = &j->run->options;
  const bd_perspective_options usual = bd_perspective_options_default ();

  if (o->R < usual.R && o->scenario)
    fprintf (to,
             " With the usual %zu repetitions they would be about %.1f times "
             "narrower.",
             usual.R, interval_length (o->R) / interval_length (usual.R));
  else if (o->R < usual.R)
    fprintf (to, " The usual number of repetitions is %zu.", usual.R);
  if (o->nets < usual.nets)
    fprintf (to, " Ensembles have %zu networks (usually %zu).", o->nets,
             usual.nets);
  if (o->masks < usual.masks)
    fprintf (to, " Averages are over %zu masks (usually %zu).", o->masks,
             usual.masks);
}

void
persp_put_precision (const persp_job *j, FILE *to)
{
  const bd_perspective_options *o = &j->run->options;

  if (o->scenario)
    fprintf (to,
             "Brackets hold 95 %% intervals over %zu simulated data sets of "
             "%zu rows.",
             o->R, j->run->rows);
  else
    fprintf (to,
             "Brackets hold 95 %% intervals over %zu random splits of the "
             "table, %zu rows to train on and %zu to test on, widened because "
             "the splits share rows.",
             o->R, j->run->rows, j->run->test);
  put_lost (j, to);
}

static void
print_contrast (const bd_contrast *c, const bd_contrast_result *r, FILE *to)
{
  char number[PERSP_NUMBER];

  fprintf (to, "     %s: %s\n", c->what, persp_number (number, c, &r->over));
}

void
persp_print (const persp_job *j, const char *dir, FILE *to)
{
  const bd_perspective_run *a = j->run;
  char clean[256];

  for (size_t i = 0; i < a->count; i++)
    {
      const bd_perspective_result *p = &a->result[i];
      fprintf (to, "%zu  %s: %s\n", p->number, p->type->title,
               *p->skipped ? "skipped" : bd_word_text (p->word));
      if (*p->skipped)
        fprintf (to, "     %s\n", p->skipped);
      for (size_t k = 0; !*p->skipped && p->type->contrast[k].what; k++)
        if (p->type->contrast[k].decides)
          print_contrast (&p->type->contrast[k], &p->contrast[k], to);
      if (p->failed)
        fprintf (to, "     %zu of %zu repetitions diverged and are left out\n",
                 p->failed, a->options.R);
    }
  fputc ('\n', to);
  persp_put_precision (j, to);
  fprintf (to, "\nPage: %s/%s\n", bd_text_clean (clean, sizeof clean, dir),
           PERSP_PAGE);
}

static void
put_head (const persp_job *j, FILE *to)
{
  const bd_perspective_run *a = j->run;

  fprintf (to, "# bagdrop: %s\n# command: %s\n", PACKAGE_VERSION, j->command);
  fprintf (to, "# repetitions: %zu, %zu rows to train on, %zu to test on\n",
           a->options.R, a->rows, a->test);
}

void
persp_write_verdicts (const persp_job *j, FILE *to)
{
  const bd_perspective_run *a = j->run;

  put_head (j, to);
  fputs ("# value: of `log ratio' contrasts the mean logarithm; lo, hi: its "
         "95 % interval over repetitions\n"
         "perspective\tname\tverdict\tcontrast\tscale\tdecides\tside\tvalue\t"
         "lo\thi\trepetitions\tword\n",
         to);
  for (size_t i = 0; i < a->count; i++)
    {
      const bd_perspective_result *p = &a->result[i];
      if (*p->skipped)
        fprintf (to, "# skipped: %zu: %s\n", p->number, p->skipped);
      for (size_t k = 0; !*p->skipped && p->type->contrast[k].what; k++)
        {
          const bd_contrast *c = &p->type->contrast[k];
          const bd_contrast_result *r = &p->contrast[k];
          fprintf (to, "%zu\t%s\t%s\t%s\t%s\t%s\t%s\t", p->number,
                   p->type->name, bd_word_text (p->word), c->what,
                   c->ratio ? "log ratio" : "difference",
                   c->decides ? "yes" : "no", c->side < 0 ? "below" : "above");
          tool_put_number (to, r->over.mean, 17);
          fputc ('\t', to);
          tool_put_number (to, r->over.lo, 17);
          fputc ('\t', to);
          tool_put_number (to, r->over.hi, 17);
          fprintf (to, "\t%zu\t%s\n", r->used, bd_word_text (r->word));
        }
    }
}

void
persp_write_measures (const persp_job *j, const bd_perspective_result *p,
                      FILE *to)
{
  const bd_layout *l = &p->layout;

  put_head (j, to);
  fprintf (to, "# perspective: %zu, %s\n# claim: %s\n# verdict: %s\n",
           p->number, p->type->title, p->type->claim, bd_word_text (p->word));
  fputs ("# value, lo, hi: mean over the repetitions and its 95 % interval; "
         "where mean is `geometric', of logarithms\n"
         "measure\tarm\tx\tvalue\tlo\thi\tmean\n",
         to);
  for (size_t i = 0; i < l->series; i++)
    for (size_t k = 0; k < l->of[i].count; k++)
      {
        const bd_series *s = &l->of[i];
        bd_interval v = bd_perspective_over (j->run, p, s, k);
        fprintf (to, "%s\t%s\t", s->measure, l->arm[s->arm].name);
        tool_put_number (to, s->x[k], 17);
        fputc ('\t', to);
        tool_put_number (to, v.mean, 17);
        fputc ('\t', to);
        tool_put_number (to, v.lo, 17);
        fputc ('\t', to);
        tool_put_number (to, v.hi, 17);
        fprintf (to, "\t%s\n", s->log ? "geometric" : "arithmetic");
      }
}
