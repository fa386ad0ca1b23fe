#include <config.h>

#include <gsl/gsl_errno.h>

#include "../ensemble/run.h"
#include "jobs.h"

static double
total_cost (const bd_jobs *a)
{
  double total = 0;

  for (size_t i = 0; i < a->count; i++)
    total += a->cost (a->params, i);
  return total;
}

int
bd_jobs_run (const bd_jobs *a, bd_error *err)
{
  int failed = GSL_SUCCESS;
  int threads = a->threads < 1 ? bd_run_threads () : a->threads;
  double done = 0, total = total_cost (a);

  (void)threads;
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
  for (size_t i = 0; i < a->count; i++)
    {
      bd_error mine = { "" };
      int stop;
#pragma omp atomic read
      stop = failed;
      int code = stop ? stop : a->run (a->params, i, &mine);
#pragma omp critical
      {
        if (code && !failed)
          {
#pragma omp atomic write
            failed = code;
            if (err)
              *err = mine;
          }
        done += a->cost (a->params, i);
        if (a->progress.tell)
          a->progress.tell (a->progress.params, done, total);
      }
    }
  return failed;
}
