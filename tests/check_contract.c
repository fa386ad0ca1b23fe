/* What every fitter and every source must do, whichever it is.

   A tolerance is a share of the response's standard deviation.  A tree adds
   in another order: rounding only.  A penalised spline adds 1e-10 to a
   diagonal of ones; when it chooses its smoothness itself, rounding moves the
   minimum of a flat curve.  A network carries rounding through sixty steps of
   Adam.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/rng.h"
#include "ensemble/source.h"
#include "tap.h"
#include "tools.h"

#define ROWS 40
#define MOST 200 /* rows of any sample here */

static const struct
{
  const char *fitter, *knobs;
  const char *scenario; /* "sine" for a fitter of one input */
  double tolerance;
  bool scales; /* by the rows of its plan: duplicates move that scale, and
                  check_kernel looks inside one plan instead */
} kinds[] = {
  { "pspline", "lambda=0.1", "friedman1", 1e-7, false },
  { "pspline", "", "friedman1", 2e-3, false },
  { "pspline", "lambda=0.1", "sine", 1e-6, false },
  { "tree", "", "friedman1", 1e-11, false },
  { "tree", "mtry=3,min_leaf=1", "friedman1", 1e-11, false },
  { "tree", "mtry=3,split=random", "friedman1", 1e-11, false },
  { "tree", "bins=8", "friedman1", 1e-11, false },
  { "bspline", "equal=1,knots=4", "sine", 1e-7, false },
  { "poly", "degree=4", "sine", 1e-8, false },
  { "locpoly", "bandwidth=0.3", "sine", 1e-8, false },
  { "loess", "span=0.6", "sine", 1e-7, false },
  { "kernel", "bandwidth=0.5", "sine", 1e-8, true },
  { "knn", "", "sine", 1e-8, false },
  { "interp", "", "sine", 1e-8, false },
  { "linear", "", "friedman1", 1e-7, false },
  { "linear", "lambda=1", "friedman1", 1e-7, false },
  { "robust", "", "sine", 1e-5, false },
#ifdef HAVE_MUPARSER
  { "nls", "formula=\"b1+b2*x1\",start=\"b1=0,b2=1\"", "friedman1", 1e-6,
    false },
#endif
  /* Full batches: which rows share a step is chance, not a count.  */
  { "net", "steps=60,hidden=8,batch=1000", "friedman1", 1e-5, false },
};

#define KINDS LENGTH (kinds)

typedef struct
{
  const bd_fitter_type *type;
  bd_settings knob;
  void *plan;
} fitter;

static fitter
make_plan_told (int kind, const gsl_matrix *X, const gsl_vector *y,
                const gsl_matrix *P, bd_error *err)
{
  fitter f = { .type = bd_fitter_find (kinds[kind].fitter) };

  ck_assert_ptr_nonnull (f.type);
  bd_knob_parse (f.type->knobs, kinds[kind].knobs, &f.knob, NULL);
  f.plan = f.type->plan (&f.knob, X, y, P, err);
  return f;
}

static fitter
make_plan (int kind, const gsl_matrix *X, const gsl_vector *y,
           const gsl_matrix *P)
{
  return make_plan_told (kind, X, y, P, NULL);
}

static int
fit (const fitter *f, void *work, const double w[], double t[])
{
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);

  bd_rng_seek (r, 9, BD_LANE_FIT, 4);
  int code = f->type->fit (f->plan, work, w, r);
  if (!code)
    code = f->type->predict (f->plan, work, t);
  gsl_rng_free (r);
  return code;
}

/* Fit rows X, y with weights W and predict at P.  */
static void
answer (int kind, const gsl_matrix *X, const gsl_vector *y, const double w[],
        const gsl_matrix *P, double t[])
{
  fitter f = make_plan (kind, X, y, P);

  ck_assert_ptr_nonnull (f.plan);
  void *work = f.type->work (f.plan);
  ck_assert_int_eq (fit (&f, work, w, t), GSL_SUCCESS);
  f.type->free_work (work);
  f.type->free_plan (f.plan);
}

/* B differs from SHIFT + SLOPE A by no more than the type's tolerance.  */
static void
near (int kind, const double a[], const double b[], size_t m, double shift,
      double slope, double sd)
{
  double most = 0;

  for (size_t j = 0; j < m; j++)
    {
      ck_assert (gsl_finite (a[j]) && gsl_finite (b[j]));
      most = GSL_MAX (most, fabs (b[j] - shift - slope * a[j]));
    }
  ck_assert_double_le (most, kinds[kind].tolerance * fabs (slope) * sd);
}

/* Counts of 0, 1, 2 ... ; at least one row of each.  */
static void
counts (double w[])
{
  gsl_rng *r = stream (1);

  for (size_t i = 0; i < ROWS; i++)
    w[i] = (double)gsl_ran_poisson (r, 1.2);
  gsl_rng_free (r);
}

static void
ones (double w[])
{
  for (size_t i = 0; i < MOST; i++)
    w[i] = 1;
}

