/* What needs no products of weights and predictions: means, powers, and the
   members without a row.  A thread goes through all members for a strip of
   points or units, whose sums stay in the nearest cache.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "../base/kernel.h"
#include "dense_parts.h"

BD_NO_CONTRACTION

#define STRIP 256
#define POINTS 64 /* a strip of them for 2000 members takes 1 MiB */

BD_KERNEL static void
add_to (size_t count, const double t[], double mean[])
{
  for (size_t j = 0; j < count; j++)
    mean[j] += t[j];
}

BD_KERNEL static void
add_powers (size_t count, const double t[], const double mean[], double t2[],
            double t3[], double t4[], double far[])
{
  for (size_t j = 0; j < count; j++)
    {
      double d = t[j] - mean[j], s = d * d;
      t2[j] += s;
      t3[j] += s * d;
      t4[j] += s * s;
      d = fabs (d);
      far[j] = d > far[j] ? d : far[j];
    }
}

void
bd_dense_points (bd_dense *d)
{
  bd_moments *a = d->a;

#pragma omp for schedule(dynamic, 1)
  for (size_t j = 0; j < a->m; j += POINTS)
    {
      size_t count = GSL_MIN (a->m - j, POINTS);
      for (size_t b = 0; b < d->B; b++)
        add_to (count, d->t[b] + j, a->t + j);
      for (size_t k = j; k < j + count; k++)
        a->t[k] /= a->p;
      for (size_t b = 0; b < d->B; b++)
        add_powers (count, d->t[b] + j, a->t + j, a->t2 + j, a->t3 + j,
                    a->t4 + j, d->far + j);
    }
}

/* X as bytes; false when some are no counts.  */
BD_KERNEL static bool
to_bytes (size_t count, const double x[], unsigned char to[])
{
  int other = 0;

  for (size_t i = 0; i < count; i++)
    {
      int whole = (int)x[i];
      other |= (whole != x[i]) | (whole & ~BD_DOTS_LARGEST);
      to[i] = (unsigned char)whole;
    }
  return other == 0;
}

BD_KERNEL static bool
small (size_t count, const unsigned char x[])
{
  unsigned char most = 0;

  for (size_t i = 0; i < count; i++)
    most = x[i] > most ? x[i] : most;
  return most <= BD_DOTS_LARGEST;
}

/* A weight that no int holds is a NaN, or far from all counts.  */
void
bd_dense_counts (bd_dense *d)
{
  bool good = true;

#pragma omp for schedule(static)
  for (size_t b = 0; b < d->B; b++)
    {
      size_t width = d->a->width;
      unsigned char *to = d->bytes + (d->u ? b * width : 0);
      good = good
             && (d->u ? to_bytes (width, d->u[b], to)
                      : small (width, d->counts[b]));
      if (d->u)
        d->counts[b] = to;
    }
  if (!good)
    {
#pragma omp atomic write
      d->other = true;
    }
#pragma omp barrier
}

/* Sums of counts and their squares, and how many are 0.  */
BD_KERNEL static void
add_counts (size_t count, const unsigned char x[], uint32_t sum[],
            uint32_t square[], uint32_t none[])
{
  for (size_t i = 0; i < count; i++)
    {
      uint32_t v = x[i];
      sum[i] += v;
      square[i] += v * v;
      none[i] += v == 0;
    }
}

/* Sums of x - first and of its square, and how many are 0.  */
BD_KERNEL static void
add_weights (size_t count, const double x[], const double first[],
             double sum[], double square[], double none[])
{
  for (size_t i = 0; i < count; i++)
    {
      double d = x[i] - first[i];
      sum[i] += d;
      square[i] += d * d;
      none[i] += x[i] == 0;
    }
}

typedef struct
{
  double first[STRIP], sum[STRIP], square[STRIP], none[STRIP];
} strip;

static void
sum_weights (const bd_dense *d, size_t i, size_t count, strip *s)
{
  for (size_t k = 0; k < count; k++)
    s->first[k] = bd_dense_u (d, 0, i + k);
  for (size_t b = 0; b < d->B; b++)
    {
      double x[STRIP];
      for (size_t k = 0; k < count; k++)
        x[k] = bd_dense_u (d, b, i + k);
      add_weights (count, x, s->first, s->sum, s->square, s->none);
    }
}

