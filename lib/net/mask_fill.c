/* Reference: G. E. P. Box, M. E. Muller, "A note on the generation of random
   normal deviates", Annals of Mathematical Statistics 29 (1958).  The
   polynomials are minimax ones of their own, of the relative error of the
   function (log, sine) or the absolute one (cosine, exp).  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "../base/kernel.h"
#include "../base/rng.h"
#include "mask_fill.h"

BD_NO_CONTRACTION

#define HALF (BD_MASK_GROUP / 2)

uint32_t
bd_mask_limit (double q)
{
  double limit = floor (q * 65536 + 0.5);
  return (uint32_t)GSL_MIN_DBL (limit, 65535);
}

/* Place j is kept when bit j of the word is set; the factor 2 is the exponent
   bit 30 alone.  */
BD_KERNEL static void
make_bits (const bd_mask_maker *a, size_t groups,
           const uint32_t *restrict words, float *restrict to)
{
  (void)a;
  for (size_t g = 0; g < groups; g++)
    {
      uint32_t two[BD_MASK_GROUP];
      for (uint32_t j = 0; j < BD_MASK_GROUP; j++)
        two[j] = (words[g] >> j & 1) << 30;
      memcpy (to + g * BD_MASK_GROUP, two, sizeof two);
    }
}

/* The low halves of 16 words are the first 16 places, the high ones the
   others.  */
BD_KERNEL static void
make_lanes (const bd_mask_maker *a, size_t groups,
            const uint32_t *restrict words, float *restrict to)
{
  int32_t limit = (int32_t)a->limit;
  float top = a->top;

  for (size_t g = 0; g < groups; g++, words += HALF, to += BD_MASK_GROUP)
    for (size_t j = 0; j < HALF; j++)
      {
        int32_t low = (int32_t)(words[j] & 0xffff);
        int32_t high = (int32_t)(words[j] >> 16);
        to[j] = low >= limit ? top : 0;
        to[HALF + j] = high >= limit ? top : 0;
      }
}

/* log x of a positive, normal number; relative error below 3e-7.  x = 2^k (1 +
   f) with 1 + f from sqrt (1/2) to sqrt 2; the first part of log 2 is short,
   so that k times it is exact.  */
BD_INLINE float
log_of (float x)
{
  const uint32_t root = 0x3f3504f3;
  uint32_t bits;
  float f;

  memcpy (&bits, &x, sizeof bits);
  bits += 0x3f800000 - root;
  float k = (float)((int32_t)(bits >> 23) - 127);
  bits = (bits & 0x7fffff) + root;
  memcpy (&f, &bits, sizeof f);
  f -= 1;
  float p = 0x1.645de2p-4F;
  p = p * f - 0x1.2432aap-3F;
  p = p * f + 0x1.317470p-3F;
  p = p * f - 0x1.53824cp-3F;
  p = p * f + 0x1.98d7f0p-3F;
  p = p * f - 0x1.000382p-2F;
  p = p * f + 0x1.5556d8p-2F;
  float square = f * f, tail = p * f * square + k * -0x1.bd0106p-13F;
  return tail - 0.5F * square + f + k * 0x1.63p-1F;
}

/* exp x for |x| < 87; relative error below 2e-7.  Adding 1.5 2^23 + 127 rounds
   to the power of 2 and leaves its exponent in the low bits.  */
BD_INLINE float
exp_of (float x)
{
  const float magic = 0x1.8p23F + 127;
  float shifted = x * 0x1.715476p+0F + magic, k = shifted - magic;
  float r = x - k * 0x1.63p-1F - k * -0x1.bd0106p-13F, power;
  uint32_t bits;

  memcpy (&bits, &shifted, sizeof bits);
  bits <<= 23;
  memcpy (&power, &bits, sizeof power);
  float p = 0x1.6db410p-10F;
  p = p * r + 0x1.123b46p-7F;
  p = p * r + 0x1.55545ep-5F;
  p = p * r + 0x1.55548ep-3F;
  p = p * r + 0.5F;
  return (p * r * r + r + 1) * power;
}

/* 31 bits as a number between 0 and 2^31, never 0.  */
BD_INLINE float
uniform (uint32_t bits)
{
  return (float)(int32_t)bits + 0.5F;
}

/* Two normal numbers, the cosine and the sine of a random angle times a
   radius.  The lower 30 bits of TURN are an angle from -pi/4 to pi/4; bit 30
   has the two change places and bit 31 turns both around, which makes it an
   angle of the whole circle.  */
