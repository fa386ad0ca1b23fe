/* One hidden layer and one output: forward, error and backward in one go.
   Part of kernels_body.h.

   Groups of LANES rows go forward, their outputs being summed and compared as
   one vector; then CHUNK rows come back, so that the sums of the gradient stay
   in registers over all of them.  */
#ifndef BD_NET_KERNELS_SHALLOW_H
#define BD_NET_KERNELS_SHALLOW_H

#define CHUNK (2 * LANES)
#define BLOCK 8   /* rows whose inputs are summed at once */
#define COLUMNS 4 /* vectors of the gradient that are summed at once */

typedef struct
{
  size_t d, width, used, stride;
  const REAL *w, *b, *v;
  REAL *gw, *gb, *gv;
} shallow_net;

typedef struct
{
  /* Activations and slopes times masks, CHUNK x width; errors times shares,
     and times the input where there is one only.  */
  _Alignas(64) REAL h[CHUNK * BD_SHALLOW_WIDTH], s[CHUNK * BD_SHALLOW_WIDTH];
  REAL e[CHUNK], xe[CHUNK];
  REAL X[LANES * BD_SHALLOW_INPUTS], mask[LANES * BD_SHALLOW_WIDTH];
  vec loss, bias; /* sums, place by place */
} shallow_rows;

BD_INLINE size_t
places_left (const shallow_net *a, size_t j)
{
  size_t left = a->used > j ? a->used - j : 0;

  return left < LANES ? left : LANES;
}

/* Inputs of the units of the places J .. of BLOCK rows of X.  */
BD_INLINE void
shallow_inputs (bool one, const shallow_net *a, size_t j, const REAL X[],
                vec z[])
{
  const size_t d = one ? 1 : a->d;
  vec b = v_load (a->b + j);

  BD_UNROLL
  for (int r = 0; r < BLOCK; r++)
    z[r] = b;
  for (size_t i = 0; i < d; i++)
    {
      vec w = v_load (a->w + i * a->width + j);
      BD_UNROLL
      for (int r = 0; r < BLOCK; r++)
        z[r] = v_fma (v_all (X[(size_t)r * d + i]), w, z[r]);
    }
}

/* Relu (z) is its slope times z, so that the sums of the slopes times the
   input and times 1 also give those of the activations.  */
BD_INLINE bool
needs_activations (int unit, bool one)
{
  return !(one && unit == BD_UNIT_RELU);
}

/* Activations H and slopes S of those places; their part of the outputs is
   added to PART.  */
BD_INLINE void
shallow_units (int unit, bool masked, bool one, const shallow_net *a, size_t j,
               const REAL mask[], size_t stride, const vec z[], REAL *H,
               REAL *S, vec part[])
{
  vec v = v_load_part (a->v + j, places_left (a, j));

  BD_UNROLL
  for (int r = 0; r < BLOCK; r += 2)
    {
      vec h[2], s[2];
      unit_of (unit, 2, z + r, h, s);
      BD_UNROLL
      for (int i = 0; i < 2; i++)
        {
          size_t at = (size_t)(r + i) * a->width + j;
          if (masked)
            {
              vec m = v_load (mask + (size_t)(r + i) * stride + j);
              h[i] = v_mul (h[i], m);
              s[i] = v_mul (s[i], m);
            }
          part[r + i] = v_fma (h[i], v, part[r + i]);
          v_store (S + at, s[i]);
          if (needs_activations (unit, one))
            v_store (H + at, h[i]);
        }
    }
}

/* The same for rectifiers with one input and no masks.  */
BD_INLINE void
shallow_rectifiers (const shallow_net *a, size_t j, const vec z[], REAL *S,
                    vec part[])
{
  vec s, v = v_load_part (a->v + j, places_left (a, j));

  BD_UNROLL
  for (int r = 0; r < BLOCK; r++)
    {
      part[r] = v_rectify (z[r], v, part[r], &s);
      v_store (S + (size_t)r * a->width + j, s);
    }
}