/* Squares up to 127^2 fit 65536 times into 32 bits.  */
static void
sum_counts (const bd_dense *d, size_t i, size_t count, strip *s)
{
  for (size_t b = 0; b < d->B; b += 65536)
    {
      uint32_t sum[STRIP] = { 0 }, square[STRIP] = { 0 }, none[STRIP] = { 0 };
      for (size_t c = b; c < GSL_MIN (d->B, b + 65536); c++)
        add_counts (count, d->counts[c] + i, sum, square, none);
      for (size_t k = 0; k < count; k++)
        {
          s->sum[k] += sum[k];
          s->square[k] += square[k];
          s->none[k] += none[k];
        }
    }
}

void
bd_dense_units (bd_dense *d)
{
  bd_moments *a = d->a;

#pragma omp for schedule(dynamic, 1)
  for (size_t i = 0; i < a->n; i += STRIP)
    {
      size_t count = GSL_MIN (a->n - i, STRIP);
      strip s = { .sum = { 0 } };
      (d->other ? sum_weights : sum_counts) (d, i, count, &s);
      for (size_t k = 0; k < count; k++)
        {
          a->u[i + k] = s.first[k] + s.sum[k] / a->p;
          a->u2[i + k] = s.square[k] - s.sum[k] * s.sum[k] / a->p;
          if (a->apart)
            a->left_p[i + k] = s.none[k];
          if (a->width == a->n)
            a->out_p[i + k] = s.none[k];
        }
    }
}

/* For each of COUNT rows: members without it, and sums of t less the first of
   theirs.  */
typedef struct
{
  double p[STRIP], first[STRIP], sum[STRIP], square[STRIP];
} left_out;

/* OUT is 1 where the row is left out.  */
BD_KERNEL static void
add_out (size_t count, const double out[], const double t[], left_out *s)
{
  for (size_t i = 0; i < count; i++)
    {
      double first = s->p[i] == 0 ? t[i] : s->first[i];
      double v = out[i] * (t[i] - first);
      s->first[i] = first;
      s->p[i] += out[i];
      s->sum[i] += v;
      s->square[i] += v * v;
    }
}

BD_KERNEL static void
are_zero (size_t count, const unsigned char x[], double out[])
{
  for (size_t i = 0; i < count; i++)
    out[i] = x[i] == 0;
}

/* Which of COUNT rows from I on member B leaves out.  */
static void
look_out (const bd_dense *d, size_t b, size_t i, size_t count, double out[])
{
  size_t at = d->a->seen + i;

  if (!d->other)
    are_zero (count, d->counts[b] + at, out);
  for (size_t k = 0; k < count && d->other; k++)
    out[k] = bd_dense_u (d, b, at + k) == 0;
}

static void
add_strip (bd_dense *d, size_t i, size_t count)
{
  const bd_moments *a = d->a;
  left_out s = { .p = { 0 } };
  double out[STRIP];

  for (size_t b = 0; b < d->B; b++)
    {
      look_out (d, b, i, count, out);
      if (a->out_t)
        add_out (count, out, d->t[b] + a->self + i, &s);
      else
        add_to (count, out, s.p);
    }
  for (size_t k = 0; k < count; k++)
    {
      double shift = s.p[k] > 0 ? s.sum[k] / s.p[k] : 0;
      a->out_p[i + k] = s.p[k];
      if (!a->out_t || s.p[k] == 0)
        continue;
      a->out_t[i + k] = s.first[k] + shift;
      a->out_t2[i + k] = GSL_MAX_DBL (s.square[k] - shift * s.sum[k], 0);
    }
}

void
bd_dense_rows (bd_dense *d)
{
  const bd_moments *a = d->a;

  /* Rows that are the units have been counted with them.  */
  if (!a->out_t && a->width == a->n)
    return;
#pragma omp for schedule(dynamic, 1)
  for (size_t i = 0; i < a->rows; i += STRIP)
    add_strip (d, i, GSL_MIN (a->rows - i, STRIP));
}
