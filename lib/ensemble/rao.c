#include <config.h>

#include <float.h>
#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "../base/rng.h"
#include "../net/exact_walk.h"
#include "subnets.h"

BD_NO_CONTRACTION

typedef struct
{
  const bd_kernels_double *kernels;
  gsl_rng *r;
  uint32_t *words;
  float *factor;
  double *layer_factor;  /* the same of one layer */
  double *points;        /* d x m */
  double *input, *value; /* widest layer x m */
} rao_work;

static void
rao_free_work (void *work)
{
  rao_work *w = work;

  if (!w)
    return;
  gsl_rng_free (w->r);
  free (w->words);
  free (w->factor);
  free (w->layer_factor);
  free (w->points);
  free (w->input);
  free (w->value);
  free (w);
}

static void *
rao_make_work (const void *setup)
{
  const bd_dropout *a = setup;
  const bd_net *net = &a->model->net;
  size_t places = bd_mask_places (bd_dropout_mask (a), net);
  size_t d = net->width[0], widest = d;
  rao_work *w = calloc (1, sizeof *w);

  if (!w)
    return NULL;
  for (size_t l = 1; l < net->layers; l++)
    widest = GSL_MAX (widest, net->width[l]);
  w->kernels = bd_kernels_of_doubles ();
  w->r = gsl_rng_alloc (bd_rng_philox);
  w->words = calloc (bd_mask_words (places) + 4, sizeof *w->words);
  w->factor = bd_floats (places);
  w->layer_factor = bd_array (widest, 1);
  w->points = bd_array (d, a->m);
  w->input = bd_array (widest, a->m);
  w->value = bd_array (widest, a->m);
  if (w->r && w->words && w->factor && w->layer_factor && w->points && w->input
      && w->value)
    {
      for (size_t i = 0; i < a->m; i++)
        for (size_t k = 0; k < d; k++)
          w->points[k * a->m + i] = a->Z[i * d + k];
      return w;
    }
  rao_free_work (w);
  return NULL;
}

/* Where the factors of layer L, 0 being the inputs, begin.  */
static const float *
factors_of (const bd_net *net, const float factor[], size_t l)
{
  if (l == 0)
    return factor + net->hidden;
  for (size_t k = 1; k < l; k++)
    factor += net->padded[k];
  return factor;
}

/* Values of the last hidden layer under the drawn masks of those below.  */
static void
last_values (const bd_dropout *a, rao_work *w)
{
  const bd_net *net = &a->model->net;
  const double *in = w->points;

  for (size_t l = 0; l + 1 < net->layers; l++)
    {
      const float *factor = factors_of (net, w->factor, l);
      bool masked = l > 0 || bd_dropout_mask (a)->input > 0;
      for (size_t j = 0; masked && j < net->width[l]; j++)
        w->layer_factor[j] = (double)factor[j];
      bd_walk_layer (net, a->model->w, l, a->m, in,
                     masked ? w->layer_factor : NULL, w->input);
      bd_walk_unit (w->kernels, net->unit, net->width[l + 1] * a->m, w->input,
                    w->value);
      in = w->value;
    }
}

/* Mean and variance over the mask of the last hidden layer.  */
static void
last_mask (const bd_dropout *a, const rao_work *w, double t[])
{
  const bd_net_model *model = a->model;
  const bd_net *net = &model->net;
  size_t l = net->layers - 1, m = a->m;
  double q = bd_mask_rate (bd_dropout_mask (a), l - 1, 1),
         spread = q / (1 - q);

  for (size_t i = 0; i < m; i++)
    {
      t[i] = model->w[net->bias[l]];
      t[m + i] = 0;
    }
  for (size_t j = 0; j < net->width[l]; j++)
    for (size_t i = 0; i < m; i++)
      {
        double h = model->w[net->weight[l] + j * net->padded[l + 1]]
                   * w->value[j * m + i];
        t[i] += h;
        t[m + i] += h * h;
      }
  for (size_t i = 0; i < m; i++)
    {
      t[i] = model->y_mean + model->y_scale * t[i];
      t[m + i] *= model->y_scale * model->y_scale * spread;
    }
}

/* Units that are drawn: those below the last hidden layer, and the inputs.  */
static void
put_units (const bd_dropout *a, const float factor[], double u[])
{
  const bd_net *net = &a->model->net;
  bool binary = bd_dropout_mask (a)->type->binary;
  size_t unit = 0;

  for (size_t k = 1; k < net->layers; k++)
    {
      size_t l = k + 1 < net->layers ? k : 0;
      const float *f = factors_of (net, factor, l);
      for (size_t j = 0;
           (l > 0 || bd_dropout_mask (a)->input > 0) && j < net->width[l]; j++)
        u[unit++] = binary ? f[j] > 0 : (double)f[j];
    }
}

static int
rao_draw (const void *setup, void *work, uint64_t b, double *p, double u[],
          double t[])
{
  const bd_dropout *a = setup;
  rao_work *w = work;

  *p = 1;
  bd_rng_seek (w->r, a->seed, BD_LANE_PREDICT_MASK, b);
  bd_mask_draw (bd_dropout_mask (a), &a->model->net, w->r, a->model->pool_seed,
                1, 1, w->words, w->factor);
  put_units (a, w->factor, u);
  last_values (a, w);
  last_mask (a, w, t);
  return GSL_SUCCESS;
}

const bd_source_type bd_source_rao = {
  .name = "rao",
  .help = "random subnetworks, averaged over the last hidden layer's mask",
  .work = rao_make_work,
  .free_work = rao_free_work,
  .draw = rao_draw,
};

int
bd_rao_check (const bd_dropout *a, bd_error *err)
{
  const bd_output *output = a->model->net.output;
  const bd_mask_type *type = bd_dropout_mask (a)->type;

  if (!output->scaled)
    return BD_FAIL (err, GSL_EINVAL,
                    "Rao-Blackwellised masks are for real outputs, not for"
                    " %s: use random masks",
                    output->name);
  if (type != &bd_mask_bernoulli && type != &bd_mask_gaussian)
    return BD_FAIL (err, GSL_EINVAL,
                    "Rao-Blackwellised masks are for the laws bernoulli and "
                    "gaussian, not for %s: use random masks",
                    type ? type->name : "none");
  if (bd_dropout_mask (a)->pool > 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "Rao-Blackwellised masks are for fresh masks, not for a"
                    " pool: use random masks");
  return GSL_SUCCESS;
}

bd_source
bd_rao_source (const bd_dropout *a)
{
  const bd_net *net = &a->model->net;
  size_t units = bd_dropout_mask (a)->input > 0 ? net->width[0] : 0;

  for (size_t l = 1; l + 1 < net->layers; l++)
    units += net->width[l];
  return (bd_source){ &bd_source_rao, a, units, 2 * a->m, units };
}

/* var t = var E (t | lower masks) + E var (t | lower masks).  Where all means
   are the same, rounding is all that is left of the first.  */
void
bd_rao_moments (const bd_moments *a, size_t m, bd_rao r[])
{
  double B = a->p;

  for (size_t i = 0; i < m; i++)
    {
      double between = B > 1 ? a->t2[i] / (B - 1) : GSL_NAN;
      if (between <= gsl_pow_2 (8 * DBL_EPSILON * a->t[i]))
        between = 0;
      r[i].mean = B > 1 ? a->t[i] : GSL_NAN;
      r[i].mean_se = sqrt (between / B);
      r[i].variance = between + a->t[m + i];
      r[i].worth = B * (r[i].variance / between);
      if (between == 0)
        r[i].worth = GSL_POSINF;
    }
}
