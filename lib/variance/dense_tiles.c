/* Counts times predictions, 48 units by 8 points at a time.

   A deviation t - mean is rounded to 24 bits, q = round ((t - mean) / step),
   and q written with three bytes between -128 and 127: three products of
   bytes give the sum of count q exactly, in whole numbers.  What rounding
   leaves of the mean of q is taken away by the sums of counts and of q.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/kernel.h"
#include "dense_parts.h"

BD_NO_CONTRACTION

#define WIDE BD_DOTS_WIDE
#define HIGH BD_DOTS_HIGH
#define LARGEST 8355711.0 /* 127 * (1 + 256 + 65536) */
#define MIDDLE 0x808080   /* 128 * (1 + 256 + 65536) */
#define PANELS 4          /* of units at a time; they stay in the cache */
#define BESIDE 8          /* panels of points written side by side */

typedef struct
{
  bd_dense *d;
  bd_dots *dots;
  size_t fours, panels; /* of members; of points */
  int8_t *q;            /* panels x 3 bytes x fours x 8 points x 4 */
  double *step, *mean;  /* panels x 8: of q */
  uint8_t *units;       /* 2 PANELS panels: counts, then 0 or 1 */
} tiles;

static int8_t *
bytes_of (const tiles *w, size_t panel, size_t byte)
{
  return w->q + (panel * 3 + byte) * w->fours * BD_DOTS_OTHER;
}

/* One four of members: q of COUNT <= 8 points, and its sums.  */
BD_INLINE void
round_points (size_t count, const double *const t[], const double mean[],
              const double by[], uint32_t *const to[], int64_t sum[])
{
  uint32_t v[4][HIGH];

  for (size_t c = 0; c < 4; c++)
    for (size_t j = 0; j < count; j++)
      v[c][j]
          = (uint32_t)(int32_t)((t[c][j] - mean[j]) * by[j] + (MIDDLE + 0.5));
  for (size_t j = 0; j < count; j++)
    sum[j] += (int64_t)(v[0][j] + v[1][j] + v[2][j] + v[3][j]) - 4 * MIDDLE;
  for (uint32_t k = 0; k < 3; k++)
    for (size_t j = 0; j < count; j++)
      to[k][j] = ((v[0][j] >> 8 * k & 255) | (v[1][j] >> 8 * k & 255) << 8
                  | (v[2][j] >> 8 * k & 255) << 16 | (v[3][j] >> 8 * k) << 24)
                 ^ 0x80808080;
}

BD_KERNEL static void
round_four (size_t count, const double *const t[], const double mean[],
            const double by[], uint32_t *const to[], int64_t sum[])
{
  if (count == HIGH)
    round_points (HIGH, t, mean, by, to, sum);
  else
    round_points (count, t, mean, by, to, sum);
}

/* Panels FIRST ... below END of the points.  */
static void
round_panels (const tiles *w, size_t first, size_t end)
{
  const bd_dense *d = w->d;
  const bd_moments *a = d->a;
  double by[BESIDE * HIGH];
  int64_t sum[BESIDE * HIGH] = { 0 };
  size_t j0 = first * HIGH, many = GSL_MIN (a->mc, end * HIGH) - j0;

  for (size_t j = 0; j < many; j++)
    {
      w->step[j0 + j] = d->far[j0 + j] / LARGEST;
      by[j] = LARGEST / d->far[j0 + j];
      if (!(by[j] < GSL_DBL_MAX))
        by[j] = w->step[j0 + j] = 0;
    }
  for (size_t k = 0; k < w->fours; k++)
    for (size_t p = first; p < end; p++)
      {
        const double *t[4];
        uint32_t *to[3];
        size_t j = p * HIGH;
        for (size_t c = 0; c < 4; c++)
          t[c] = 4 * k + c < d->B ? d->t[4 * k + c] + j : a->t + j;
        for (size_t c = 0; c < 3; c++)
          to[c] = (uint32_t *)(void *)(bytes_of (w, p, c) + k * BD_DOTS_OTHER);
        round_four (GSL_MIN (a->mc - j, HIGH), t, a->t + j, by + j - j0, to,
                    sum + j - j0);
      }
  for (size_t j = 0; j < many; j++)
    w->mean[j0 + j] = (double)sum[j] / a->p;
}

