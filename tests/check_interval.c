/* Intervals of bags: against lines fitted by R, and against a slow program
   that keeps all members.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "bag_tools.h"
#include "conformal_tools.h"
#include "tap.h"
#include "tools.h"

#define ROWS 19
#define AT 4
#define COUNTS 30

/* The rows, points and counts of golden/conformal.R.  */
typedef struct
{
  gsl_matrix *X, *P;
  gsl_vector *y;
  double counts[COUNTS * ROWS];
  bd_bagging o;
} line;

static void
fill (line *a)
{
  double x[ROWS], at[AT];

  *a = (line){ .X = gsl_matrix_alloc (ROWS, 1),
               .P = gsl_matrix_alloc (AT, 1),
               .y = gsl_vector_alloc (ROWS) };
  ck_assert (a->X && a->P && a->y);
  reference ("x", x, ROWS);
  reference ("y", a->y->data, ROWS);
  reference ("at", at, AT);
  reference ("counts", a->counts, COUNTS * ROWS);
  memcpy (a->X->data, x, sizeof x);
  memcpy (a->P->data, at, sizeof at);
}

/* Lines through them by the resampling SCHEME, with intervals WORDS.  */
static line
line_open (const char *scheme, const char *words)
{
  line a;
  bd_error err = { "" };

  fill (&a);
  a.o = (bd_bagging){ .fitter = &bd_fitter_poly,
                      .resample = bd_resample_find (scheme),
                      .interval = wish (words),
                      .rows = { .n = ROWS, .given_members = COUNTS },
                      .X = a.X,
                      .y = a.y,
                      .P = a.P,
                      .seed = 3,
                      .threads = 1,
                      .members = 200,
                      .places = 100000 };
  ck_assert_int_eq (
      bd_knob_parse (a.o.fitter->knobs, "degree=1", &a.o.set, &err), 0);
  ck_assert_int_eq (bd_knob_parse (a.o.resample->knobs, "", &a.o.scheme, &err),
                    0);
  return a;
}

static bd_bagged
line_run (line *a)
{
  bd_bagged b;
  bd_error err = { "" };

  a->o.rows.given = a->counts;
  ck_assert_msg (bd_bagging_run (&a->o, &b, &err) == 0, "%s", err.text);
  return b;
}

static void
line_close (line *a)
{
  gsl_matrix_free (a->X);
  gsl_matrix_free (a->P);
  gsl_vector_free (a->y);
}

static const struct
{
  const char *scheme, *words, *lo, *hi;
  size_t n, inside; /* rows; judged by the others */
} from_r[] = {
  { "jackknife", "jab+", "jackknife_lo90", "jackknife_hi90", ROWS, 18 },
  { "jackknife", "jab+:level=.8", "jackknife_lo80", "jackknife_hi80", ROWS,
    16 },
  { "none", "cv+:folds=19", "jackknife_lo90", "jackknife_hi90", ROWS, 18 },
  { "none", "cv+:folds=99,level=.8", "jackknife_lo80", "jackknife_hi80", ROWS,
    16 },
  { "given", "jab+:level=.8", "jab_lo", "jab_hi", ROWS - 1, 15 },
  { "given", "oob:level=.8", "oob_lo", "oob_hi", ROWS - 1, 16 },
  { "given", "scaled-oob:level=.8", "scaled_lo", "scaled_hi", ROWS - 1, 16 }
};

START_TEST (lines_of_r)
{
  line a = line_open (from_r[_i].scheme, from_r[_i].words);
  bd_bagged b = line_run (&a);
  double lo[AT], hi[AT];

  reference (from_r[_i].lo, lo, AT);
  reference (from_r[_i].hi, hi, AT);
  ck_assert_ptr_null (b.interval.why);
  ck_assert_uint_eq (b.interval.n, from_r[_i].n);
  ck_assert_uint_eq (b.interval.all.n, from_r[_i].n);
  ck_assert_uint_eq (b.interval.all.inside, from_r[_i].inside);
  for (size_t j = 0; j < AT; j++)
    {
      ck_assert_double_eq_tol (b.interval.lo[j], lo[j], 1e-8);
      ck_assert_double_eq_tol (b.interval.hi[j], hi[j], 1e-8);
    }
  if (_i < 4) /* 1 - 2 alpha for parts of one row */
    ck_assert_double_eq_tol (b.interval.promise, 2 * b.interval.level - 1,
                             1e-12);
  bd_bagged_free (&b);
  line_close (&a);
}
END_TEST

/* Rows in another order, their counts with them; a response four times as
   large.  */
START_TEST (same_whatever)
{
  line a = line_open ("given", _i ? "scaled-oob" : "jab+"),
       c = line_open ("given", _i ? "scaled-oob" : "jab+");
  bd_bagged b = line_run (&a), d;

  for (size_t i = 0; i < ROWS; i++)
    {
      size_t to = (7 * i + 3) % ROWS;
      gsl_matrix_set (c.X, to, 0, gsl_matrix_get (a.X, i, 0));
      gsl_vector_set (c.y, to, 4 * gsl_vector_get (a.y, i));
      for (size_t k = 0; k < COUNTS; k++)
        c.counts[k * ROWS + to] = a.counts[k * ROWS + i];
    }
  d = line_run (&c);
  for (size_t j = 0; j < AT; j++)
    {
      ck_assert (_i || gsl_finite (b.interval.lo[j]));
      if (!gsl_finite (b.interval.lo[j]))
        continue;
      ck_assert_double_eq_tol (d.interval.lo[j], 4 * b.interval.lo[j], 1e-9);
      ck_assert_double_eq_tol (d.interval.hi[j], 4 * b.interval.hi[j], 1e-9);
    }
  ck_assert_uint_eq (d.interval.all.inside, b.interval.all.inside);
  bd_bagged_free (&b);
  bd_bagged_free (&d);
  line_close (&a);
  line_close (&c);
}
END_TEST

