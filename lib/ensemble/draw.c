/* References: D. Lemire, "Fast random integer generation in an interval", ACM
   TOMACS 29 (2019); L. Devroye, "Non-Uniform Random Variate Generation",
   Springer 1986, chapters XI.1 (multinomial counts by binomial splits) and XV
   (variates from single bits); D. B. Rubin, "The Bayesian bootstrap", Annals
   of Statistics 9 (1981).  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "../base/kernel.h"
#include "../base/rng.h"
#include "draw.h"

BD_NO_CONTRACTION

#define BATCH 128 /* words made at a time */
#define LANES 8   /* sums side by side */
#define ONE (UINT64_C (1) << 52)

size_t
bd_draw_scratch (size_t n)
{
  return (n + 4) / 4 * 4;
}

/* Words of a generator one after the other.  */
typedef struct
{
  gsl_rng *r;
  size_t at; /* the next one */
  uint32_t word[BATCH];
} stream;

/* The next words: *COUNT, 1 to WANTED of them.  */
static uint32_t *
take (stream *s, size_t wanted, size_t *count)
{
  if (s->at == BATCH)
    {
      bd_rng_words (s->r, s->word, BATCH / 4);
      s->at = 0;
    }
  *count = GSL_MIN (wanted, BATCH - s->at);
  s->at += *count;
  return s->word + s->at - *count;
}

/* Set bits of a word, for loops that no compiler can give an instruction for
   it.  */
BD_INLINE uint32_t
set_bits (uint32_t x)
{
  x -= x >> 1 & 0x55555555;
  x = (x & 0x33333333) + (x >> 2 & 0x33333333);
  x = (x + (x >> 4)) & 0x0f0f0f0f;
  return x * 0x01010101 >> 24;
}

/* Among the first BITS, lowest first.  */
BD_KERNEL static size_t
ones (const uint32_t word[], size_t bits)
{
  size_t words = bits / 32, rest = bits % 32;
  uint32_t sum = rest ? set_bits (word[words] << (32 - rest)) : 0;

  for (size_t i = 0; i < words; i++)
    sum += set_bits (word[i]);
  return sum;
}

/* The same among the next BITS of a stream.  */
static size_t
next_ones (stream *s, size_t bits)
{
  size_t sum = 0, words;

  for (size_t some; bits > 0; bits -= some)
    {
      const uint32_t *word = take (s, (bits + 31) / 32, &words);
      some = GSL_MIN (bits, 32 * words);
      sum += ones (word, some);
    }
  return sum;
}

/* How many of COUNT draws from 0 ... n - 1 are below A.  A draw is below when
   its first digit that differs from that of a / n is the smaller one; two
   bits are enough for most.  */
static size_t
below (stream *s, size_t count, size_t a, size_t n)
{
  size_t sum = 0;

  while (count > 0 && a > 0)
    {
      size_t set = next_ones (s, count);
      a *= 2;
      if (a < n)
        count -= set;
      else
        {
          a -= n;
          sum += count - set;
          count = set;
        }
    }
  return sum;
}

/* The row of each half of a word, in the same half; ROWS for one that is
   skipped.  */
BD_KERNEL static void
to_rows (uint32_t *restrict word, size_t words, uint32_t rows)
{
  uint32_t few = 65536 % rows;

  for (size_t i = 0; i < words; i++)
    {
      uint32_t low = (word[i] & 0xffff) * rows, high = (word[i] >> 16) * rows;
      uint32_t first = (low & 0xffff) < few ? rows : low >> 16;
      uint32_t second = (high & 0xffff) < few ? rows << 16 : high & 0xffff0000;
      word[i] = first | second;
    }
}

/* COUNT draws of up to BD_DRAW_PIECE rows into their counters.  One more
   counter takes the halves that are skipped.  */
