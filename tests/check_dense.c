/* Moments of members all in memory: against moments by blocks, and bit for bit
   against themselves with other instructions and threads.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"
#include "tools.h"
#include "variance/dense.h"
#include "variance/estimate.h"
#include "variance/estimator.h"

enum
{
  BOOTSTRAP, /* counts as doubles */
  BYTES,     /* the same as bytes */
  LARGE,     /* counts from 0 to 127 */
  WEIGHTS    /* a few of them 0 */
};

typedef struct
{
  size_t n, m, B, width; /* width 0: n */
  int kind;
  size_t failed; /* every so many; 0: none */
  size_t self;
} shape;

static const shape shapes[] = {
  { 1, 1, 2, 0, BOOTSTRAP, 0, 1 },    { 1, 3, 5, 0, WEIGHTS, 0, 3 },
  { 7, 1, 9, 0, BOOTSTRAP, 0, 1 },    { 20, 20, 1, 0, BOOTSTRAP, 0, 0 },
  { 48, 8, 64, 0, BYTES, 0, 8 },      { 49, 60, 67, 0, BOOTSTRAP, 0, 5 },
  { 100, 117, 131, 0, BYTES, 5, 17 }, { 193, 65, 301, 0, LARGE, 7, 65 },
  { 30, 9, 2100, 0, WEIGHTS, 3, 9 },  { 11, 40, 90, 40, BOOTSTRAP, 0, 2 },
  { 300, 600, 70, 0, WEIGHTS, 0, 0 }, { 1500, 5, 40, 0, BOOTSTRAP, 0, 5 },
  { 4, 2, 3, 0, BOOTSTRAP, 1, 2 },
};

/* Members of a shape, and pointers to them.  */
typedef struct
{
  double *U, *T;
  unsigned char *N;
  const double **u, **t;
  const unsigned char **counts;
  bd_dense_members in;
} members;

static double
weight (const shape *s, gsl_rng *r)
{
  if (s->kind == LARGE)
    return (double)gsl_rng_uniform_int (r, 3) * 63.5 > 100
               ? 127
               : (double)gsl_rng_uniform_int (r, 3);
  if (s->kind == WEIGHTS && gsl_rng_uniform (r) < 0.7)
    return gsl_ran_exponential (r, 1);
  return s->kind == WEIGHTS ? 0 : gsl_ran_poisson (r, 1);
}

/* Predictions follow the weights a little; one point has an outlier and one
   never changes.  */
static members
make (const shape *s, uint64_t seed)
{
  size_t width = s->width ? s->width : s->n;
  gsl_rng *r = stream (seed);
  members a = { .U = malloc (s->B * width * sizeof (double)),
                .T = malloc (s->B * s->m * sizeof (double)),
                .N = malloc (s->B * width),
                .u = malloc (s->B * sizeof (double *)),
                .t = malloc (s->B * sizeof (double *)),
                .counts = malloc (s->B * sizeof (char *)) };

  for (size_t b = 0; b < s->B; b++)
    {
      double *u = a.U + b * width, *t = a.T + b * s->m;
      for (size_t i = 0; i < width; i++)
        {
          u[i] = weight (s, r);
          a.N[b * width + i] = (unsigned char)u[i];
        }
      for (size_t j = 0; j < s->m; j++)
        t[j] = 1000 + u[j % s->n] + gsl_ran_ugaussian (r);
      if (s->m > 4)
        t[3] = 7;
      if (s->m > 4 && b == 1)
        t[2] = 1e6;
      if (s->failed && b % s->failed == 0)
        t[s->m - 1] = b % 2 ? GSL_NAN : GSL_POSINF;
      a.u[b] = u;
      a.t[b] = t;
      a.counts[b] = a.N + b * width;
    }
  gsl_rng_free (r);
  a.in = (bd_dense_members){ s->B, a.u, s->kind == BYTES ? a.counts : NULL, a.t };
  return a;
}

static void
release (members *a)
{
  free (a->U);
  free (a->T);
  free (a->N);
  free (a->u);
  free (a->t);
  free (a->counts);
}

