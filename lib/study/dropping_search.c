/* The rate of dropout: by held-out score, and where its spread would match the
   error.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../score/score.h"
#include "dropping.h"
#include "dropping_folds.h"

#define NEAR 10   /* neighbours of the Gamma test */
#define LEAST 20  /* rows that it needs */
#define ROWS 1000 /* that it looks at */

const double bd_rate_grid[BD_RATES]
    = { 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5 };

/* Squared distances of row I of Z to its NEAR nearest others, and which these
   are.  */
static void
nearest (const double Z[], size_t n, size_t d, size_t i, double distance[NEAR],
         size_t which[NEAR])
{
  size_t count = 0;

  for (size_t j = 0; j < n; j++)
    {
      double sum = 0;
      for (size_t k = 0; j != i && k < d; k++)
        sum += gsl_pow_2 (Z[i * d + k] - Z[j * d + k]);
      if (j == i || (count == NEAR && sum >= distance[NEAR - 1]))
        continue;
      size_t at = count < NEAR ? count++ : NEAR - 1;
      for (; at > 0 && distance[at - 1] > sum; at--)
        {
          distance[at] = distance[at - 1];
          which[at] = which[at - 1];
        }
      distance[at] = sum;
      which[at] = j;
    }
}

/* Intercept of the line through NEAR places (x, y).  */
static double
intercept (const double x[NEAR], const double y[NEAR])
{
  double mx = 0, my = 0, sxy = 0, sxx = 0;

  for (size_t k = 0; k < NEAR; k++)
    {
      mx += x[k] / NEAR;
      my += y[k] / NEAR;
    }
  for (size_t k = 0; k < NEAR; k++)
    {
      sxy += (x[k] - mx) * (y[k] - my);
      sxx += gsl_pow_2 (x[k] - mx);
    }
  return sxx > 0 ? my - sxy / sxx * mx : my;
}

/* Every STEP-th row of X, its columns standardised.  */
static double *
standardised (const gsl_matrix *X, size_t step, size_t n)
{
  double *Z = bd_array (n, X->size2);

  for (size_t k = 0; Z && k < X->size2; k++)
    {
      double mean = 0, ss = 0;
      for (size_t i = 0; i < n; i++)
        mean += gsl_matrix_get (X, i * step, k) / (double)n;
      for (size_t i = 0; i < n; i++)
        ss += gsl_pow_2 (gsl_matrix_get (X, i * step, k) - mean);
      double scale = ss > 0 ? sqrt (ss / (double)n) : 1;
      for (size_t i = 0; i < n; i++)
        Z[i * X->size2 + k]
            = (gsl_matrix_get (X, i * step, k) - mean) / scale;
    }
  return Z;
}

double
bd_noise_near (const gsl_matrix *X, const gsl_vector *y)
{
  size_t step = (X->size1 + ROWS - 1) / ROWS;
  size_t n = X->size1 / GSL_MAX (step, 1);
  double far[NEAR] = { 0 }, half[NEAR] = { 0 };
  double *Z = n < LEAST ? NULL : standardised (X, step, n);

  if (!Z)
    return GSL_NAN;
  for (size_t i = 0; i < n; i++)
    {
      double distance[NEAR] = { 0 };
      size_t which[NEAR] = { 0 };
      nearest (Z, n, X->size2, i, distance, which);
      for (size_t k = 0; k < NEAR; k++)
        {
          double difference = gsl_vector_get (y, i * step)
                              - gsl_vector_get (y, which[k] * step);
          far[k] += distance[k] / (double)n;
          half[k] += difference * difference / 2 / (double)n;
        }
    }
  free (Z);
  double v = intercept (far, half);
  return v >= 0 ? sqrt (v) : GSL_NAN;
}