BD_INLINE void
normals (uint32_t size, uint32_t turn, float *x, float *y)
{
  float u = uniform (size >> 1) * 0x1p-31F;
  float radius = sqrtf (-2 * log_of (u));
  float t = (float)(int32_t)(turn << 2) * 0x1.921fb6p-32F, s = t * t;
  float sine = -0x1.994eb2p-13F * s + 0x1.110760p-7F;
  sine = (sine * s - 0x1.555546p-3F) * s * t + t;
  float cosine = 0x1.9a0258p-16F * s - 0x1.6c0c8cp-10F;
  cosine = (cosine * s + 0x1.55554ap-5F) * s * s - 0.5F * s + 1;
  int change = (turn >> 30 & 1) != 0;
  radius = (turn >> 31) != 0 ? -radius : radius;
  *x = radius * (change ? sine : cosine);
  *y = radius * (change ? cosine : sine);
}

/* Words j and 16 + j make places j and 16 + j.  */
BD_KERNEL static void
make_normals (const bd_mask_maker *a, size_t groups,
              const uint32_t *restrict words, float *restrict to)
{
  float sd = a->top;

  for (size_t g = 0; g < groups; g++)
    {
      for (size_t j = 0; j < HALF; j++)
        {
          float x, y;
          normals (words[j], words[HALF + j], &x, &y);
          to[j] = 1 + sd * x;
          to[HALF + j] = 1 + sd * y;
        }
      words += BD_MASK_GROUP;
      to += BD_MASK_GROUP;
    }
}

/* Word j makes place j: the unit is kept by the share 1 / (1 + exp ((logit +
   log (u / (1 - u))) / temperature)).  */
BD_KERNEL static void
make_relaxed (const bd_mask_maker *a, size_t groups,
              const uint32_t *restrict words, float *restrict to)
{
  float logit = a->logit, cold = a->cold, top = a->top;

  for (size_t i = 0; i < groups * BD_MASK_GROUP; i++)
    {
      uint32_t u = words[i] >> 1;
      float noise = log_of (uniform (u)) - log_of (uniform (0x7fffffff - u));
      float x = (logit + noise) * cold;
      x = x < -80 ? -80 : x;
      x = x > 80 ? 80 : x;
      to[i] = top / (1 + exp_of (x));
    }
}

bd_mask_maker
bd_mask_maker_binary (double q)
{
  uint32_t limit = bd_mask_limit (q);
  bool half = limit == 32768;

  return (bd_mask_maker){ .words = half ? 1 : HALF,
                          .make = half ? make_bits : make_lanes,
                          .limit = limit,
                          .top = (float)(65536. / (65536. - limit)) };
}

bd_mask_maker
bd_mask_maker_normal (double q)
{
  return (bd_mask_maker){ .words = BD_MASK_GROUP,
                          .make = make_normals,
                          .top = (float)sqrt (q / (1 - q)) };
}

bd_mask_maker
bd_mask_maker_relaxed (double q, double temperature)
{
  return (bd_mask_maker){ .words = BD_MASK_GROUP,
                          .make = make_relaxed,
                          .top = (float)(1 / (1 - q)),
                          .logit = (float)log (q / (1 - q)),
                          .cold = (float)(1 / temperature) };
}

/* Words for some groups, made piece by piece.  */
typedef struct
{
  const bd_mask_maker *maker;
  gsl_rng *r;
  uint32_t *words;
  size_t made, at; /* groups that have words; the next one */
  size_t left;     /* groups that have none yet */
} source;

/* Words for the next groups: *COUNT, 1 to WANTED of them.  */
static const uint32_t *
take (source *s, size_t wanted, size_t *count)
{
  size_t each = s->maker->words;

  if (s->at == s->made)
    {
      s->made = GSL_MIN (s->left, BD_MASK_WORDS / each);
      s->left -= s->made;
      s->at = 0;
      bd_rng_words (s->r, s->words, (s->made * each + 3) / 4);
    }
  *count = GSL_MIN (wanted, s->made - s->at);
  s->at += *count;
  return s->words + (s->at - *count) * each;
}

/* WIDTH places in a row.  */
static void
make_row (source *s, size_t width, float to[])
{
  size_t groups = width / BD_MASK_GROUP, rest = width % BD_MASK_GROUP, some;
  float last[BD_MASK_GROUP];

  for (; groups > 0; groups -= some, to += some * BD_MASK_GROUP)
    {
      const uint32_t *words = take (s, groups, &some);
      s->maker->make (s->maker, some, words, to);
    }
  if (rest)
    {
      s->maker->make (s->maker, 1, take (s, 1, &some), last);
      memcpy (to, last, rest * sizeof *to);
    }
}

void
bd_mask_make (const bd_mask_maker *a, gsl_rng *r, uint32_t words[],
              bd_mask_part to)
{
  if (to.stride == to.width)
    {
      to.width *= to.rows;
      to.rows = 1;
    }
  size_t groups = (to.width + BD_MASK_GROUP - 1) / BD_MASK_GROUP;
  source s = { .maker = a, .r = r, .words = words, .left = to.rows * groups };
  for (size_t k = 0; k < to.rows; k++)
    make_row (&s, to.width, to.factor + k * to.stride);
}
