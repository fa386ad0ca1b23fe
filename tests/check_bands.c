/* Critical values of simultaneous bands against closed forms.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "tap.h"
#include "tools.h"
#include "variance/bands.h"

#define LEVEL 0.9
#define ARC 200 /* points of an arc */

static bd_band
found (const bd_influence *f, uint64_t seed)
{
  bd_band band;

  ck_assert_int_eq (bd_band_find (f, LEVEL, 0, seed, &band), 0);
  return band;
}

static double
normal_quantile (double p)
{
  return gsl_cdf_ugaussian_Pinv ((1 + p) / 2);
}

/* Points of their own unit each.  */
START_TEST (independent_points)
{
  static const size_t points[] = { 1, 2, 5, 40 };
  size_t m = points[_i];
  bd_influence *f = bd_influence_alloc (m, m);

  for (size_t j = 0; j < m; j++)
    f->L[j * m + j] = j % 2 ? -3 : 0.01;
  bd_band band = found (f, 1);
  double want = normal_quantile (pow (LEVEL, 1 / (double)m));
  ck_assert_double_eq_tol (band.pointwise, 1.6448536269514722, 1e-12);
  ck_assert_double_eq_tol (band.c, want, 4 * band.error);
  ck_assert_double_lt (band.error, 0.02);
  ck_assert_uint_eq (band.points, m);
  ck_assert_uint_eq (band.draws, 10000);
  bd_influence_free (f);
}
END_TEST

/* One unit moves all points, or several units in the same proportion: as one
   point.  Points without variance do not count.  */
START_TEST (one_and_the_same)
{
  bd_influence *f = bd_influence_alloc (3, 10);

  for (size_t i = 0; i < 3; i++)
    for (size_t j = 1; j < 10; j++)
      f->L[i * 10 + j] = (double)(i + 1) * ((double)j - 20);
  bd_band band = found (f, 2);
  ck_assert_double_eq_tol (band.c, band.pointwise, 4 * band.error);
  ck_assert_uint_eq (band.points, 9);
  bd_influence_free (f);
}
END_TEST

/* P (max <= c) for a line's band over an arc of directions: with g in polar
   coordinates the radius is Rayleigh, the largest projection of direction a
   is max |cos (a - theta)|.  */
static double
arc_probability (double c, double arc)
{
  enum
  {
    STEPS = 20000
  };
  double sum = 0;

  for (int k = 0; k < STEPS; k++)
    {
      double a = M_PI * (k + 0.5) / STEPS, most;
      double end = GSL_MAX_DBL (fabs (cos (a)), fabs (cos (a - arc)));
      most = a <= arc ? 1 : end;
      sum += (1 - exp (-c * c / (2 * most * most))) / STEPS;
    }
  return sum;
}

static double
arc_quantile (double arc)
{
  double low = 1, high = 3;

  while (high - low > 1e-9)
    {
      double c = (low + high) / 2;
      if (arc_probability (c, arc) < LEVEL)
        low = c;
      else
        high = c;
    }
  return low;
}

/* Arcs of length 0 and pi: one point, and Scheffe's for a whole line
   (Working and Hotelling 1929).  */
START_TEST (line_over_an_arc)
{
  static const double arcs[] = { 1e-9, 0.3, 1, 2, M_PI };
  double arc = arcs[_i], want = arc_quantile (arc);
  bd_influence *f = bd_influence_alloc (2, ARC);

  if (_i == 0)
    ck_assert_double_eq_tol (want, normal_quantile (LEVEL), 1e-4);
  if (_i == LENGTH (arcs) - 1)
    ck_assert_double_eq_tol (want, sqrt (-2 * log (1 - LEVEL)), 1e-4);
  for (size_t j = 0; j < ARC; j++)
    {
      double theta = arc * (double)j / (ARC - 1);
      f->L[j] = (1. + (double)j) * cos (theta);
      f->L[ARC + j] = (1. + (double)j) * sin (theta);
    }
  bd_band band = found (f, 3);
  ck_assert_double_eq_tol (band.c, want, 4 * band.error);
  bd_influence_free (f);
}
END_TEST

/* The error that is stated is the one that is seen; a seed gives the same
   bits again.  */
START_TEST (error_over_seeds)
{
  enum
  {
    SEEDS = 200
  };
  bd_influence *f = bd_influence_alloc (4, 4);
  double c[SEEDS], stated = 0;

  for (size_t j = 0; j < 16; j++)
    f->L[j] = 1. / (double)(1 + j * j % 7);
  for (uint64_t seed = 0; seed < SEEDS; seed++)
    {
      bd_band band, again;
      ck_assert_int_eq (bd_band_find (f, LEVEL, 1000, seed, &band), 0);
      ck_assert_int_eq (bd_band_find (f, LEVEL, 1000, seed, &again), 0);
      ck_assert_double_eq (band.c, again.c);
      c[seed] = band.c;
      stated += band.error / SEEDS;
    }
  ck_assert_double_eq_tol (stated / sd_of (c, SEEDS), 1, 0.2);
  bd_influence_free (f);
}
END_TEST

START_TEST (not_known)
{
  bd_influence *f = bd_influence_alloc (2, 3);
  bd_band band = found (f, 1);

  ck_assert_double_nan (band.c);
  ck_assert_uint_eq (band.points, 0);
  f->L[0] = 1;
  f->L[4] = GSL_NAN;
  band = found (f, 1);
  ck_assert_double_nan (band.c);
  ck_assert_double_nan (band.error);
  ck_assert_int_eq (bd_band_find (f, 1, 0, 1, &band), GSL_EINVAL);
  ck_assert_int_eq (bd_band_find (f, 0, 0, 1, &band), GSL_EINVAL);
  ck_assert_double_nan (band.c);
  bd_influence_free (f);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("bands");
  TCase *c = tcase_create ("bands");

  tcase_add_loop_test (c, independent_points, 0, 4);
  tcase_add_test (c, one_and_the_same);
  tcase_add_loop_test (c, line_over_an_arc, 0, 5);
  tcase_add_test (c, error_over_seeds);
  tcase_add_test (c, not_known);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
