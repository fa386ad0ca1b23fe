/* Speed of the kernels of the networks on one thread, with the peak of fused
   multiply-adds measured in the same run: medians of several rounds, one JSON
   line each; `kernels peak' prints the peak alone, in GFLOP/s.
   BAGDROP_KERNELS=avx2 or =plain for the other sets.  */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/kernels.h"
#include "rows.h"

#define ROUNDS 9
#define MOST 40000
#define SETTLED 0.01 /* seconds of a round */

typedef struct
{
  const bd_kernels_float *k;
  size_t rows, d, width, used, unit;
  float *A, *B, *C, *D;
} job;

#if defined __x86_64__ && defined __GNUC__
#include <immintrin.h>

/* COUNT rounds of 16 independent multiply-adds of a full vector.  */
__attribute__ ((target ("avx512f"))) static float
peak_avx512 (size_t count)
{
  __m512 a[16], f = _mm512_set1_ps (0.999f), g = _mm512_set1_ps (0.001f);

  for (int i = 0; i < 16; i++)
    a[i] = _mm512_set1_ps ((float)i);
  while (count--)
#pragma GCC unroll 16
    for (int i = 0; i < 16; i++)
      a[i] = _mm512_fmadd_ps (a[i], f, g);
  for (int i = 1; i < 16; i++)
    a[0] = _mm512_add_ps (a[0], a[i]);
  return _mm512_reduce_add_ps (a[0]);
}

__attribute__ ((target ("avx2,fma"))) static float
peak_avx2 (size_t count)
{
  __m256 a[12], f = _mm256_set1_ps (0.999f), g = _mm256_set1_ps (0.001f);
  float all[8];

  for (int i = 0; i < 12; i++)
    a[i] = _mm256_set1_ps ((float)i);
  while (count--)
#pragma GCC unroll 12
    for (int i = 0; i < 12; i++)
      a[i] = _mm256_fmadd_ps (a[i], f, g);
  for (int i = 1; i < 12; i++)
    a[0] = _mm256_add_ps (a[0], a[i]);
  _mm256_storeu_ps (all, a[0]);
  return all[0] + all[7];
}
#endif

/* Floating-point operations of one call of the following.  */
static double
peak (job *j)
{
#if defined __x86_64__ && defined __GNUC__
  if (strcmp (j->k->set, "avx512") == 0)
    {
      j->C[0] = peak_avx512 (10000);
      return 10000. * 16 * 32;
    }
  if (strcmp (j->k->set, "avx2") == 0)
    {
      j->C[0] = peak_avx2 (10000);
      return 10000. * 12 * 16;
    }
#endif
  (void)j;
  return NAN;
}

static double
product (job *j)
{
  j->k->product (j->rows, j->d, j->width, j->A, j->d, 1, j->B, j->D, j->C);
  return 2. * (double)(j->rows * j->d * j->width);
}

/* The same with A across, as for the gradient: rows are its columns.  */
static double
gradient (job *j)
{
  j->k->product (j->rows, j->d, j->width, j->A, 1, j->rows, j->B, j->D, j->C);
  return 2. * (double)(j->rows * j->d * j->width);
}

static double
unit (job *j)
{
  memcpy (j->C, j->A, j->rows * j->width * sizeof *j->C);
  j->k->unit[j->unit](j->rows, j->width, j->used, NULL, 0, j->C, j->D);
  return (double)(j->rows * j->width);
}

static double
shallow (job *j)
{
  j->k->shallow[j->unit](j->rows, j->d, j->width, j->used, j->B, j->A,
                         j->A + 1000, j->A + 2000, NULL, 0, j->D);
  return (double)j->rows;
}

static double
transpose (job *j)
{
  j->k->transpose (j->rows, j->width, j->A, j->C);
  return (double)(j->rows * j->width);
}

static double
adam (job *j)
{
  j->k->adam (j->rows, 1e-9f, 1e-8f, 0.9f, 0.999f, 1, j->A, j->B, j->C, j->D);
  return (double)j->rows;
}

static int
by_value (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Billions of whatever CALL counts, a second.  */
static double
speed (job *j, double (*call) (job *))
{
  double v[ROUNDS];

  for (int round = 0; round < ROUNDS; round++)
    {
      double done = 0, start = bench_now (CLOCK_PROCESS_CPUTIME_ID), time;
      do
        for (int i = 0; i < 50; i++)
          done += call (j);
      while ((time = bench_now (CLOCK_PROCESS_CPUTIME_ID) - start) < SETTLED);
      v[round] = 1e-9 * done / time;
    }
  qsort (v, ROUNDS, sizeof *v, by_value);
  return v[ROUNDS / 2];
}

/* A share of the peak, each measured beside the other.  */
static void
products (job *j, const char *name, double (*call) (job *))
{
  double best = speed (j, peak), v = speed (j, call);

  printf ("{\"kernel\": \"%s %zu x %zu x %zu\", \"gflops\": %.1f, "
          "\"peak\": %.1f, \"share\": %.2f}\n",
          name, j->rows, j->d, j->width, v, best, v / best);
}

static void
report (job *j)
{
  static const char *const unit_names[]
      = { "tanh", "relu", "gelu", "logistic", "linear" };
  static const size_t shapes[][2] = { { 10, 64 }, { 1, 64 } };

  j->d = 100;
  j->width = 112;
  for (j->rows = 32; j->rows <= 128; j->rows *= 4)
    products (j, "product", product);
  j->rows = 112;
  for (j->d = 32; j->d <= 128; j->d *= 4)
    products (j, "gradient", gradient);
  j->rows = 32;
  j->used = 100;
  for (j->unit = 0; j->unit < BD_UNITS; j->unit++)
    printf ("{\"kernel\": \"%s\", \"giga\": %.2f}\n", unit_names[j->unit],
            speed (j, unit));
  j->used = 50;
  for (size_t s = 0; s < 2; s++)
    for (j->unit = 0; j->unit < BD_UNITS && j->k->shallow[j->unit]; j->unit++)
      {
        j->d = shapes[s][0];
        j->width = shapes[s][1];
        printf ("{\"kernel\": \"shallow %zu-50-1 %s\", \"msamples\": %.1f}\n",
                j->d, unit_names[j->unit], 1e3 * speed (j, shallow));
      }
  j->rows = j->width = 112;
  printf ("{\"kernel\": \"transpose\", \"giga\": %.2f}\n",
          speed (j, transpose));
  j->rows = 10401;
  printf ("{\"kernel\": \"adam\", \"giga\": %.2f}\n", speed (j, adam));
}

int
main (int argc, char *argv[])
{
  job j = { .k = bd_kernels_of_floats () };
  float **all[] = { &j.A, &j.B, &j.C, &j.D };

  for (int a = 0; a < 4; a++)
    {
      *all[a] = aligned_alloc (64, MOST * sizeof **all[a]);
      if (!*all[a])
        return EXIT_FAILURE;
      for (size_t i = 0; i < MOST; i++)
        (*all[a])[i] = (float)(i * 2654435761u % 65536) / 65536 - 0.5f;
    }
  for (size_t i = 0; i < MOST; i++)
    j.C[i] *= j.C[i];
  if (argc > 1 && strcmp (argv[1], "peak") == 0)
    printf ("%.1f\n", speed (&j, peak));
  else
    {
      printf ("{\"set\": \"%s\"}\n", j.k->set);
      report (&j);
    }
  for (int a = 0; a < 4; a++)
    free (*all[a]);
  return EXIT_SUCCESS;
}
