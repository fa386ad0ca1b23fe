/* Vectors of 64 bytes with AVX-512; see lane.h.  */
#ifndef BD_NET_LANE_AVX512_H
#define BD_NET_LANE_AVX512_H

#include <immintrin.h>

#define TILE_ROWS 6 /* a product's tile: 24 of 32 registers hold sums */
#define TILE_LANES 4

#if defined BD_LANE_FLOAT
typedef __m512 vec;
typedef __mmask16 some;
#define MM(op) _mm512_##op##_ps
#define MM_CMP _mm512_cmp_ps_mask
#define MM_WHOLE(op) _mm512_##op##_epi32
#define MM_BITS _mm512_castps_si512
#define MM_REAL _mm512_castsi512_ps
#else
typedef __m512d vec;
typedef __mmask8 some;
#define MM(op) _mm512_##op##_pd
#define MM_CMP _mm512_cmp_pd_mask
#define MM_WHOLE(op) _mm512_##op##_epi64
#define MM_BITS _mm512_castpd_si512
#define MM_REAL _mm512_castsi512_pd
#endif

BD_INLINE vec
v_all (REAL x)
{
  return MM (set1) (x);
}

BD_INLINE vec
v_load (const REAL *p)
{
  return MM (loadu) (p);
}

BD_INLINE void
v_store (REAL *p, vec a)
{
  MM (storeu) (p, a);
}

/* The first n places, n <= LANES.  */
BD_INLINE some
v_first (size_t n)
{
  return (some)((1u << n) - 1);
}

/* The first N places of P, then zeros.  */
BD_INLINE vec
v_load_part (const REAL *p, size_t n)
{
  return MM (maskz_loadu) (v_first (n), p);
}

BD_INLINE void
v_store_part (REAL *p, size_t n, vec a)
{
  MM (mask_storeu) (p, v_first (n), a);
}

BD_INLINE vec
v_add (vec a, vec b)
{
  return MM (add) (a, b);
}

BD_INLINE vec
v_sub (vec a, vec b)
{
  return MM (sub) (a, b);
}

BD_INLINE vec
v_mul (vec a, vec b)
{
  return MM (mul) (a, b);
}

BD_INLINE vec
v_div (vec a, vec b)
{
  return MM (div) (a, b);
}

BD_INLINE vec
v_fma (vec a, vec b, vec c)
{
  return MM (fmadd) (a, b, c);
}

/* c - a b.  */
BD_INLINE vec
v_fnma (vec a, vec b, vec c)
{
  return MM (fnmadd) (a, b, c);
}

BD_INLINE vec
v_max (vec a, vec b)
{
  return MM (max) (a, b);
}

BD_INLINE vec
v_min (vec a, vec b)
{
  return MM (min) (a, b);
}

BD_INLINE vec
v_abs (vec a)
{
  return MM (andnot) (v_all ((REAL)-0.), a);
}

/* |a| with the sign of b.  */
BD_INLINE vec
v_sign (vec a, vec b)
{
  const vec sign = v_all ((REAL)-0.);
  return MM (or) (MM (andnot) (sign, a), MM (and) (sign, b));
}

/* a > b ? x : 0.  */
BD_INLINE vec
v_above (vec a, vec b, vec x)
{
  return MM (maskz_mov) (MM_CMP (a, b, _CMP_GT_OQ), x);
}

/* z > 0 or not a number: 1 into *S and sum + z v; else 0 and the sum.  */
BD_INLINE vec
v_rectify (vec z, vec v, vec sum, vec *s)
{
  some up = MM_CMP (z, v_all (0), _CMP_NLE_UQ);

  *s = MM (maskz_mov) (up, v_all (1));
  return MM (mask3_fmadd) (z, v, sum, up);
}

/* a < b ? x : y.  */
BD_INLINE vec
v_below (vec a, vec b, vec x, vec y)
{
  return MM (mask_mov) (y, MM_CMP (a, b, _CMP_LT_OQ), x);
}

/* a where the bits from the lowest one up are set, else 0.  */
BD_INLINE vec
v_bits (uint32_t bits, vec a)
{
  return MM (maskz_mov) ((some)bits, a);
}

/* 2^k for k + bias in the lowest bits.  */
BD_INLINE vec
v_power (vec shifted)
{
  return MM_REAL (MM_WHOLE (slli) (MM_BITS (shifted), MANTISSA));
}

/* The number with the bits MAGIC - bits of a / 2.  */
BD_INLINE vec
v_guess (WHOLE magic, vec a)
{
  __m512i bits = MM_WHOLE (srli) (MM_BITS (a), 1);
#if defined BD_LANE_FLOAT
  __m512i from = _mm512_set1_epi32 ((int)magic);
#else
  __m512i from = _mm512_set1_epi64 ((long long)magic);
#endif
  return MM_REAL (MM_WHOLE (sub) (from, bits));
}

/* The sum of all places: i and i + LANES / 2, and so on by halves.  */
BD_INLINE REAL
v_total (vec a)
{
#if defined BD_LANE_FLOAT
  __m256 b = _mm256_add_ps (_mm512_castps512_ps256 (a),
                            _mm512_extractf32x8_ps (a, 1));
  __m128 c
      = _mm_add_ps (_mm256_castps256_ps128 (b), _mm256_extractf128_ps (b, 1));
  c = _mm_add_ps (c, _mm_movehl_ps (c, c));
  return _mm_cvtss_f32 (_mm_add_ss (c, _mm_movehdup_ps (c)));
#else
  __m256d b = _mm256_add_pd (_mm512_castpd512_pd256 (a),
                             _mm512_extractf64x4_pd (a, 1));
  __m128d c
      = _mm_add_pd (_mm256_castpd256_pd128 (b), _mm256_extractf128_pd (b, 1));
  return _mm_cvtsd_f64 (_mm_add_sd (c, _mm_unpackhi_pd (c, c)));
#endif
}

