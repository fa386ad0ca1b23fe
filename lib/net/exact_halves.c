/* Quantiles of a sum over units from two sorted tables of half sums: meet in
   the middle.  Reference: E. Horowitz, S. Sahni, "Computing partitions with
   applications to the knapsack problem", J. ACM 21 (1974).  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "exact_sums.h"

BD_NO_CONTRACTION

/* All sums of some units, ascending, with their probabilities.  */
typedef struct
{
  size_t n;
  double *sum, *p;
  double *other_sum, *other_p; /* where the next table grows */
} table;

/* A unit that adds C with probability 1 - Q: the table and the table moved by
   C, merged.  */
static void
table_add (table *a, double c, double q)
{
  size_t i = 0, j = 0, n = a->n;
  double *sum = a->other_sum, *p = a->other_p;

  for (size_t k = 0; k < 2 * n; k++)
    if (j == n || (i < n && a->sum[i] <= a->sum[j] + c))
      {
        sum[k] = a->sum[i];
        p[k] = q * a->p[i++];
      }
    else
      {
        sum[k] = a->sum[j] + c;
        p[k] = (1 - q) * a->p[j++];
      }
  a->other_sum = a->sum;
  a->other_p = a->p;
  a->sum = sum;
  a->p = p;
  a->n = 2 * n;
}

static void
table_start (table *a, double start)
{
  a->n = 1;
  a->sum[0] = start;
  a->p[0] = 1;
}

/* P (sum <= t), where the probabilities of B are cumulated.  */
static double
below (const table *a, const table *b, double t)
{
  double F = 0;
  size_t j = b->n;

  for (size_t i = 0; i < a->n && j > 0; i++)
    {
      while (j > 0 && a->sum[i] + b->sum[j - 1] > t)
        j--;
      if (j > 0)
        F += a->p[i] * b->p[j - 1];
    }
  return F;
}

/* The smallest sum above T.  */
static double
next (const table *a, const table *b, double t)
{
  double least = GSL_POSINF;
  size_t j = b->n;

  for (size_t i = 0; i < a->n; i++)
    {
      while (j > 0 && a->sum[i] + b->sum[j - 1] > t)
        j--;
      if (j < b->n)
        least = GSL_MIN_DBL (least, a->sum[i] + b->sum[j]);
    }
  return least;
}

/* The smallest sum t with P (sum <= t) >= LEVEL.  After UNITS halvings there
   is about one sum left in the interval.  */
static double
quantile (const table *a, const table *b, size_t units, double level)
{
  double low = a->sum[0] + b->sum[0];
  double high = a->sum[a->n - 1] + b->sum[b->n - 1];

  level -= BD_SUMS_SAME;
  if (below (a, b, low) >= level)
    return low;
  for (size_t step = 0;; step++)
    {
      double middle = low + (high - low) / 2, t;
      if (!(low < middle && middle < high))
        return next (a, b, low);
      if (below (a, b, middle) >= level)
        high = middle;
      else
        low = middle;
      if (step < units)
        continue;
      t = next (a, b, low);
      if (below (a, b, t) >= level)
        return t;
    }
}

bool
bd_sums_have_halves (const bd_sums *s)
{
  const bd_walk *a = &s->walk;
  return a->net->layers == 2 && s->k == 1 && a->bits[0] == 0;
}

/* Both tables for point I.  */
static void
make_tables (const bd_sums *s, size_t i, table *a, table *b)
{
  const bd_walk *walk = &s->walk;
  size_t units = walk->units, half = units / 2;
  double q = walk->rates->hidden[0], start = walk->w[walk->net->bias[1]];
  const double *c = walk->column + i;

  table_start (a, start);
  table_start (b, 0);
  if (units == 0) /* the whole hidden layer is always kept */
    a->sum[0] = walk->z[i];
  for (size_t j = 0; j < units; j++)
    table_add (j < half ? a : b, c[j * s->outputs * walk->stride], q);
  for (size_t j = 1; j < b->n; j++)
    b->p[j] += b->p[j - 1];
}

int
bd_sums_halves (bd_sums *s, bd_subnets *a, size_t first, size_t count)
{
  const bd_net_model *model = s->model;
  size_t units = s->walk.units, n = (size_t)1 << (units + 1) / 2;
  double *room = bd_array (8, n), *z = s->one;
  table one = { 1, room, room + n, room + 2 * n, room + 3 * n };
  table two = { 1, room + 4 * n, room + 5 * n, room + 6 * n, room + 7 * n };

  if (!room)
    return GSL_ENOMEM;
  for (size_t i = 0; i < count; i++)
    {
      make_tables (s, i, &one, &two);
      for (size_t l = 0; l < a->levels; l++)
        {
          double *t = a->quantile + l * a->m + first + i;
          z[0] = quantile (&one, &two, units, a->level[l]);
          model->net.output->predict (s->outputs, z, model->y_mean,
                                      model->y_scale, t);
          if (gsl_isnan (a->mean[first + i]))
            *t = GSL_NAN;
        }
    }
  free (room);
  return GSL_SUCCESS;
}
