#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "stat_tools.h"

typedef struct
{
  size_t n, m;
  const double *y;
  size_t *order; /* of increasing y */
} stat_plan;

typedef struct
{
  const double *y;
  double t;
} stat_work;

static void
sort (const double y[], size_t n, size_t order[])
{
  for (size_t i = 0; i < n; i++)
    {
      size_t at = i;
      for (; at > 0 && y[order[at - 1]] > y[i]; at--)
        order[at] = order[at - 1];
      order[at] = i;
    }
}

static void *
stat_make_plan (const bd_settings *set, const gsl_matrix *X,
                const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  stat_plan *a = malloc (sizeof *a);

  (void)set;
  (void)err;
  *a = (stat_plan){ X->size1, P->size1, y->data,
                    calloc (X->size1, sizeof *a->order) };
  sort (a->y, a->n, a->order);
  return a;
}

static void
stat_free_plan (void *plan)
{
  stat_plan *a = plan;

  if (a)
    free (a->order);
  free (a);
}

static void *
stat_make_work (const void *plan)
{
  const stat_plan *a = plan;
  stat_work *w = malloc (sizeof *w);

  *w = (stat_work){ .y = a->y };
  return w;
}

static double
total (const stat_plan *a, const double w[])
{
  double sum = 0;

  for (size_t i = 0; i < a->n; i++)
    sum += w[i];
  return sum;
}

static int
mean_fit (const void *plan, void *work, const double w[], gsl_rng *r)
{
  const stat_plan *a = plan;
  stat_work *k = work;
  double sum = total (a, w), product = 0;

  (void)r;
  for (size_t i = 0; i < a->n; i++)
    product += w[i] * k->y[i];
  k->t = product / sum;
  return sum > 0 ? GSL_SUCCESS : GSL_EZERODIV;
}

static int
median_fit (const void *plan, void *work, const double w[], gsl_rng *r)
{
  const stat_plan *a = plan;
  stat_work *k = work;
  double half = total (a, w) / 2, sum = 0;

  (void)r;
  for (size_t i = 0; i < a->n && (sum < half || i == 0); i++)
    {
      sum += w[a->order[i]];
      k->t = a->y[a->order[i]];
    }
  return half > 0 ? GSL_SUCCESS : GSL_EZERODIV;
}

static int
maximum_fit (const void *plan, void *work, const double w[], gsl_rng *r)
{
  const stat_plan *a = plan;
  stat_work *k = work;

  (void)r;
  k->t = GSL_NEGINF;
  for (size_t i = 0; i < a->n; i++)
    if (w[i] > 0)
      k->t = GSL_MAX (k->t, a->y[i]);
  return gsl_finite (k->t) ? GSL_SUCCESS : GSL_EZERODIV;
}

static int
stat_respond (const void *plan, void *work, const double y[])
{
  const stat_plan *a = plan;
  stat_work *w = work;

  w->y = y ? y : a->y;
  return GSL_SUCCESS;
}

static int
stat_predict (const void *plan, void *work, double t[])
{
  const stat_plan *a = plan;
  const stat_work *w = work;

  for (size_t j = 0; j < a->m; j++)
    t[j] = w->t;
  return GSL_SUCCESS;
}

static const bd_knob no_knobs[] = { { .name = NULL } };

const bd_fitter_type stat_mean = { .name = "mean",
                                   .title = "Mean",
                                   .knobs = no_knobs,
                                   .resample = "bootstrap",
                                   .plan = stat_make_plan,
                                   .free_plan = stat_free_plan,
                                   .work = stat_make_work,
                                   .free_work = free,
                                   .fit = mean_fit,
                                   .respond = stat_respond,
                                   .predict = stat_predict };

const bd_fitter_type stat_median = { .name = "median",
                                     .title = "Median",
                                     .knobs = no_knobs,
                                     .resample = "bootstrap",
                                     .plan = stat_make_plan,
                                     .free_plan = stat_free_plan,
                                     .work = stat_make_work,
                                     .free_work = free,
                                     .fit = median_fit,
                                     .predict = stat_predict };

const bd_fitter_type stat_maximum = { .name = "maximum",
                                      .title = "Maximum",
                                      .knobs = no_knobs,
                                      .resample = "bootstrap",
                                      .plan = stat_make_plan,
                                      .free_plan = stat_free_plan,
                                      .work = stat_make_work,
                                      .free_work = free,
                                      .fit = maximum_fit,
                                      .predict = stat_predict };
