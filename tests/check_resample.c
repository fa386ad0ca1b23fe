/* What every resampling must do, and what is known of each.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "ensemble/resample.h"
#include "tap.h"
#include "tools.h"

#define ROWS 24
#define LABELS 4
#define GIVEN 40
#define MEMBERS 150
#define DRAWS 20000

/* Everything that a scheme may want to know of rows.  */
typedef struct
{
  size_t label[ROWS];
  double response[ROWS], fitted[ROWS], given[GIVEN * ROWS];
  bd_rows rows;
} facts;

static void
know (facts *a, size_t n)
{
  gsl_rng *r = stream (n);

  a->rows = (bd_rows){ n,         a->label, LABELS, a->response,
                       a->fitted, a->given, GIVEN };
  for (size_t i = 0; i < n; i++)
    {
      a->label[i] = i < LABELS - 2 ? 0 : 1 + i % (LABELS - 1);
      a->response[i] = gsl_rng_uniform (r);
      a->fitted[i] = 0.3 + 0.1 * (double)i;
    }
  for (size_t k = 0; k < GIVEN * n; k++)
    a->given[k] = (double)gsl_rng_uniform_int (r, 3);
  gsl_rng_free (r);
}

/* As many rows as TYPE takes.  */
static void
know_enough (facts *a, const bd_resample_type *type)
{
  bd_settings set;

  bd_settings_default (type->knobs, &set);
  know (a, ROWS);
  if (bd_resample_check (type, &set, &a->rows, NULL))
    know (a, 7);
}

/* A member; places that a scheme does not fill stay 0.  */
typedef struct
{
  double w[ROWS], u[ROWS], y[ROWS], p;
} member;

static member
draw (drawer *d, uint64_t seed, uint64_t b)
{
  member a;
  const double *w = draw_weights (d, seed, b);

  memset (&a, 0, sizeof a);
  memcpy (a.w, w, d->s->rows.n * sizeof *w);
  memcpy (a.u, d->s->u, d->s->units * sizeof *w);
  if (d->s->y)
    memcpy (a.y, d->s->y, d->s->rows.n * sizeof *w);
  a.p = d->s->p;
  return a;
}

static void
is_sane (const member *a, const bd_resample *s)
{
  double sum = 0;

  for (size_t i = 0; i < s->rows.n; i++)
    {
      ck_assert (gsl_finite (a->w[i]) && a->w[i] >= 0);
      ck_assert (gsl_finite (a->y[i]));
      sum += a->w[i];
    }
  for (size_t k = 0; k < s->units; k++)
    ck_assert (gsl_finite (a->u[k]));
  ck_assert_double_gt (sum, 0);
  ck_assert (a->p > 0 && a->p <= 1);
}

static bool
same (const member *a, const member *b)
{
  return memcmp (a, b, sizeof *a) == 0;
}

/* Members 0, 1, 2 ... of one seed from one work space are those of another
   that is asked backwards and for another seed in between.  */
START_TEST (lawful)
{
  const bd_resample_type *type = bd_resample_types[_i];
  facts a;
  member m[MEMBERS];
  size_t differ = 0;

  know_enough (&a, type);
  drawer one = drawer_open (type, "", &a.rows);
  drawer two = drawer_open (type, "", &a.rows);
  uint64_t count = type->members ? type->members (&one.s->set, &a.rows) : 1000;
  count = GSL_MIN (count, MEMBERS);
  ck_assert_uint_eq (one.s->units,
                     bd_resample_units (type, &one.s->set, &a.rows));
  for (uint64_t b = 0; b < count; b++)
    {
      m[b] = draw (&one, 1, b);
      is_sane (&m[b], one.s);
    }
  for (uint64_t b = count; b-- > 0;)
    {
      member other = draw (&two, 2, b), again = draw (&two, 1, b);
      ck_assert (same (&m[b], &again));
      differ += !same (&m[b], &other);
    }
  /* Folds are whole, but the seed says which they are.  */
  bool parts = strcmp (type->name, "folds") == 0;
  bool fixed
      = (type->whole && !parts) || type->given || type == &bd_resample_none;
  ck_assert (fixed ? differ == 0 : differ > count / 2);
  ck_assert (same (&m[0], &m[1]) == (type == &bd_resample_none));
  drawer_close (&one);
  drawer_close (&two);
}
END_TEST

