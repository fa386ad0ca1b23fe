/* Bagged curves: CPU seconds of the fast fitters with one input.

     curves [MEMBERS [ROWS ...]]

   fits MEMBERS (1000) members to a noisy wave of ROWS (200 2000 100000) rows
   in random order, on multinomial bootstrap counts, and sums predictions and
   their squares at 1000 points.  One line of JSON for each fitter and size:
   seconds of the plan, of the draws, of fit plus predict, and of all; what
   part of it the draws take; failed members; the error of the members' mean
   against the true curve; the spread, the root of the members' variance in the
   mean over the points; the round with the median of all, of five.

     curves csv ROWS

   writes these rows, x and y, for the peers in bench/peers, which predict the
   same points, 0.0005 0.0015 ... 0.9995.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "ensemble/draw.h"
#include "fitter/fitter.h"
#include "rows.h"

#define SEED 1
#define POINTS 1000
#define ROUNDS 5
#define NOISE 0.3

typedef struct
{
  const bd_fitter_type *type;
  const char *knobs;
} contender;

static const contender contenders[] = {
  { &bd_fitter_bspline, "knots=18,equal=1" }, /* 20 with the ends */
  { &bd_fitter_poly, "degree=9" },
  { &bd_fitter_locpoly, "bandwidth=0.05" },
  { NULL, NULL },
};

typedef struct
{
  size_t n, members;
  gsl_matrix *X, *P;
  gsl_vector *y, *truth;
  gsl_rng *rng;
  double *w, *t, *sum, *squares;
  uint32_t *scratch;
} job;

typedef struct
{
  double plan, draw, all, rmse, spread;
  size_t failed;
} result;

static double
wave (double x)
{
  return sin (4 * M_PI * x) + x;
}

static void
fill (job *j)
{
  bd_rng_seek (j->rng, SEED, BD_LANE_NOISE, 0);
  for (size_t i = 0; i < j->n; i++)
    {
      double x = gsl_rng_uniform (j->rng);
      gsl_matrix_set (j->X, i, 0, x);
      gsl_vector_set (j->y, i, wave (x) + NOISE * gsl_ran_ugaussian (j->rng));
    }
  for (size_t i = 0; i < POINTS; i++)
    {
      double x = ((double)i + 0.5) / POINTS;
      gsl_matrix_set (j->P, i, 0, x);
      gsl_vector_set (j->truth, i, wave (x));
    }
}

static void
prepare (job *j)
{
  j->X = gsl_matrix_alloc (j->n, 1);
  j->P = gsl_matrix_alloc (POINTS, 1);
  j->y = gsl_vector_alloc (j->n);
  j->truth = gsl_vector_alloc (POINTS);
  j->rng = gsl_rng_alloc (bd_rng_philox);
  j->w = calloc (j->n, sizeof *j->w);
  j->t = calloc (POINTS, sizeof *j->t);
  j->sum = calloc (POINTS, sizeof *j->sum);
  j->squares = calloc (POINTS, sizeof *j->squares);
  j->scratch = calloc (bd_draw_scratch (j->n), sizeof *j->scratch);
  if (!j->X || !j->P || !j->y || !j->truth || !j->rng || !j->w || !j->t
      || !j->sum || !j->squares || !j->scratch)
    bench_stop ("not enough memory");
  fill (j);
}

static void
release (job *j)
{
  gsl_matrix_free (j->X);
  gsl_matrix_free (j->P);
  gsl_vector_free (j->y);
  gsl_vector_free (j->truth);
  gsl_rng_free (j->rng);
  free (j->w);
  free (j->t);
  free (j->sum);
  free (j->squares);
  free (j->scratch);
}

static void
draw (job *j, size_t member)
{
  bd_rng_seek (j->rng, SEED, BD_LANE_RESAMPLE, member);
  bd_draw_counts (j->rng, j->scratch, j->n, j->n, j->w);
}

static double
error_of_mean (const job *j, size_t members)
{
  double sum = 0;

  for (size_t i = 0; i < POINTS; i++)
    sum += gsl_pow_2 (j->sum[i] / (double)members
                      - gsl_vector_get (j->truth, i));
  return sqrt (sum / POINTS);
}

static double
spread (const job *j, size_t members)
{
  double sum = 0, k = (double)members;

  for (size_t i = 0; i < POINTS; i++)
    sum += j->squares[i] - gsl_pow_2 (j->sum[i]) / k;
  return members > 1 ? sqrt (sum / (k - 1) / POINTS) : GSL_NAN;
}

