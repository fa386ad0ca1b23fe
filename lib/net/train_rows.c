#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "trainer.h"

int
bd_train_rows_alloc (bd_train_rows *a, size_t n, size_t d)
{
  *a = (bd_train_rows){ .n = n, .d = d };
  a->from = calloc (n + 1, sizeof *a->from);
  a->X = bd_array (n, d);
  a->y = bd_array (n, 1);
  a->share = bd_array (n, 1);
  a->Xf = bd_floats (n * d);
  a->yf = bd_floats (n);
  a->sharef = bd_floats (n);
  a->room = calloc (3 * n + 1, sizeof *a->room);
  return a->room && a->from && a->X && a->y && a->share && a->Xf && a->yf
                 && a->sharef
             ? GSL_SUCCESS
             : GSL_ENOMEM;
}

void
bd_train_rows_free (bd_train_rows *a)
{
  free (a->from);
  free (a->X);
  free (a->y);
  free (a->share);
  free (a->Xf);
  free (a->yf);
  free (a->sharef);
  free (a->room);
}

/* Weighted mean and standard deviation of the values v(i) of the rows in
   use; a constant gets scale 1.  */
static void
mean_and_scale (const bd_train_rows *a, const double *v, size_t stride,
                const double weight[], double *mean, double *scale)
{
  double sum = 0, total = 0, ss = 0;

  for (size_t i = 0; i < a->rows; i++)
    {
      total += weight[a->from[i]];
      sum += weight[a->from[i]] * v[a->from[i] * stride];
    }
  *mean = sum / total;
  for (size_t i = 0; i < a->rows; i++)
    ss += weight[a->from[i]] * gsl_pow_2 (v[a->from[i] * stride] - *mean);
  *scale = ss > 0 ? sqrt (ss / total) : 1;
}

static void
scales (const bd_train_rows *a, const gsl_matrix *X, const gsl_vector *y,
        const double weight[], bd_net_model *model)
{
  for (size_t j = 0; j < a->d; j++)
    mean_and_scale (a, X->data + j, X->tda, weight, &model->x_mean[j],
                    &model->x_scale[j]);
  model->y_mean = 0;
  model->y_scale = 1;
  if (model->net.output->scaled)
    mean_and_scale (a, y->data, y->stride, weight, &model->y_mean,
                    &model->y_scale);
}

/* The turn of each level: of groups that in which A->from, shuffled, names
   them first.  */
static void
take_turns (const bd_row_labels *labels, const bd_train_rows *a, size_t turn[])
{
  size_t count = 0;

  for (size_t k = 0; k < labels->levels; k++)
    turn[k] = labels->time ? k : labels->levels;
  for (size_t i = 0; !labels->time && i < a->rows; i++)
    {
      size_t *at = &turn[labels->label[a->from[i]]];
      *at = *at == labels->levels ? count++ : *at;
    }
}

/* Sort A->from by the turns of its labels, by counting; BEGIN[t] becomes the
   place behind turn t.  */
static void
sort_turns (bd_train_rows *a, const bd_row_labels *labels, size_t turn[],
            size_t begin[], size_t to[])
{
  take_turns (labels, a, turn);
  for (size_t t = 0; t <= labels->levels; t++)
    begin[t] = 0;
  for (size_t i = 0; i < a->rows; i++)
    begin[turn[labels->label[a->from[i]]] + 1]++;
  for (size_t t = 0; t < labels->levels; t++)
    begin[t + 1] += begin[t];
  for (size_t i = 0; i < a->rows; i++)
    to[begin[turn[labels->label[a->from[i]]]]++] = a->from[i];
  memcpy (a->from, to, a->rows * sizeof *to);
}

static size_t
distance (size_t a, size_t b)
{
  return a > b ? a - b : b - a;
}

/* How many of the rows, sorted by labels, are held out: about HELD of them,
   from where a level begins.  There may be none.  */
static size_t
hold_levels (bd_train_rows *a, const bd_row_labels *labels, size_t held)
{
  size_t *turn = a->room, *end = turn + a->n, *to = end + a->n + 1;
  size_t kept = a->rows, wanted = a->rows - held;

  sort_turns (a, labels, turn, end, to);
  for (size_t t = 0; t < labels->levels; t++)
    if (end[t] > 0 && end[t] < a->rows
        && (kept == a->rows
            || distance (end[t], wanted) < distance (kept, wanted)))
      kept = end[t];
  return a->rows - kept;
}