static bd_moments *
shaped (const shape *s, bool summed)
{
  const bd_moments like = { .n = s->n,
                            .m = s->m,
                            .mc = s->m,
                            .self = s->self,
                            .width = s->width,
                            .seen = s->width ? s->width - s->m / 2 : 0,
                            .rows = s->width ? s->m / 2 : 0,
                            .apart = true,
                            .summed = summed };
  bd_moments *a = bd_moments_like (&like);

  ck_assert_ptr_nonnull (a);
  return a;
}

static bd_moments *
dense (const shape *s, const members *a, bd_form form, int threads)
{
  bd_moments *to = shaped (s, true);

  ck_assert_int_eq (bd_moments_dense (to, &a->in, form, threads), GSL_SUCCESS);
  return to;
}

/* The same by blocks.  */
static bd_moments *
blocks (const shape *s, const members *a)
{
  size_t width = s->width ? s->width : s->n;
  bd_moments *all = shaped (s, false), *block = shaped (s, false);
  double *U = malloc (BD_BLOCK * width * sizeof *U), p[BD_BLOCK];
  double *T = malloc (BD_BLOCK * s->m * sizeof *T);

  for (size_t b = 0; b < s->B; b += BD_BLOCK)
    {
      size_t count = GSL_MIN (s->B - b, BD_BLOCK);
      memcpy (U, a->U + b * width, count * width * sizeof *U);
      memcpy (T, a->T + b * s->m, count * s->m * sizeof *T);
      for (size_t k = 0; k < count; k++)
        p[k] = gsl_finite (T[k * s->m + s->m - 1]) ? 1 : GSL_NAN;
      ck_assert_int_eq (bd_moments_block (block, count, p, U, T), 0);
      ck_assert_int_eq (bd_moments_merge (all, block), 0);
    }
  free (U);
  free (T);
  bd_moments_free (block);
  return all;
}

static void
near (const char *what, const double x[], const double y[], size_t n,
      double scale)
{
  for (size_t i = 0; i < n; i++)
    if (!(fabs (x[i] - y[i]) <= scale * (1 + fabs (y[i]))))
      ck_abort_msg ("%s %zu: %.17g, not %.17g", what, i, x[i], y[i]);
}

/* BOUND is relative to V + (sum of the units' variances) v / B and, for the
   jackknife after bootstrap, to its own bias too.  */
static void
near_estimates (const bd_moments *a, const bd_moments *b, double bound)
{
  double *V = malloc (a->m * sizeof *V), *W = malloc (a->m * sizeof *W);
  double *v = malloc (a->m * sizeof *v), counts = 0, left = 0;

  for (size_t i = 0; i < b->n; i++)
    {
      counts += b->u2[i] / b->p / b->p;
      left += b->left_p[i] > 0 ? 1 / b->left_p[i] : 0;
    }
  bd_variance_spread (b, v);
  for (size_t k = 0; k < BD_ESTIMATORS; k++)
    {
      if (bd_estimators[k]->estimate == NULL)
        continue;
      bd_estimators[k]->estimate (a, 1.5, V, NULL);
      bd_estimators[k]->estimate (b, 1.5, W, NULL);
      for (size_t j = 0; j < a->m; j++)
        {
          double noise = gsl_isnan (v[j]) ? 0 : (counts + left) * v[j];
          double scale = fabs (W[j]) + noise + 1e-20;
          if (gsl_isnan (W[j]) ? !gsl_isnan (V[j])
                               : !(fabs (V[j] - W[j]) <= bound * scale))
            ck_abort_msg ("%s %zu: %.12g, not %.12g", bd_estimators[k]->name,
                          j, V[j], W[j]);
        }
    }
  free (V);
  free (W);
  free (v);
}

/* Everything but the products.  */
static void
near_sums (const bd_moments *a, const bd_moments *b)
{
  ck_assert_uint_eq (a->members, b->members);
  ck_assert_uint_eq (a->failed, b->failed);
  ck_assert_double_eq (a->p, b->p);
  near ("u", a->u, b->u, b->n, 1e-11);
  near ("u2", a->u2, b->u2, b->n, 1e-11);
  near ("t", a->t, b->t, b->m, 1e-11);
  near ("t2", a->t2, b->t2, b->m, 1e-9);
  near ("t3", a->t3, b->t3, b->m, 1e-8);
  near ("t4", a->t4, b->t4, b->m, 1e-8);
  near ("left_p", a->left_p, b->left_p, b->n, 0);
  near ("out_p", a->out_p, b->out_p, b->rows, 0);
  if (!b->out_t)
    return;
  near ("out_t", a->out_t, b->out_t, b->rows, 1e-11);
  near ("out_t2", a->out_t2, b->out_t2, b->rows, 1e-9);
}

