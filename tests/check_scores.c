/* All scores of the registry against numbers made by numpy, scipy and
   scikit-learn (tests/golden/scores.py).  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>

#include "score/classes.h"
#include "score/coverage.h"
#include "score/pit.h"
#include "score/proper.h"
#include "score_tools.h"
#include "tap.h"
#include "tools.h"

#define ROWS 12
#define NEAR(a, b) ck_assert_double_eq_tol (a, b, 1e-12 * (1 + fabs (b)))

/* The rows of the score called NAME of F are those of LINE, and its mean is
   theirs.  */
static void
rows_are (const golden_scores *g, const char *name, const bd_forecast *f,
          const char *line)
{
  const double *want = golden_get (g, line, f->n);
  double *x = score_rows (name, f);

  for (size_t i = 0; i < f->n; i++)
    NEAR (x[i], want[i]);
  NEAR (score_of (name, f).mean, mean_of (want, f->n));
  free (x);
}

static void
is (const golden_scores *g, const char *name, const bd_forecast *f,
    const char *line)
{
  NEAR (score_of (name, f).mean, *golden_get (g, line, 1));
}

START_TEST (normal_rows)
{
  golden_scores *g = golden_open ();
  bd_forecast f = golden_normal (g);
  double u[ROWS];

  rows_are (g, "crps", &f, "crps");
  rows_are (g, "nll", &f, "nll");
  rows_are (g, "pinball", &f, "deciles");
  bd_pit_normal (&f, u);
  for (size_t i = 0; i < ROWS; i++)
    NEAR (u[i], golden_get (g, "pit", ROWS)[i]);
  golden_close (g);
}
END_TEST

static const double level[] = { .5, .8, .9, .95 };

START_TEST (intervals)
{
  golden_scores *g = golden_open ();
  bd_forecast f = golden_normal (g), t = { .n = ROWS, .y = f.y };
  char line[40];

  f.level = t.level = level[_i];
#define LINE(what) (snprintf (line, sizeof line, what "_%g", level[_i]), line)
  rows_are (g, "cover", &f, LINE ("cover"));
  rows_are (g, "interval", &f, LINE ("interval"));
  rows_are (g, "width", &f, LINE ("width"));
  t.lo = golden_get (g, LINE ("lo"), ROWS);
  t.hi = golden_get (g, LINE ("hi"), ROWS);
  rows_are (g, "cover", &t, LINE ("members_cover"));
  rows_are (g, "interval", &t, LINE ("members_interval"));
  golden_close (g);
}
END_TEST

START_TEST (pinball)
{
  static const double tau[] = { .05, .25, .5, .9 };
  golden_scores *g = golden_open ();
  bd_forecast f = golden_normal (g);

  for (int k = 0; k < LENGTH (tau); k++)
    {
      char line[40];
      snprintf (line, sizeof line, "quantile_%g", tau[k]);
      const double *q = golden_get (g, line, ROWS);
      snprintf (line, sizeof line, "pinball_%g", tau[k]);
      for (size_t i = 0; i < ROWS; i++)
        NEAR (bd_pinball (f.y[i], q[i], tau[k]),
              golden_get (g, line, ROWS)[i]);
    }
  golden_close (g);
}
END_TEST

START_TEST (members)
{
  golden_scores *g = golden_open ();
  const double *T = golden_get (g, "members", 7 * ROWS);
  static const double far[] = { 1000, 1000, 1000 };
  double some[7 * 3];
  bd_forecast f = { .n = ROWS,
                    .y = golden_get (g, "y", ROWS),
                    .T = T,
                    .B = 7,
                    .noise = 1 / sqrt (1.7) };

  rows_are (g, "crps_members", &f, "crps_members");
  rows_are (g, "crps_fair", &f, "crps_fair");
  rows_are (g, "nll_mixture", &f, "nll_mixture");
  is (g, "member_mse", &f, "member_mse");
  is (g, "ambiguity", &f, "ambiguity");
  for (size_t b = 0; b < 7; b++)
    for (size_t i = 0; i < 3; i++)
      some[b * 3 + i] = T[b * ROWS + i];
  bd_forecast beyond
      = { .n = 3, .y = far, .T = some, .B = 7, .noise = f.noise };
  rows_are (g, "nll_mixture", &beyond, "nll_mixture_far");
  f.noise = 0;
  is (g, "spread_skill", &f, "spread_skill");
  golden_close (g);
}
END_TEST

