/* Sums of subsets of rows, looked up four rows at a time ("four Russians":
   Arlazarov, Dinic, Kronrod & Faradzev 1970).  Part of kernels_body.h.  */
#ifndef BD_NET_KERNELS_SUBSETS_H
#define BD_NET_KERNELS_SUBSETS_H

#define SUBSETS 16
#define PLACES 16 /* BD_NET_PAD */
#define PICKS 8   /* masks at once */

/* The sums of one group for the LANES places at B.  */
BD_INLINE void
group_sums (size_t width, const REAL a[], const REAL *B, REAL *table)
{
  vec row[4], sum[SUBSETS];

  BD_UNROLL
  for (size_t i = 0; i < 4; i++)
    row[i] = v_mul (v_all (a[i]), v_load (B + i * width));
  sum[0] = v_all (0);
  BD_UNROLL
  for (size_t i = 0; i < 4; i++)
    BD_UNROLL
  for (size_t s = 0; s < (size_t)1 << i; s++)
    sum[((size_t)1 << i) + s] = v_add (sum[s], row[i]);
  BD_UNROLL
  for (size_t s = 0; s < SUBSETS; s++)
    v_store (table + s * PLACES, sum[s]);
}

static void
tables (size_t groups, size_t width, const REAL a[], const REAL B[],
        REAL table[])
{
  for (size_t j = 0; j < width; j += PLACES)
    for (size_t g = 0; g < groups; g++, table += SUBSETS * PLACES)
      for (size_t i = 0; i < PLACES; i += LANES)
        group_sums (width, a + 4 * g, B + 4 * g * width + j + i, table + i);
}

/* PLACES places of MASKS sums, a constant.  */
BD_INLINE void
pick_sums (int masks, size_t groups, size_t width, const uint16_t *pick,
           size_t stride, const REAL *table, const REAL *start, REAL *C)
{
  vec sum[PICKS];

  for (size_t i = 0; i < PLACES; i += LANES)
    {
      BD_UNROLL
      for (int t = 0; t < masks; t++)
        sum[t] = v_load (start + i);
      for (size_t g = 0; g < groups; g++)
        BD_UNROLL
      for (int t = 0; t < masks; t++)
        sum[t] = v_add (sum[t],
                        v_load (table + i + pick[(size_t)t * stride + g]));
      BD_UNROLL
      for (int t = 0; t < masks; t++)
        v_store (C + (size_t)t * width + i, sum[t]);
    }
}

static void
subsets (size_t masks, size_t groups, size_t width, const uint16_t pick[],
         size_t stride, const REAL table[], const REAL start[], REAL C[])
{
  for (size_t j = 0; j < width; j += PLACES)
    {
      const REAL *sums = table + j * groups * SUBSETS;
      size_t t = 0;
      for (; t + PICKS <= masks; t += PICKS)
        pick_sums (PICKS, groups, width, pick + t * stride, stride, sums,
                   start + j, C + t * width + j);
      for (; t < masks; t++)
        pick_sums (1, groups, width, pick + t * stride, stride, sums,
                   start + j, C + t * width + j);
    }
}

static void
unfold (size_t n, const uint32_t bits[], REAL factor, REAL to[])
{
  for (size_t i = 0; i < n; i += LANES)
    v_store (to + i, v_bits (bits[i / 32] >> i % 32, v_all (factor)));
}

#endif
