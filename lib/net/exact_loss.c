#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "exact_sums.h"

BD_NO_CONTRACTION

/* SUM of squares (value - mean)^2 stands in sd until the end.  */
static void
loss_add (bd_kept_loss *a, double p, double value)
{
  double diff = value - a->mean;

  a->count++;
  a->probability += p;
  a->mean += p / a->probability * diff;
  a->sd += p * diff * (value - a->mean);
  a->least = GSL_MIN_DBL (a->least, value);
  a->greatest = GSL_MAX_DBL (a->greatest, value);
}

static void
loss_start (bd_kept_loss *a, size_t n)
{
  for (size_t k = 0; k < n; k++)
    a[k] = (bd_kept_loss){ .least = GSL_POSINF, .greatest = GSL_NEGINF };
}

static void
loss_end (bd_kept_loss *a, size_t n)
{
  for (size_t k = 0; k < n; k++)
    {
      a[k].sd = sqrt (a[k].sd / a[k].probability);
      if (isnan (a[k].sd))
        a[k].mean = a[k].least = a[k].greatest = GSL_NAN;
    }
}

/* Loss of row I with response Y for the mask where the walk stands.  */
static double
row_loss (const bd_sums *s, size_t i, double y)
{
  const bd_output *output = s->model->net.output;
  double *t = s->one + s->outputs, noise;

  bd_sums_predict (s, i, t);
  if (output->classes)
    return output->loss (s->outputs, s->one, y, t);
  if (!output->noise)
    return (y - t[0]) * (y - t[0]);
  noise = output->noise (s->one, s->model->y_scale);
  return 0.5 * (log (2 * M_PI * noise) + (y - t[0]) * (y - t[0]) / noise);
}

static int
losses_of_any (const bd_net_model *model, const bd_rates *rates, size_t n,
               const double Z[], const double y[], bd_kept_loss loss[],
               bd_error *err)
{
  bd_sums s;
  bd_walk *a = &s.walk;
  uint64_t masks;
  int status = bd_sums_open (&s, model, rates, n, err);

  if (status)
    {
      bd_sums_close (&s);
      return status;
    }
  masks = UINT64_C (1) << a->units;
  bd_walk_points (a, n, Z);
  for (uint64_t step = 0; step < masks; step++)
    {
      double sum = 0;
      bd_walk_step (a, step, 0);
      for (size_t i = 0; i < n; i++)
        sum += row_loss (&s, i, y[i]);
      loss_add (&loss[bd_walk_kept (a)], bd_walk_probability (a, 0),
                sum / (double)n);
    }
  bd_sums_close (&s);
  return GSL_SUCCESS;
}

/* One hidden layer and a real output: the residual without any unit is r, the
   units' columns are c_j, and the squared error of the set S of units is

     r'r - 2 sum_S c_j'r + sum_SS c_j'c_k.  */
typedef struct
{
  size_t units;
  double rr;
  double cr[BD_EXACT_UNITS];
  double G[BD_EXACT_UNITS * BD_EXACT_UNITS]; /* c_j'c_k */
  double v[BD_EXACT_UNITS];                  /* sum_S c_j'c_k - c_j'r */
  double sse;
  unsigned code;
} gram;

static double
dot (size_t n, const double a[], const double b[])
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

/* The walk stands at the mask without any unit that can be dropped.  */
static void
gram_make (gram *a, const bd_walk *walk, const bd_net_model *model, size_t n,
           const double y[], double r[])
{
  double scale = model->y_scale;

  a->units = walk->units;
  for (size_t i = 0; i < n; i++)
    r[i] = (y[i] - model->y_mean) / scale - walk->z[i];
  a->rr = scale * scale * dot (n, r, r);
  for (size_t j = 0; j < a->units; j++)
    {
      const double *c = walk->column + j * walk->stride;
      a->cr[j] = scale * scale * dot (n, c, r);
      for (size_t k = 0; k <= j; k++)
        a->G[j * a->units + k] = a->G[k * a->units + j]
            = scale * scale * dot (n, c, walk->column + k * walk->stride);
    }
}