START_TEST (of_the_mean)
{
  static const char *const name[]
      = { "rmse", "mae",         "median_ae",       "bias",
          "r2",   "correlation", "rank_correlation" };
  golden_scores *g = golden_open ();
  bd_forecast f = { .n = ROWS,
                    .y = golden_get (g, "y", ROWS),
                    .mean = golden_get (g, "mean", ROWS) };

  for (int k = 0; k < LENGTH (name); k++)
    is (g, name[k], &f, name[k]);
  golden_close (g);
}
END_TEST

START_TEST (calibration)
{
  static const char *const name[]
      = { "pit_ks", "miscalibration", "sharpness", "z_rms", "ence" };
  static const double levels[] = { .1, .3, .5, .7, .9, .95 };
  golden_scores *g = golden_open ();
  bd_forecast f = golden_normal (g);
  const double *want = golden_get (g, "curve", 6);
  double cover[6];
  bd_sd_bin bin[3];

  for (int k = 0; k < LENGTH (name); k++)
    is (g, name[k], &f, name[k]);
  ck_assert_int_eq (bd_calibration_curve (&f, levels, 6, cover), 0);
  for (int k = 0; k < 6; k++)
    NEAR (cover[k], want[k]);
  ck_assert_int_eq (bd_sd_bins (&f, 3, bin), 0);
  want = golden_get (g, "bins", 6);
  for (int k = 0; k < 3; k++)
    {
      ck_assert_uint_eq (bin[k].rows, 4);
      NEAR (bin[k].sd, want[2 * k]);
      NEAR (bin[k].rmse, want[2 * k + 1]);
    }
  golden_close (g);
}
END_TEST

START_TEST (two_classes)
{
  static const char *const name[]
      = { "accuracy", "brier", "log_loss", "auc", "ece", "average_precision" };
  golden_scores *g = golden_open ();
  double both[40];
  bd_forecast f = { .n = 20,
                    .y = golden_get (g, "label", 20),
                    .p = golden_get (g, "p", 20),
                    .k = 1 };
  bd_forecast two = { .n = 20, .y = f.y, .p = both, .k = 2 };

  for (size_t i = 0; i < 20; i++)
    {
      both[2 * i] = 1 - f.p[i];
      both[2 * i + 1] = f.p[i];
    }
  for (int k = 0; k < LENGTH (name); k++)
    {
      is (g, name[k], &f, name[k]);
      is (g, name[k], &two, name[k]);
    }
  NEAR (score_of ("auc", &f).se, *golden_get (g, "auc_se", 1));
  golden_close (g);
}
END_TEST

START_TEST (three_classes)
{
  golden_scores *g = golden_open ();
  bd_forecast f = { .n = 8,
                    .y = golden_get (g, "three", 8),
                    .p = golden_get (g, "three_p", 24),
                    .k = 3 };

  is (g, "log_loss", &f, "three_log_loss");
  is (g, "brier", &f, "three_brier");
  is (g, "accuracy", &f, "three_accuracy");
  ck_assert_double_nan (score_of ("auc", &f).mean);
  golden_close (g);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("scores");
  TCase *c = tcase_create ("scores");

  tcase_add_test (c, normal_rows);
  tcase_add_loop_test (c, intervals, 0, LENGTH (level));
  tcase_add_test (c, pinball);
  tcase_add_test (c, members);
  tcase_add_test (c, of_the_mean);
  tcase_add_test (c, calibration);
  tcase_add_test (c, two_classes);
  tcase_add_test (c, three_classes);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
