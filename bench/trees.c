/* Bagged regression trees: seconds and error.

     trees TRAIN.csv TEST.csv [MEMBERS [KNOBS]]

   reads two files with a header, numbers and the response last, grows MEMBERS
   (100) trees on multinomial bootstrap counts and predicts the test rows by
   their mean.  KNOBS as in `tree:KNOBS'; default min_leaf=1.  Prints one line
   of JSON: wall seconds of fit (plan included) and predict, CPU seconds of
   both together and of predict, the error, and the spread, the root of the
   trees' variance in the mean over the test rows; for one and for two threads.

   peers/trees.py and peers/trees.R do the same with MEMBERS, MTRY and the kind
   of split.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_statistics_double.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined _OPENMP
#include <omp.h>
#endif

#include "base/rng.h"
#include "fitter/fitter.h"
#include "rows.h"

#define SEED 1

typedef struct
{
  bd_settings knob;
  bench_rows train, test;
  size_t members;
  gsl_matrix *T; /* members x test rows */
} job;

typedef struct
{
  double fit, predict, cpu, predict_cpu, rmse, spread;
} result;

/* How often each of n rows is drawn in n draws.  */
static void
draw_counts (gsl_rng *rng, size_t member, size_t n, uint32_t *word, double *w)
{
  bd_rng_seek (rng, SEED, BD_LANE_RESAMPLE, member);
  bd_rng_words (rng, word, (n + 3) / 4);
  memset (w, 0, n * sizeof *w);
  for (size_t i = 0; i < n; i++)
    w[(uint64_t)word[i] * n >> 32]++;
}

/* One thread's share of the members.  Adds up the wall and CPU seconds spent
   in prediction.  */
static void
share (const job *j, const void *plan, double *wall, double *cpu)
{
  const bd_fitter_type *f = &bd_fitter_tree;
  size_t n = j->train.y->size;
  void *work = f->work (plan);
  gsl_rng *rng = gsl_rng_alloc (bd_rng_philox);
  double *w = calloc (n, sizeof *w);
  uint32_t *word = calloc (n + 3, sizeof *word);

  if (!work || !rng || !w || !word)
    bench_stop ("not enough memory");
#if defined _OPENMP
#pragma omp for schedule(dynamic)
#endif
  for (size_t b = 0; b < j->members; b++)
    {
      draw_counts (rng, b, n, word, w);
      bd_rng_lane (rng, BD_LANE_FIT);
      f->fit (plan, work, w, rng);
      *wall -= bench_now (CLOCK_MONOTONIC);
      *cpu -= bench_now (CLOCK_THREAD_CPUTIME_ID);
      f->predict (plan, work, gsl_matrix_ptr (j->T, b, 0));
      *cpu += bench_now (CLOCK_THREAD_CPUTIME_ID);
      *wall += bench_now (CLOCK_MONOTONIC);
    }
  f->free_work (work);
  gsl_rng_free (rng);
  free (w);
  free (word);
}

static double
error_of_mean (const gsl_matrix *T, const gsl_vector *y)
{
  double sum = 0;

  for (size_t i = 0; i < y->size; i++)
    {
      double t = 0;

      for (size_t b = 0; b < T->size1; b++)
        t += gsl_matrix_get (T, b, i);
      sum += gsl_pow_2 (t / (double)T->size1 - gsl_vector_get (y, i));
    }
  return sqrt (sum / (double)y->size);
}

static double
spread (const gsl_matrix *T)
{
  double sum = 0;

  for (size_t i = 0; i < T->size2; i++)
    {
      gsl_vector_const_view t = gsl_matrix_const_column (T, i);
      sum += gsl_stats_variance (t.vector.data, t.vector.stride, T->size1);
    }
  return sqrt (sum / (double)T->size2);
}

static result
measure (job *j, int threads)
{
  result r = { 0 };
  bd_error err = { "" };
  double wall = bench_now (CLOCK_MONOTONIC), predict = 0, predict_cpu = 0;

  r.cpu = bench_now (CLOCK_PROCESS_CPUTIME_ID);
  void *plan = bd_fitter_tree.plan (&j->knob, j->train.X, j->train.y,
                                    j->test.X, &err);
  if (!plan)
    bench_stop (err.text);
#if defined _OPENMP
#pragma omp parallel num_threads(threads) reduction(+ : predict, predict_cpu)
#endif
  share (j, plan, &predict, &predict_cpu);
  bd_fitter_tree.free_plan (plan);
  r.predict = predict / threads;
  r.predict_cpu = predict_cpu;
  r.fit = bench_now (CLOCK_MONOTONIC) - wall - r.predict;
  r.cpu = bench_now (CLOCK_PROCESS_CPUTIME_ID) - r.cpu;
  r.rmse = error_of_mean (j->T, j->test.y);
  r.spread = spread (j->T);
  return r;
}

static void
print (int threads, result r)
{
  printf (", \"threads_%d\": {\"fit_s\": %.4f, \"predict_s\": %.4f, "
          "\"cpu_s\": %.4f, \"predict_cpu_s\": %.4f, \"test_rmse\": %.5f, "
          "\"spread\": %.5f}",
          threads, r.fit, r.predict, r.cpu, r.predict_cpu, r.rmse, r.spread);
}

int
main (int argc, char *argv[])
{
  bd_error err = { "" };
  job j = { .members = 100 };

  if (argc < 3 || argc > 5)
    bench_stop ("usage: trees TRAIN.csv TEST.csv [MEMBERS [KNOBS]]");
  if (argc > 3)
    j.members = strtoul (argv[3], NULL, 10);
  if (bd_knob_parse (bd_fitter_tree.knobs, argc > 4 ? argv[4] : "min_leaf=1",
                     &j.knob, &err))
    bench_stop (err.text);
  j.train = bench_read (argv[1]);
  j.test = bench_read (argv[2]);
  j.T = gsl_matrix_calloc (j.members, j.test.y->size);
  printf ("{\"n\": %zu, \"m\": %zu, \"members\": %zu", j.train.y->size,
          j.test.y->size, j.members);
  print (1, measure (&j, 1));
#if defined _OPENMP
  print (2, measure (&j, 2));
#endif
  printf ("}\n");
  gsl_matrix_free (j.T);
  bench_free (j.train);
  bench_free (j.test);
  return EXIT_SUCCESS;
}
