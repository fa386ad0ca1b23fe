/* Networks with dropout: seconds and errors.

     dropout train TRAIN.csv TEST.csv KNOBS [STARTS]
     dropout bag TRAIN.csv TEST.csv KNOBS MEMBERS [THREADS]
     dropout pass|each TRAIN.csv TEST.csv KNOBS MASKS
     dropout all|closed TRAIN.csv TEST.csv KNOBS
     dropout write TRAIN.csv KNOBS

   KNOBS are those of the fitter `net'.  Files have a header, numbers only and
   the response last; in the test file the true curve stands before it.
   Prints CPU seconds, the errors of the mean against the test rows and
   against the truth, and where there are members the root of their mean
   variance.  `train' times a training, in the mean over STARTS (1) of them, as
   are the squares of the errors; `bag' all of a bag on bootstrap
   samples (wall seconds with more than one thread); `pass' random subnetworks
   of one trained network, each with a mask for all points, `each' with one for
   each point; `all' all of its
   subnetworks; `closed' their mean and variance in closed form.  `write'
   prints the network that these use, for peers/common.py.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/rng.h"
#include "ensemble/run.h"
#include "net/exact.h"
#include "net/fitter_net.h"
#include "rows.h"

#define SEED 1
#define TIMES 100 /* what takes microseconds is repeated */

typedef struct
{
  bd_settings knob;
  bench_rows rows, test;
  gsl_matrix *P;      /* inputs of the test rows */
  double *truth;      /* at them */
  double *t, *spread; /* mean and variance of what is predicted */
  size_t m;
  void *plan, *work; /* of the fitter */
  size_t count;      /* members or masks */
  int threads;
  double test_error, truth_error; /* sums of squares */
} job;

static void
split_test (job *j)
{
  gsl_matrix *X = j->test.X;
  size_t d = X->size2 - 1;

  j->m = X->size1;
  j->P = gsl_matrix_alloc (j->m, d);
  j->truth = bd_array (3 * j->m, 1);
  if (!j->truth)
    bench_stop ("no memory");
  j->t = j->truth + j->m;
  j->spread = j->t + j->m;
  for (size_t i = 0; i < j->m; i++)
    {
      for (size_t k = 0; k < d; k++)
        gsl_matrix_set (j->P, i, k, gsl_matrix_get (X, i, k));
      j->truth[i] = gsl_matrix_get (X, i, d);
    }
}

static void
prepare (job *j, const char *train, const char *test, const char *knobs)
{
  bd_error err = { "" };

  if (bd_knob_parse (bd_fitter_net.knobs, knobs, &j->knob, &err))
    bench_stop (err.text);
  j->rows = bench_read (train);
  if (test)
    {
      j->test = bench_read (test);
      split_test (j);
    }
  j->plan = bd_fitter_net.plan (&j->knob, j->rows.X, j->rows.y,
                                test ? j->P : j->rows.X, &err);
  j->work = j->plan ? bd_fitter_net.work (j->plan) : NULL;
  if (!j->work)
    bench_stop (err.text);
}

static void
release (job *j)
{
  bd_fitter_net.free_work (j->work);
  bd_fitter_net.free_plan (j->plan);
  bench_free (j->rows);
  if (j->P)
    {
      bench_free (j->test);
      gsl_matrix_free (j->P);
      free (j->truth);
    }
}

/* Adds the errors of j->t.  */
static void
add_errors (job *j)
{
  for (size_t i = 0; i < j->m; i++)
    {
      j->test_error += gsl_pow_2 (j->t[i] - gsl_vector_get (j->test.y, i));
      j->truth_error += gsl_pow_2 (j->t[i] - j->truth[i]);
    }
}

/* A training on all rows from start number START; CPU seconds.  */
static double
train (job *j, size_t start)
{
  size_t n = j->rows.y->size;
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  double *one = bd_array (n, 1);

  if (!r || !one)
    bench_stop ("no memory");
  for (size_t i = 0; i < n; i++)
    one[i] = 1;
  bd_rng_seek (r, SEED, BD_LANE_FIT, start);
  double from = bench_now (CLOCK_PROCESS_CPUTIME_ID);
  if (bd_fitter_net.fit (j->plan, j->work, one, r))
    bench_stop ("the training diverged");
  double seconds = bench_now (CLOCK_PROCESS_CPUTIME_ID) - from;
  gsl_rng_free (r);
  free (one);
  return seconds;
}

