/* Vectors of 64 bytes as two halves with AVX2 and FMA; see lane.h.  */
#ifndef BD_NET_LANE_AVX2_H
#define BD_NET_LANE_AVX2_H

#include <immintrin.h>

#define TILE_ROWS 6 /* a product's tile: 12 of 16 registers hold sums */
#define TILE_LANES 1
#define HALF (LANES / 2)

#if defined BD_LANE_FLOAT
typedef __m256 side;
#define MM(op) _mm256_##op##_ps
#define MM_WHOLE(op) _mm256_##op##_epi32
#define MM_BITS _mm256_castps_si256
#define MM_REAL _mm256_castsi256_ps
#else
typedef __m256d side;
#define MM(op) _mm256_##op##_pd
#define MM_WHOLE(op) _mm256_##op##_epi64
#define MM_BITS _mm256_castpd_si256
#define MM_REAL _mm256_castsi256_pd
#endif

typedef struct
{
  side lo, hi;
} vec;

BD_INLINE vec
v_all (REAL x)
{
  return (vec){ MM (set1) (x), MM (set1) (x) };
}

BD_INLINE vec
v_load (const REAL *p)
{
  return (vec){ MM (loadu) (p), MM (loadu) (p + HALF) };
}

BD_INLINE void
v_store (REAL *p, vec a)
{
  MM (storeu) (p, a.lo);
  MM (storeu) (p + HALF, a.hi);
}

/* The first N places of P, then zeros.  */
BD_INLINE vec
v_load_part (const REAL *p, size_t n)
{
  REAL all[LANES] = { 0 };

  if (n == LANES)
    return v_load (p);
  memcpy (all, p, n * sizeof *all);
  return v_load (all);
}

BD_INLINE void
v_store_part (REAL *p, size_t n, vec a)
{
  REAL all[LANES];

  v_store (n == LANES ? p : all, a);
  if (n == LANES)
    return;
  memcpy (p, all, n * sizeof *all);
}

BD_INLINE vec
v_add (vec a, vec b)
{
  return (vec){ MM (add) (a.lo, b.lo), MM (add) (a.hi, b.hi) };
}

BD_INLINE vec
v_sub (vec a, vec b)
{
  return (vec){ MM (sub) (a.lo, b.lo), MM (sub) (a.hi, b.hi) };
}

BD_INLINE vec
v_mul (vec a, vec b)
{
  return (vec){ MM (mul) (a.lo, b.lo), MM (mul) (a.hi, b.hi) };
}

BD_INLINE vec
v_div (vec a, vec b)
{
  return (vec){ MM (div) (a.lo, b.lo), MM (div) (a.hi, b.hi) };
}

BD_INLINE vec
v_max (vec a, vec b)
{
  return (vec){ MM (max) (a.lo, b.lo), MM (max) (a.hi, b.hi) };
}

BD_INLINE vec
v_min (vec a, vec b)
{
  return (vec){ MM (min) (a.lo, b.lo), MM (min) (a.hi, b.hi) };
}

BD_INLINE vec
v_fma (vec a, vec b, vec c)
{
  return (vec){ MM (fmadd) (a.lo, b.lo, c.lo), MM (fmadd) (a.hi, b.hi, c.hi) };
}

/* c - a b.  */
BD_INLINE vec
v_fnma (vec a, vec b, vec c)
{
  return (vec){ MM (fnmadd) (a.lo, b.lo, c.lo),
                MM (fnmadd) (a.hi, b.hi, c.hi) };
}

BD_INLINE vec
v_abs (vec a)
{
  const side sign = MM (set1) ((REAL)-0.);
  return (vec){ MM (andnot) (sign, a.lo), MM (andnot) (sign, a.hi) };
}

BD_INLINE side
side_sign (side a, side b)
{
  const side sign = MM (set1) ((REAL)-0.);
  return MM (or) (MM (andnot) (sign, a), MM (and) (sign, b));
}

/* |a| with the sign of b.  */
BD_INLINE vec
v_sign (vec a, vec b)
{
  return (vec){ side_sign (a.lo, b.lo), side_sign (a.hi, b.hi) };
}

/* a > b ? x : 0.  */
BD_INLINE vec
v_above (vec a, vec b, vec x)
{
  return (vec){ MM (and) (MM (cmp) (a.lo, b.lo, _CMP_GT_OQ), x.lo),
                MM (and) (MM (cmp) (a.hi, b.hi, _CMP_GT_OQ), x.hi) };
}

BD_INLINE side
side_rectify (side z, side v, side sum, side *s)
{
  side up = MM (cmp) (z, MM (setzero) (), _CMP_NLE_UQ);

  *s = MM (and) (up, MM (set1) (1));
  return MM (blendv) (sum, MM (fmadd) (z, v, sum), up);
}

/* z > 0 or not a number: 1 into *S and sum + z v; else 0 and the sum.  */
BD_INLINE vec
v_rectify (vec z, vec v, vec sum, vec *s)
{
  vec out;

  out.lo = side_rectify (z.lo, v.lo, sum.lo, &s->lo);
  out.hi = side_rectify (z.hi, v.hi, sum.hi, &s->hi);
  return out;
}

/* a < b ? x : y.  */
BD_INLINE vec
v_below (vec a, vec b, vec x, vec y)
{
  return (vec){ MM (blendv) (y.lo, x.lo, MM (cmp) (a.lo, b.lo, _CMP_LT_OQ)),
                MM (blendv) (y.hi, x.hi, MM (cmp) (a.hi, b.hi, _CMP_LT_OQ)) };
}

