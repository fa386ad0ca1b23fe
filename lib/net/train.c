/* Reference: D. P. Kingma, J. Ba, "Adam: a method for stochastic
   optimization", ICLR 2015.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "../base/rng.h"
#include "mask.h"
#include "shallow.h"
#include "train.h"

#define CHECK_EVERY 20   /* steps between looks at the rows held out */
#define STRIP_UNITS 1024 /* rows times hidden units of a strip */

struct bd_net_trainer
{
  size_t n, d, batch, pad;  /* pad: hidden units in all */
  size_t strip;             /* rows worked on at once */
  size_t rows, held;        /* in use; held out behind them */
  size_t next;              /* place of the next batch in the order */
  size_t *row;              /* the rows in use, in the order of the batches */
  double *X, *y, *w;        /* standardised, packed in the same way; w: a row's
                               share in the loss of a step */
  double *Xb, *yb, *wb;     /* a batch */
  double *H, *D, *E, *mask; /* of a strip */
  uint32_t *words;
  double *G, *first, *second, *best; /* net.size each */
  gsl_rng *mask_rng;
};

void
bd_net_trainer_free (bd_net_trainer *t)
{
  if (!t)
    return;
  free (t->row);
  free (t->X);
  free (t->y);
  free (t->w);
  free (t->Xb);
  free (t->yb);
  free (t->wb);
  free (t->H);
  free (t->D);
  free (t->E);
  free (t->mask);
  free (t->words);
  free (t->G);
  free (t->first);
  free (t->second);
  free (t->best);
  gsl_rng_free (t->mask_rng);
  free (t);
}

/* As many rows as leave the activations of a strip in the first cache.  */
static size_t
strip_rows (size_t hidden)
{
  size_t rows = STRIP_UNITS / hidden / 4 * 4;
  return GSL_MIN (GSL_MAX (rows, 4), 64);
}

bd_net_trainer *
bd_net_trainer_alloc (const bd_net_options *o, size_t n, size_t d)
{
  bd_net net = bd_net_shape (d, o->hidden, o->depth, o->unit);
  size_t batch = GSL_MIN (o->batch, n), strip = strip_rows (net.hidden);
  bd_net_trainer *t = calloc (1, sizeof *t);

  if (!t)
    return NULL;
  *t = (bd_net_trainer){
    .n = n, .d = d, .batch = batch, .pad = net.hidden, .strip = strip
  };
  t->row = calloc (n + 1, sizeof *t->row);
  t->X = bd_array (n, d);
  t->y = bd_array (n, 1);
  t->w = bd_array (n, 1);
  t->Xb = bd_array (batch, d);
  t->yb = bd_array (batch, 1);
  t->wb = bd_array (batch, 1);
  t->H = bd_array (strip, 2 * net.hidden);
  t->D = bd_array (strip, net.hidden);
  t->E = bd_array (strip, 1);
  t->mask = bd_array (strip, net.hidden);
  t->words = (void *)bd_array (bd_mask_words (batch * net.hidden) / 2 + 1, 1);
  t->G = bd_array (net.size, 1);
  t->first = bd_array (net.size, 1);
  t->second = bd_array (net.size, 1);
  t->best = bd_array (net.size, 1);
  t->mask_rng = gsl_rng_alloc (bd_rng_philox);
  if (t->row && t->X && t->y && t->w && t->Xb && t->yb && t->wb && t->H && t->D
      && t->E && t->mask && t->words && t->G && t->first && t->second
      && t->best && t->mask_rng)
    return t;
  bd_net_trainer_free (t);
  return NULL;
}

/* Weighted mean and standard deviation of the values v(i) of the rows in
   use; a constant gets scale 1.  */
static void
mean_and_scale (const bd_net_trainer *t, const double *v, size_t stride,
                const double weight[], double *mean, double *scale)
{
  double sum = 0, total = 0, ss = 0;

  for (size_t i = 0; i < t->rows; i++)
    {
      total += weight[t->row[i]];
      sum += weight[t->row[i]] * v[t->row[i] * stride];
    }
  *mean = sum / total;
  for (size_t i = 0; i < t->rows; i++)
    ss += weight[t->row[i]] * gsl_pow_2 (v[t->row[i] * stride] - *mean);
  *scale = ss > 0 ? sqrt (ss / total) : 1;
}

