#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "data/scenario.h"
#include "ensemble/run.h"
#include "ensemble/source.h"
#include "sine_tools.h"
#include "tools.h"

#define ROWS 60
#define POINTS 101

static const struct
{
  const char *knobs;
  const bd_resample_type *resample;
  size_t members;
} method[] = { { "", &bd_resample_none, 1 },
               { "", &bd_resample_bootstrap, 20 },
               { "decay=0.003", &bd_resample_none, 1 },
               { "dropout=0.1", &bd_resample_none, 1 },
               { "dropout=0.5", &bd_resample_none, 1 } };

/* Mean squared error of METHOD K trained on S.  */
static double
error_of (size_t k, const bd_dataset *s, const gsl_matrix *P,
          const double truth[], uint64_t seed)
{
  const bd_fitter_type *net = &bd_fitter_net;
  bd_settings knob;
  double mse = 0;
  bd_error err = { "" };

  bd_knob_parse (net->knobs, method[k].knobs, &knob, &err);
  void *plan = net->plan (&knob, s->X, s->y, P, &err);
  ck_assert_msg (plan != NULL, "%s", err.text);
  const bd_bag bag = { .fitter = net,
                       .plan = plan,
                       .resample = method[k].resample,
                       .n = ROWS,
                       .m = POINTS,
                       .seed = seed };
  bd_source source = bd_bag_source (&bag);
  bd_run_options o = { .members = method[k].members, .threads = 1 };
  bd_moments *a = bd_moments_alloc (ROWS, POINTS, 0, POINTS);
  ck_assert_int_eq (bd_run (&source, &o, a), GSL_SUCCESS);
  ck_assert_uint_eq (a->failed, 0);
  for (size_t j = 0; j < POINTS; j++)
    mse += gsl_pow_2 (a->t[j] - truth[j]) / POINTS;
  bd_moments_free (a);
  net->free_plan (plan);
  return mse;
}

void
sine_errors (size_t count, size_t methods, double mse[])
{
  const bd_scenario *sine = bd_scenario_find ("sine");
  gsl_matrix *P = gsl_matrix_alloc (POINTS, 1);
  double truth[POINTS];

  for (size_t j = 0; j < POINTS; j++)
    {
      double x = -3 + 6 * (double)j / (POINTS - 1);
      gsl_matrix_set (P, j, 0, x);
      truth[j] = sine->truth (&x);
    }
  for (size_t k = 0; k < methods; k++)
    mse[k] = 0;
  for (uint64_t set = 0; set < count; set++)
    {
      bd_dataset *s = bd_scenario_draw (sine, ROWS, 0.5, 1000 + set);
      for (size_t k = 0; k < methods; k++)
        mse[k] += error_of (k, s, P, truth, set) / (double)count;
      bd_dataset_free (s);
    }
  gsl_matrix_free (P);
}
