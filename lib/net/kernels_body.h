/* The kernels for one precision and one instruction set: included once by each
   kernels_*_*.c, after lane.h, with KERNELS defined as the name of the table
   and KERNELS_TYPE as its type.  */
#ifndef BD_NET_KERNELS_BODY_H
#define BD_NET_KERNELS_BODY_H

#include "kernels.h"
#include "kernels_math.h"
#include "kernels_set.h"

/* A tile of ROWS x COLUMNS vectors of C, both constants.  */
BD_INLINE void
tile (int rows, int columns, size_t ranks, size_t width, const REAL A[],
      size_t down, size_t right, const REAL B[], const REAL start[], REAL C[])
{
  vec sum[TILE_ROWS][TILE_LANES];

  BD_UNROLL
  for (int r = 0; r < rows; r++)
    BD_UNROLL
  for (int j = 0; j < columns; j++)
    sum[r][j] = v_load (start ? start + j * LANES
                              : C + (size_t)r * width + j * LANES);
  for (size_t q = 0; q < ranks; q++, A += right, B += width)
    {
      vec b[TILE_LANES];
      BD_UNROLL
      for (int j = 0; j < columns; j++)
        b[j] = v_load (B + j * LANES);
      BD_UNROLL
      for (int r = 0; r < rows; r++)
        {
          vec a = v_all (A[(size_t)r * down]);
          BD_UNROLL
          for (int j = 0; j < columns; j++)
            sum[r][j] = v_fma (a, b[j], sum[r][j]);
        }
    }
  BD_UNROLL
  for (int r = 0; r < rows; r++)
    BD_UNROLL
  for (int j = 0; j < columns; j++)
    v_store (C + (size_t)r * width + j * LANES, sum[r][j]);
}

/* All rows of COLUMNS vectors.  */
BD_INLINE void
panel (int columns, size_t rows, size_t ranks, size_t width, const REAL A[],
       size_t down, size_t right, const REAL B[], const REAL start[], REAL C[])
{
  size_t r = 0;

  for (; r + TILE_ROWS <= rows && rows - r != 8; r += TILE_ROWS)
    tile (TILE_ROWS, columns, ranks, width, A + r * down, down, right, B,
          start, C + r * width);
  for (; r + 4 <= rows; r += 4)
    tile (4, columns, ranks, width, A + r * down, down, right, B, start,
          C + r * width);
  for (; r + 2 <= rows; r += 2)
    tile (2, columns, ranks, width, A + r * down, down, right, B, start,
          C + r * width);
  if (r < rows)
    tile (1, columns, ranks, width, A + r * down, down, right, B, start,
          C + r * width);
}

static void
product (size_t rows, size_t ranks, size_t width, const REAL A[], size_t down,
         size_t right, const REAL B[], const REAL start[], REAL C[])
{
  for (size_t j = 0; j < width;)
    {
      size_t left = (width - j) / LANES;
      const REAL *from = start ? start + j : NULL;
#if TILE_LANES == 4
      if (left >= 4 && left != 5)
        {
          panel (4, rows, ranks, width, A, down, right, B + j, from, C + j);
          j += 4 * LANES;
          continue;
        }
      if (left == 3 || left == 5)
        {
          panel (3, rows, ranks, width, A, down, right, B + j, from, C + j);
          j += 3 * LANES;
          continue;
        }
      if (left == 2)
        {
          panel (2, rows, ranks, width, A, down, right, B + j, from, C + j);
          j += 2 * LANES;
          continue;
        }
#endif
      (void)left;
      panel (1, rows, ranks, width, A, down, right, B + j, from, C + j);
      j += LANES;
    }
}

static void
dot (size_t rows, size_t width, const REAL A[], const REAL w[], REAL c,
     REAL z[])
{
  for (size_t r = 0; r < rows; r++, A += width)
    {
      vec part = v_all (0);
      for (size_t k = 0; k < width; k += LANES)
        part = v_fma (v_load (A + k), v_load (w + k), part);
      z[r] = c + v_total (part);
    }
}

/* N <= 2 vectors of a row.  */
BD_INLINE void
places (int unit, int n, const REAL *mask, REAL *Z, REAL *S)
{
  vec z[2], h[2], s[2];

  BD_UNROLL
  for (int i = 0; i < n; i++)
    z[i] = v_load (Z + i * LANES);
  unit_of (unit, n, z, h, s);
  BD_UNROLL
  for (int i = 0; i < n; i++)
    {
      if (mask)
        {
          vec m = v_load (mask + i * LANES);
          h[i] = v_mul (h[i], m);
          s[i] = v_mul (s[i], m);
        }
      v_store (Z + i * LANES, h[i]);
      v_store (S + i * LANES, s[i]);
    }
}

BD_INLINE void
unit_rows (int unit, size_t rows, size_t width, size_t used, const REAL mask[],
           size_t stride, REAL Z[], REAL S[])
{
  for (size_t r = 0; r < rows; r++, Z += width, S += width)
    {
      size_t j = 0;
      const REAL *m = mask ? mask + r * stride : NULL;
      for (; j + 2 * LANES <= width && j < used; j += 2 * LANES)
        places (unit, 2, m ? m + j : NULL, Z + j, S + j);
      for (; j < used; j += LANES)
        places (unit, 1, m ? m + j : NULL, Z + j, S + j);
      for (j = used; j < width; j++)
        Z[j] = S[j] = 0;
    }
}