int
bd_train_rows_take (bd_train_rows *a, const bd_net_options *o, size_t batch,
                    const gsl_matrix *X, const gsl_vector *y,
                    const double weight[], gsl_rng *r, bd_net_model *model)
{
  double norm = 0;

  a->rows = 0;
  for (size_t i = 0; i < X->size1; i++)
    if (weight[i] > 0)
      a->from[a->rows++] = i;
  if (a->rows == 0)
    GSL_ERROR ("all weights are zero", GSL_EDOM);
  scales (a, X, y, weight, model);
  a->held = (size_t)(o->stop * (double)a->rows);
  if (o->stop > 0)
    gsl_ran_shuffle (r, a->from, a->rows, sizeof *a->from);
  if (a->held > 0 && o->labels)
    a->held = hold_levels (a, o->labels, a->held);
  for (size_t i = 0; i < a->rows; i++)
    {
      size_t from = a->from[i];
      for (size_t j = 0; j < a->d; j++)
        a->X[i * a->d + j] = (gsl_matrix_get (X, from, j) - model->x_mean[j])
                             / model->x_scale[j];
      a->y[i] = (gsl_vector_get (y, from) - model->y_mean) / model->y_scale;
      norm += weight[from] / (double)a->rows;
    }
  a->rows -= a->held;
  norm *= (double)GSL_MIN (a->rows, batch);
  for (size_t i = 0; i < a->rows + a->held; i++)
    {
      a->share[i] = weight[a->from[i]] / norm;
      a->sharef[i] = (float)a->share[i];
      a->yf[i] = (float)a->y[i];
    }
  for (size_t i = 0; i < (a->rows + a->held) * a->d; i++)
    a->Xf[i] = (float)a->X[i];
  return GSL_SUCCESS;
}

int
bd_train_batch_alloc (bd_train_batch *a, size_t batch, size_t n, size_t d)
{
  *a = (bd_train_batch){ .batch = batch };
  a->order = calloc (n + 4, sizeof *a->order);
  a->words = calloc (n + 4, sizeof *a->words);
  a->X = bd_floats (batch * d);
  a->y = bd_floats (batch);
  a->share = bd_floats (batch);
  return a->order && a->words && a->X && a->y && a->share ? GSL_SUCCESS
                                                          : GSL_ENOMEM;
}

void
bd_train_batch_free (bd_train_batch *a)
{
  free (a->order);
  free (a->words);
  free (a->X);
  free (a->y);
  free (a->share);
}

void
bd_train_batch_begin (bd_train_batch *a, size_t rows)
{
  a->next = rows;
  for (size_t i = 0; i < rows; i++)
    a->order[i] = (uint32_t)i;
}

/* Fisher and Yates's shuffle.  A place is the product of a word and the number
   of places, of which the upper half is taken: its bias is below rows /
   2^32.  */
static void
shuffle (bd_train_batch *a, size_t rows, gsl_rng *r)
{
  bd_rng_words (r, a->words, (rows + 3) / 4);
  for (size_t i = rows; i-- > 1;)
    {
      size_t j = (size_t)((uint64_t)a->words[i] * (i + 1) >> 32);
      uint32_t other = a->order[j];
      a->order[j] = a->order[i];
      a->order[i] = other;
    }
  a->next = 0;
}

/* COUNT rows, those that ORDER names, to the batch's rows from FIRST on.  */
static void
gather (bd_train_batch *a, const bd_train_rows *rows, const uint32_t *order,
        size_t first, size_t count)
{
  const size_t d = rows->d;
  const float *restrict Xf = rows->Xf, *restrict yf = rows->yf,
                        *restrict sharef = rows->sharef;
  float *restrict X = a->X + first * d, *restrict y = a->y + first,
                  *restrict share = a->share + first;

  for (size_t s = 0; s < count; s++)
    {
      y[s] = yf[order[s]];
      share[s] = sharef[order[s]];
    }
  if (d == 1)
    for (size_t s = 0; s < count; s++)
      X[s] = Xf[order[s]];
  else
    for (size_t s = 0; s < count; s++)
      for (size_t j = 0; j < d; j++)
        X[s * d + j] = Xf[order[s] * d + j];
}

bd_batch
bd_train_batch_next (bd_train_batch *a, const bd_train_rows *rows, gsl_rng *r)
{
  if (rows->rows <= a->batch)
    return (bd_batch){ rows->rows, rows->Xf, rows->yf, rows->sharef };
  for (size_t s = 0; s < a->batch;)
    {
      if (a->next == rows->rows)
        shuffle (a, rows->rows, r);
      size_t count = GSL_MIN (rows->rows - a->next, a->batch - s);
      gather (a, rows, a->order + a->next, s, count);
      a->next += count;
      s += count;
    }
  return (bd_batch){ a->batch, a->X, a->y, a->share };
}
