#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "exact_sums.h"

BD_NO_CONTRACTION

int
bd_sums_open (bd_sums *s, const bd_net_model *model, const bd_rates *rates,
              size_t stride, bd_error *err)
{
  const bd_net *net = &model->net;
  size_t k = bd_net_predictions (model), block;

  memset (s, 0, sizeof *s);
  s->model = model;
  s->k = k;
  s->outputs = net->width[net->layers];
  s->classes = net->output->classes ? GSL_MAX (2, k) : 0;
  s->affine = net->output->scaled && !net->output->noise;
  if (bd_walk_open (&s->walk, net, model->w, rates, stride))
    return BD_FAIL (err, GSL_ENOMEM, "no memory for the subnetworks");
  stride = s->walk.stride;
  block = k * stride;
  s->parts = (2 * k + 1 + s->classes) * stride;
  s->room
      = bd_array (3 * block + 2 * s->parts + stride + s->outputs + 2 * k, 1);
  if (!s->room)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for the subnetworks");
  s->scaled = s->room;
  s->least = s->scaled + block;
  s->greatest = s->least + block;
  s->t = s->greatest + block;
  s->t2 = s->t + block;
  s->noise = s->t2 + block;
  s->log_t = s->noise + stride;
  s->part = s->t + s->parts;
  s->zeros = s->part + s->parts;
  s->one = s->zeros + stride;
  return GSL_SUCCESS;
}

void
bd_sums_close (bd_sums *s)
{
  bd_walk_close (&s->walk);
  free (s->room);
  s->room = NULL;
}

static const double *
outputs_of (const bd_sums *s, size_t i)
{
  for (size_t o = 0; o < s->outputs; o++)
    s->one[o] = s->walk.z[o * s->walk.stride + i];
  return s->one;
}

void
bd_sums_predict (const bd_sums *s, size_t i, double t[])
{
  const bd_net_model *a = s->model;

  a->net.output->predict (s->outputs, outputs_of (s, i), a->y_mean, a->y_scale,
                          t);
}

/* With one real output the walk starts from the difference between the bias
   and weight scaling: the sums then lose no figures to the mean.  */
void
bd_sums_points (bd_sums *s, size_t count, const double Z[])
{
  bd_walk *a = &s->walk;
  double *t = s->one + s->outputs;

  bd_walk_points (a, count, Z);
  bd_walk_scaled (a);
  for (size_t i = 0; i < a->stride; i++)
    {
      bd_sums_predict (s, i, t);
      for (size_t c = 0; c < s->k; c++)
        s->scaled[c * a->stride + i] = s->affine ? a->z[i] : t[c];
    }
  for (size_t i = 0; s->affine && i < a->stride; i++)
    a->origin[i] -= s->scaled[i];
  for (size_t i = 0; i < s->k * a->stride; i++)
    {
      s->least[i] = GSL_POSINF;
      s->greatest[i] = GSL_NEGINF;
    }
  memset (s->t, 0, 2 * s->parts * sizeof *s->t);
}

/* Sums of parts are more precise than one long sum.  */
static void
fold (bd_sums *s)
{
  for (size_t i = 0; i < s->parts; i++)
    s->t[i] += s->part[i];
  memset (s->part, 0, s->parts * sizeof *s->part);
}

/* Four masks: that of the walk with none, one, both and the other of two
   units, whose columns are C and D.  */