/* Which rows are in use, how they are standardised, which are held out.  */
static int
gather (bd_net_trainer *t, const bd_net_options *o, const gsl_matrix *X,
        const gsl_vector *y, const double weight[], gsl_rng *r,
        bd_net_model *model)
{
  double norm = 0;

  t->rows = t->held = t->next = 0;
  for (size_t i = 0; i < X->size1; i++)
    if (weight[i] > 0)
      t->row[t->rows++] = i;
  if (t->rows == 0)
    GSL_ERROR ("all weights are zero", GSL_EDOM);
  for (size_t j = 0; j < t->d; j++)
    mean_and_scale (t, X->data + j, X->tda, weight, &model->x_mean[j],
                    &model->x_scale[j]);
  mean_and_scale (t, y->data, y->stride, weight, &model->y_mean,
                  &model->y_scale);
  if (o->stop > 0)
    gsl_ran_shuffle (r, t->row, t->rows, sizeof *t->row);
  for (size_t i = 0; i < t->rows; i++)
    {
      size_t from = t->row[i];
      for (size_t j = 0; j < t->d; j++)
        t->X[i * t->d + j] = (gsl_matrix_get (X, from, j) - model->x_mean[j])
                             / model->x_scale[j];
      t->y[i] = (gsl_vector_get (y, from) - model->y_mean) / model->y_scale;
      t->w[i] = weight[from];
      norm += weight[from] / (double)t->rows;
      t->row[i] = i;
    }
  t->held = (size_t)(o->stop * (double)t->rows);
  t->rows -= t->held;
  norm *= (double)GSL_MIN (t->rows, t->batch);
  for (size_t i = 0; i < t->rows + t->held; i++)
    t->w[i] /= norm;
  return GSL_SUCCESS;
}

/* A batch: COUNT rows, standardised, with their shares in the loss.  */
typedef struct
{
  size_t count;
  const double *X, *y, *share;
} rows;

/* The rows of the next step: all of them, or the next piece of an order that
   is shuffled anew for every pass.  */
static rows
next_batch (bd_net_trainer *t, gsl_rng *r)
{
  if (t->rows <= t->batch)
    return (rows){ t->rows, t->X, t->y, t->w };
  if (t->next == 0 || t->next + t->batch > t->rows)
    {
      gsl_ran_shuffle (r, t->row, t->rows, sizeof *t->row);
      t->next = 0;
    }
  for (size_t s = 0; s < t->batch; s++)
    {
      size_t i = t->row[t->next + s];
      memcpy (t->Xb + s * t->d, t->X + i * t->d, t->d * sizeof (double));
      t->yb[s] = t->y[i];
      t->wb[s] = t->w[i];
    }
  t->next += t->batch;
  return (rows){ t->batch, t->Xb, t->yb, t->wb };
}

/* Forward and backward through all layers; returns twice the loss.  */
static double
deep (bd_net_trainer *t, const bd_net *net, const double weights[],
      const rows *b, const double mask[])
{
  double sum = 0;

  bd_net_forward (net, weights, b->count, b->X, mask, 1, t->H, t->E);
  for (size_t s = 0; s < b->count; s++)
    {
      double e = t->E[s] - b->y[s];
      sum += b->share[s] * e * e;
      t->E[s] = b->share[s] * e;
    }
  bd_net_backward_add (net, weights, b->count, b->X, mask, 1, t->H, t->E, t->D,
                       t->G);
  return sum;
}

/* The same for as many rows as go together.  */
static double
shallow (bd_net_trainer *t, const bd_net *net, const double weights[],
         const rows *b, const double mask[])
{
  bd_shallow step = { .out = net->hidden,
                      .w = weights,
                      .count = b->count,
                      .X = b->X,
                      .y = b->y,
                      .share = b->share,
                      .mask = mask,
                      .H = t->H,
                      .e = t->E,
                      .G = t->G };
  return net->unit->shallow (&step);
}

/* Add the gradient of rows FIRST .. FIRST + COUNT - 1 of B; returns their part
   of the loss.  */
static double
add_strip (bd_net_trainer *t, const bd_net *net, const double weights[],
           bd_mask mask, const rows *b, size_t first, size_t count)
{
  rows part = { count, b->X + first * t->d, b->y + first, b->share + first };
  double *m = mask.limit ? t->mask : NULL;

  if (m)
    bd_mask_part (mask, b->count * t->pad, t->words, first * t->pad,
                  count * t->pad, m);
  if (t->d == 1 && net->layers == 2 && net->unit->shallow
      && count % BD_SHALLOW_ROWS == 0)
    return shallow (t, net, weights, &part, m);
  return deep (t, net, weights, &part, m);
}

