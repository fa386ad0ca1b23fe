#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#if defined _OPENMP
#include <omp.h>
#endif

#include "base/blas.h"
#include "limits.h"

#define BUFFER ((size_t)128 << 20) /* what OpenBLAS maps for a thread */
#define STACK ((size_t)8 << 20)
#define ONE_THREAD "OPENBLAS_NUM_THREADS"

static bool
fits (size_t bytes)
{
  void *at = mmap (NULL, bytes, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (at == MAP_FAILED)
    return false;
  munmap (at, bytes);
  return true;
}

/* As many threads as can have a buffer.  */
static void
limit_threads (void)
{
#if defined _OPENMP
  int threads = omp_get_max_threads ();

  while (threads > 1 && !fits ((size_t)(threads - 1) * (BUFFER + STACK)))
    threads--;
  omp_set_num_threads (threads);
#endif
}

bool
limits_start (char *argv[])
{
  struct rlimit most;

  if (!bd_blas_maps_buffers () || getrlimit (RLIMIT_AS, &most)
      || most.rlim_cur == RLIM_INFINITY)
    return true;
  /* Threads that it has started already may be waiting for theirs, and would
     be waited for at the end.  */
  if (!getenv (ONE_THREAD) && setenv (ONE_THREAD, "1", 1) == 0)
    execv ("/proc/self/exe", argv);
  if (fits (BUFFER))
    {
      bd_blas_take_buffer ();
      limit_threads ();
      return true;
    }
  fprintf (stderr,
           "bagdrop: not enough memory: it is limited to %zu MB ('ulimit "
           "-v'), and linear algebra alone takes %zu MB\n",
           (size_t)most.rlim_cur >> 20, BUFFER >> 20);
  return false;
}