static double
train_alone (job *j)
{
  double seconds = 0, starts = (double)(j->count ? j->count : 1);

  for (size_t k = 0; (double)k < starts; k++)
    {
      seconds += train (j, k);
      if (bd_fitter_net.predict (j->plan, j->work, j->t))
        bench_stop ("the network does not predict");
      add_errors (j);
    }
  j->test_error /= starts;
  j->truth_error /= starts;
  j->spread[0] = GSL_NAN;
  return seconds / starts;
}

/* The members of S: mean and variance.  Returns seconds.  */
static double
run (job *j, const bd_source *s)
{
  const bd_run_options o = { .members = j->count, .threads = j->threads };
  const bd_moments shape
      = { .n = s->units, .width = s->width, .m = s->points };
  clockid_t clock
      = j->threads > 1 ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID;
  double start = bench_now (clock);
  bd_moments *a = bd_moments_like (&shape);

  if (!a || bd_run (s, &o, a) || a->failed)
    bench_stop ("the ensemble could not be run");
  double seconds = bench_now (clock) - start;
  for (size_t i = 0; i < j->m; i++)
    {
      j->t[i] = a->t[i];
      j->spread[i] = a->t2[i] / (double)(j->count - 1);
    }
  bd_moments_free (a);
  add_errors (j);
  return seconds;
}

static double
bag (job *j)
{
  size_t n = j->rows.y->size;
  const bd_rows rows = { .n = n };
  const bd_bag b = { .fitter = &bd_fitter_net,
                     .plan = j->plan,
                     .resample = bd_resample_find ("bootstrap"),
                     .n = n,
                     .m = j->m,
                     .seed = SEED,
                     .rows = &rows };
  const bd_source s = bd_bag_source (&b);

  return run (j, &s);
}

/* The network that is looked into.  */
static const bd_net_model *
trained (job *j, double **Z)
{
  train (j, 0);
  const bd_net_model *model = bd_fitter_net_model (j->work);
  *Z = bd_array (j->m, j->P->size2);
  if (!*Z)
    bench_stop ("no memory");
  bd_net_standardise (model, j->P, *Z);
  return model;
}

/* One mask a pass.  */
static double
pass (job *j)
{
  double *Z;
  const bd_net_model *model = trained (j, &Z);
  bd_dropout d = { .model = model, .Z = Z, .m = j->m, .seed = SEED };
  const bd_source s = bd_dropout_source (&d);
  double start = bench_now (CLOCK_PROCESS_CPUTIME_ID);
  d.thinned = bd_dropout_plan (&d);
  double planned = bench_now (CLOCK_PROCESS_CPUTIME_ID) - start,
         seconds = planned + run (j, &s);
  bd_thinned_free (d.thinned);
  free (Z);
  return seconds;
}

/* A mask for each point.  */
static double
each (job *j)
{
  double *Z;
  const bd_net_model *model = trained (j, &Z);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  double start = bench_now (CLOCK_PROCESS_CPUTIME_ID);
  bd_thinned *plan = bd_thinned_alloc (model, j->m, Z);
  bd_thinned_work *work = plan ? bd_thinned_work_alloc (plan) : NULL;

  if (!work || !r)
    bench_stop ("no memory");
  bd_thinned_each (plan, work, r, SEED, model->mask.rate, j->count, 0, j->m,
                   j->t, j->spread);
  double seconds = bench_now (CLOCK_PROCESS_CPUTIME_ID) - start;
  add_errors (j);
  bd_thinned_work_free (work);
  bd_thinned_free (plan);
  gsl_rng_free (r);
  free (Z);
  return seconds;
}

