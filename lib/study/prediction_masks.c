/* Predictions by random masks.  Reference: Y. Gal, Z. Ghahramani, "Dropout as
   a Bayesian approximation", ICML 2016.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../ensemble/run.h"
#include "../ensemble/subnets.h"
#include "prediction.h"

#define FEW 30          /* members */
#define PLACES 20000000 /* most co-moments of units and points */

/* Moments of Q's masks from SOURCE; with co-moments of the units if they are
   to be told apart.  NULL and a sentence on failure.  */
static bd_moments *
run (const bd_predicting *q, const bd_source *source, size_t co_points,
     void (*each) (void *params, uint64_t b, double p, const double u[],
                   const double t[]),
     void *params, bd_error *err)
{
  size_t most = PLACES / GSL_MAX (source->units, 1);
  bd_moments *a = bd_moments_alloc (source->units, source->points,
                                    GSL_MIN (co_points, most), source->points);
  bd_run_options o = { .members = q->masks,
                       .threads = q->threads,
                       .each = each,
                       .params = params,
                       .progress = q->progress };

  if (a && bd_run (source, &o, a) == GSL_SUCCESS)
    {
      if (a->failed < a->members)
        return a;
      BD_FAIL (err, GSL_EFAILED, "none of %zu masks gives finite predictions",
               q->masks);
    }
  else
    BD_FAIL (err, GSL_ENOMEM, "no memory for %zu masks at %zu points",
             q->masks, q->m);
  bd_moments_free (a);
  return NULL;
}

/* Standard error of the standard deviation at place I, by the delta method:
   var v = (kurtosis - 1) v^2 / B.  A few members tell nothing of the kurtosis;
   they are taken for normal, sd / sqrt (2 (B - 1)).  */
static double
sd_error (const bd_moments *a, size_t i)
{
  double v = a->t2[i] / a->p;

  if (!(v > 0))
    return v == 0 ? 0 : GSL_NAN;
  if (a->p < FEW)
    return sqrt (a->t2[i] / 2) / (a->p - 1);
  double kurtosis = a->t4[i] / a->p / (v * v);
  return sqrt (v * GSL_MAX_DBL (kurtosis - 1, 0) / a->p) / 2;
}

/* Part of the mask variance that is a sum over units: with C the covariance of
   prediction and unit, sum C^2 / var u over v, without the chance that adds
   1 / B for each unit.  */
static double
unit_share (const bd_moments *a)
{
  double ours = 0, total = 0;
  size_t units = 0;

  for (size_t i = 0; i < a->n; i++)
    {
      double v = a->u2[i] / a->p;
      if (!(v > 0))
        continue;
      units++;
      for (size_t j = 0; j < a->mc; j++)
        ours += gsl_pow_2 (a->ut[i * a->mc + j] / a->p) / v;
    }
  for (size_t j = 0; j < a->mc; j++)
    {
      double v = a->t2[j] / a->p;
      ours -= (double)units * v / a->p;
      total += v;
    }
  /* Fewer masks than units tell nothing.  */
  if (!(total > 0) || a->p < 2 * (double)units)
    return GSL_NAN;
  return GSL_MIN_DBL (1, GSL_MAX_DBL (0, ours / total));
}

void
bd_predicted_take (bd_predicted *a, const bd_moments *from)
{
  for (size_t i = 0; i < a->places; i++)
    {
      a->mean[i] = from->t[i];
      bool few = from->members - from->failed < 2;
      a->sd[i] = few ? GSL_NAN : sqrt (from->t2[i] / (from->p - 1));
      a->error[i] = few ? GSL_NAN : sd_error (from, i);
    }
  a->masks = from->members;
  a->failed = from->failed;
}

/* Random masks, each told to EACH.  */
static int
draw (const bd_predicting *q, bd_predicted *a,
      void (*each) (void *params, uint64_t b, double p, const double u[],
                    const double t[]),
      void *params, bd_error *err)
{
  const bd_net_model *model = q->model;
  bd_dropout d = { .model = model, .Z = q->Z, .m = q->m, .seed = q->seed };
  bd_source source = bd_dropout_source (&d);
  bool closed = bd_prediction_one_layer (model);
  bool units
      = !closed && bd_mask_acts (&model->mask) && !model->mask.type->weights;

  if (q->stored
      && (q->stored->units != source.units || q->stored->width != source.width
          || q->stored->points != source.points
          || bd_stored_gap (q->stored) != q->masks))
    return BD_FAIL (err, GSL_EINVAL, "the masks belong to another network");
  if (q->stored)
    source = bd_stored_source (q->stored);
  else
    d.thinned = bd_dropout_plan (&d);
  bd_moments *from
      = run (q, &source, units ? a->places : 0, each, params, err);
  bd_thinned_free (d.thinned);
  if (!from)
    return GSL_EFAILED;
  bd_predicted_take (a, from);
  a->share = closed ? 1 : units ? unit_share (from) : GSL_NAN;
  int code = GSL_SUCCESS;
  if (units && (q->influence || q->level > 0))
    code = bd_predicted_parts (q, from, a, err);
  bd_moments_free (from);
  return code;
}