/* All members; how many failed.  */
static size_t
members (job *j, const bd_fitter_type *f, const void *plan, void *work)
{
  size_t failed = 0;

  for (size_t b = 0; b < j->members; b++)
    {
      draw (j, b);
      int code = f->fit (plan, work, j->w, j->rng);
      if (!code)
        code = f->predict (plan, work, j->t);
      failed += code != 0;
      for (size_t i = 0; !code && i < POINTS; i++)
        {
          j->sum[i] += j->t[i];
          j->squares[i] += j->t[i] * j->t[i];
        }
    }
  return failed;
}

static result
measure (job *j, const contender *c)
{
  const bd_fitter_type *f = c->type;
  bd_settings set;
  bd_error err = { "" };
  result r = { 0 };

  if (bd_knob_parse (f->knobs, c->knobs, &set, &err))
    bench_stop (err.text);
  memset (j->sum, 0, POINTS * sizeof *j->sum);
  memset (j->squares, 0, POINTS * sizeof *j->squares);
  double start = bench_now (CLOCK_PROCESS_CPUTIME_ID);
  void *plan = f->plan (&set, j->X, j->y, j->P, &err);
  void *work = plan ? f->work (plan) : NULL;
  if (!work)
    bench_stop (err.text);
  r.plan = bench_now (CLOCK_PROCESS_CPUTIME_ID) - start;
  r.failed = members (j, f, plan, work);
  double end = bench_now (CLOCK_PROCESS_CPUTIME_ID);
  r.all = end - start;
  /* The clock takes as long as a small draw: these are timed once more.  */
  for (size_t b = 0; b < j->members; b++)
    draw (j, b);
  r.draw = bench_now (CLOCK_PROCESS_CPUTIME_ID) - end;
  f->free_work (work);
  f->free_plan (plan);
  r.rmse = error_of_mean (j, j->members - r.failed);
  r.spread = spread (j, j->members - r.failed);
  return r;
}

static int
by_all (const void *a, const void *b)
{
  double x = ((const result *)a)->all, y = ((const result *)b)->all;
  return (x > y) - (x < y);
}

static void
report (job *j, const contender *c)
{
  result round[ROUNDS], r;

  for (int k = 0; k < ROUNDS; k++)
    round[k] = measure (j, c);
  qsort (round, ROUNDS, sizeof *round, by_all);
  r = round[ROUNDS / 2];
  printf ("{\"fitter\": \"%s:%s\", \"n\": %zu, \"m\": %d, \"members\": %zu, "
          "\"plan_s\": %.5f, \"draw_s\": %.5f, \"fit_predict_s\": %.5f, "
          "\"all_s\": %.5f, \"draw_share\": %.2f, \"failed\": %zu, "
          "\"rmse\": %.5f, \"spread\": %.5f}\n",
          c->type->name, c->knobs, j->n, POINTS, j->members, r.plan, r.draw,
          r.all - r.plan - r.draw, r.all, r.draw / r.all, r.failed, r.rmse,
          r.spread);
}

static void
print_rows (const job *j)
{
  puts ("x,y");
  for (size_t i = 0; i < j->n; i++)
    printf ("%.17g,%.17g\n", gsl_matrix_get (j->X, i, 0),
            gsl_vector_get (j->y, i));
}

int
main (int argc, char *argv[])
{
  static const char *const usual[] = { "200", "2000", "100000" };
  const char *const *size = argc > 2 ? (const char *const *)argv + 2 : usual;
  int sizes = argc > 2 ? argc - 2 : 3;
  bool csv = argc == 3 && strcmp (argv[1], "csv") == 0;
  size_t count = argc > 1 && !csv ? strtoul (argv[1], NULL, 10) : 1000;

  gsl_set_error_handler_off ();
  if (!csv)
    bench_warm_up ();
  for (int s = 0; s < sizes; s++)
    {
      job j = { .n = strtoul (size[s], NULL, 10), .members = count };
      if (j.n == 0 || count == 0)
        bench_stop ("usage: curves [MEMBERS [ROWS ...]], curves csv ROWS");
      prepare (&j);
      for (const contender *c = contenders; c->type && !csv; c++)
        report (&j, c);
      if (csv)
        print_rows (&j);
      release (&j);
    }
  return EXIT_SUCCESS;
}
