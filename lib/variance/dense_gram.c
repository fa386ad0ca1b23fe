/* Products of the members' counts, for many units and few members.

   With centred predictions c (B), V_IJ = c' N N' c / B^2: the B x B products
   N N' are whole numbers and serve every point.  The jackknife after bootstrap
   divides each unit by how many members K_i leave it out, V = sum_i (sum_b
   z_bi c_b / K_i)^2: units are taken in the order of K_i, so that the products
   of those that share it are whole numbers too.  */
#include <config.h>

#include <gsl/gsl_cblas.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "dense_parts.h"

BD_NO_CONTRACTION

#define WIDE BD_DOTS_WIDE
#define HIGH BD_DOTS_HIGH
#define CHUNK 1024 /* units at a time; a panel of them takes 48 KiB */
#define SORT 16384 /* units that are put in order at a time */
#define POINTS 128

typedef struct
{
  bd_dense *d;
  bd_dots *dots;
  size_t panels, side; /* of members: panels x 48 */
  size_t *place;       /* B + 2, for sorting */
  uint16_t *order;     /* of SORT units */
  uint8_t *sorted;     /* B x SORT: their counts in that order */
  uint8_t *counts, *zeros;
  double *G, *W; /* side x side: products of counts, of zeros / K^2 */
} gram;

/* COUNT units from I on in the order of how many members leave them out.  */
static void
sort_units (const gram *w, size_t i, size_t count)
{
  const double *left = w->d->a->left_p + i;

  memset (w->place, 0, (w->d->B + 2) * sizeof *w->place);
  for (size_t k = 0; k < count; k++)
    w->place[(size_t)left[k] + 1]++;
  for (size_t k = 1; k < w->d->B + 2; k++)
    w->place[k] += w->place[k - 1];
  for (size_t k = 0; k < count; k++)
    w->order[w->place[(size_t)left[k]]++] = (uint16_t)k;
}

/* The counts of members in that order; team.  */
static void
sort_members (const gram *w, size_t i, size_t count)
{
#pragma omp for schedule(static)
  for (size_t b = 0; b < w->d->B; b++)
    for (size_t k = 0; k < count; k++)
      w->sorted[b * SORT + k] = w->d->counts[b][i + w->order[k]];
}

/* COUNT units of a member, four by four.  */
static void
pack_member (const uint8_t from[], size_t count, uint8_t to[])
{
  size_t fours = count / 4;

  for (size_t k = 0; k < fours; k++)
    memcpy (to + k * BD_DOTS_PANEL, from + 4 * k, 4);
  for (size_t k = 4 * fours; k < count; k++)
    to[fours * BD_DOTS_PANEL + k - 4 * fours] = from[k];
}

BD_KERNEL static void
mark_zeros (size_t count, const uint8_t from[], uint8_t to[])
{
  for (size_t i = 0; i < count; i++)
    to[i] = from[i] == 0;
}

/* Panel P of COUNT units, which are K ... of those sorted.  Places past the
   end count nothing, and are no zeros.  */
static void
pack_panel (const gram *w, size_t p, size_t first, size_t k, size_t count)
{
  size_t size = (count + 3) / 4 * BD_DOTS_PANEL;
  uint8_t *to = w->counts + p * CHUNK * WIDE;

  memset (to, w->zeros ? 1 : 0, size);
  for (size_t b = p * WIDE; b < GSL_MIN (w->d->B, (p + 1) * WIDE); b++)
    pack_member (w->sorted ? w->sorted + b * SORT + k
                           : w->d->counts[b] + first + k,
                 count, to + 4 * (b % WIDE));
  if (!w->zeros)
    return;
  mark_zeros (size, to, w->zeros + p * CHUNK * WIDE);
  for (size_t c = count; c % 4 != 0; c++)
    for (size_t b = 0; b < WIDE; b++)
      to[c / 4 * BD_DOTS_PANEL + 4 * b + c % 4] = 0;
}

BD_KERNEL static void
add_tile (const int32_t c[], double weight, double *to, size_t side)
{
  for (size_t h = 0; h < HIGH; h++)
    for (size_t k = 0; k < WIDE; k++)
      to[h * side + k] += weight * c[h * WIDE + k];
}

/* Members of panel Q, as rows, with those of panel P >= Q.  */
static void
multiply (const gram *w, const uint8_t *all, size_t fours, size_t q, size_t p,
          double weight, double *to)
{
  const uint8_t *panel = all + p * CHUNK * WIDE;
  const uint8_t *other = all + q * CHUNK * WIDE;
  int32_t c[HIGH * WIDE];

  for (size_t h = 0; h < WIDE; h += HIGH)
    {
      /* No byte is above 127: signed ones are the same.  */
      w->dots (fours, panel, (const int8_t *)(other + 4 * h), BD_DOTS_PANEL,
               c);
      add_tile (c, weight, to + (q * WIDE + h) * w->side + p * WIDE, w->side);
    }
}

/* COUNT units from the AT-th on of those from FIRST on; K members each leave
   one of them out; team.  */
static void
add_chunk (const gram *w, size_t first, size_t at, size_t count, double K)
{
  size_t fours = (count + 3) / 4;

#pragma omp for schedule(static)
  for (size_t p = 0; p < w->panels; p++)
    pack_panel (w, p, first, at, count);
#pragma omp for schedule(dynamic, 1)
  for (size_t k = 0; k < w->panels * w->panels; k++)
    {
      size_t q = k / w->panels, p = k % w->panels;
      if (p < q)
        continue;
      multiply (w, w->counts, fours, q, p, 1, w->G);
      if (w->zeros && K > 0)
        multiply (w, w->zeros, fours, q, p, 1 / (K * K), w->W);
    }
}

