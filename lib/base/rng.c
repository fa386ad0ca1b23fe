/* Reference: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel
   random numbers: as easy as 1, 2, 3", SC'11.  The tests compare with the
   authors' headers and their known answers.  */
#include <config.h>

#include <string.h>

#include "kernel.h"
#include "philox_avx512.h"
#include "rng.h"

#define ROUNDS 10
#define LANES 32 /* counters worked on side by side, to hide latencies */
#define MUL0 UINT64_C (0xD2511F53)
#define MUL1 UINT64_C (0xCD9E8D57)
#define WEYL0 UINT32_C (0x9E3779B9)
#define WEYL1 UINT32_C (0xBB67AE85)

typedef struct
{
  uint64_t seed, index;
  uint32_t lane, block; /* block: how many were made */
  uint32_t out[4];
  unsigned used; /* how many of out are spent */
} philox_state;

/* Blocks FIRST .. FIRST + LANES - 1 of a stream, one per column.  */
BD_KERNEL static void
blocks (const philox_state *s, uint32_t first, uint32_t out[4][LANES])
{
  uint32_t x0[LANES], x1[LANES], x2[LANES], x3[LANES];
  uint32_t k0 = (uint32_t)s->seed, k1 = (uint32_t)(s->seed >> 32);

  for (size_t i = 0; i < LANES; i++)
    {
      x0[i] = first + (uint32_t)i;
      x1[i] = s->lane;
      x2[i] = (uint32_t)s->index;
      x3[i] = (uint32_t)(s->index >> 32);
    }
  for (int round = 0; round < ROUNDS; round++)
    {
      for (size_t i = 0; i < LANES; i++)
        {
          uint64_t a = MUL0 * x0[i], b = MUL1 * x2[i];
          uint32_t y0 = (uint32_t)(b >> 32) ^ x1[i] ^ k0;
          uint32_t y2 = (uint32_t)(a >> 32) ^ x3[i] ^ k1;
          x0[i] = y0;
          x1[i] = (uint32_t)b;
          x2[i] = y2;
          x3[i] = (uint32_t)a;
        }
      k0 += WEYL0;
      k1 += WEYL1;
    }
  memcpy (out[0], x0, sizeof x0);
  memcpy (out[1], x1, sizeof x1);
  memcpy (out[2], x2, sizeof x2);
  memcpy (out[3], x3, sizeof x3);
}

/* The same blocks one after the other.  */
static void
in_order (const philox_state *s, uint32_t first, uint32_t to[4 * LANES])
{
  uint32_t out[4][LANES];

#if defined BD_PHILOX_AVX512
  if (philox_avx512_works ())
    {
      philox_avx512 (first, s->lane, s->index, s->seed, to);
      return;
    }
#endif
  blocks (s, first, out);
  for (size_t i = 0; i < LANES; i++)
    for (size_t k = 0; k < 4; k++)
      to[4 * i + k] = out[k][i];
}

/* One block, for draws that come singly.  */
static void
one_block (philox_state *s)
{
  uint32_t x[4]
      = { s->block, s->lane, (uint32_t)s->index, (uint32_t)(s->index >> 32) };
  uint32_t k0 = (uint32_t)s->seed, k1 = (uint32_t)(s->seed >> 32);

  for (int round = 0; round < ROUNDS; round++)
    {
      uint64_t a = MUL0 * x[0], b = MUL1 * x[2];
      x[0] = (uint32_t)(b >> 32) ^ x[1] ^ k0;
      x[1] = (uint32_t)b;
      x[2] = (uint32_t)(a >> 32) ^ x[3] ^ k1;
      x[3] = (uint32_t)a;
      k0 += WEYL0;
      k1 += WEYL1;
    }
  memcpy (s->out, x, sizeof x);
  s->block++;
  s->used = 0;
}

static void
philox_seek (philox_state *s, uint64_t seed, bd_lane lane, uint64_t index)
{
  memset (s, 0, sizeof *s);
  s->seed = seed;
  s->index = index;
  s->lane = (uint32_t)lane;
  s->used = 4;
}

static void
philox_set (void *state, unsigned long seed)
{
  philox_seek (state, seed, 0, 0);
}

static unsigned long
philox_get (void *state)
{
  philox_state *s = state;

  if (s->used == 4)
    one_block (s);
  return s->out[s->used++];
}

/* 53 random bits, uniform on [0, 1).  */
static double
philox_get_double (void *state)
{
  uint64_t high = philox_get (state) >> 5, low = philox_get (state) >> 6;
  return (double)(high << 26 | low) * 0x1p-53;
}

static const gsl_rng_type philox_type = {
  .name = "philox4x32-10",
  .max = UINT32_MAX,
  .min = 0,
  .size = sizeof (philox_state),
  .set = philox_set,
  .get = philox_get,
  .get_double = philox_get_double,
};

const gsl_rng_type *const bd_rng_philox = &philox_type;

void
bd_rng_seek (gsl_rng *r, uint64_t seed, bd_lane lane, uint64_t index)
{
  philox_seek (r->state, seed, lane, index);
}

void
bd_rng_lane (gsl_rng *r, bd_lane lane)
{
  philox_state *s = r->state;
  philox_seek (s, s->seed, lane, s->index);
}

void
bd_rng_move (gsl_rng *r, uint64_t index)
{
  philox_state *s = r->state;
  philox_seek (s, s->seed, (bd_lane)s->lane, index);
}

void
bd_rng_words (gsl_rng *r, uint32_t *to, size_t count)
{
  philox_state *s = r->state;
  uint32_t last[4 * LANES];

  for (; count >= LANES; count -= LANES, to += 4 * LANES)
    {
      in_order (s, s->block, to);
      s->block += LANES;
    }
  if (count > 0)
    {
      in_order (s, s->block, last);
      memcpy (to, last, 4 * count * sizeof *to);
      s->block += (uint32_t)count;
    }
  s->used = 4;
}

uint64_t
bd_rng_derive (uint64_t seed, uint64_t k)
{
  philox_state s;

  philox_seek (&s, seed, BD_LANE_DERIVE, k);
  one_block (&s);
  return (uint64_t)s.out[0] << 32 | s.out[1];
}