BD_KERNEL static void
pack_counts (size_t count, const unsigned char *const x[], uint32_t to[])
{
  for (size_t i = 0; i < count; i++)
    to[i] = (uint32_t)x[0][i] | (uint32_t)x[1][i] << 8
            | (uint32_t)x[2][i] << 16 | (uint32_t)x[3][i] << 24;
}

BD_KERNEL static void
mark_zeros (size_t count, const uint8_t from[], uint8_t to[])
{
  for (size_t i = 0; i < count; i++)
    to[i] = from[i] == 0;
}

/* The last members, which are no whole four.  */
static void
pack_rest (const bd_dense *d, size_t b, size_t i, size_t count, uint32_t to[])
{
  for (size_t k = 0; k < count; k++)
    for (size_t c = 0; b + c < d->B; c++)
      to[k] |= (uint32_t)d->counts[b + c][i + k] << 8 * c;
}

/* Units from I on as a panel of counts and one of zeros.  A four that is not
   full leaves zeros, which meet a q of 0.  */
static void
pack_units (const tiles *w, size_t i, uint8_t *to, uint8_t *zeros)
{
  const bd_dense *d = w->d;
  size_t count = GSL_MIN (d->a->n - i, WIDE), size = w->fours * BD_DOTS_PANEL;

  if (count < WIDE || d->B % 4 != 0)
    memset (to, 0, size);
  for (size_t k = 0; k < w->fours; k++)
    {
      uint32_t *four = (uint32_t *)(void *)(to + k * BD_DOTS_PANEL);
      const unsigned char *x[4];
      if (4 * k + 4 > d->B)
        pack_rest (d, 4 * k, i, count, four);
      else
        {
          for (size_t c = 0; c < 4; c++)
            x[c] = d->counts[4 * k + c] + i;
          pack_counts (count, x, four);
        }
    }
  if (zeros)
    mark_zeros (size, to, zeros);
}

/* What is known of 48 units beside their products.  */
typedef struct
{
  double sum[WIDE];    /* over members, of counts or zeros */
  double weight[WIDE]; /* of the squared sum; 0 for those past the end */
} margin;

static void
add_tile (int32_t c[3][HIGH * WIDE], double x[HIGH * WIDE])
{
  for (size_t k = 0; k < (size_t)HIGH * WIDE; k++)
    x[k] += c[0][k] + 256. * c[1][k] + 65536. * c[2][k];
}

/* Sum over 48 units of the squared covariances with point X, in an order
   that does not depend on the width of vectors.  */
