/* The memory that each method takes: it is trained once more, in a process of
   its own, as the methods of a comparison run side by side in one.  */
#include <config.h>

#include <errno.h>
#include <gsl/gsl_math.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "compare.h"
#include "ensemble/run.h"

#if defined __APPLE__
#define MIB 1048576. /* ru_maxrss is in bytes */
#else
#define MIB 1024. /* or in KiB */
#endif

/* The child: train method K and be gone.  A signal is the parent's to answer;
   one that the parent ignores (nohup) is ignored here, too.  */
static void
be_trained (const bd_dataset *s, const bd_compare_options *o, size_t k)
{
  static const int answered[] = { SIGINT, SIGTERM, SIGHUP };
  bd_compare_options one = *o;
  bd_error err;

  for (size_t i = 0; i < sizeof answered / sizeof answered[0]; i++)
    if (signal (answered[i], SIG_DFL) == SIG_IGN)
      signal (answered[i], SIG_IGN);
#ifdef __linux__
  prctl (PR_SET_PDEATHSIG, SIGKILL);
#endif
  one.threads = 1;
  one.records = NULL;
  one.progress = (bd_progress){ 0 };
  _exit (bd_compare_train (s, &one, k, &err) ? EXIT_FAILURE : EXIT_SUCCESS);
}

/* Wait for one of the children; what it took is put in its place.  */
static void
reap (const pid_t child[], double mib[BD_COMPARED])
{
  struct rusage use;
  int status;
  pid_t pid;

  do
    pid = wait4 (-1, &status, 0, &use);
  while (pid < 0 && errno == EINTR);
  for (size_t k = 0; pid > 0 && k < BD_COMPARED; k++)
    if (child[k] == pid && WIFEXITED (status) && WEXITSTATUS (status) == 0)
      mib[k] = (double)use.ru_maxrss / MIB;
}

void
compare_memory (const bd_dataset *s, const bd_compare_options *o, bool measure,
                double mib[BD_COMPARED])
{
  pid_t child[BD_COMPARED];
  int threads = o->threads < 1 ? bd_run_threads () : o->threads, running = 0;

  for (size_t k = 0; k < BD_COMPARED; k++)
    {
      mib[k] = GSL_NAN;
      child[k] = -1;
    }
  for (size_t k = 0; k < BD_COMPARED; k++)
    {
      if (!measure || !o->use[k])
        continue;
      if (running == threads)
        {
          reap (child, mib);
          running--;
        }
      child[k] = fork ();
      if (child[k] == 0)
        be_trained (s, o, k);
      running += child[k] > 0;
    }
  while (running-- > 0)
    reap (child, mib);
}
