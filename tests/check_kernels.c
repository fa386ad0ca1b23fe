/* The kernels of the networks: every set of instructions that this machine has
   against naive loops, and against the other sets bit for bit.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_rng.h>
#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "net/kernels.h"
#include "tap.h"
#include "tools.h"

static const char *const sets[] = { "plain", "avx2", "avx512" };

#define REAL float
#define TABLE bd_kernels_float
#define NAME(x) float_##x
#define EPS ((long double)FLT_EPSILON)
#include "kernels_cases.h"
#undef REAL
#undef TABLE
#undef NAME
#undef EPS
#define REAL double
#define TABLE bd_kernels_double
#define NAME(x) double_##x
#define EPS ((long double)DBL_EPSILON)
#include "kernels_cases.h"

START_TEST (floats)
{
  for (int i = 0; i < 84; i++)
    float_compare (bd_kernels_of_floats, _i, i);
}
END_TEST

START_TEST (doubles)
{
  for (int i = 0; i < 84; i++)
    double_compare (bd_kernels_of_doubles, _i, i);
}
END_TEST

#define POINTS 64

/* Largest errors of unit UNIT and of its slope over [-SPAN, SPAN] for floats
   and doubles, or of exp relative to it.  */
static void
errors (int unit, double span, long double most[4])
{
  const bd_kernels_float *f = bd_kernels_of_floats ();
  const bd_kernels_double *d = bd_kernels_of_doubles ();
  float zf[POINTS], sf[POINTS];
  double zd[POINTS], sd[POINTS], z[POINTS], at = -span;

  for (int i = 0; i < 4; i++)
    most[i] = 0;
  while (at < span)
    {
      for (int i = 0; i < POINTS; i++, at += span * 2.6e-6)
        zf[i] = (float)(zd[i] = z[i] = (double)(float)at);
      if (unit == BD_UNITS)
        f->exponential (POINTS, zf), d->exponential (POINTS, zd);
      else
        {
          f->unit[unit](1, POINTS, POINTS, NULL, 0, zf, sf);
          d->unit[unit](1, POINTS, POINTS, NULL, 0, zd, sd);
        }
      for (int i = 0; i < POINTS; i++)
        {
          long double s, h = unit == BD_UNITS ? expl (z[i])
                                              : double_value (unit, z[i], &s);
          long double scale = unit == BD_UNITS ? h : 1;
          most[0] = GSL_MAX (most[0], fabsl (zf[i] - h) / scale);
          most[1] = GSL_MAX (most[1], fabsl (zd[i] - h) / scale);
          if (unit == BD_UNITS)
            continue;
          most[2] = GSL_MAX (most[2], fabsl (sf[i] - s));
          most[3] = GSL_MAX (most[3], fabsl (sd[i] - s));
        }
    }
}

/* As kernels.h states them.  */
static const struct
{
  int unit;
  double span, bound[4];
} limits[] = {
  { BD_UNIT_TANH, 25, { 2.6e-7, 6e-16, 5.2e-7, 1.1e-15 } },
  { BD_UNIT_LOGISTIC, 60, { 2e-7, 4e-16, 2e-7, 4e-16 } },
  { BD_UNIT_GELU, 14, { 4e-7, 1.5e-15, 4e-7, 1.5e-15 } },
  { BD_UNIT_RELU, 14, { 0, 0 } },
  { BD_UNIT_LINEAR, 14, { 0, 0 } },
  { BD_UNITS, 87, { 2e-7, 4e-16 } },
};

START_TEST (precision)
{
  long double most[4];

  errors (limits[_i].unit, limits[_i].span, most);
  if (getenv ("SHOW"))
    fprintf (stderr, "unit %d: float %.3Lg %.3Lg double %.3Lg %.3Lg\n",
             limits[_i].unit, most[0], most[2], most[1], most[3]);
  for (int p = 0; p < 4; p++)
    ck_assert_ldouble_le (most[p], (long double)limits[_i].bound[p]);
}
END_TEST

