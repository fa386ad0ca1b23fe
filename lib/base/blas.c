#include <config.h>

#include "blas.h"

/* There only when OpenBLAS is linked.  */
extern void openblas_set_num_threads (int) __attribute__ ((weak));

void
bd_blas_one_thread (void)
{
  if (openblas_set_num_threads)
    openblas_set_num_threads (1);
}