/* COUNT <= SORT units from I on; team.  */
static void
add_sorted (const gram *w, size_t i, size_t count)
{
  const double *left = w->sorted ? w->d->a->left_p + i : NULL;
  size_t end;

  if (left)
    {
#pragma omp single
      sort_units (w, i, count);
      sort_members (w, i, count);
    }
  for (size_t k = 0; k < count; k = end)
    {
      double K = left ? left[w->order[k]] : 0;
      for (end = k + 1; end < count && end < k + CHUNK; end++)
        if (left && left[w->order[end]] != K)
          break;
      add_chunk (w, i, k, end - k, K);
    }
}

/* The lower half from the upper one; team.  */
static void
mirror (const gram *w, double *G)
{
#pragma omp for
  for (size_t b = 0; b < w->d->B; b++)
    for (size_t c = 0; c < b; c++)
      G[b * w->side + c] = G[c * w->side + b];
}

/* C := t - mean of COUNT points from J on.  Where predictions are far from 0
   their mean is not exact: what is left of it is taken away too.  */
static void
centre_points (const bd_dense *d, size_t j, size_t count, double *C)
{
  double rest[POINTS] = { 0 };

  for (size_t b = 0; b < d->B; b++)
    for (size_t k = 0; k < count; k++)
      {
        C[b * count + k] = d->t[b][j + k] - d->a->t[j + k];
        rest[k] += C[b * count + k];
      }
  for (size_t k = 0; k < count; k++)
    rest[k] /= (double)d->B;
  for (size_t b = 0; b < d->B; b++)
    for (size_t k = 0; k < count; k++)
      C[b * count + k] -= rest[k];
}

BD_KERNEL static void
add_products (size_t count, const double x[], const double y[], double V[])
{
  for (size_t j = 0; j < count; j++)
    V[j] += x[j] * y[j];
}

/* V[j] := c_j' G c_j / BY for COUNT points, C (B x COUNT).  */
static void
quadratic (const gram *w, const double *G, size_t count, const double *C,
           double *Y, double by, double V[])
{
  size_t B = w->d->B;

  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)B, (int)count,
               (int)B, 1, G, (int)w->side, C, (int)count, 0, Y, (int)count);
  for (size_t b = 0; b < B; b++)
    add_products (count, C + b * count, Y + b * count, V);
  for (size_t j = 0; j < count; j++)
    V[j] = GSL_MAX_DBL (V[j] / by, 0);
}

/* Team.  */
static void
finish_points (const gram *w)
{
  bd_moments *a = w->d->a;
  size_t B = w->d->B;
  double *C = bd_array (B, POINTS), *Y = bd_array (B, POINTS);

  if (!C || !Y)
    {
#pragma omp atomic write
      w->d->failed = true;
    }
#pragma omp barrier
#pragma omp for schedule(dynamic, 1)
  for (size_t j = 0; j < a->mc; j += POINTS)
    {
      size_t count = GSL_MIN (a->mc - j, POINTS);
      if (w->d->failed)
        continue;
      centre_points (w->d, j, count, C);
      quadratic (w, w->G, count, C, Y, a->p * a->p, a->ij + j);
      if (w->zeros)
        quadratic (w, w->W, count, C, Y, 1, a->jab + j);
    }
  free (C);
  free (Y);
}

static void
multiply_all (const gram *w)
{
  size_t n = w->d->a->n;

  for (size_t i = 0; i < n; i += SORT)
    add_sorted (w, i, GSL_MIN (n - i, SORT));
  mirror (w, w->G);
  if (w->zeros)
    mirror (w, w->W);
  finish_points (w);
}

/* bd_array () gives aligned zeros.  */
static uint8_t *
bytes (size_t rows, size_t columns)
{
  return (uint8_t *)bd_array (rows, columns / sizeof (double));
}

static bool
gram_init (gram *w, bool apart)
{
  size_t B = w->d->B;

  w->counts = bytes (w->side, CHUNK);
  w->G = bd_array (w->side, w->side);
  if (!apart)
    return w->counts && w->G;
  w->place = calloc (B + 2, sizeof *w->place);
  w->order = calloc (SORT, sizeof *w->order);
  w->sorted = bytes (B, SORT);
  w->zeros = bytes (w->side, CHUNK);
  w->W = bd_array (w->side, w->side);
  return w->counts && w->G && w->place && w->order && w->sorted && w->zeros
         && w->W;
}

static void
gram_free (gram *w)
{
  free (w->place);
  free (w->order);
  free (w->sorted);
  free (w->counts);
  free (w->zeros);
  free (w->G);
  free (w->W);
}

void
bd_dense_gram (bd_dense *d, int threads)
{
  size_t panels = (d->B + WIDE - 1) / WIDE;
  gram w = {
    .d = d, .dots = bd_dots_best (), .panels = panels, .side = panels * WIDE
  };

  d->failed = !gram_init (&w, d->a->apart);
  if (!d->failed)
    {
#pragma omp parallel num_threads(threads) if (threads > 1)
      multiply_all (&w);
    }
  gram_free (&w);
}
