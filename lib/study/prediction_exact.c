/* Prediction by all subnetworks.  Every point is enumerated by itself, so that
   threads take strips of points.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../ensemble/run.h"
#include "../net/exact.h"
#include "prediction.h"

#define STRIP 32 /* points */

const double bd_predicted_level[BD_PREDICTED_LEVELS] = { 0.05, 0.5, 0.95 };

static int
exact_check (const bd_net *net, const bd_mask *mask, bd_error *err)
{
  bd_rates rates = bd_rates_of (mask, net);
  size_t units = bd_exact_units (net, &rates);

  if (bd_mask_acts (mask)
      && (mask->type != &bd_mask_bernoulli || mask->pool > 0))
    return BD_FAIL (err, GSL_EINVAL,
                    "exact goes through the subnetworks of bernoulli masks "
                    "without a pool; use mc");
  if (units <= BD_EXACT_UNITS)
    return GSL_SUCCESS;
  return BD_FAIL (
      err, GSL_EINVAL,
      "exact goes through all subnetworks of at most %d units that can be "
      "dropped, and there are %zu; use %s",
      BD_EXACT_UNITS, units,
      bd_prediction_default (net, mask) == &bd_prediction_closed
          ? "closed, which is exact here too"
      : net->output->classes || net->layers == 2 ? "mc"
                                                 : "rao-blackwell or mc");
}

typedef struct
{
  const bd_predicting *q;
  bd_rates rates;
  size_t k, levels;
  bd_predicted *to;
} strips;

/* Member B: mean, variance and quantiles of STRIP points, and their noise, one
   after the other.  */
static int
draw_strip (const void *setup, void *work, uint64_t b, double *p, double u[],
            double t[])
{
  const strips *f = setup;
  const bd_predicting *q = f->q;
  size_t first = b * STRIP, count = GSL_MIN (STRIP, q->m - first);
  size_t places = STRIP * f->k, stated = (2 + f->levels) * places;
  bd_subnets *all
      = bd_subnets_alloc (q->model, count, f->levels, bd_predicted_level);
  int code
      = all ? bd_subnets_fill (all, q->model, &f->rates,
                               q->Z + first * q->model->net.width[0], NULL)
            : GSL_ENOMEM;

  (void)work;
  *p = 1;
  u[0] = 0;
  for (size_t i = 0; i < stated + STRIP; i++)
    t[i] = code ? GSL_NAN : 0;
  for (size_t i = 0; !code && i < count * f->k; i++)
    {
      t[i] = all->mean[i];
      t[places + i] = all->variance[i];
      for (size_t l = 0; l < f->levels; l++)
        t[(2 + l) * places + i] = all->quantile[l * count * f->k + i];
    }
  for (size_t i = 0; !code && all->noise && i < count; i++)
    t[stated + i] = all->noise[i];
  bd_subnets_free (all);
  return code;
}

static void
keep_strip (void *params, uint64_t b, double p, const double u[],
            const double t[])
{
  const strips *f = params;
  bd_predicted *a = f->to;
  size_t first = b * STRIP, count = GSL_MIN (STRIP, f->q->m - first);
  size_t places = STRIP * f->k, stated = (2 + f->levels) * places;

  (void)p;
  (void)u;
  for (size_t i = 0; i < count * f->k; i++)
    {
      size_t at = first * f->k + i;
      a->mean[at] = t[i];
      a->sd[at] = sqrt (GSL_MAX_DBL (t[places + i], 0));
      a->error[at] = 0;
      for (size_t l = 0; l < f->levels; l++)
        a->quantile[l * a->places + at] = t[(2 + l) * places + i];
    }
  for (size_t i = 0; f->q->model->net.output->noise && i < count; i++)
    a->noise[first + i] = t[stated + i];
}

static const bd_source_type source_strips = {
  .name = "strips",
  .help = "all subnetworks at some of the points",
  .draw = draw_strip,
};

/* Exact quantiles of one hidden layer with one prediction are cheap; others
   look at every subnetwork.  */
static bool
quantiles_take_long (const bd_predicting *q, const bd_rates *rates,
                     size_t places)
{
  const bd_net *net = &q->model->net;

  if (net->layers == 2 && places == q->m && !(rates->input > 0))
    return false;
  return ldexp ((double)places, (int)bd_exact_units (net, rates))
         > BD_EXACT_LOOKS;
}

static int
run_strips (strips *f, bd_error *err)
{
  const bd_predicting *q = f->q;
  size_t points = STRIP * (f->k * (2 + f->levels) + 1);
  bd_source source = { &source_strips, f, 1, points, 1 };
  bd_moments *none = bd_moments_alloc (1, points, 0, points);
  bd_run_options o = { .members = (q->m + STRIP - 1) / STRIP,
                       .threads = q->threads,
                       .each = keep_strip,
                       .params = f,
                       .progress = q->progress };
  int code = none ? bd_run (&source, &o, none) : GSL_ENOMEM;

  if (!code && none->failed == none->members)
    code = BD_FAIL (err, GSL_EFAILED,
                    "no prediction is finite, or memory is short");
  else if (code)
    BD_FAIL (err, code, "no memory for %zu points", q->m);
  bd_moments_free (none);
  return code;
}

static int
exact_predict (const bd_predicting *q, bd_predicted *a, bd_error *err)
{
  const bd_net_model *model = q->model;
  strips f = { .q = q,
               .rates = bd_rates_of (&model->mask, &model->net),
               .k = bd_net_predictions (model),
               .levels = BD_PREDICTED_LEVELS,
               .to = a };
  size_t units = bd_exact_units (&model->net, &f.rates);

  a->quantile = bd_array (BD_PREDICTED_LEVELS, a->places);
  if (!a->quantile)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for %zu points", q->m);
  for (size_t i = 0; i < BD_PREDICTED_LEVELS * a->places; i++)
    a->quantile[i] = GSL_NAN;
  if (quantiles_take_long (q, &f.rates, a->places))
    f.levels = 0;
  int code = run_strips (&f, err);
  if (code)
    return code;
  a->masks = UINT64_C (1) << units;
  if (units > 0
      && bd_prediction_default (&model->net, &model->mask)
             == &bd_prediction_closed)
    a->share = 1;
  return GSL_SUCCESS;
}

const bd_prediction bd_prediction_exact = {
  .name = "exact",
  .help = "all 2^H subnetworks, for at most 24 units that can be dropped; "
          "with exact quantiles",
  .spread = true,
  .check = exact_check,
  .predict = exact_predict,
};
