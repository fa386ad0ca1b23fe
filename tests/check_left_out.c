/* The rows that members leave out, for every scheme: those whose weight is 0,
   whatever the units are.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "bag_tools.h"
#include "tap.h"
#include "tools.h"

#define ROWS 24

/* Sums over the members without each row: means, then squares.  */
typedef struct
{
  size_t n, units;
  double count[ROWS], mean[ROWS], square[ROWS];
  bool wide;   /* weights come after the units */
  bool second; /* pass */
} tally;

static void
add (void *params, uint64_t b, double p, const double u[], const double t[])
{
  tally *a = params;
  const double *w = u + (a->wide ? a->units : 0);

  (void)b;
  for (size_t i = 0; i < a->n && !gsl_isnan (p); i++)
    {
      if (w[i] != 0)
        continue;
      if (a->second)
        a->square[i] += p * gsl_pow_2 (t[i] - a->mean[i]);
      else
        {
          a->count[i] += p;
          a->mean[i] += p * t[i];
        }
    }
}

static void
run_twice (bag_job *k, tally *a, bd_bagged *b)
{
  k->o.each = add;
  k->o.params = a;
  *b = bag_run (k);
  bd_bagged_free (b);
  for (size_t i = 0; i < a->n; i++)
    a->mean[i] /= a->count[i];
  a->second = true;
  *b = bag_run (k);
}

START_TEST (rows_left_out)
{
  const bd_resample_type *type = bd_resample_types[_i];
  size_t n = type == &bd_resample_exact ? 7 : ROWS, never = 0;
  bag_job k = bag_open (&bd_fitter_poly, "degree=1", "sine", n, type->name);
  tally a = { .n = n,
              .units = bd_resample_units (type, &k.o.scheme, &k.o.rows),
              .wide = type->units != NULL };
  double sum = 0, used = 0, absolute = 0;
  bd_bagged b;

  run_twice (&k, &a, &b);
  for (size_t i = 0; i < n; i++)
    {
      double K = a.count[i];
      never += K == 0;
      if (!(type->whole ? K > 0 : K >= 2))
        continue;
      used++;
      absolute += fabs (gsl_vector_get (k.s->y, i) - a.mean[i]);
      sum += gsl_pow_2 (gsl_vector_get (k.s->y, i) - a.mean[i]);
      sum -= type->whole ? 0 : a.square[i] / (K * (K - 1));
    }
  ck_assert_uint_eq (b.never_out, never);
  ck_assert ((never == n) == !type->some_left);
  if (used > 0)
    ck_assert_double_eq_tol (b.oob, sqrt (sum / used), 1e-10);
  else
    ck_assert_double_nan (b.oob);
  ck_assert_uint_eq (b.out.rows, (size_t)used);
  if (used > 0)
    ck_assert_double_eq_tol (b.out.score[0].value.mean, absolute / used,
                             1e-10);
  ck_assert (used > 0 || gsl_isnan (b.out.single));
  bd_bagged_free (&b);
  bag_close (&k);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("left out");
  TCase *c = tcase_create ("left out");
  int types = 0;

  while (bd_resample_types[types])
    types++;
  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, rows_left_out, 0, types);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