/* The bounds are those that dense.h states; the Gram form is exact but for
   rounding in doubles.  */
START_TEST (as_by_blocks)
{
  const shape *s = &shapes[_i];
  members m = make (s, (uint64_t)_i);
  bd_moments *b = blocks (s, &m);

  for (int form = BD_FORM_AUTO; form <= (int)BD_FORM_GRAM; form++)
    {
      bd_moments *a = dense (s, &m, (bd_form)form, 1);
      near_sums (a, b);
      near_estimates (a, b, s->kind == WEIGHTS ? 5e-6 : 1e-6);
      if (form == BD_FORM_GRAM && s->kind != WEIGHTS)
        near_estimates (a, b, 1e-10);
      bd_moments_free (a);
    }
  bd_moments_free (b);
  release (&m);
}
END_TEST

static void
same_sums (const bd_moments *a, const bd_moments *b)
{
  size_t m = a->m * sizeof (double);

  ck_assert_mem_eq (a->t, b->t, m);
  ck_assert_mem_eq (a->t4, b->t4, m);
  ck_assert_mem_eq (a->u2, b->u2, a->n * sizeof (double));
  ck_assert_mem_eq (a->ij, b->ij, m);
  ck_assert_mem_eq (a->jab, b->jab, m);
  ck_assert_mem_eq (a->out_p, b->out_p, a->rows * sizeof (double));
}

/* Instruction sets (but those of BLAS), threads, bytes or doubles.  */
START_TEST (same_bits_anyhow)
{
  static const char *const sets[] = { "plain", "avx2", "" };
  const shape *s = &shapes[_i];
  members m = make (s, 5);

  for (int form = BD_FORM_TILES; form <= (int)BD_FORM_GRAM; form++)
    {
      bd_moments *a = dense (s, &m, (bd_form)form, 1);
      members bytes = m;
      if (s->kind != WEIGHTS)
        bytes.in.counts = m.counts;
      for (int k = 0; k < LENGTH (sets); k++)
        {
          setenv ("BAGDROP_KERNELS", sets[k], 1);
          bd_moments *b = dense (s, &bytes, (bd_form)form, 1 + k);
          same_sums (a, b);
          bd_moments_free (b);
        }
      bd_moments_free (a);
    }
  release (&m);
}
END_TEST

/* What cannot be made is said, what cannot be estimated is NaN.  */
START_TEST (refused)
{
  members m = make (&shapes[2], 1);
  bd_moments *plain = shaped (&shapes[2], false);
  bd_moments *a = dense (&shapes[2], &m, BD_FORM_AUTO, 1);
  double V;

  ck_assert_int_eq (bd_moments_dense (plain, &m.in, BD_FORM_AUTO, 1),
                    GSL_EINVAL);
  ck_assert_int_eq (bd_moments_merge (a, a), GSL_EBADLEN);
  for (size_t b = 0; b < m.in.members; b++)
    m.t[b] = NULL;
  ck_assert_int_eq (bd_moments_dense (a, &m.in, BD_FORM_AUTO, 1), 0);
  ck_assert_uint_eq (a->failed, m.in.members);
  bd_variance_ij_u (a, &V, NULL);
  ck_assert (gsl_isnan (V));
  bd_moments_free (plain);
  bd_moments_free (a);
  release (&m);
}
END_TEST

START_TEST (cheaper_form)
{
  ck_assert_int_eq (bd_form_of (1000, 1000, 2000), BD_FORM_TILES);
  ck_assert_int_eq (bd_form_of (100000, 1000, 500), BD_FORM_GRAM);
  ck_assert_int_eq (bd_form_of (100000, 1, 500), BD_FORM_TILES);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("dense");
  TCase *c = tcase_create ("dense");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, as_by_blocks, 0, LENGTH (shapes));
  tcase_add_loop_test (c, same_bits_anyhow, 0, LENGTH (shapes));
  tcase_add_test (c, refused);
  tcase_add_test (c, cheaper_form);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