static double
all (job *j)
{
  double *Z;
  bd_error err = { "" };
  const bd_net_model *model = trained (j, &Z);
  const bd_rates rates = bd_rates_of (&model->mask, &model->net);
  double start = bench_now (CLOCK_PROCESS_CPUTIME_ID);
  bd_subnets *a = bd_subnets_alloc (model, j->m, 0, NULL);

  if (!a || bd_subnets_fill (a, model, &rates, Z, &err))
    bench_stop (a ? err.text : "no memory");
  double seconds = bench_now (CLOCK_PROCESS_CPUTIME_ID) - start;
  memcpy (j->t, a->mean, j->m * sizeof *j->t);
  memcpy (j->spread, a->variance, j->m * sizeof *j->t);
  add_errors (j);
  bd_subnets_free (a);
  free (Z);
  return seconds;
}

static double
closed (job *j)
{
  double *Z;
  bd_error err = { "" };
  const bd_net_model *model = trained (j, &Z);
  const bd_rates rates = bd_rates_of (&model->mask, &model->net);
  double start = bench_now (CLOCK_PROCESS_CPUTIME_ID);

  for (int k = 0; k < TIMES; k++)
    if (bd_exact_closed (model, &rates, j->m, Z, j->t, j->spread, NULL, &err))
      bench_stop (err.text);
  double seconds = bench_now (CLOCK_PROCESS_CPUTIME_ID) - start;
  add_errors (j);
  free (Z);
  return seconds / TIMES;
}

static void
report (const job *j, double seconds)
{
  double spread = 0, m = (double)j->m;

  for (size_t i = 0; i < j->m; i++)
    spread += j->spread[i];
  printf ("%.6f %.5f %.5f", seconds, sqrt (j->test_error / m),
          sqrt (j->truth_error / m));
  if (gsl_finite (spread))
    printf (" %.5f", sqrt (spread / m));
  putchar ('\n');
}

static void
print_numbers (size_t count, const double v[])
{
  for (size_t i = 0; i < count; i++)
    printf ("%.9g%c", v[i], i + 1 < count ? ' ' : '\n');
}

/* Widths; means and scales; each layer's weights and biases.  */
static void
write_net (job *j)
{
  train (j, 0);
  const bd_net_model *a = bd_fitter_net_model (j->work);
  const bd_net *net = &a->net;

  for (size_t l = 0; l <= net->layers; l++)
    printf ("%zu%c", net->width[l], l < net->layers ? ' ' : '\n');
  print_numbers (net->width[0], a->x_mean);
  print_numbers (net->width[0], a->x_scale);
  printf ("%.9g %.9g\n", a->y_mean, a->y_scale);
  for (size_t l = 0; l < net->layers; l++)
    {
      for (size_t k = 0; k < net->width[l]; k++)
        print_numbers (net->width[l + 1],
                       a->w + net->weight[l] + k * net->padded[l + 1]);
      print_numbers (net->width[l + 1], a->w + net->bias[l]);
    }
}

static const struct
{
  const char *name;
  int arguments;
  double (*measure) (job *j);
} kinds[] = { { "train", 5, train_alone },
              { "bag", 6, bag },
              { "pass", 6, pass },
              { "each", 6, each },
              { "all", 5, all },
              { "closed", 5, closed },
              { NULL, 0, NULL } };

int
main (int argc, char *argv[])
{
  job j = { .threads = 1 };
  size_t k = 0;

  gsl_set_error_handler_off ();
  if (argc == 4 && strcmp (argv[1], "write") == 0)
    {
      prepare (&j, argv[2], NULL, argv[3]);
      write_net (&j);
      release (&j);
      return EXIT_SUCCESS;
    }
  while (argc > 1 && kinds[k].name && strcmp (argv[1], kinds[k].name))
    k++;
  if (argc < 2 || !kinds[k].name || argc < kinds[k].arguments)
    bench_stop ("usage: dropout train|bag|pass|each|all|closed TRAIN.csv "
                "TEST.csv KNOBS "
                "[COUNT [THREADS]], dropout write TRAIN.csv KNOBS");
  prepare (&j, argv[2], argv[3], argv[4]);
  j.count = argc > 5 ? strtoul (argv[5], NULL, 10) : 0;
  j.threads = argc > 6 ? atoi (argv[6]) : 1;
  bench_warm_up ();
  report (&j, kinds[k].measure (&j));
  release (&j);
  return EXIT_SUCCESS;
}