/* Infinities and NaN: what is not a number stays none.  */
START_TEST (edges)
{
  static const double want[BD_UNITS][2] = { { -1, 1 },
                                            { 0, INFINITY },
                                            { 0, INFINITY },
                                            { 0, 1 },
                                            { -INFINITY, INFINITY } };
  const bd_kernels_float *f = bd_kernels_of_floats ();
  const bd_kernels_double *d = bd_kernels_of_doubles ();

  for (int unit = 0; unit < BD_UNITS; unit++)
    {
      float z[16] = { -INFINITY, INFINITY, NAN }, s[16];
      double zd[16] = { -INFINITY, INFINITY, NAN }, sd[16];
      f->unit[unit](1, 16, 16, NULL, 0, z, s);
      d->unit[unit](1, 16, 16, NULL, 0, zd, sd);
      for (int i = 0; i < 2; i++)
        {
          ck_assert (gsl_fcmp (z[i], want[unit][i], 0) == 0
                     || fabs (z[i] - want[unit][i]) < 1e-15);
          ck_assert (gsl_fcmp (zd[i], want[unit][i], 0) == 0
                     || fabs (zd[i] - want[unit][i]) < 1e-15);
        }
      ck_assert (isnan (z[2]) && isnan (zd[2]));
    }
  double e[] = { -INFINITY, INFINITY, NAN, 0, -745, 710, 709 };
  float g[] = { -INFINITY, INFINITY, NAN, 0, -103, 89, 88 };
  d->exponential (7, e);
  f->exponential (7, g);
  ck_assert (e[0] == 0 && e[1] == INFINITY && isnan (e[2]) && e[3] == 1);
  ck_assert (e[4] == 0x1p-1074 && e[5] == INFINITY && isfinite (e[6]));
  ck_assert (g[0] == 0 && g[1] == INFINITY && isnan (g[2]) && g[3] == 1);
  ck_assert (g[4] == 0x1p-149f && g[5] == INFINITY && isfinite (g[6]));
}
END_TEST

/* A weight that is no number shows in the loss, whatever the unit: this is how
   training sees that it has diverged.  */
START_TEST (no_number)
{
  float w[49] = { 0 }, G[49] = { 0 }, mask[16];
  const float X[1] = { 1 }, y[1] = { 1 }, share[1] = { 1 };

  for (int j = 0; j < 16; j++)
    mask[j] = 1;
  w[3] = NAN;
  w[35] = 1;
  for (int set = 0; set < LENGTH (sets); set++)
    {
      setenv ("BAGDROP_KERNELS", sets[set], 1);
      const bd_kernels_float *f = bd_kernels_of_floats ();
      for (int m = 0; f->shallow[_i] && m < 2; m++)
        ck_assert (isnan (f->shallow[_i](1, 1, 16, 16, w, X, y, share,
                                         m ? mask : NULL, 0, G)));
    }
  unsetenv ("BAGDROP_KERNELS");
}
END_TEST

/* The moments of a unit that is never used end as 0, not as denormal
   numbers; a moment that is not a number stays so.  */
START_TEST (decay)
{
  const bd_kernels_float *f = bd_kernels_of_floats ();
  float w[3] = { 1, 1, 1 }, m[3] = { 1, -1, NAN }, v[3] = { 1, 1, 1 };
  const float G[3] = { 0 };

  for (int i = 0; i < 1500; i++)
    f->adam (3, 1e-3f, 1e-8f, 0.9f, 0.9f, 1, G, m, v, w);
  ck_assert (m[0] == 0 && m[1] == 0 && v[0] == 0 && isnan (w[2]));
  ck_assert (isfinite (w[0]) && isfinite (w[1]));
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("kernels");
  TCase *c = tcase_create ("kernels");

  tcase_set_timeout (c, 120);
  tcase_add_loop_test (c, floats, 0, LENGTH (float_cases));
  tcase_add_loop_test (c, doubles, 0, LENGTH (double_cases));
  tcase_add_loop_test (c, precision, 0, LENGTH (limits));
  tcase_add_test (c, edges);
  tcase_add_loop_test (c, no_number, 0, BD_UNITS);
  tcase_add_test (c, decay);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