BD_KERNEL static double
add_squares (const margin *g, const double x[], double mean)
{
  double s[8] = { 0 };

  for (size_t i = 0; i < WIDE; i += 8)
    for (size_t k = 0; k < 8; k++)
      {
        double v = x[i + k] - g->sum[i + k] * mean;
        s[k] += v * v * g->weight[i + k];
      }
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

/* One panel of units with panel P of the points; adds to V.  */
static void
multiply (const tiles *w, const uint8_t *units, const margin *g, size_t p,
          double V[])
{
  size_t count = GSL_MIN (w->d->a->mc - p * HIGH, HIGH);
  double x[HIGH * WIDE] = { 0 };
  int32_t c[3][HIGH * WIDE];

  for (size_t k = 0; k < w->fours; k += BD_DOTS_MOST)
    {
      size_t fours = GSL_MIN (w->fours - k, BD_DOTS_MOST);
      for (size_t byte = 0; byte < 3; byte++)
        w->dots (fours, units + k * BD_DOTS_PANEL,
                 bytes_of (w, p, byte) + k * BD_DOTS_OTHER, BD_DOTS_OTHER,
                 c[byte]);
      add_tile (c, x);
    }
  for (size_t j = 0; j < count; j++)
    V[p * HIGH + j] += add_squares (g, x + j * WIDE, w->mean[p * HIGH + j]);
}

/* Margins of the units from I on: C_i = sum / B, D_i = sum / left.  */
static void
margins (const bd_moments *a, size_t i, margin *counts, margin *zeros)
{
  for (size_t k = 0; k < WIDE; k++)
    {
      bool there = i + k < a->n;
      double left = there && a->apart ? a->left_p[i + k] : 0;
      counts->sum[k] = there ? a->u[i + k] * a->p : 0;
      counts->weight[k] = there ? 1 / (a->p * a->p) : 0;
      zeros->sum[k] = left;
      zeros->weight[k] = left > 0 ? 1 / (left * left) : 0;
    }
}

/* The units of PANELS panels from I on, with all points; team.  */
static void
multiply_units (const tiles *w, size_t i)
{
  bd_moments *a = w->d->a;
  size_t count = GSL_MIN ((a->n - i + WIDE - 1) / WIDE, PANELS);
  size_t size = w->fours * BD_DOTS_PANEL;
  margin g[2][PANELS];

  for (size_t k = 0; k < count; k++)
    margins (a, i + k * WIDE, &g[0][k], &g[1][k]);
#pragma omp for schedule(static, 1)
  for (size_t k = 0; k < count; k++)
    pack_units (w, i + k * WIDE, w->units + k * size,
                a->apart ? w->units + (PANELS + k) * size : NULL);
#pragma omp for schedule(dynamic, 4)
  for (size_t p = 0; p < w->panels; p++)
    for (size_t k = 0; k < count; k++)
      {
        multiply (w, w->units + k * size, &g[0][k], p, a->ij);
        if (a->apart)
          multiply (w, w->units + (PANELS + k) * size, &g[1][k], p, a->jab);
      }
}

static void
multiply_all (const tiles *w)
{
  bd_moments *a = w->d->a;

#pragma omp for schedule(dynamic, 1)
  for (size_t p = 0; p < w->panels; p += BESIDE)
    round_panels (w, p, GSL_MIN (w->panels, p + BESIDE));
  for (size_t i = 0; i < a->n; i += (size_t)PANELS * WIDE)
    multiply_units (w, i);
#pragma omp for
  for (size_t j = 0; j < a->mc; j++)
    {
      double step = w->step[j] * w->step[j];
      a->ij[j] *= step;
      if (a->apart)
        a->jab[j] *= step;
    }
}

/* COUNT bytes on cache-line boundaries, all 0.  */
static void *
bytes (size_t count)
{
  void *p = count < SIZE_MAX - 64 ? aligned_alloc (64, (count + 64) / 64 * 64)
                                  : NULL;

  if (p)
    memset (p, 0, (count + 64) / 64 * 64);
  return p;
}

void
bd_dense_tiles (bd_dense *d, int threads)
{
  tiles w = { .d = d,
              .dots = bd_dots_best (),
              .fours = (d->B + 3) / 4,
              .panels = (d->a->mc + HIGH - 1) / HIGH };
  size_t points = w.panels * HIGH;

  w.q = bytes (points * 12 * w.fours);
  w.step = bytes (points * sizeof *w.step);
  w.mean = bytes (points * sizeof *w.mean);
  w.units = bytes (2 * PANELS * w.fours * BD_DOTS_PANEL);
  d->failed = !w.q || !w.step || !w.mean || !w.units;
  if (!d->failed)
    {
#pragma omp parallel num_threads(threads) if (threads > 1)
      multiply_all (&w);
    }
  free (w.q);
  free (w.step);
  free (w.mean);
  free (w.units);
}