/* S with row i written W[i] times, but at least once where AT_LEAST.  */
static bd_dataset *
written_out (const bd_dataset *s, const double w[], bool at_least)
{
  size_t row[MOST], count = 0;

  for (size_t i = 0; i < s->n; i++)
    for (size_t k = 0; k < (size_t)w[i] || (at_least && k == 0); k++)
      row[count++] = i;
  return bd_dataset_rows (s, row, count);
}

/* Weight 2 is the row twice: counts against rows written out.  Rows of weight
   0 stay in both, with weight 0.  */
START_TEST (weight_is_a_count)
{
  if (kinds[_i].scales)
    return;
  bd_dataset *s = simulated (kinds[_i].scenario, ROWS, 1);
  double w[MOST], out[MOST], a[ROWS], b[ROWS];

  counts (w);
  bd_dataset *all = written_out (s, w, true);
  for (size_t i = 0, k = 0; i < ROWS; i++)
    for (size_t c = 0; c < (size_t)GSL_MAX (w[i], 1); c++)
      out[k++] = w[i] > 0;
  answer (_i, s->X, s->y, w, s->X, a);
  answer (_i, all->X, all->y, out, s->X, b);
  near (_i, a, b, ROWS, 0, 1, sd_of (s->y->data, ROWS));
  bd_dataset_free (all);
  bd_dataset_free (s);
}
END_TEST

/* Weight 0 is the row absent: its response may be anything, and without it
   nothing changes.  The knots of a spline belong to the plan and stand at the
   distinct inputs, so the absent rows here repeat the inputs of others.  */
START_TEST (no_weight_no_row)
{
  if (kinds[_i].scales)
    return;
  bd_dataset *s = simulated (kinds[_i].scenario, ROWS, 2);
  double w[MOST], a[ROWS], b[ROWS], c[ROWS], sd = sd_of (s->y->data, ROWS);

  for (size_t i = 0; i < ROWS; i++)
    {
      w[i] = i % 2 ? 1 : 0;
      gsl_vector_const_view x = gsl_matrix_const_row (s->X, i | 1);
      gsl_matrix_set_row (s->X, i, &x.vector);
    }
  answer (_i, s->X, s->y, w, s->X, a);
  bd_dataset *rest = written_out (s, w, false);
  for (size_t i = 0; i < ROWS; i += 2)
    gsl_vector_set (s->y, i, -50 * (double)i);
  answer (_i, s->X, s->y, w, s->X, b);
  near (_i, a, b, ROWS, 0, 1, sd);
  ones (w);
  answer (_i, rest->X, rest->y, w, s->X, c);
  near (_i, a, c, ROWS, 0, 1, sd);
  bd_dataset_free (rest);
  bd_dataset_free (s);
}
END_TEST

START_TEST (row_order)
{
  bd_dataset *s = simulated (kinds[_i].scenario, ROWS, 3);
  double w[MOST], v[MOST], a[ROWS], b[ROWS];
  size_t row[ROWS];
  gsl_rng *r = stream (2);

  for (size_t i = 0; i < ROWS; i++)
    row[i] = i;
  gsl_ran_shuffle (r, row, ROWS, sizeof *row);
  counts (w);
  for (size_t i = 0; i < ROWS; i++)
    v[i] = w[row[i]];
  bd_dataset *mixed = bd_dataset_rows (s, row, ROWS);
  answer (_i, s->X, s->y, w, s->X, a);
  answer (_i, mixed->X, mixed->y, v, s->X, b);
  near (_i, a, b, ROWS, 0, 1, sd_of (s->y->data, ROWS));
  bd_dataset_free (mixed);
  bd_dataset_free (s);
  gsl_rng_free (r);
}
END_TEST

/* Other units of the response, then of the inputs: positive factors, since a
   network starts with weights of no particular sign but the same ones, and a
   tree sends ties to the right.  */
START_TEST (units)
{
  static const double slope[] = { 4, 0.37, 1e6 }, shift[] = { 0, -20, 1e5 };
  bd_dataset *s = simulated (kinds[_i].scenario, ROWS, 4);
  gsl_vector *y = gsl_vector_alloc (ROWS);
  gsl_matrix *X = gsl_matrix_alloc (ROWS, s->d);
  double w[MOST], a[ROWS], b[ROWS], sd = sd_of (s->y->data, ROWS);

  counts (w);
  answer (_i, s->X, s->y, w, s->X, a);
  for (int k = 0; k < LENGTH (slope); k++)
    {
      gsl_vector_memcpy (y, s->y);
      gsl_vector_scale (y, slope[k]);
      gsl_vector_add_constant (y, shift[k]);
      answer (_i, s->X, y, w, s->X, b);
      near (_i, a, b, ROWS, shift[k], slope[k], sd);
      gsl_matrix_memcpy (X, s->X);
      gsl_matrix_scale (X, slope[k]);
      gsl_matrix_add_constant (X, 0x1p-20 * shift[k]);
      answer (_i, X, s->y, w, X, b);
      near (_i, a, b, ROWS, 0, 1, sd);
    }
  gsl_vector_free (y);
  gsl_matrix_free (X);
  bd_dataset_free (s);
}
END_TEST

