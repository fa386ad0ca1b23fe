#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "dots.h"

static void
dots_plain (size_t fours, const uint8_t panel[], const int8_t other[],
            size_t step, int32_t to[])
{
  memset (to, 0, BD_DOTS_HIGH * BD_DOTS_WIDE * sizeof *to);
  for (size_t k = 0; k < fours; k++)
    for (size_t h = 0; h < BD_DOTS_HIGH; h++)
      for (size_t w = 0; w < BD_DOTS_WIDE; w++)
        {
          const uint8_t *p = panel + k * BD_DOTS_PANEL + 4 * w;
          const int8_t *q = other + k * step + 4 * h;
          to[h * BD_DOTS_WIDE + w]
              += p[0] * q[0] + p[1] * q[1] + p[2] * q[2] + p[3] * q[3];
        }
}

#if defined __x86_64__ && defined __GNUC__
#include <immintrin.h>

#define UNROLL _Pragma ("GCC unroll 8")

static inline int
four (const int8_t q[])
{
  int v;

  memcpy (&v, q, sizeof v);
  return v;
}

/* All 24 sums of 16 stay in registers.  */
__attribute__ ((target ("avx512f,avx512bw,avx512vnni"))) static void
dots_avx512 (size_t fours, const uint8_t panel[], const int8_t other[],
             size_t step, int32_t to[])
{
  __m512i s[BD_DOTS_HIGH][3];

  UNROLL
  for (int h = 0; h < BD_DOTS_HIGH; h++)
    s[h][0] = s[h][1] = s[h][2] = _mm512_setzero_si512 ();
  for (size_t k = 0; k < fours; k++)
    {
      const uint8_t *p = panel + k * BD_DOTS_PANEL;
      const int8_t *q = other + k * step;
      __m512i a = _mm512_loadu_si512 (p), b = _mm512_loadu_si512 (p + 64);
      __m512i c = _mm512_loadu_si512 (p + 128);
      UNROLL
      for (int h = 0; h < BD_DOTS_HIGH; h++)
        {
          __m512i f = _mm512_set1_epi32 (four (q + 4 * h));
          s[h][0] = _mm512_dpbusd_epi32 (s[h][0], a, f);
          s[h][1] = _mm512_dpbusd_epi32 (s[h][1], b, f);
          s[h][2] = _mm512_dpbusd_epi32 (s[h][2], c, f);
        }
    }
  UNROLL
  for (int h = 0; h < BD_DOTS_HIGH; h++)
    for (int v = 0; v < 3; v++)
      _mm512_storeu_si512 (to + h * BD_DOTS_WIDE + 16 * v, s[h][v]);
}

/* 4 by 16 at a time.  The sum of two products of 127 and 128 at most fits in
   16 bits.  */
__attribute__ ((target ("avx2"))) static void
dots_avx2_part (size_t fours, const uint8_t panel[], const int8_t other[],
                size_t step, int32_t to[])
{
  const __m256i ones = _mm256_set1_epi16 (1);
  __m256i s[4][2];

  UNROLL
  for (int h = 0; h < 4; h++)
    s[h][0] = s[h][1] = _mm256_setzero_si256 ();
  for (size_t k = 0; k < fours; k++)
    {
      const __m256i *p = (const __m256i *)(panel + k * BD_DOTS_PANEL);
      __m256i a = _mm256_loadu_si256 (p), b = _mm256_loadu_si256 (p + 1);
      UNROLL
      for (int h = 0; h < 4; h++)
        {
          __m256i f = _mm256_set1_epi32 (four (other + k * step + 4 * h));
          __m256i x = _mm256_maddubs_epi16 (a, f);
          __m256i y = _mm256_maddubs_epi16 (b, f);
          s[h][0] = _mm256_add_epi32 (s[h][0], _mm256_madd_epi16 (x, ones));
          s[h][1] = _mm256_add_epi32 (s[h][1], _mm256_madd_epi16 (y, ones));
        }
    }
  UNROLL
  for (int h = 0; h < 4; h++)
    for (int v = 0; v < 2; v++)
      _mm256_storeu_si256 ((__m256i *)(to + h * BD_DOTS_WIDE + 8 * v),
                           s[h][v]);
}

static void
dots_avx2 (size_t fours, const uint8_t panel[], const int8_t other[],
           size_t step, int32_t to[])
{
  for (size_t h = 0; h < BD_DOTS_HIGH; h += 4)
    for (size_t w = 0; w < BD_DOTS_WIDE; w += 16)
      dots_avx2_part (fours, panel + 4 * w, other + 4 * h, step,
                      to + h * BD_DOTS_WIDE + w);
}
#endif

bd_dots *
bd_dots_find (const char *most)
{
#if defined __x86_64__ && defined __GNUC__
  if (most && strcmp (most, "plain") == 0)
    return dots_plain;
  if (!__builtin_cpu_supports ("avx2"))
    return dots_plain;
  if ((most && strcmp (most, "avx2") == 0)
      || !__builtin_cpu_supports ("avx512bw")
      || !__builtin_cpu_supports ("avx512vnni"))
    return dots_avx2;
  return dots_avx512;
#else
  (void)most;
  return dots_plain;
#endif
}

bd_dots *
bd_dots_best (void)
{
  return bd_dots_find (getenv ("BAGDROP_KERNELS"));
}
