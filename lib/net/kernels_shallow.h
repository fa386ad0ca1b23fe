/* One hidden layer and one output: forward, error and backward in one go for
   SIDE rows at a time, whose sums stay in registers.  Part of
   kernels_body.h.  */
#ifndef BD_NET_KERNELS_SHALLOW_H
#define BD_NET_KERNELS_SHALLOW_H

#define SIDE 8

typedef struct
{
  size_t d, width, used, stride;
  const REAL *w, *b, *v, *mask;
  REAL *gw, *gb, *gv;
} shallow_net;

typedef struct /* of SIDE rows */
{
  _Alignas(64) REAL h[SIDE][BD_SHALLOW_WIDTH], s[SIDE][BD_SHALLOW_WIDTH];
  REAL e[SIDE];
} shallow_rows;

/* Inputs of the units of the places J .. of ROWS rows of X.  */
BD_INLINE void
shallow_inputs (int rows, const shallow_net *a, size_t j, const REAL X[],
                vec z[])
{
  vec b = v_load (a->b + j);

  BD_UNROLL
  for (int r = 0; r < rows; r++)
    z[r] = b;
  for (size_t i = 0; i < a->d; i++)
    {
      vec w = v_load (a->w + i * a->width + j);
      BD_UNROLL
      for (int r = 0; r < rows; r++)
        z[r] = v_fma (v_all (X[(size_t)r * a->d + i]), w, z[r]);
    }
}

/* Activations and slopes of those places; their part of the outputs is added
   to PART.  */
BD_INLINE void
shallow_units (int unit, int rows, const shallow_net *a, size_t j,
               const REAL mask[], const vec z[], shallow_rows *t, vec part[])
{
  const int n = rows > 1 ? 2 : 1;
  vec v = v_load_part (a->v + j, a->used - j < LANES ? a->used - j : LANES);

  BD_UNROLL
  for (int r = 0; r < rows; r += n)
    {
      vec h[2], s[2];
      unit_of (unit, n, z + r, h, s);
      BD_UNROLL
      for (int i = 0; i < n; i++)
        {
          if (mask)
            {
              vec m = v_load (mask + (size_t)(r + i) * a->stride + j);
              h[i] = v_mul (h[i], m);
              s[i] = v_mul (s[i], m);
            }
          part[r + i] = v_fma (h[i], v, part[r + i]);
          v_store (t->h[r + i] + j, h[i]);
          v_store (t->s[r + i] + j, s[i]);
        }
    }
}

/* The rows' part of the gradient, row after row.  */
BD_INLINE void
shallow_back (int rows, const shallow_net *a, const REAL X[],
              const shallow_rows *t)
{
  for (size_t j = 0; j < a->used; j += LANES)
    {
      size_t n = a->used - j < LANES ? a->used - j : LANES;
      vec v = v_load_part (a->v + j, n), d[SIDE];
      vec gb = v_load (a->gb + j), gv = v_load (a->gv + j);
      BD_UNROLL
      for (int r = 0; r < rows; r++)
        {
          vec e = v_all (t->e[r]);
          d[r] = v_mul (v_mul (e, v), v_load (t->s[r] + j));
          gb = v_add (gb, d[r]);
          gv = v_fma (e, v_load (t->h[r] + j), gv);
        }
      v_store (a->gb + j, gb);
      v_store_part (a->gv + j, n, gv);
      for (size_t i = 0; i < a->d; i++)
        {
          REAL *to = a->gw + i * a->width + j;
          vec g = v_load (to);
          BD_UNROLL
          for (int r = 0; r < rows; r++)
            g = v_fma (v_all (X[(size_t)r * a->d + i]), d[r], g);
          v_store (to, g);
        }
    }
}

/* ROWS rows; returns their sum of squares.  */
BD_INLINE double
shallow_step (int unit, int rows, const shallow_net *a, const REAL X[],
              const REAL y[], const REAL share[], const REAL mask[],
              shallow_rows *t)
{
  vec part[SIDE], z[SIDE];
  double sum = 0;

  BD_UNROLL
  for (int r = 0; r < rows; r++)
    part[r] = v_all (0);
  for (size_t j = 0; j < a->used; j += LANES)
    {
      shallow_inputs (rows, a, j, X, z);
      shallow_units (unit, rows, a, j, mask, z, t, part);
    }
  for (int r = 0; r < rows; r++)
    {
      REAL e = (a->v[a->width] + v_total (part[r])) - y[r];
      t->e[r] = share[r] * e;
      a->gv[a->width] = a->gv[a->width] + t->e[r];
      sum += (double)t->e[r] * (double)e;
    }
  shallow_back (rows, a, X, t);
  return sum;
}

/* All rows with or without masks, constants both.  */
BD_INLINE double
shallow_rows_of (int unit, bool masked, size_t rows, const shallow_net *a,
                 const REAL X[], const REAL y[], const REAL share[],
                 const REAL mask[])
{
  shallow_rows t;
  double sum = 0;
  size_t r = 0;

  for (; r + SIDE <= rows; r += SIDE)
    sum += shallow_step (unit, SIDE, a, X + r * a->d, y + r, share + r,
                         masked ? mask + r * a->stride : NULL, &t);
  for (; r < rows; r++)
    sum += shallow_step (unit, 1, a, X + r * a->d, y + r, share + r,
                         masked ? mask + r * a->stride : NULL, &t);
  return sum;
}

BD_INLINE double
shallow_of (int unit, size_t rows, size_t d, size_t width, size_t used,
            const REAL w[], const REAL X[], const REAL y[], const REAL share[],
            const REAL mask[], size_t stride, REAL G[])
{
  const REAL *b = w + d * width;
  REAL *gb = G + d * width;
  shallow_net a = { .d = d,
                    .width = width,
                    .used = used,
                    .w = w,
                    .b = b,
                    .v = b + width,
                    .mask = mask,
                    .stride = stride,
                    .gw = G,
                    .gb = gb,
                    .gv = gb + width };

  if (mask)
    return shallow_rows_of (unit, true, rows, &a, X, y, share, mask);
  return shallow_rows_of (unit, false, rows, &a, X, y, share, NULL);
}

#endif