/* Rows are left out by the schemes that say so and by no other.  */
START_TEST (left_out)
{
  const bd_resample_type *type = bd_resample_types[_i];
  facts a;
  bool some = false;

  know_enough (&a, type);
  drawer d = drawer_open (type, "", &a.rows);
  for (uint64_t b = 0; b < GIVEN; b++)
    {
      const double *w = draw_weights (&d, 3, b);
      for (size_t i = 0; i < a.rows.n; i++)
        some |= w[i] == 0;
    }
  ck_assert (some == type->some_left);
  drawer_close (&d);
}
END_TEST

/* Where the members are all that there are, their probabilities sum to 1 or
   are equal.  */
START_TEST (whole)
{
  const bd_resample_type *type = bd_resample_types[_i];
  facts a;
  double sum = 0;
  bool equal = true;

  know_enough (&a, type);
  drawer d = drawer_open (type, "", &a.rows);
  ck_assert (!type->whole || type->members);
  uint64_t count = type->whole ? type->members (&d.s->set, &a.rows) : 0;
  for (uint64_t b = 0; b < count; b++)
    {
      draw_weights (&d, 1, b);
      sum += d.s->p;
      equal &= d.s->p == 1;
    }
  ck_assert (!type->whole || equal || fabs (sum - 1) < 1e-13);
  drawer_close (&d);
}
END_TEST

static double
sum_of (const double w[], size_t n)
{
  return mean_of (w, n) * (double)n;
}

/* Five standard errors around MEAN when the variance is VAR.  */
static void
near (double seen, double mean, double var)
{
  ck_assert_double_eq_tol (seen, mean, 5 * sqrt (var / DRAWS));
}

/* Multinomial counts of M draws: variance m/n (1 - 1/n).  */
static void
fraction_of (const char *knobs, double m)
{
  const bd_rows rows = { .n = ROWS };
  drawer d = drawer_open (&bd_resample_bootstrap, knobs, &rows);
  double mean = 0, square = 0, q = m / ROWS, var = q * (1 - 1. / ROWS);

  for (uint64_t b = 0; b < DRAWS; b++)
    {
      const double *w = draw_weights (&d, 1, b);
      ck_assert_double_eq (sum_of (w, ROWS), m);
      mean += w[b % ROWS] / DRAWS;
      square += gsl_pow_2 (w[b % ROWS] - q) / DRAWS;
    }
  near (mean, q, var);
  near (square, var, var + 3 * var * var);
  drawer_close (&d);
}

START_TEST (bootstrap)
{
  fraction_of ("", ROWS);
  fraction_of ("fraction=0.5", ROWS / 2);
  fraction_of ("fraction=0.06", 1);
  fraction_of ("fraction=2.3", 55);
  fraction_of ("fraction=1e-6", 1);
}
END_TEST

/* Each row and each pair of rows as often as it should be.  */
START_TEST (subsample)
{
  const bd_rows rows = { .n = ROWS };
  drawer d
      = drawer_open (bd_resample_find ("subsample"), "fraction=0.3", &rows);
  double in[ROWS] = { 0 }, pair = 0, q = 7. / ROWS, q2 = q * 6 / (ROWS - 1);

  for (uint64_t b = 0; b < DRAWS; b++)
    {
      const double *w = draw_weights (&d, 1, b);
      ck_assert_double_eq (sum_of (w, ROWS), 7);
      for (size_t i = 0; i < ROWS; i++)
        {
          ck_assert (w[i] == 0 || w[i] == 1);
          in[i] += w[i] / DRAWS;
        }
      pair += w[b % ROWS] * w[(b + 5) % ROWS] / DRAWS;
    }
  for (size_t i = 0; i < ROWS; i++)
    near (in[i], q, q);
  near (pair, q2, q2);
  drawer_close (&d);
}
END_TEST