/* LANES rows forward, of which ROWS count; they are T's rows from FIRST on.
 */
BD_INLINE void
shallow_forward (int unit, bool masked, bool one, size_t rows,
                 const shallow_net *a, const REAL X[], const REAL y[],
                 const REAL share[], const REAL mask[], size_t stride,
                 size_t first, shallow_rows *t)
{
  const size_t d = one ? 1 : a->d;
  vec part[LANES], z[BLOCK];

  BD_UNROLL
  for (int r = 0; r < LANES; r++)
    part[r] = v_all (0);
  for (size_t j = 0; j < a->width; j += LANES)
    BD_UNROLL
  for (size_t r = 0; r < LANES; r += BLOCK)
    {
      size_t at = (first + r) * a->width;
      shallow_inputs (one, a, j, X + r * d, z);
      if (!masked && !needs_activations (unit, one))
        shallow_rectifiers (a, j, z, t->s + at, part + r);
      else
        shallow_units (unit, masked, one, a, j,
                       masked ? mask + r * stride : NULL, stride, z, t->h + at,
                       t->s + at, part + r);
    }
  vec e = v_add (v_all (a->v[a->width]), v_totals (part));
  e = v_sub (e, v_load_part (y, rows));
  vec se = v_mul (v_load_part (share, rows), e);
  t->loss = v_fma (se, e, t->loss);
  t->bias = v_add (t->bias, se);
  v_store (t->e + first, se);
  if (one)
    v_store (t->xe + first, v_mul (se, v_load (X)));
}

/* The gradient of N vectors of units from place J on, of ROWS rows with one
   input.  */
BD_INLINE void
shallow_back_one (int unit, int n, size_t rows, const shallow_net *a, size_t j,
                  const shallow_rows *t)
{
  const bool h = needs_activations (unit, true);
  vec gb[COLUMNS], gw[COLUMNS], gv[COLUMNS];

  BD_UNROLL
  for (int i = 0; i < n; i++)
    gb[i] = gw[i] = gv[i] = v_all (0);
  for (size_t r = 0; r < rows; r++)
    {
      vec e = v_all (t->e[r]), xe = v_all (t->xe[r]);
      BD_UNROLL
      for (int i = 0; i < n; i++)
        {
          size_t at = r * a->width + j + (size_t)i * LANES;
          vec s = v_load (t->s + at);
          gb[i] = v_fma (e, s, gb[i]);
          gw[i] = v_fma (xe, s, gw[i]);
          if (h)
            gv[i] = v_fma (e, v_load (t->h + at), gv[i]);
        }
    }
  BD_UNROLL
  for (int i = 0; i < n; i++)
    {
      size_t at = j + (size_t)i * LANES, left = places_left (a, at);
      vec v = v_load_part (a->v + at, left);
      if (!h)
        gv[i] = v_fma (gw[i], v_load (a->w + at),
                       v_mul (gb[i], v_load (a->b + at)));
      v_store (a->gb + at, v_fma (v, gb[i], v_load (a->gb + at)));
      v_store (a->gw + at, v_fma (v, gw[i], v_load (a->gw + at)));
      v_store_part (a->gv + at, left, v_add (v_load (a->gv + at), gv[i]));
    }
}

/* The same with more inputs, but for their weights; the slopes become the
   derivatives for what enters the units.  */