static void
outer (size_t rows, size_t width, const REAL e[], const REAL v[],
       const REAL S[], REAL D[])
{
  for (size_t r = 0; r < rows; r++, S += width, D += width)
    {
      vec factor = v_all (e[r]);
      for (size_t j = 0; j < width; j += LANES)
        v_store (D + j,
                 v_mul (v_mul (factor, v_load (v + j)), v_load (S + j)));
    }
}

static void
times (size_t n, const REAL b[], REAL a[])
{
  size_t i = 0;

  for (; i + LANES <= n; i += LANES)
    v_store (a + i, v_mul (v_load (a + i), v_load (b + i)));
  if (i < n)
    v_store_part (
        a + i, n - i,
        v_mul (v_load_part (a + i, n - i), v_load_part (b + i, n - i)));
}

static void
transpose (size_t rows, size_t columns, const REAL from[], REAL to[])
{
  for (size_t r = 0; r < rows; r += LANES)
    for (size_t c = 0; c < columns; c += LANES)
      v_transpose (from + r * columns + c, columns, to + c * rows + r, rows);
}

static void
exponential (size_t n, REAL v[])
{
  size_t i = 0;

  for (; i + LANES <= n; i += LANES)
    v_store (v + i, v_exp (v_load (v + i)));
  if (i < n)
    v_store_part (v + i, n - i, v_exp (v_load_part (v + i, n - i)));
}

#include "kernels_shallow.h"
#include "kernels_step.h"
#include "kernels_subsets.h"

static void
unit_tanh (size_t rows, size_t width, size_t used, const REAL mask[],
           size_t stride, REAL Z[], REAL S[])
{
  unit_rows (BD_UNIT_TANH, rows, width, used, mask, stride, Z, S);
}

static double
shallow_tanh (size_t rows, size_t d, size_t width, size_t used, const REAL w[],
              const REAL X[], const REAL y[], const REAL share[],
              const REAL mask[], size_t stride, REAL G[])
{
  return shallow_of (BD_UNIT_TANH, rows, d, width, used, w, X, y, share, mask,
                     stride, G);
}

static void
unit_relu (size_t rows, size_t width, size_t used, const REAL mask[],
           size_t stride, REAL Z[], REAL S[])
{
  unit_rows (BD_UNIT_RELU, rows, width, used, mask, stride, Z, S);
}

static double
shallow_relu (size_t rows, size_t d, size_t width, size_t used, const REAL w[],
              const REAL X[], const REAL y[], const REAL share[],
              const REAL mask[], size_t stride, REAL G[])
{
  return shallow_of (BD_UNIT_RELU, rows, d, width, used, w, X, y, share, mask,
                     stride, G);
}

static void
unit_gelu (size_t rows, size_t width, size_t used, const REAL mask[],
           size_t stride, REAL Z[], REAL S[])
{
  unit_rows (BD_UNIT_GELU, rows, width, used, mask, stride, Z, S);
}

static double
shallow_gelu (size_t rows, size_t d, size_t width, size_t used, const REAL w[],
              const REAL X[], const REAL y[], const REAL share[],
              const REAL mask[], size_t stride, REAL G[])
{
  return shallow_of (BD_UNIT_GELU, rows, d, width, used, w, X, y, share, mask,
                     stride, G);
}

static void
unit_logistic (size_t rows, size_t width, size_t used, const REAL mask[],
               size_t stride, REAL Z[], REAL S[])
{
  unit_rows (BD_UNIT_LOGISTIC, rows, width, used, mask, stride, Z, S);
}

static double
shallow_logistic (size_t rows, size_t d, size_t width, size_t used,
                  const REAL w[], const REAL X[], const REAL y[],
                  const REAL share[], const REAL mask[], size_t stride,
                  REAL G[])
{
  return shallow_of (BD_UNIT_LOGISTIC, rows, d, width, used, w, X, y, share,
                     mask, stride, G);
}

static void
unit_linear (size_t rows, size_t width, size_t used, const REAL mask[],
             size_t stride, REAL Z[], REAL S[])
{
  unit_rows (BD_UNIT_LINEAR, rows, width, used, mask, stride, Z, S);
}

static double
shallow_linear (size_t rows, size_t d, size_t width, size_t used,
                const REAL w[], const REAL X[], const REAL y[],
                const REAL share[], const REAL mask[], size_t stride, REAL G[])
{
  return shallow_of (BD_UNIT_LINEAR, rows, d, width, used, w, X, y, share,
                     mask, stride, G);
}

const KERNELS_TYPE KERNELS = {
  .set = KERNELS_SET,
  .product = product,
  .dot = dot,
  .unit = { [BD_UNIT_TANH] = unit_tanh,
            [BD_UNIT_RELU] = unit_relu,
            [BD_UNIT_GELU] = unit_gelu,
            [BD_UNIT_LOGISTIC] = unit_logistic,
            [BD_UNIT_LINEAR] = unit_linear },
  .outer = outer,
  .times = times,
  .transpose = transpose,
  .tables = tables,
  .subsets = subsets,
  .unfold = unfold,
  .exponential = exponential,
  .shallow = { [BD_UNIT_TANH] = shallow_tanh,
               [BD_UNIT_RELU] = shallow_relu,
               [BD_UNIT_GELU] = shallow_gelu,
               [BD_UNIT_LOGISTIC] = shallow_logistic,
               [BD_UNIT_LINEAR] = shallow_linear },
  .adam = adam,
  .momentum = momentum,
};

#endif