static void
tally (stream *s, uint32_t rows, size_t count, uint32_t c[])
{
  size_t words;

  memset (c, 0, rows * sizeof *c);
  while (count > 0)
    {
      uint32_t *word = take (s, GSL_MAX (count / 2, 1), &words);
      to_rows (word, words, rows);
      c[rows] = 0;
      if (count == 1)
        {
          size_t low = word[0] & 0xffff, high = word[0] >> 16;
          c[low < rows ? low : high]++;
          count = c[rows];
          continue;
        }
      for (size_t i = 0; i < words; i++)
        {
          c[word[i] & 0xffff]++;
          c[word[i] >> 16]++;
        }
      count -= 2 * words - c[rows];
    }
}

BD_KERNEL static void
to_double (const uint32_t *restrict c, size_t rows, double *restrict w)
{
  for (size_t i = 0; i < rows; i++)
    w[i] = (int32_t)c[i];
}

static void
spread (stream *s, uint32_t c[], size_t n, size_t count, double w[])
{
  size_t half = n / 2, first;

  if (n > BD_DRAW_PIECE)
    {
      first = below (s, count, half, n);
      spread (s, c, half, first, w);
      spread (s, c, n - half, count - first, w + half);
      return;
    }
  tally (s, (uint32_t)n, count, c);
  to_double (c, n, w);
}

void
bd_draw_counts (gsl_rng *r, uint32_t scratch[], size_t n, size_t count,
                double w[])
{
  stream s = { .r = r, .at = BATCH };

  spread (&s, scratch, n, count, w);
}

BD_INLINE double
from_bits (uint64_t bits)
{
  double x;

  memcpy (&x, &bits, sizeof x);
  return x;
}

/* word + 1/2 = 2^(32 - k) m, with m between the roots of 1/2 and of 2, all
   exact.  A small whole number in the low bits of 2^52 is that much more than
   2^52, which turns whole numbers into doubles.  */
BD_INLINE double
split (uint32_t word, double *k)
{
  const uint64_t root = UINT64_C (0x3fe6a09e667f3bcd), shift = root - ONE;
  const uint64_t big = UINT64_C (0x4330000000000000);
  double x = from_bits (big | word) - (0x1p52 - 0.5);
  uint64_t bits;

  memcpy (&bits, &x, sizeof bits);
  bits -= shift;
  *k = 0x1p52 + 33 - from_bits (big | bits >> 52);
  return from_bits ((bits & (ONE - 1)) + root);
}

/* -log (2^-k m): log m = 2 artanh s = s (2 + s^2 P (s^2)) where s = (m - 1) /
   (m + 1).  P is the minimax polynomial of the relative error of the whole,
   3e-14; m - 1 is exact, so that this holds near m = 1 too.  */
BD_INLINE double
minus_log (uint32_t word)
{
  double k, m = split (word, &k), s = (m - 1) / (m + 1), t = s * s;
  double p = 0x1.9111be742b305p-3;

  p = p * t + 0x1.c62b594d6ad6ap-3;
  p = p * t + 0x1.249411193a3c7p-2;
  p = p * t + 0x1.999996ab52ef6p-2;
  p = p * t + 0x1.555555561d7d6p-1;
  return k * M_LN2 - s * (2 + t * p);
}

BD_KERNEL static void
exponentials (const uint32_t *restrict word, size_t n, double *restrict w)
{
  for (size_t i = 0; i < n; i++)
    w[i] = minus_log (word[i]);
}

void
bd_draw_exponential (gsl_rng *r, uint32_t scratch[], size_t n, double w[])
{
  bd_rng_words (r, scratch, (n + 3) / 4);
  exponentials (scratch, n, w);
}

/* Lanes make a sum that depends neither on the compiler nor on the width of
   its vectors.  */
BD_KERNEL static void
divide_by_mean (size_t n, double *w)
{
  double s[LANES] = { 0 };
  size_t whole = n - n % LANES;

  for (size_t i = 0; i < whole; i += LANES)
    for (size_t l = 0; l < LANES; l++)
      s[l] += w[i + l];
  for (size_t i = whole; i < n; i++)
    s[i - whole] += w[i];
  double scale
      = (double)n
        / (((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7])));
  for (size_t i = 0; i < n; i++)
    w[i] *= scale;
}

void
bd_draw_dirichlet (gsl_rng *r, uint32_t scratch[], size_t n, double w[])
{
  bd_draw_exponential (r, scratch, n, w);
  divide_by_mean (n, w);
}
