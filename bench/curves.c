/* Bagged curves: CPU seconds of the fast fitters with one input.

     curves [MEMBERS [ROWS ...]]

   fits MEMBERS (1000) members to a noisy wave of ROWS (200 2000 100000) rows
   in random order, on multinomial bootstrap counts, and predicts 1000 points.
   One line of JSON for each fitter and size: seconds of the plan, of the
   draws, and of fit plus predict; failed members; the error of the members'
   mean against the true curve; the best of three rounds.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/rng.h"
#include "fitter/fitter.h"

#define SEED 1
#define POINTS 1000
#define ROUNDS 3
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
  double *w, *t, *sum;
  uint32_t *word;
} job;

typedef struct
{
  double plan, draw, members, rmse;
  size_t failed;
} result;

static void
stop (const char *what)
{
  fprintf (stderr, "curves: %s\n", what);
  exit (EXIT_FAILURE);
}

static double
now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

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
  j->word = calloc (j->n + 3, sizeof *j->word);
  if (!j->X || !j->P || !j->y || !j->truth || !j->rng || !j->w || !j->t
      || !j->sum || !j->word)
    stop ("not enough memory");
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
  free (j->word);
}

static void
draw (job *j, size_t member)
{
  bd_rng_seek (j->rng, SEED, BD_LANE_RESAMPLE, member);
  bd_rng_words (j->rng, j->word, (j->n + 3) / 4);
  memset (j->w, 0, j->n * sizeof *j->w);
  for (size_t i = 0; i < j->n; i++)
    j->w[(uint64_t)j->word[i] * j->n >> 32]++;
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

static result
measure (job *j, const contender *c)
{
  const bd_fitter_type *f = c->type;
  bd_settings set;
  bd_error err = { "" };
  result r = { 0 };

  if (bd_knob_parse (f->knobs, c->knobs, &set, &err))
    stop (err.text);
  memset (j->sum, 0, POINTS * sizeof *j->sum);
  r.plan = now ();
  void *plan = f->plan (&set, j->X, j->y, j->P, &err);
  void *work = plan ? f->work (plan) : NULL;
  if (!work)
    stop (err.text);
  double last = now ();
  r.plan = last - r.plan;
  for (size_t b = 0; b < j->members; b++)
    {
      draw (j, b);
      double drawn = now ();
      int code = f->fit (plan, work, j->w, j->rng);
      if (!code)
        code = f->predict (plan, work, j->t);
      r.draw += drawn - last;
      last = now ();
      r.members += last - drawn;
      r.failed += code != 0;
      for (size_t i = 0; !code && i < POINTS; i++)
        j->sum[i] += j->t[i];
    }
  f->free_work (work);
  f->free_plan (plan);
  r.rmse = error_of_mean (j, j->members - r.failed);
  return r;
}

static void
report (job *j, const contender *c)
{
  result best = measure (j, c);

  for (int k = 1; k < ROUNDS; k++)
    {
      result r = measure (j, c);
      if (r.members < best.members)
        best = r;
    }
  printf ("{\"fitter\": \"%s:%s\", \"n\": %zu, \"m\": %d, \"members\": %zu, "
          "\"plan_s\": %.5f, \"draw_s\": %.5f, \"fit_predict_s\": %.5f, "
          "\"failed\": %zu, \"rmse\": %.5f}\n",
          c->type->name, c->knobs, j->n, POINTS, j->members, best.plan,
          best.draw, best.members, best.failed, best.rmse);
}

int
main (int argc, char *argv[])
{
  static const char *const usual[] = { "200", "2000", "100000" };
  const char *const *size = argc > 2 ? (const char *const *)argv + 2 : usual;
  int sizes = argc > 2 ? argc - 2 : 3;
  size_t members = argc > 1 ? strtoul (argv[1], NULL, 10) : 1000;

  gsl_set_error_handler_off ();
  for (int s = 0; s < sizes; s++)
    {
      job j = { .n = strtoul (size[s], NULL, 10), .members = members };
      if (j.n == 0 || members == 0)
        stop ("usage: curves [MEMBERS [ROWS ...]]");
      prepare (&j);
      for (const contender *c = contenders; c->type; c++)
        report (&j, c);
      release (&j);
    }
  return EXIT_SUCCESS;
}