BD_KERNEL static void
add_four (size_t n, const double p[4], const double *restrict z,
          const double *restrict c, const double *restrict d,
          double *restrict t, double *restrict t2, double *restrict least,
          double *restrict greatest)
{
  const double p0 = p[0], p1 = p[1], p2 = p[2], p3 = p[3];

  for (size_t i = 0; i < n; i++)
    {
      double a0 = z[i], a1 = a0 + c[i], a2 = a1 + d[i], a3 = a0 + d[i];
      double b0 = p0 * a0, b1 = p1 * a1, b2 = p2 * a2, b3 = p3 * a3;
      double low = a0 < a1 ? a0 : a1, low2 = a2 < a3 ? a2 : a3;
      double high = a0 > a1 ? a0 : a1, high2 = a2 > a3 ? a2 : a3;
      t[i] += (b0 + b1) + (b2 + b3);
      t2[i] += (b0 * a0 + b1 * a1) + (b2 * a2 + b3 * a3);
      low = low < low2 ? low : low2;
      high = high > high2 ? high : high2;
      least[i] = low < least[i] ? low : least[i];
      greatest[i] = high > greatest[i] ? high : greatest[i];
    }
}

/* Two units of the last hidden layer at once, or as many as it has.  */
static size_t
units_at_once (const bd_walk *a)
{
  size_t bits = a->bits[a->net->layers - 1];
  return bits < 2 ? bits : 2;
}

static void
add_affine (bd_sums *s, size_t skip)
{
  bd_walk *a = &s->walk;
  double q = a->rates->hidden[a->net->layers - 2];
  double p[4] = { bd_walk_probability (a, skip) };
  const double *c = skip > 0 ? a->column : s->zeros;
  const double *d = skip > 1 ? a->column + a->stride : s->zeros;

  if (skip > 0)
    {
      p[1] = p[0] * (1 - q);
      p[0] *= q;
    }
  if (skip > 1)
    {
      p[2] = p[1] * (1 - q);
      p[3] = p[0] * (1 - q);
      p[0] *= q;
      p[1] *= q;
    }
  add_four (a->stride, p, a->z, c, d, s->part, s->part + a->stride, s->least,
            s->greatest);
}

/* log p of class 0 is minus its loss; those of the others differ from it as
   the outputs do.  One of two classes has but one output, that of class 1.  */
static void
add_logs (const bd_sums *s, size_t i, double p, double log_t[])
{
  const double *z = outputs_of (s, i);
  size_t stride = s->walk.stride;
  double zero = s->outputs > 1 ? z[0] : 0, *unused = s->one + s->outputs;
  double l = -s->model->net.output->loss (s->outputs, z, 0, unused);

  log_t[i] += p * l;
  for (size_t c = 1; c < s->classes; c++)
    log_t[c * stride + i] += p * (l + (z[s->outputs > 1 ? c : 0] - zero));
}

static void
add_any (bd_sums *s)
{
  const bd_walk *a = &s->walk;
  const bd_output *output = s->model->net.output;
  double p = bd_walk_probability (a, 0), *t = s->one + s->outputs;
  double *sum = s->part, *sum2 = sum + s->k * a->stride;
  double *noise = sum2 + s->k * a->stride, *log_t = noise + a->stride;

  for (size_t i = 0; i < a->stride; i++)
    {
      bd_sums_predict (s, i, t);
      for (size_t c = 0; c < s->k; c++)
        {
          size_t at = c * a->stride + i;
          double diff = t[c] - s->scaled[at];
          sum[at] += p * diff;
          sum2[at] += p * diff * diff;
          s->least[at] = GSL_MIN_DBL (s->least[at], t[c]);
          s->greatest[at] = GSL_MAX_DBL (s->greatest[at], t[c]);
        }
      if (output->noise)
        noise[i] += p * output->noise (s->one, s->model->y_scale);
      if (output->classes)
        add_logs (s, i, p, log_t);
    }
}

void
bd_sums_all (bd_sums *s)
{
  bd_walk *a = &s->walk;
  size_t skip = s->affine ? units_at_once (a) : 0;
  uint64_t steps = UINT64_C (1) << (a->units - skip);

  for (uint64_t step = 0; step < steps; step++)
    {
      if (step % BD_WALK_FRESH == 0)
        fold (s);
      bd_walk_step (a, step, skip);
      if (s->affine)
        add_affine (s, skip);
      else
        add_any (s);
    }
  fold (s);
}