/* A constant response is that constant.  A network learns it from a random
   start and on a scale of 1: near it after sixty steps.  */
START_TEST (constant_response)
{
  bd_dataset *s = simulated (kinds[_i].scenario, ROWS, 5);
  bool net = strcmp (kinds[_i].fitter, "net") == 0;
  double w[MOST], t[ROWS];

  counts (w);
  for (int k = 0; k < 3; k++)
    {
      double c = k == 0 ? 0 : k == 1 ? -1e6 : 1e-9;
      gsl_vector_set_all (s->y, c);
      answer (_i, s->X, s->y, w, s->X, t);
      for (size_t i = 0; i < ROWS; i++)
        ck_assert_double_eq_tol (t[i], c, net ? 1 : 1e-150 + 1e-12 * fabs (c));
    }
  bd_dataset_free (s);
}
END_TEST

/* One to eight rows, inputs that are constant or not:
   numbers or an error.  */
START_TEST (tiny)
{
  for (size_t n = 1; n <= 8; n++)
    for (int constant = 0; constant < 2; constant++)
      {
        bd_dataset *s = simulated (kinds[_i].scenario, n, 6);
        double w[MOST], t[ROWS];
        ones (w);
        if (constant)
          gsl_matrix_set_all (s->X, 2);
        bd_error err = { "" };
        fitter f = make_plan_told (_i, s->X, s->y, s->X, &err);
        if (!f.plan)
          {
            ck_assert_str_ne (err.text, "");
            bd_dataset_free (s);
            continue;
          }
        void *work = f.type->work (f.plan);
        int code = fit (&f, work, w, t);
        for (size_t i = 0; !code && i < n; i++)
          ck_assert (gsl_finite (t[i]));
        memset (w, 0, sizeof w);
        ck_assert_int_ne (fit (&f, work, w, t), GSL_SUCCESS);
        f.type->free_work (work);
        f.type->free_plan (f.plan);
        bd_dataset_free (s);
      }
}
END_TEST

/* Predicting twice, fitting something else in between, another work space at
   the same time: the same bits.  */
START_TEST (no_shared_state)
{
  bd_dataset *s = simulated (kinds[_i].scenario, ROWS, 7);
  double w[MOST], v[MOST], a[ROWS], b[ROWS], c[ROWS], e[ROWS];
  fitter f = make_plan (_i, s->X, s->y, s->X);
  void *one = f.type->work (f.plan), *two = f.type->work (f.plan);

  counts (w);
  ones (v);
  ck_assert_int_eq (fit (&f, one, w, a), GSL_SUCCESS);
  ck_assert_int_eq (fit (&f, two, v, e), GSL_SUCCESS);
  ck_assert_mem_ne (a, e, sizeof a);
  f.type->predict (f.plan, one, b);
  ck_assert_mem_eq (a, b, sizeof a);
  f.type->predict (f.plan, one, c);
  ck_assert_mem_eq (a, c, sizeof a);
  fit (&f, two, w, b);
  ck_assert_mem_eq (a, b, sizeof a);
  fit (&f, one, v, b);
  ck_assert_mem_eq (e, b, sizeof e);
  f.type->free_work (one);
  f.type->free_work (two);
  f.type->free_work (NULL);
  f.type->free_plan (f.plan);
  f.type->free_plan (NULL);
  bd_dataset_free (s);
}
END_TEST

/* Nothing is registered that these tests do not know.  */
START_TEST (all_types)
{
  for (size_t k = 0; bd_fitter_types[k]; k++)
    {
      const bd_fitter_type *type = bd_fitter_types[k];
      bool known = false;
      for (int i = 0; i < KINDS; i++)
        known = known || strcmp (kinds[i].fitter, type->name) == 0;
      ck_assert_msg (known, "%s has no row in this test", type->name);
      ck_assert_ptr_eq (bd_fitter_find (type->name), type);
      ck_assert_ptr_nonnull (bd_resample_find (type->resample));
      ck_assert (type->title && type->help);
    }
  ck_assert_ptr_null (bd_fitter_find ("forest"));
  ck_assert_ptr_eq (bd_source_types[0], &bd_source_bag);
  ck_assert_ptr_eq (bd_source_types[1], &bd_source_dropout);
  ck_assert_ptr_null (bd_source_types[2]);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("contract");
  TCase *c = tcase_create ("contract");

  tcase_set_timeout (c, 120);
  tcase_add_test (c, all_types);
  tcase_add_loop_test (c, weight_is_a_count, 0, KINDS);
  tcase_add_loop_test (c, no_weight_no_row, 0, KINDS);
  tcase_add_loop_test (c, row_order, 0, KINDS);
  tcase_add_loop_test (c, units, 0, KINDS);
  tcase_add_loop_test (c, constant_response, 0, KINDS);
  tcase_add_loop_test (c, tiny, 0, KINDS);
  tcase_add_loop_test (c, no_shared_state, 0, KINDS);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
