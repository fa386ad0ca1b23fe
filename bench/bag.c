/* A bag of any fitter through the library's own loop: seconds.

     bag FITTER[:KNOBS] DATA.csv MEMBERS THREADS [RESAMPLING[:KNOBS] [CO]]

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
  bd_settings knob, scheme;
  bench_rows rows;
  bd_run_options o;
  size_t co;
} job;

/* Schemes that need labels, weights or a single fit are no benchmarks.  */
static void
read_scheme (job *j, const char *spec)
{
  char name[64];
  const char *knobs;
  bd_error err = { "" };

  if (bd_knob_split (spec, name, sizeof name, &knobs, &err))
    bench_stop (err.text);
  j->resample = bd_resample_find (name);
  if (!j->resample || j->resample->labels || j->resample->given
      || j->resample->responds)
    bench_stop ("no such resampling here");
  if (bd_knob_parse (j->resample->knobs, knobs, &j->scheme, &err))
    bench_stop (err.text);
}

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
  read_scheme (&j, argc > 5 ? argv[5] : j.fitter->resample);
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
  const bd_rows rows = { .n = n };
  bd_error err = { "" };
  void *plan
      = j->fitter->plan (&j->knob, j->rows.X, j->rows.y, j->rows.X, &err);

  if (!plan)
    bench_stop (err.text);
  bd_bag bag = { .fitter = j->fitter,
                 .plan = plan,
                 .resample = j->resample,
                 .n = n,
                 .m = n,
                 .seed = 1,
                 .scheme = &j->scheme,
                 .rows = &rows };
  if (bd_resample_check (j->resample, &j->scheme, &rows, &err))
    bench_stop (err.text);
  bd_source source = bd_bag_source (&bag);
  const bd_moments shape = {
    .n = source.units, .width = source.width, .m = n, .mc = j->co, .self = n
  };
  bd_moments *a = bd_moments_like (&shape);
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
                "[RESAMPLING[:KNOBS] [CO]]");
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