/* The gradient of half the weighted mean squared error; returns twice that
   loss.  */
static double
gradient (bd_net_trainer *t, const bd_net *net, const double weights[],
          bd_mask mask, gsl_rng *r)
{
  rows b = next_batch (t, r);
  size_t next;
  double sum = 0;

  if (mask.limit)
    bd_mask_fill (t->mask_rng, b.count * t->pad, t->words);
  memset (t->G, 0, net->size * sizeof *t->G);
  for (size_t s = 0; s < b.count; s += next)
    {
      size_t left = b.count - s,
             whole = left / BD_SHALLOW_ROWS * BD_SHALLOW_ROWS;
      next = GSL_MIN (t->strip, whole ? whole : left);
      sum += add_strip (t, net, weights, mask, &b, s, next);
    }
  return sum;
}

static void
add_decay (const bd_net *net, double decay, const double w[], double G[])
{
  for (size_t l = 0; decay > 0 && l < net->layers; l++)
    for (size_t k = net->weight[l]; k < net->bias[l]; k++)
      G[k] += decay * w[k];
}

/* One step of Adam; RATE already holds both bias corrections.  */
BD_KERNEL static void
adam (size_t size, double rate, double eps, const double *restrict G,
      double *restrict first, double *restrict second, double *restrict w)
{
  for (size_t k = 0; k < size; k++)
    {
      first[k] = 0.9 * first[k] + 0.1 * G[k];
      second[k] = 0.999 * second[k] + 0.001 * G[k] * G[k];
      w[k] -= rate * first[k] / (sqrt (second[k]) + eps);
    }
}

static double
held_out_loss (bd_net_trainer *t, const bd_net *net, const double w[])
{
  size_t end = t->rows + t->held;
  double sum = 0;

  for (size_t at = t->rows; at < end; at += t->strip)
    {
      size_t count = GSL_MIN (t->strip, end - at);
      bd_net_forward (net, w, count, t->X + at * t->d, NULL, 0, t->H, t->E);
      for (size_t s = 0; s < count; s++)
        sum += t->w[at + s] * gsl_pow_2 (t->E[s] - t->y[at + s]);
    }
  return sum;
}

/* Keep the best weights seen on the rows held out.  */
static void
look (bd_net_trainer *t, const bd_net_model *model, size_t step, size_t steps,
      double *least)
{
  if (t->held == 0 || (step % CHECK_EVERY && step != steps))
    return;
  double now = held_out_loss (t, &model->net, model->w);
  if (now < *least)
    {
      *least = now;
      memcpy (t->best, model->w, model->net.size * sizeof *t->best);
    }
}

/* The learning rate's course: level for the first half, then along a half
   cosine to zero.  */
static double
schedule (double phase)
{
  return phase < 0.5 ? 1 : 0.5 * (1 - cos (2 * M_PI * phase));
}

int
bd_net_train (bd_net_trainer *t, const bd_net_options *o, const gsl_matrix *X,
              const gsl_vector *y, const double weight[], gsl_rng *r,
              bd_net_model *model)
{
  size_t bytes = model->net.size * sizeof (double);
  bd_mask mask = bd_mask_bernoulli (o->dropout);
  double least = GSL_POSINF, power1 = 1, power2 = 1;
  int code = gather (t, o, X, y, weight, r, model);

  if (code)
    return code;
  gsl_rng_memcpy (t->mask_rng, r);
  bd_rng_lane (t->mask_rng, BD_LANE_TRAIN_MASK);
  bd_net_start (&model->net, model->w, r);
  memset (t->first, 0, bytes);
  memset (t->second, 0, bytes);
  for (size_t step = 1; step <= o->steps; step++)
    {
      double rate = o->rate * schedule ((double)(step - 1) / (double)o->steps);
      if (!gsl_finite (gradient (t, &model->net, model->w, mask, r)))
        GSL_ERROR ("training diverged", GSL_ERUNAWAY);
      add_decay (&model->net, o->decay, model->w, t->G);
      power1 *= 0.9;
      power2 *= 0.999;
      double root = sqrt (1 - power2);
      adam (model->net.size, rate * root / (1 - power1), 1e-8 * root, t->G,
            t->first, t->second, model->w);
      look (t, model, step, o->steps, &least);
    }
  if (t->held)
    memcpy (model->w, t->best, bytes);
  return GSL_SUCCESS;
}
