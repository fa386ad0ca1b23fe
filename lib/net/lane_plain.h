/* Vectors of 64 bytes in plain C; see lane.h.  */
#ifndef BD_NET_LANE_PLAIN_H
#define BD_NET_LANE_PLAIN_H

#define TILE_ROWS 4
#define TILE_LANES 1

/* Nothing is forced inline: that would take minutes to compile.  */
#undef BD_INLINE
#define BD_INLINE static inline

#if defined BD_LANE_FLOAT
#define FMA fmaf
#define ABS fabsf
#define COPYSIGN copysignf
#else
#define FMA fma
#define ABS fabs
#define COPYSIGN copysign
#endif

typedef struct
{
  REAL x[LANES];
} vec;

BD_INLINE vec
v_all (REAL x)
{
  vec out;

  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    out.x[i] = x;
  return out;
}

BD_INLINE vec
v_load (const REAL *p)
{
  vec out;

  memcpy (out.x, p, sizeof out.x);
  return out;
}

BD_INLINE void
v_store (REAL *p, vec a)
{
  memcpy (p, a.x, sizeof a.x);
}

/* The first N places of P, then zeros.  */
BD_INLINE vec
v_load_part (const REAL *p, size_t n)
{
  vec out = { { 0 } };

  memcpy (out.x, p, n * sizeof *p);
  return out;
}

BD_INLINE void
v_store_part (REAL *p, size_t n, vec a)
{
  memcpy (p, a.x, n * sizeof *p);
}

BD_INLINE vec
v_add (vec a, vec b)
{
  vec out;

  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    out.x[i] = a.x[i] + b.x[i];
  return out;
}

BD_INLINE vec
v_sub (vec a, vec b)
{
  vec out;

  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    out.x[i] = a.x[i] - b.x[i];
  return out;
}

BD_INLINE vec
v_mul (vec a, vec b)
{
  vec out;

  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    out.x[i] = a.x[i] * b.x[i];
  return out;
}

BD_INLINE vec
v_div (vec a, vec b)
{
  vec out;

  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    out.x[i] = a.x[i] / b.x[i];
  return out;
}

BD_INLINE vec
v_max (vec a, vec b)
{
  vec out;

  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    out.x[i] = a.x[i] > b.x[i] ? a.x[i] : b.x[i];
  return out;
}

BD_INLINE vec
v_min (vec a, vec b)
{
  vec out;

  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    out.x[i] = a.x[i] < b.x[i] ? a.x[i] : b.x[i];
  return out;
}

BD_INLINE vec
v_fma (vec a, vec b, vec c)
{
  vec out;

  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    out.x[i] = FMA (a.x[i], b.x[i], c.x[i]);
  return out;
}

/* c - a b.  */
BD_INLINE vec
v_fnma (vec a, vec b, vec c)
{
  vec out;

  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    out.x[i] = FMA (-a.x[i], b.x[i], c.x[i]);
  return out;
}

BD_INLINE vec
v_abs (vec a)
{
  vec out;

  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    out.x[i] = ABS (a.x[i]);
  return out;
}

/* |a| with the sign of b.  */
BD_INLINE vec
v_sign (vec a, vec b)
{
  vec out;

  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    out.x[i] = COPYSIGN (a.x[i], b.x[i]);
  return out;
}

/* a > b ? x : 0.  */
BD_INLINE vec
v_above (vec a, vec b, vec x)
{
  vec out;

  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    out.x[i] = a.x[i] > b.x[i] ? x.x[i] : 0;
  return out;
}

/* z > 0 or not a number: 1 into *S and sum + z v; else 0 and the sum.  */
BD_INLINE vec
v_rectify (vec z, vec v, vec sum, vec *s)
{
  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    {
      bool up = !(z.x[i] <= 0);
      s->x[i] = up ? 1 : 0;
      sum.x[i] = up ? FMA (z.x[i], v.x[i], sum.x[i]) : sum.x[i];
    }
  return sum;
}

/* a < b ? x : y.  */
BD_INLINE vec
v_below (vec a, vec b, vec x, vec y)
{
  vec out;

  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    out.x[i] = a.x[i] < b.x[i] ? x.x[i] : y.x[i];
  return out;
}

/* a where the bits from the lowest one up are set, else 0.  */
BD_INLINE vec
v_bits (uint32_t bits, vec a)
{
  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    a.x[i] = bits >> i & 1 ? a.x[i] : 0;
  return a;
}

/* 2^k for k + bias in the lowest bits.  */
BD_INLINE vec
v_power (vec shifted)
{
  WHOLE bits[LANES];

  memcpy (bits, shifted.x, sizeof bits);
  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    bits[i] <<= MANTISSA;
  memcpy (shifted.x, bits, sizeof bits);
  return shifted;
}

/* The number with the bits MAGIC - bits of a / 2.  */
BD_INLINE vec
v_guess (WHOLE magic, vec a)
{
  WHOLE bits[LANES];

  memcpy (bits, a.x, sizeof bits);
  BD_ROLLED
  for (size_t i = 0; i < LANES; i++)
    bits[i] = magic - (bits[i] >> 1);
  memcpy (a.x, bits, sizeof bits);
  return a;
}

/* The sum of all places: i and i + LANES / 2, and so on by halves.  */
BD_INLINE REAL
v_total (vec a)
{
  for (size_t half = LANES / 2; half; half /= 2)
    for (size_t i = 0; i < half; i++)
      a.x[i] = a.x[i] + a.x[i + half];
  return a.x[0];
}

/* v_total of each of LANES vectors A, in their order.  */
BD_INLINE vec
v_totals (const vec a[])
{
  REAL sum[LANES];

  BD_UNROLL
  for (int i = 0; i < LANES; i++)
    sum[i] = v_total (a[i]);
  return v_load (sum);
}

/* to (LANES x LANES, rows ALONG apart) = from (rows DOWN apart) transposed. */
BD_INLINE void
v_transpose (const REAL *from, size_t down, REAL *to, size_t along)
{
  for (size_t c = 0; c < LANES; c++)
    {
      BD_ROLLED
      for (size_t r = 0; r < LANES; r++)
        to[c * along + r] = from[r * down + c];
    }
}

#endif