/* All members of a run.  */
enum
{
  BAG_ROWS = 24,
  MEMBERS = 300
};

typedef struct
{
  size_t members, units; /* units before the weights, or 0 */
  double w[MEMBERS][BAG_ROWS], t[MEMBERS][BAG_ROWS];
} kept;

static void
keep (void *params, uint64_t b, double p, const double u[], const double t[])
{
  kept *a = params;

  ck_assert (b < MEMBERS && p == 1);
  memcpy (a->w[b], u + a->units, sizeof a->w[b]);
  memcpy (a->t[b], t, sizeof a->t[b]);
  a->members++;
}

/* Mean at row J of the members without row I.  */
static double
without (const kept *a, size_t i, size_t j)
{
  double sum = 0, count = 0;

  for (size_t b = 0; b < a->members; b++)
    if (a->w[b][i] == 0)
      {
        sum += a->t[b][j];
        count++;
      }
  return sum / count;
}

static const char *const schemes[]
    = { "bootstrap",  "subsample", "poisson",   "balanced",
        "stratified", "groups",    "jackknife", "folds:k=4" };

/* Jackknife+ after bootstrap at level .8 of 24 rows: the fifth from either
   end.  */
START_TEST (slowly)
{
  bag_job k = bag_open (&bd_fitter_knn, "k=3", "sine", BAG_ROWS, schemes[_i]);
  static kept a;
  double lo[BAG_ROWS], hi[BAG_ROWS];
  bd_bagged b;

  a.members = 0;
  a.units = k.o.resample->units
                ? bd_resample_units (k.o.resample, &k.o.scheme, &k.o.rows)
                : 0;
  k.o.interval = wish ("jab+:level=.8");
  k.o.each = keep;
  k.o.params = &a;
  b = bag_run (&k);
  for (size_t j = 0; j < BAG_ROWS; j++)
    {
      for (size_t i = 0; i < BAG_ROWS; i++)
        {
          double r = fabs (gsl_vector_get (k.s->y, i) - without (&a, i, i));
          lo[i] = without (&a, i, j) - r;
          hi[i] = without (&a, i, j) + r;
        }
      gsl_sort (lo, 1, BAG_ROWS);
      gsl_sort (hi, 1, BAG_ROWS);
      ck_assert_double_eq_tol (b.interval.lo[j], lo[4], 1e-10);
      ck_assert_double_eq_tol (b.interval.hi[j], hi[BAG_ROWS - 5], 1e-10);
    }
  ck_assert_uint_eq (b.interval.all.inside, 20); /* all but .2 (24 - 1 + 1) */
  ck_assert (b.interval.whole_groups == (strcmp (schemes[_i], "groups") == 0));
  bd_bagged_free (&b);
  bag_close (&k);
}
END_TEST

static const char *const words[]
    = { "gaussian", "jab+",       "oob",   "scaled-oob",
        "cv+",      "scaled-cv+", "split", "scaled-split" };

/* The other numbers stay, and threads change nothing.  */
START_TEST (threads_and_rest)
{
  bag_job k = bag_open (&bd_fitter_tree, "", "sine", 40, "groups");
  bd_bagged plain = bag_run (&k), one, three;

  k.o.interval = wish (words[_i]);
  one = bag_run (&k);
  k.o.threads = 3;
  three = bag_run (&k);
  same_intervals (&one.interval, &three.interval);
  same_bagged (&plain, &one);
  ck_assert_ptr_null (one.interval.why);
  ck_assert_double_lt (one.interval.lo[7], plain.mean[7]);
  ck_assert_double_gt (one.interval.hi[7], plain.mean[7]);
  bd_bagged_free (&plain);
  bd_bagged_free (&one);
  bd_bagged_free (&three);
  bag_close (&k);
}
END_TEST

/* mean -+ z sd_pred at another level than that of the table.  */
START_TEST (normal)
{
  bag_job k = bag_open (&bd_fitter_knn, "", "sine", BAG_ROWS, "bootstrap");
  double z = gsl_cdf_ugaussian_Pinv (.75);

  k.o.interval = wish ("gaussian:level=.5");
  bd_bagged b = bag_run (&k);
  for (size_t i = 0; i < b.m; i++)
    {
      ck_assert_double_eq_tol (b.interval.lo[i], b.mean[i] - z * b.sd_pred[i],
                               1e-12);
      ck_assert_double_eq_tol (b.interval.hi[i], b.mean[i] + z * b.sd_pred[i],
                               1e-12);
    }
  bd_bagged_free (&b);
  bag_close (&k);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("interval");
  TCase *c = tcase_create ("interval");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, lines_of_r, 0, LENGTH (from_r));
  tcase_add_loop_test (c, same_whatever, 0, 2);
  tcase_add_loop_test (c, slowly, 0, LENGTH (schemes));
  tcase_add_loop_test (c, threads_and_rest, 0, LENGTH (words));
  tcase_add_test (c, normal);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
