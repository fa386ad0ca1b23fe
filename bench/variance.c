/* Estimates from given members, the product that they need, and a stream of
   members of one point: one JSON line.

     variance N M B THREADS WHAT

   WHAT is ij, jab, both (with the rows left out, where points are as many),
   gram_ij or gram_both for the Gram form, moments for blocks, sgemm for the
   single-precision product of N x B by B x M by BLAS alone, or stream for
   moments of B members of one number and no co-moments, without storing
   them.  The fastest of a few rounds.  */
#include <config.h>

#include <gsl/gsl_cblas.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/array.h"
#include "base/blas.h"
#include "ensemble/run.h"
#include "rows.h"
#include "variance/dense.h"

#define ROUNDS 7

typedef struct
{
  size_t n, m, B;
  int threads;
  const char *what;
  unsigned char *N;
  double *T;
  const unsigned char **counts;
  const double **t;
  bd_moments *a;
  float *left, *right, *product; /* of sgemm */
} job;

static void
draw (job *j)
{
  gsl_rng *r = gsl_rng_alloc (gsl_rng_taus2);

  j->N = calloc (j->B, j->n);
  j->T = bd_array (j->B, j->m);
  j->counts = calloc (j->B, sizeof *j->counts);
  j->t = calloc (j->B, sizeof *j->t);
  if (!r || !j->N || !j->T || !j->counts || !j->t)
    bench_stop ("not enough memory");
  for (size_t b = 0; b < j->B; b++)
    {
      j->counts[b] = j->N + b * j->n;
      j->t[b] = j->T + b * j->m;
      for (size_t i = 0; i < j->n; i++)
        j->N[b * j->n + gsl_rng_uniform_int (r, j->n)]++;
      for (size_t k = 0; k < j->m; k++)
        j->T[b * j->m + k] = gsl_ran_gaussian_ziggurat (r, 1);
    }
  gsl_rng_free (r);
}

static void
shape (job *j, bool summed)
{
  bool both = strstr (j->what, "both"), jab = strcmp (j->what, "jab") == 0;
  const bd_moments like = { .n = j->n,
                            .m = j->m,
                            .mc = j->m,
                            .self = both && j->m == j->n ? 0 : j->m,
                            .apart = both || jab,
                            .summed = summed };

  j->a = bd_moments_like (&like);
  if (!j->a)
    bench_stop ("not enough memory");
}

static void
dense (job *j)
{
  const bd_dense_members in = { j->B, NULL, j->counts, j->t };
  bool gram = strncmp (j->what, "gram", 4) == 0;

  if (bd_moments_dense (j->a, &in, gram ? BD_FORM_GRAM : BD_FORM_TILES,
                        j->threads))
    bench_stop ("not enough memory");
}

static void
sgemm (job *j)
{
  cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int)j->n, (int)j->m,
               (int)j->B, 1, j->left, (int)j->n, j->right, (int)j->m, 0,
               j->product, (int)j->m);
}

static void
prepare_sgemm (job *j)
{
  j->left = bd_floats (j->B * j->n);
  j->right = bd_floats (j->B * j->m);
  j->product = bd_floats (j->n * j->m);
  if (!j->left || !j->right || !j->product)
    bench_stop ("not enough memory");
  for (size_t i = 0; i < j->B * j->n; i++)
    j->left[i] = (float)j->N[i] - 1;
  for (size_t i = 0; i < j->B * j->m; i++)
    j->right[i] = (float)j->T[i];
}

/* Member b of a source that costs next to nothing.  */
static int
draw_number (const void *setup, void *work, uint64_t b, double *p, double u[],
             double t[])
{
  uint64_t word = (b + 1) * 0x9e3779b97f4a7c15u;

  (void)setup;
  (void)work;
  (void)u;
  *p = 1;
  word = (word ^ word >> 29) * 0xbf58476d1ce4e5b9u;
  t[0] = (double)(word >> 11) * 0x1p-53;
  return GSL_SUCCESS;
}

static int
draw_given (const void *setup, void *work, uint64_t b, double *p, double u[],
            double t[])
{
  const job *j = setup;

  (void)work;
  *p = 1;
  for (size_t i = 0; i < j->n; i++)
    u[i] = j->counts[b][i];
  memcpy (t, j->t[b], j->m * sizeof *t);
  return GSL_SUCCESS;
}

static void
run (job *j)
{
  bool stream = strcmp (j->what, "stream") == 0;
  const bd_source_type type
      = { .name = "given", .draw = stream ? draw_number : draw_given };
  const bd_source s = { &type, j, j->n, j->m, j->n };
  const bd_run_options o = { .members = j->B, .threads = j->threads };

  bd_moments_reset (j->a);
  if (bd_run (&s, &o, j->a))
    bench_stop ("not enough memory");
}

static void
report (job *j, void (*work) (job *), int rounds)
{
  double wall = GSL_POSINF, cpu = GSL_POSINF;
  struct rusage use;

  for (int k = 0; k < rounds; k++)
    {
      double w = bench_now (CLOCK_MONOTONIC);
      double c = bench_now (CLOCK_PROCESS_CPUTIME_ID);
      work (j);
      wall = GSL_MIN_DBL (wall, bench_now (CLOCK_MONOTONIC) - w);
      cpu = GSL_MIN_DBL (cpu, bench_now (CLOCK_PROCESS_CPUTIME_ID) - c);
    }
  getrusage (RUSAGE_SELF, &use);
  printf ("{\"wall_s\": %.5f, \"cpu_s\": %.5f, \"memory_mb\": %.1f}\n", wall,
          cpu, (double)use.ru_maxrss / 1024);
}

int
main (int argc, char *argv[])
{
  job j = { 0 };

  if (argc != 6)
    bench_stop ("usage: variance N M B THREADS WHAT");
  j.n = strtoul (argv[1], NULL, 10);
  j.m = strtoul (argv[2], NULL, 10);
  j.B = strtoul (argv[3], NULL, 10);
  j.threads = atoi (argv[4]);
  j.what = argv[5];
  bool stream = strcmp (j.what, "stream") == 0;
  bool moments = strcmp (j.what, "moments") == 0;
  if (!stream)
    draw (&j);
  shape (&j, !stream && !moments);
  if (strcmp (j.what, "sgemm") == 0)
    {
      prepare_sgemm (&j);
      report (&j, sgemm, ROUNDS);
    }
  else if (stream || moments)
    report (&j, run, stream ? 1 : 3);
  else
    report (&j, dense, ROUNDS);
  bd_moments_free (j.a);
  return EXIT_SUCCESS;
}
