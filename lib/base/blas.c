#include <config.h>

#include <gsl/gsl_cblas.h>

#include "blas.h"

/* There only when OpenBLAS is linked.  */
extern void openblas_set_num_threads (int) __attribute__ ((weak));

extern int openblas_get_num_threads (void) __attribute__ ((weak));
extern int blas_thread_shutdown_ (void) __attribute__ ((weak));

void
bd_blas_one_thread (void)
{
  /* Setting it starts threads again that were ended.  */
  if (openblas_set_num_threads && openblas_get_num_threads
      && openblas_get_num_threads () != 1)
    openblas_set_num_threads (1);
}

void
bd_blas_end_threads (void)
{
  bd_blas_one_thread ();
  if (blas_thread_shutdown_)
    blas_thread_shutdown_ ();
}

bool
bd_blas_maps_buffers (void)
{
  return openblas_set_num_threads;
}

void
bd_blas_take_buffer (void)
{
  double a[4] = { 1, 2, 3, 4 }, b[4] = { 0 };

  cblas_dsyrk (CblasRowMajor, CblasUpper, CblasNoTrans, 2, 2, 1, a, 2, 0, b,
               2);
}
