/* One thread in BLAS: our products are small and the threads are ours.  */
#ifndef BD_BASE_BLAS_H
#define BD_BASE_BLAS_H

/* Ask the BLAS in use, where it is known how, to stay on the calling thread.
   Also keeps sums in one order, whatever the number of cores.  */
void bd_blas_one_thread (void);

/* For a program whose own threads do the work: end the threads that BLAS has
   started, which would wait for theirs by spinning on our cores.  */
void bd_blas_end_threads (void);

#endif