BD_INLINE side
side_bits (uint32_t bits, side a)
{
#if defined BD_LANE_FLOAT
  const __m256i one = _mm256_setr_epi32 (1, 2, 4, 8, 16, 32, 64, 128);
  __m256i all = _mm256_and_si256 (_mm256_set1_epi32 ((int)bits), one);
#else
  const __m256i one = _mm256_setr_epi64x (1, 2, 4, 8);
  __m256i all = _mm256_and_si256 (_mm256_set1_epi64x ((long long)bits), one);
#endif
  return MM (and) (a, MM_REAL (MM_WHOLE (cmpeq) (all, one)));
}

/* a where the bits from the lowest one up are set, else 0.  */
BD_INLINE vec
v_bits (uint32_t bits, vec a)
{
  return (vec){ side_bits (bits, a.lo), side_bits (bits >> HALF, a.hi) };
}

/* 2^k for k + bias in the lowest bits.  */
BD_INLINE vec
v_power (vec shifted)
{
  return (vec){ MM_REAL (MM_WHOLE (slli) (MM_BITS (shifted.lo), MANTISSA)),
                MM_REAL (MM_WHOLE (slli) (MM_BITS (shifted.hi), MANTISSA)) };
}

BD_INLINE side
side_guess (WHOLE magic, side a)
{
  __m256i bits = MM_WHOLE (srli) (MM_BITS (a), 1);
#if defined BD_LANE_FLOAT
  __m256i from = _mm256_set1_epi32 ((int)magic);
#else
  __m256i from = _mm256_set1_epi64x ((long long)magic);
#endif
  return MM_REAL (MM_WHOLE (sub) (from, bits));
}

/* The number with the bits MAGIC - bits of a / 2.  */
BD_INLINE vec
v_guess (WHOLE magic, vec a)
{
  return (vec){ side_guess (magic, a.lo), side_guess (magic, a.hi) };
}

/* The sum of all places: i and i + LANES / 2, and so on by halves.  */
BD_INLINE REAL
v_total (vec a)
{
  side b = MM (add) (a.lo, a.hi);
#if defined BD_LANE_FLOAT
  __m128 c
      = _mm_add_ps (_mm256_castps256_ps128 (b), _mm256_extractf128_ps (b, 1));
  c = _mm_add_ps (c, _mm_movehl_ps (c, c));
  return _mm_cvtss_f32 (_mm_add_ss (c, _mm_movehdup_ps (c)));
#else
  __m128d c
      = _mm_add_pd (_mm256_castpd256_pd128 (b), _mm256_extractf128_pd (b, 1));
  return _mm_cvtsd_f64 (_mm_add_sd (c, _mm_unpackhi_pd (c, c)));
#endif
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

#if defined BD_LANE_FLOAT
/* Four places at P and four rows later.  */
BD_INLINE __m256
two_parts (const float *p, size_t down)
{
  return _mm256_insertf128_ps (_mm256_castps128_ps256 (_mm_loadu_ps (p)),
                               _mm_loadu_ps (p + 4 * down), 1);
}

/* 8 rows of 4 columns.  */
BD_INLINE void
side_transpose (const REAL *from, size_t down, REAL *to, size_t along)
{
  __m256 a = two_parts (from, down), b = two_parts (from + down, down);
  __m256 e = two_parts (from + 2 * down, down),
         f = two_parts (from + 3 * down, down);
  __m256d ab = _mm256_castps_pd (_mm256_unpacklo_ps (a, b)),
          ef = _mm256_castps_pd (_mm256_unpacklo_ps (e, f)),
          AB = _mm256_castps_pd (_mm256_unpackhi_ps (a, b)),
          EF = _mm256_castps_pd (_mm256_unpackhi_ps (e, f));
  MM (storeu) (to, _mm256_castpd_ps (_mm256_unpacklo_pd (ab, ef)));
  MM (storeu) (to + along, _mm256_castpd_ps (_mm256_unpackhi_pd (ab, ef)));
  MM (storeu) (to + 2 * along, _mm256_castpd_ps (_mm256_unpacklo_pd (AB, EF)));
  MM (storeu) (to + 3 * along, _mm256_castpd_ps (_mm256_unpackhi_pd (AB, EF)));
}
#define SIDE_COLUMNS 4
#else
/* Two places at P and two rows later.  */
BD_INLINE __m256d
two_parts (const double *p, size_t down)
{
  return _mm256_insertf128_pd (_mm256_castpd128_pd256 (_mm_loadu_pd (p)),
                               _mm_loadu_pd (p + 2 * down), 1);
}

/* 4 rows of 2 columns.  */
BD_INLINE void
side_transpose (const REAL *from, size_t down, REAL *to, size_t along)
{
  __m256d a = two_parts (from, down), b = two_parts (from + down, down);
  MM (storeu) (to, _mm256_unpacklo_pd (a, b));
  MM (storeu) (to + along, _mm256_unpackhi_pd (a, b));
}
#define SIDE_COLUMNS 2
#endif

/* to (LANES x LANES, rows ALONG apart) = from (rows DOWN apart) transposed. */
BD_INLINE void
v_transpose (const REAL *from, size_t down, REAL *to, size_t along)
{
  for (size_t c = 0; c < LANES; c += SIDE_COLUMNS)
    for (size_t r = 0; r < LANES; r += HALF)
      side_transpose (from + r * down + c, down, to + c * along + r, along);
}

#endif
