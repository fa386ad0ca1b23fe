#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdio.h>

#include "band_tools.h"
#include "fitter/poly.h"
#include "study/bagging.h"
#include "tools.h"

#define POINTS 21

static double
truth (double x, size_t degree)
{
  double sum = 0;

  for (size_t k = degree + 1; k-- > 0;)
    sum = sum * x + (k % 2 ? -3 : 2) * (double)(k + 1);
  return sum;
}

static void
draw_rows (gsl_rng *r, size_t degree, gsl_matrix *X, gsl_vector *y)
{
  for (size_t i = 0; i < y->size; i++)
    {
      double x = ((double)i + 0.5) / (double)y->size;
      gsl_matrix_set (X, i, 0, x);
      gsl_vector_set (y, i, truth (x, degree) + gsl_ran_gaussian (r, 1));
    }
}

/* Add what one bag's bands hold, as shares of SETS.  */
static void
add_set (band_study *to, const bd_bagged *a, const gsl_matrix *P,
         size_t degree, double sets)
{
  double most = 0;

  for (size_t j = 0; j < POINTS; j++)
    {
      double off = a->mean[j] - truth (gsl_matrix_get (P, j, 0), degree);
      double z = fabs (off) / a->sd_mean[j];
      most = GSL_MAX_DBL (most, z);
      to->points += (z <= a->band.pointwise) / (sets * POINTS);
    }
  to->whole += (most <= a->band.c) / sets;
  to->pointwise += (most <= a->band.pointwise) / sets;
  to->c += a->band.c / sets;
}

band_study
band_coverage (size_t sets, size_t rows, size_t degree, size_t members)
{
  gsl_rng *r = stream (10 + degree);
  gsl_matrix *X = gsl_matrix_alloc (rows, 1),
             *P = gsl_matrix_alloc (POINTS, 1);
  gsl_vector *y = gsl_vector_alloc (rows);
  bd_bagging o = { .fitter = bd_fitter_find ("poly"),
                   .resample = &bd_resample_bootstrap,
                   .X = X,
                   .y = y,
                   .P = P,
                   .members = members,
                   .places = 1000000,
                   .threads = 1,
                   .level = 0.9 };
  band_study to = { 0 };
  char knobs[32];
  bd_error err = { "" };

  snprintf (knobs, sizeof knobs, "degree=%zu", degree);
  ck_assert_int_eq (bd_knob_parse (o.fitter->knobs, knobs, &o.set, &err), 0);
  ck_assert_int_eq (bd_knob_parse (o.resample->knobs, "", &o.scheme, &err), 0);
  for (size_t j = 0; j < POINTS; j++)
    gsl_matrix_set (P, j, 0, (double)j / (POINTS - 1));
  for (size_t k = 0; k < sets; k++)
    {
      bd_bagged a;
      draw_rows (r, degree, X, y);
      o.seed = k;
      ck_assert_msg (bd_bagging_run (&o, &a, &err) == 0, "%s", err.text);
      add_set (&to, &a, P, degree, (double)sets);
      bd_bagged_free (&a);
    }
  gsl_matrix_free (X);
  gsl_matrix_free (P);
  gsl_vector_free (y);
  gsl_rng_free (r);
  return to;
}
