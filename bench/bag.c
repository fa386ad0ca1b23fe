/* A bag of any fitter through the library's own loop: seconds.

     bag FITTER[:KNOBS] DATA.csv MEMBERS THREADS [RESAMPLING [CO]]

   predicts at the rows themselves, with co-moments at the first CO (0) of
   them, and prints wall and CPU seconds of plan, members and moments, and the
   largest spread as a witness that work was done.  One member and the
   resampling `none' is a single fit.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ensemble/run.h"
#include "rows.h"

typedef struct
{
  const bd_fitter_type *fitter;
  const bd_resample_type *resample;
  bd_settings knob;
  bench_rows rows;
  bd_run_options o;
  size_t co;
} job;

static job
read_job (int argc, char *argv[])
{
  job j = { 0 };
  bd_error err = { "" };
  char *knobs = strchr (argv[1], ':');

  if (knobs)
    *knobs++ = '\0';
  j.fitter = bd_fitter_find (argv[1]);
  if (!j.fitter)
    bench_stop ("no such fitter");
  if (bd_knob_parse (j.fitter->knobs, knobs ? knobs : "", &j.knob, &err))
    bench_stop (err.text);
  j.resample = bd_resample_find (argc > 5 ? argv[5] : j.fitter->resample);
  if (!j.resample)
    bench_stop ("no such resampling");
  j.rows = bench_read (argv[2]);
  j.o.members = strtoul (argv[3], NULL, 10);
  j.o.threads = atoi (argv[4]);
  j.co = argc > 6 ? strtoul (argv[6], NULL, 10) : 0;
  return j;
}

/* Returns the largest variance of the members.  */
static double
run (const job *j)
{
  size_t n = j->rows.y->size;
  bd_error err = { "" };
  void *plan
      = j->fitter->plan (&j->knob, j->rows.X, j->rows.y, j->rows.X, &err);

  if (!plan)
    bench_stop (err.text);
  bd_bag bag = { j->fitter, plan, j->resample, n, n, 1 };
  bd_source source = bd_bag_source (&bag);
  bd_moments *a = bd_moments_alloc (n, n, j->co, n);
  if (!a || bd_run (&source, &j->o, a) != GSL_SUCCESS)
    bench_stop ("the ensemble could not be run");
  double largest = 0;
  for (size_t i = 0; i < n; i++)
    largest = GSL_MAX_DBL (largest, a->t2[i] / a->p);
  bd_moments_free (a);
  j->fitter->free_plan (plan);
  return largest;
}

int
main (int argc, char *argv[])
{
  if (argc < 5 || argc > 7)
    bench_stop ("usage: bag FITTER[:KNOBS] DATA.csv MEMBERS THREADS "
                "[RESAMPLING [CO]]");
  gsl_set_error_handler_off ();
  job j = read_job (argc, argv);
  double wall = bench_now (CLOCK_MONOTONIC);
  double cpu = bench_now (CLOCK_PROCESS_CPUTIME_ID);
  double largest = run (&j);
  printf ("%.5f %.5f %.6g\n", bench_now (CLOCK_MONOTONIC) - wall,
          bench_now (CLOCK_PROCESS_CPUTIME_ID) - cpu, largest);
  bench_free (j.rows);
  return EXIT_SUCCESS;
}
