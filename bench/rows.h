/* What the benchmarks share: a reader of plain tables, and clocks.  */
#ifndef BD_BENCH_ROWS_H
#define BD_BENCH_ROWS_H

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_vector.h>
#include <time.h>

typedef struct
{
  gsl_matrix *X;
  gsl_vector *y;
} bench_rows;

/* A file with a header, numbers only, commas, the response last.  Ends the
   program when it cannot be read.  */
bench_rows bench_read (const char *path);
void bench_free (bench_rows r);

double bench_now (clockid_t clock); /* seconds */

/* A core that was idle runs at half its clock for a while; a peer that starts
   an interpreter first does not see that.  */
void bench_warm_up (void);

_Noreturn void bench_stop (const char *what);

#endif