/* v_total of each of LANES vectors A, in their order.  */
BD_INLINE vec
v_totals (const vec a[])
{
#if defined BD_LANE_FLOAT
  const __m512i order = _mm512_setr_epi32 (0, 2, 1, 3, 8, 10, 9, 11, 4, 6, 5,
                                           7, 12, 14, 13, 15);
  vec b[8], c[4], d[2];

  BD_UNROLL
  for (int i = 0; i < 8; i++)
    b[i] = v_add (_mm512_shuffle_f32x4 (a[i], a[i + 8], 0x44),
                  _mm512_shuffle_f32x4 (a[i], a[i + 8], 0xee));
  BD_UNROLL
  for (int i = 0; i < 4; i++)
    c[i] = v_add (_mm512_shuffle_f32x4 (b[i], b[i + 4], 0x88),
                  _mm512_shuffle_f32x4 (b[i], b[i + 4], 0xdd));
  BD_UNROLL
  for (int i = 0; i < 2; i++)
    d[i] = v_add (_mm512_shuffle_ps (c[i], c[i + 2], 0x44),
                  _mm512_shuffle_ps (c[i], c[i + 2], 0xee));
  return _mm512_permutexvar_ps (order,
                                v_add (_mm512_shuffle_ps (d[0], d[1], 0x88),
                                       _mm512_shuffle_ps (d[0], d[1], 0xdd)));
#else
  const __m512i order = _mm512_setr_epi64 (0, 1, 4, 5, 2, 3, 6, 7);
  vec b[4], c[2];

  BD_UNROLL
  for (int i = 0; i < 4; i++)
    b[i] = v_add (_mm512_shuffle_f64x2 (a[i], a[i + 4], 0x44),
                  _mm512_shuffle_f64x2 (a[i], a[i + 4], 0xee));
  BD_UNROLL
  for (int i = 0; i < 2; i++)
    c[i] = v_add (_mm512_shuffle_f64x2 (b[i], b[i + 2], 0x88),
                  _mm512_shuffle_f64x2 (b[i], b[i + 2], 0xdd));
  return _mm512_permutexvar_pd (order,
                                v_add (_mm512_unpacklo_pd (c[0], c[1]),
                                       _mm512_unpackhi_pd (c[0], c[1])));
#endif
}

#if defined BD_LANE_FLOAT
/* Four places at P, and four rows later, three times.  */
BD_INLINE __m512
four_rows (const float *p, size_t down)
{
  __m512 a = _mm512_castps128_ps512 (_mm_loadu_ps (p));
  a = _mm512_insertf32x4 (a, _mm_loadu_ps (p + 4 * down), 1);
  a = _mm512_insertf32x4 (a, _mm_loadu_ps (p + 8 * down), 2);
  return _mm512_insertf32x4 (a, _mm_loadu_ps (p + 12 * down), 3);
}

/* to (LANES x LANES, rows ALONG apart) = from (rows DOWN apart) transposed. */
BD_INLINE void
v_transpose (const REAL *from, size_t down, REAL *to, size_t along)
{
  for (size_t c = 0; c < LANES; c += 4, from += 4, to += 4 * along)
    {
      __m512 a = four_rows (from, down), b = four_rows (from + down, down);
      __m512 e = four_rows (from + 2 * down, down),
             f = four_rows (from + 3 * down, down);
      __m512d ab = _mm512_castps_pd (_mm512_unpacklo_ps (a, b)),
              ef = _mm512_castps_pd (_mm512_unpacklo_ps (e, f)),
              AB = _mm512_castps_pd (_mm512_unpackhi_ps (a, b)),
              EF = _mm512_castps_pd (_mm512_unpackhi_ps (e, f));
      v_store (to, _mm512_castpd_ps (_mm512_unpacklo_pd (ab, ef)));
      v_store (to + along, _mm512_castpd_ps (_mm512_unpackhi_pd (ab, ef)));
      v_store (to + 2 * along, _mm512_castpd_ps (_mm512_unpacklo_pd (AB, EF)));
      v_store (to + 3 * along, _mm512_castpd_ps (_mm512_unpackhi_pd (AB, EF)));
    }
}
#else
/* Two places at P, and two rows later, three times.  */
BD_INLINE __m512d
two_rows (const double *p, size_t down)
{
  __m512d a = _mm512_castpd128_pd512 (_mm_loadu_pd (p));
  a = _mm512_insertf64x2 (a, _mm_loadu_pd (p + 2 * down), 1);
  a = _mm512_insertf64x2 (a, _mm_loadu_pd (p + 4 * down), 2);
  return _mm512_insertf64x2 (a, _mm_loadu_pd (p + 6 * down), 3);
}

/* to (LANES x LANES, rows ALONG apart) = from (rows DOWN apart) transposed. */
BD_INLINE void
v_transpose (const REAL *from, size_t down, REAL *to, size_t along)
{
  for (size_t c = 0; c < LANES; c += 2, from += 2, to += 2 * along)
    {
      __m512d a = two_rows (from, down), b = two_rows (from + down, down);
      v_store (to, _mm512_unpacklo_pd (a, b));
      v_store (to + along, _mm512_unpackhi_pd (a, b));
    }
}
#endif

#endif
