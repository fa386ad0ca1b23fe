#include <config.h>

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
