/* One thread in BLAS: our products are small and the threads are ours.  */
#ifndef BD_BASE_BLAS_H
#define BD_BASE_BLAS_H

#include <stdbool.h>

/* Ask the BLAS in use, where it is known how, to stay on the calling thread.
   Also keeps sums in one order, whatever the number of cores.  */
void bd_blas_one_thread (void);

/* For a program whose own threads do the work: end the threads that BLAS has
   started, which would wait for theirs by spinning on our cores.  */
void bd_blas_end_threads (void);

/* Does the BLAS in use map a buffer of its own for each thread, and try again
   for ever where there is no room for it?  */
bool bd_blas_maps_buffers (void);

/* Have it map that of the calling thread, which is used again from then on. */
void bd_blas_take_buffer (void);

#endif
