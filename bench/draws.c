/* Random numbers a second: draw.h beside GSL's generator and libm's log.

     draws [ROWS ...]

   One line of JSON for each number of rows (200 1000 2000 100000): millions of
   draws a CPU second of bootstrap counts and of exponential weights, by
   draw.h and one by one: gsl_rng_uniform_int on mt19937, -log of the same
   Philox words; and of the factors of dropout masks: Bernoulli at rates 1/2
   and 0.1, Gaussian, concrete.  Medians of nine rounds taken in turn.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "ensemble/draw.h"
#include "net/mask.h"
#include "rows.h"

#define ROUNDS 9
#define DRAWS 4000000 /* in a round, about */

typedef struct
{
  size_t n;
  gsl_rng *philox, *mt;
  uint32_t *scratch;
  double *w;
  uint32_t *words;
  float *factor;
} job;

static void
counts (job *j)
{
  bd_draw_counts (j->philox, j->scratch, j->n, j->n, j->w);
}

static void
counts_gsl (job *j)
{
  memset (j->w, 0, j->n * sizeof *j->w);
  for (size_t i = 0; i < j->n; i++)
    j->w[gsl_rng_uniform_int (j->mt, j->n)]++;
}

static void
exponential (job *j)
{
  bd_draw_exponential (j->philox, j->scratch, j->n, j->w);
}

static void
exponential_libm (job *j)
{
  bd_rng_words (j->philox, j->scratch, (j->n + 3) / 4);
  for (size_t i = 0; i < j->n; i++)
    j->w[i] = -log ((j->scratch[i] + 0.5) * 0x1p-32);
}

static void
dirichlet (job *j)
{
  bd_draw_dirichlet (j->philox, j->scratch, j->n, j->w);
}

static void
mask (job *j, const bd_mask_type *law, double q)
{
  const bd_mask a = { .type = law, .set = { .value = { 0.1 } } };

  law->fill (&a, q, j->philox, j->words,
             (bd_mask_part){ 1, j->n, j->n, j->factor });
}

static void
bernoulli_half (job *j)
{
  mask (j, &bd_mask_bernoulli, 0.5);
}

static void
bernoulli (job *j)
{
  mask (j, &bd_mask_bernoulli, 0.1);
}

static void
gaussian (job *j)
{
  mask (j, &bd_mask_gaussian, 0.1);
}

static void
concrete (job *j)
{
  mask (j, &bd_mask_concrete, 0.1);
}

static const struct
{
  const char *name;
  void (*make) (job *);
} ways[] = {
  { "counts", counts },           { "counts_gsl", counts_gsl },
  { "exponential", exponential }, { "exponential_libm", exponential_libm },
  { "dirichlet", dirichlet },     { "bernoulli_half", bernoulli_half },
  { "bernoulli", bernoulli },     { "gaussian", gaussian },
  { "concrete", concrete },
};
#define WAYS (sizeof ways / sizeof ways[0])

/* Millions of draws a second in one round.  */
static double
speed (job *j, void (*make) (job *))
{
  size_t members = DRAWS / j->n + 1;
  double start = bench_now (CLOCK_PROCESS_CPUTIME_ID);

  for (size_t b = 0; b < members; b++)
    {
      bd_rng_seek (j->philox, 1, BD_LANE_RESAMPLE, b);
      make (j);
    }
  return 1e-6 * (double)(members * j->n)
         / (bench_now (CLOCK_PROCESS_CPUTIME_ID) - start);
}

static int
by_value (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void
report (job *j)
{
  double v[WAYS][ROUNDS];

  for (size_t k = 0; k < ROUNDS; k++)
    for (size_t q = 0; q < WAYS; q++)
      v[q][k] = speed (j, ways[q].make);
  printf ("{\"n\": %zu", j->n);
  for (size_t q = 0; q < WAYS; q++)
    {
      qsort (v[q], ROUNDS, sizeof v[q][0], by_value);
      printf (", \"%s\": %.0f", ways[q].name, v[q][ROUNDS / 2]);
    }
  puts ("}");
}

int
main (int argc, char *argv[])
{
  static const char *const usual[] = { "200", "1000", "2000", "100000" };
  const char *const *size = argc > 1 ? (const char *const *)argv + 1 : usual;
  int sizes = argc > 1 ? argc - 1 : 4;

  for (int s = 0; s < sizes; s++)
    {
      job j = { .n = strtoul (size[s], NULL, 10) };
      j.philox = gsl_rng_alloc (bd_rng_philox);
      j.mt = gsl_rng_alloc (gsl_rng_mt19937);
      j.scratch = calloc (bd_draw_scratch (j.n) + 4, sizeof *j.scratch);
      j.w = calloc (j.n + 1, sizeof *j.w);
      j.words = calloc (bd_mask_words (j.n), sizeof *j.words);
      j.factor = calloc (j.n + 1, sizeof *j.factor);
      if (j.n == 0 || !j.philox || !j.mt || !j.scratch || !j.w || !j.words
          || !j.factor)
        {
          fprintf (stderr, "usage: draws [ROWS ...]\n");
          return EXIT_FAILURE;
        }
      report (&j);
      gsl_rng_free (j.philox);
      gsl_rng_free (j.mt);
      free (j.scratch);
      free (j.w);
      free (j.words);
      free (j.factor);
    }
  return EXIT_SUCCESS;
}