static int
mc_predict (const bd_predicting *q, bd_predicted *a, bd_error *err)
{
  return draw (q, a, q->each, q->params, err);
}

static int
geometric_check (const bd_net *net, const bd_mask *mask, bd_error *err)
{
  (void)mask;
  if (net->output->classes)
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL,
                  "geometric is the mean of probabilities of classes; use "
                  "closed or mc for a response of numbers");
}

/* A mask goes to the geometric mean and to whoever asked.  */
typedef struct
{
  bd_geometric *mean;
  const bd_predicting *q;
} both;

static void
tell_both (void *params, uint64_t b, double p, const double u[],
           const double t[])
{
  const both *to = params;

  bd_geometric_add (to->mean, b, p, u, t);
  if (to->q->each)
    to->q->each (to->q->params, b, p, u, t);
}

static int
geometric_predict (const bd_predicting *q, bd_predicted *a, bd_error *err)
{
  both to = { bd_geometric_alloc (q->m, a->places / q->m), q };
  int code = to.mean
                 ? draw (q, a, tell_both, &to, err)
                 : BD_FAIL (err, GSL_ENOMEM, "no memory for %zu points", q->m);

  if (!code)
    bd_geometric_means (to.mean, NULL, a->mean);
  bd_geometric_free (to.mean);
  return code;
}

static int
rao_check (const bd_net *net, const bd_mask *mask, bd_error *err)
{
  int code = bd_prediction_numbers ("rao-blackwell", net, err);

  return code ? code : bd_prediction_independent ("rao-blackwell", mask, err);
}

/* Conditional means and variances of M points: the standard error of their
   sum's root is at most the sum of those of the two parts.  */
static void
take_rao (const bd_moments *from, const bd_rao r[], size_t m, bd_predicted *a)
{
  double variance = 0, chance = 0;

  for (size_t i = 0; i < m; i++)
    {
      double sd = sqrt (r[i].variance), v = from->t2[i] / from->p;
      double outer = 2 * sqrt (v) * sd_error (from, i);
      double inner = sqrt (from->t2[m + i]) / from->p;
      a->mean[i] = r[i].mean;
      a->sd[i] = sd;
      a->error[i] = sd > 0 ? (outer + inner) / (2 * sd) : 0;
      variance += r[i].variance;
      chance += gsl_pow_2 (r[i].mean_se);
    }
  a->worth = chance > 0 ? variance / chance : GSL_POSINF;
  a->masks = from->members;
  a->failed = from->failed;
}

static int
rao_predict (const bd_predicting *q, bd_predicted *a, bd_error *err)
{
  const bd_dropout d
      = { .model = q->model, .Z = q->Z, .m = q->m, .seed = q->seed };
  bd_source source = bd_rao_source (&d);
  bd_rao *r = calloc (q->m, sizeof *r);
  bd_moments *from = r ? run (q, &source, 0, NULL, NULL, err) : NULL;

  if (from)
    {
      bd_rao_moments (from, q->m, r);
      take_rao (from, r, q->m, a);
      if (bd_prediction_one_layer (q->model))
        a->share = 1;
    }
  free (r);
  bd_moments_free (from);
  return from ? GSL_SUCCESS : GSL_EFAILED;
}

const bd_prediction bd_prediction_mc = {
  .name = "mc",
  .help = "the mean over T random masks (MC dropout)",
  .draws = true,
  .spread = true,
  .members = true,
  .check = bd_prediction_any,
  .predict = mc_predict,
};

const bd_prediction bd_prediction_geometric = {
  .name = "geometric",
  .help = "classes: the geometric mean of the probabilities over T random "
          "masks, divided by its sum",
  .draws = true,
  .spread = true,
  .members = true,
  .check = geometric_check,
  .predict = geometric_predict,
};

const bd_prediction bd_prediction_rao = {
  .name = "rao-blackwell",
  .help = "T random masks of the lower layers, the last one averaged over by "
          "a formula; says how many plain masks that is worth",
  .draws = true,
  .spread = true,
  .check = rao_check,
  .predict = rao_predict,
};