START_TEST (bayes_and_poisson)
{
  const bd_rows rows = { .n = ROWS };
  drawer d = drawer_open (&bd_resample_bayes, "", &rows);
  drawer e = drawer_open (bd_resample_find ("poisson"), "", &rows);
  double mean = 0, square = 0, none = 0;

  for (uint64_t b = 0; b < DRAWS; b++)
    {
      const double *w = draw_weights (&d, 1, b);
      ck_assert_double_eq_tol (sum_of (w, ROWS), ROWS, 1e-12);
      double k = draw_weights (&e, 1, b)[b % ROWS];
      ck_assert_double_eq (k, floor (k));
      mean += k / DRAWS;
      square += gsl_pow_2 (k - 1) / DRAWS;
      none += (k == 0) / (double)DRAWS;
    }
  near (mean, 1, 1);
  near (square, 1, 3);
  near (none, exp (-1), exp (-1));
  drawer_close (&d);
  drawer_close (&e);
}
END_TEST

/* Each 64 members hold every row 64 times, and blocks differ.  */
START_TEST (balanced)
{
  const bd_rows rows = { .n = ROWS };
  drawer d = drawer_open (bd_resample_find ("balanced"), "", &rows);
  double first[ROWS];

  for (uint64_t block = 0; block < 5; block++)
    {
      double sum[ROWS] = { 0 };
      for (uint64_t b = 0; b < 64; b++)
        {
          const double *w = draw_weights (&d, 1, 64 * block + b);
          ck_assert_double_eq (sum_of (w, ROWS), ROWS);
          for (size_t i = 0; i < ROWS; i++)
            sum[i] += w[i];
          if (b == 0 && block > 0)
            ck_assert_mem_ne (first, w, sizeof first);
          if (b == 0)
            memcpy (first, w, sizeof first);
        }
      for (size_t i = 0; i < ROWS; i++)
        ck_assert_double_eq (sum[i], 64);
    }
  drawer_close (&d);
}
END_TEST

/* Every stratum keeps its size; a group has one weight, that of its unit.  */
START_TEST (labels)
{
  facts a;
  double mean = 0;

  know (&a, ROWS);
  drawer d = drawer_open (bd_resample_find ("stratified"), "", &a.rows);
  drawer e = drawer_open (bd_resample_find ("groups"), "", &a.rows);
  ck_assert_uint_eq (e.s->units, LABELS);
  for (uint64_t b = 0; b < DRAWS; b++)
    {
      double extra[LABELS] = { 0 };
      const double *w = draw_weights (&d, 1, b), *g = draw_weights (&e, 1, b);
      for (size_t i = 0; i < ROWS; i++)
        {
          extra[a.label[i]] += w[i] - 1;
          ck_assert_double_eq (g[i], e.s->u[a.label[i]]);
        }
      for (size_t l = 0; l < LABELS; l++)
        ck_assert_double_eq (extra[l], 0);
      ck_assert_double_eq (sum_of (e.s->u, LABELS), LABELS);
      mean += (w[b % ROWS] + e.s->u[b % LABELS]) / DRAWS;
    }
  near (mean, 2, 2);
  drawer_close (&d);
  drawer_close (&e);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("resample");
  TCase *c = tcase_create ("resample");
  int types = 0;

  while (bd_resample_types[types])
    types++;
  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, lawful, 0, types);
  tcase_add_loop_test (c, left_out, 0, types);
  tcase_add_loop_test (c, whole, 0, types);
  tcase_add_test (c, bootstrap);
  tcase_add_test (c, subsample);
  tcase_add_test (c, bayes_and_poisson);
  tcase_add_test (c, balanced);
  tcase_add_test (c, labels);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
