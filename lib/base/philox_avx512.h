/* Blocks of Philox 4x32-10 with AVX-512, for rng.c, whose plain loop is the
   twin of this one: same bits, a quarter of the speed, because no compiler
   finds vpmuludq in it.  BD_PHILOX_AVX512 tells whether it can be built,
   philox_avx512_works () whether this machine can run it.  */
#ifndef BD_BASE_PHILOX_AVX512_H
#define BD_BASE_PHILOX_AVX512_H

#if defined __x86_64__ && defined __GNUC__
#define BD_PHILOX_AVX512 1

#include <immintrin.h>
#include <stdint.h>

#define PHILOX_VECTORS 4 /* of eight blocks each: 32 in all, as in rng.c */

static inline int
philox_avx512_works (void)
{
  return __builtin_cpu_supports ("avx512f");
}

/* Write the blocks FIRST .. FIRST + 8 PHILOX_VECTORS - 1, four words each in
   their order, of the stream with counter words LANE, INDEX and key SEED to
   TO.  A vector has eight places of 64 bits, of which the upper halves are
   left to chance.  The order of the counters in a vector is such that the
   last interleaving puts the blocks in a row.  */
__attribute__ ((target ("avx512f"))) static inline void
philox_avx512 (uint32_t first, uint32_t lane, uint64_t index, uint64_t seed,
               uint32_t *to)
{
  const __m512i mul0 = _mm512_set1_epi64 (0xD2511F53),
                mul1 = _mm512_set1_epi64 (0xCD9E8D57),
                order = _mm512_set_epi64 (7, 3, 6, 2, 5, 1, 4, 0);
  __m512i x0[PHILOX_VECTORS], x1[PHILOX_VECTORS], x2[PHILOX_VECTORS],
      x3[PHILOX_VECTORS];
  uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);

  for (int v = 0; v < PHILOX_VECTORS; v++)
    {
      uint32_t begin = first + 8 * (uint32_t)v;
      x0[v] = _mm512_add_epi64 (order, _mm512_set1_epi64 (begin));
      x1[v] = _mm512_set1_epi64 (lane);
      x2[v] = _mm512_set1_epi64 ((uint32_t)index);
      x3[v] = _mm512_set1_epi64 ((int64_t)(index >> 32));
    }
  for (int round = 0; round < 10; round++)
    {
      __m512i key0 = _mm512_set1_epi64 (k0), key1 = _mm512_set1_epi64 (k1);
      for (int v = 0; v < PHILOX_VECTORS; v++)
        {
          __m512i a = _mm512_mul_epu32 (x0[v], mul0);
          __m512i b = _mm512_mul_epu32 (x2[v], mul1);
          x0[v] = _mm512_ternarylogic_epi64 (_mm512_shuffle_epi32 (b, 0xf5),
                                             x1[v], key0, 0x96);
          x2[v] = _mm512_ternarylogic_epi64 (_mm512_shuffle_epi32 (a, 0xf5),
                                             x3[v], key1, 0x96);
          x1[v] = b;
          x3[v] = a;
        }
      k0 += UINT32_C (0x9E3779B9);
      k1 += UINT32_C (0xBB67AE85);
    }
  for (int v = 0; v < PHILOX_VECTORS; v++)
    {
      const __mmask16 odd = 0xaaaa;
      __m512i low = _mm512_mask_shuffle_epi32 (x0[v], odd, x1[v], 0xa0);
      __m512i high = _mm512_mask_shuffle_epi32 (x2[v], odd, x3[v], 0xa0);
      _mm512_storeu_si512 (to + 32 * v, _mm512_unpacklo_epi64 (low, high));
      _mm512_storeu_si512 (to + 32 * v + 16,
                           _mm512_unpackhi_epi64 (low, high));
    }
}

#endif
#endif