/* One line of the table for numbers; R is work space for n residuals.  */
static void
score_numbers (const bd_dropping *o, const bd_held_out *held, size_t rate,
               double noise, double r[], bd_rate_row *row)
{
  size_t n = held->n;
  const double *mean = held->mean + rate * n;
  const double *v = held->variance + rate * n;
  const double *stated = o->net.output->noise ? held->noise + rate * n : NULL;
  double mse = 0, spread = 0, score = 0;

  for (size_t i = 0; i < n; i++)
    {
      r[i] = gsl_vector_get (o->y, i) - mean[i];
      mse += r[i] * r[i] / (double)n;
      spread += v[i] / (double)n;
    }
  double own = bd_score_noise (r, v, n);
  for (size_t i = 0; i < n; i++)
    {
      double total = (stated ? stated[i] : own) + v[i];
      score += (log (2 * M_PI * total) + r[i] * r[i] / total) / 2 / (double)n;
    }
  row->rmse = sqrt (mse);
  row->score = score;
  row->ratio = mse > noise * noise ? sqrt (spread / (mse - noise * noise))
                                   : GSL_NAN;
}

/* The rate where the ratio of spread and error crosses 1.  */
static double
matched (const bd_rate_search *a)
{
  const bd_rate_row *before = NULL;

  for (size_t k = 0; k < BD_RATES; k++)
    {
      const bd_rate_row *row = &a->row[k];
      if (!(row->ratio > 0))
        continue;
      if (row->ratio >= 1 && !before)
        return 0;
      if (row->ratio >= 1)
        {
          double x = -log (before->ratio)
                     / (log (row->ratio) - log (before->ratio));
          return before->rate * pow (row->rate / before->rate, x);
        }
      before = row;
    }
  return before ? GSL_POSINF : GSL_NAN;
}

static int
score_all (const bd_dropping *o, const bd_held_out *held, bd_rate_search *a)
{
  double *r = bd_array (held->n, 1);

  for (size_t k = 0; r && k < BD_RATES; k++)
    {
      bd_rate_row *row = &a->row[k];
      *row = (bd_rate_row){ bd_rate_grid[k], GSL_NAN, GSL_NAN, GSL_NAN };
      if (held->failed[k])
        continue;
      if (o->net.output->classes)
        {
          bd_class_score s = bd_score_classes (
              o->y, held->mean + k * held->n * held->k, held->k);
          row->rmse = s.brier;
          row->score = s.log_loss;
        }
      else
        score_numbers (o, held, k, a->noise, r, row);
      if (row->score < a->row[a->best].score
          || gsl_isnan (a->row[a->best].score))
        a->best = k;
    }
  free (r);
  return r ? GSL_SUCCESS : GSL_ENOMEM;
}

int
bd_dropping_search (bd_dropping *o, bd_rate_search *a, bd_error *err)
{
  bd_held_out held;

  *a = (bd_rate_search){ .folds = BD_RATE_FOLDS, .noise = GSL_NAN };
  if (!o->net.mask.type || o->net.mask.type->learnt)
    return BD_FAIL (err, GSL_EINVAL,
                    "this mask learns its rates; give a rate to start from");
  if (o->X->size1 < 2 * BD_RATE_FOLDS)
    return BD_FAIL (err, GSL_EINVAL,
                    "%zu rows are too few to choose a rate by "
                    "cross-validation; give one",
                    o->X->size1);
  if (!o->net.output->classes)
    a->noise = bd_noise_near (o->X, o->y);
  int code = bd_held_out_fill (&held, o, bd_rate_grid, BD_RATES, BD_RATE_FOLDS, err);
  if (!code && score_all (o, &held, a))
    code = BD_FAIL (err, GSL_ENOMEM, "no memory for %zu rows", held.n);
  bd_held_out_free (&held);
  if (!code && gsl_isnan (a->row[a->best].score))
    code = BD_FAIL (err, GSL_EFAILED,
                    "no rate gives a network that can be trained; lower the "
                    "learning rate");
  if (code)
    return code;
  a->matched = o->net.output->classes ? GSL_NAN : matched (a);
  bd_dropping_set_rate (&o->net.mask, a->row[a->best].rate);
  return GSL_SUCCESS;
}