BD_INLINE void
shallow_back_many (int n, size_t rows, const shallow_net *a, size_t j,
                   shallow_rows *t)
{
  vec gb[COLUMNS], gv[COLUMNS], v[COLUMNS];

  BD_UNROLL
  for (int i = 0; i < n; i++)
    {
      size_t at = j + (size_t)i * LANES;
      v[i] = v_load_part (a->v + at, places_left (a, at));
      gb[i] = v_load (a->gb + at);
      gv[i] = v_load (a->gv + at);
    }
  for (size_t r = 0; r < rows; r++)
    {
      vec e = v_all (t->e[r]);
      BD_UNROLL
      for (int i = 0; i < n; i++)
        {
          size_t at = r * a->width + j + (size_t)i * LANES;
          vec s = v_mul (v_mul (e, v[i]), v_load (t->s + at));
          v_store (t->s + at, s);
          gb[i] = v_add (gb[i], s);
          gv[i] = v_fma (e, v_load (t->h + at), gv[i]);
        }
    }
  BD_UNROLL
  for (int i = 0; i < n; i++)
    {
      size_t at = j + (size_t)i * LANES;
      v_store (a->gb + at, gb[i]);
      v_store_part (a->gv + at, places_left (a, at), gv[i]);
    }
}

BD_INLINE void
shallow_back (int unit, bool one, int n, size_t rows, const shallow_net *a,
              size_t j, shallow_rows *t)
{
  if (one)
    shallow_back_one (unit, n, rows, a, j, t);
  else
    shallow_back_many (n, rows, a, j, t);
}

/* ROWS <= CHUNK rows there and back.  The last ones, too few for a vector,
   are copied in front of rows whose share is 0.  */
BD_INLINE void
shallow_chunk (int unit, bool masked, bool one, size_t rows,
               const shallow_net *a, const REAL X[], const REAL y[],
               const REAL share[], const REAL mask[], shallow_rows *t)
{
  const size_t d = one ? 1 : a->d, width = a->width;

  for (size_t r = 0; r < rows; r += LANES)
    {
      size_t left = rows - r < LANES ? rows - r : LANES, stride = a->stride;
      const REAL *x = X + r * d, *m = masked ? mask + r * stride : NULL;
      if (left < LANES)
        {
          memset (t->X, 0, sizeof t->X);
          x = memcpy (t->X, x, left * d * sizeof *x);
          for (size_t i = 0; masked && i < left; i++)
            memcpy (t->mask + i * width, m + i * stride, width * sizeof *m);
          for (size_t i = left * width; masked && i < LANES * width; i++)
            t->mask[i] = 0;
          m = masked ? t->mask : NULL;
          stride = width;
        }
      shallow_forward (unit, masked, one, left, a, x, y + r, share + r, m,
                       stride, r, t);
    }
  size_t j = 0;
  for (; j + COLUMNS * LANES <= width; j += COLUMNS * LANES)
    shallow_back (unit, one, COLUMNS, rows, a, j, t);
  for (; j < width; j += LANES)
    shallow_back (unit, one, 1, rows, a, j, t);
  if (!one)
    product (d, rows, width, X, 1, d, t->s, NULL, a->gw);
}

/* All rows with or without masks, constants both.  */
BD_INLINE double
shallow_rows_of (int unit, bool masked, bool one, size_t rows,
                 const shallow_net *a, const REAL X[], const REAL y[],
                 const REAL share[], const REAL mask[])
{
  shallow_rows t;

  t.loss = t.bias = v_all (0);
  for (size_t r = 0; r < rows; r += CHUNK)
    shallow_chunk (unit, masked, one, rows - r < CHUNK ? rows - r : CHUNK, a,
                   X + r * a->d, y + r, share + r,
                   masked ? mask + r * a->stride : NULL, &t);
  a->gv[a->width] = a->gv[a->width] + v_total (t.bias);
  return (double)v_total (t.loss);
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
                    .stride = stride,
                    .w = w,
                    .b = b,
                    .v = b + width,
                    .gw = G,
                    .gb = gb,
                    .gv = gb + width };

  if (mask && d == 1)
    return shallow_rows_of (unit, true, true, rows, &a, X, y, share, mask);
  if (mask)
    return shallow_rows_of (unit, true, false, rows, &a, X, y, share, mask);
  if (d == 1)
    return shallow_rows_of (unit, false, true, rows, &a, X, y, share, NULL);
  return shallow_rows_of (unit, false, false, rows, &a, X, y, share, NULL);
}

#endif