/* With unit J the error grows by 2 v_j + c_j'c_j; without it it shrinks by 2
   v_j - c_j'c_j.  */
static void
gram_flip (gram *a, size_t j)
{
  double sign = a->code >> j & 1 ? -1 : 1;
  const double *g = a->G + j * a->units;

  a->sse += 2 * sign * a->v[j] + g[j];
  for (size_t k = 0; k < a->units; k++)
    a->v[k] += sign * g[k];
  a->code ^= 1u << j;
}

static void
gram_set (gram *a, unsigned code)
{
  a->sse = a->rr;
  a->code = 0;
  for (size_t j = 0; j < a->units; j++)
    a->v[j] = -a->cr[j];
  for (size_t j = 0; j < a->units; j++)
    if (code >> j & 1)
      gram_flip (a, j);
}

static void
gram_losses (gram *a, const double power[], size_t n, bd_kept_loss loss[])
{
  size_t kept = 0;

  for (unsigned step = 0; step < 1u << a->units; step++)
    {
      unsigned code = step ^ step >> 1;
      if (step % BD_WALK_FRESH == 0)
        {
          gram_set (a, code);
          kept = 0;
          for (unsigned c = code; c; c &= c - 1)
            kept++;
        }
      else
        {
          size_t j = 0;
          while (!(step >> j & 1))
            j++;
          gram_flip (a, j);
          kept += a->code >> j & 1 ? 1 : (size_t)-1;
        }
      loss_add (&loss[kept], power[kept], GSL_MAX_DBL (a->sse, 0) / (double)n);
    }
}

static int
losses_by_gram (const bd_net_model *model, const bd_rates *rates, size_t n,
                const double Z[], const double y[], bd_kept_loss loss[],
                bd_error *err)
{
  gram a;
  bd_walk walk;
  int status = bd_walk_open (&walk, &model->net, model->w, rates, n);
  double *r = bd_array (n, 1);

  if (!status && r)
    {
      bd_walk_points (&walk, n, Z);
      gram_make (&a, &walk, model, n, y, r);
      gram_losses (&a, walk.power[1], n, loss);
    }
  bd_walk_close (&walk);
  free (r);
  if (status || !r)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for %zu rows", n);
  return GSL_SUCCESS;
}

/* Responses that the output knows.  */
static int
check_responses (const bd_net_model *model, size_t n, const double y[],
                 bd_error *err)
{
  double classes = GSL_MAX_DBL (2, (double)bd_net_predictions (model));

  if (n == 0)
    return BD_FAIL (err, GSL_EINVAL, "a loss needs rows with a response");
  for (size_t i = 0; model->net.output->classes && i < n; i++)
    if (!(y[i] >= 0 && y[i] < classes && y[i] == floor (y[i])))
      return BD_FAIL (err, GSL_EINVAL, "row %zu: %g is no class of %g", i + 1,
                      y[i], classes);
  return GSL_SUCCESS;
}

int
bd_subnets_losses (const bd_net_model *model, const bd_rates *rates, size_t n,
                   const double Z[], const double y[], bd_kept_loss loss[],
                   bd_error *err)
{
  const bd_net *net = &model->net;
  size_t levels;
  bool plain = net->layers == 2 && net->output->scaled && !net->output->noise
               && !(rates->input > 0);
  int status = bd_exact_check (net, rates, err);

  if (!status)
    status = check_responses (model, n, y, err);
  if (status)
    return status;
  levels = bd_exact_units (net, rates) + 1;
  loss_start (loss, levels);
  status = plain ? losses_by_gram (model, rates, n, Z, y, loss, err)
                 : losses_of_any (model, rates, n, Z, y, loss, err);
  loss_end (loss, levels);
  return status;
}
