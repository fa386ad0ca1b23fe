/* gnuplot as a process: started with a fixed locale, its messages kept, its
   time limited, ended when a signal ends the program.  */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <gsl/gsl_errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "figure.h"
#include "gnuplot.h"

#define LIMIT_SECONDS 60
#define VERSION_SECONDS 5
#define TAIL 512 /* of gnuplot's messages that is kept */

extern char **environ;

/* Signals that end a program wait until what is half drawn is removed.  A
   mask would hold them back in this thread only.  */
static const int endings[] = { SIGINT, SIGTERM, SIGHUP };
#define ENDINGS (sizeof endings / sizeof *endings)
static struct sigaction old[ENDINGS];
static volatile sig_atomic_t came;

static void
note_signal (int number)
{
  came = number;
}

/* Those that are ignored stay so.  */
void
bd_signals_hold (void)
{
  struct sigaction hold = { .sa_handler = note_signal };

  came = 0;
  for (size_t k = 0; k < ENDINGS; k++)
    if (sigaction (endings[k], NULL, &old[k]) == 0
        && old[k].sa_handler != SIG_IGN)
      sigaction (endings[k], &hold, NULL);
}

void
bd_signals_release (void)
{
  int number = came;

  came = 0;
  for (size_t k = 0; k < ENDINGS; k++)
    sigaction (endings[k], &old[k], NULL);
  if (number)
    raise (number);
}

/* The caller's environment with a fixed locale, NULL when memory is short.
   Only the array is new.  */
static char **
fixed_locale (void)
{
  static char locale[] = "LC_ALL=C.UTF-8";
  size_t n = 0, k = 0;
  char **env;

  while (environ && environ[n])
    n++;
  env = calloc (n + 2, sizeof *env);
  if (!env)
    return NULL;
  for (size_t i = 0; i < n; i++)
    if (strncmp (environ[i], "LC_ALL=", 7) != 0)
      env[k++] = environ[i];
  env[k] = locale;
  return env;
}

/* Start gnuplot with standard output OUT and standard error NOTES.  */
static int
start (pid_t *pid, char *const argv[], int out, int notes)
{
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attr;
  sigset_t none, defaults;
  char **env = fixed_locale ();
  int status = env ? posix_spawn_file_actions_init (&actions) : ENOMEM;

  if (status != 0)
    goto no_actions;
  status = posix_spawnattr_init (&attr);
  if (status != 0)
    goto no_attr;
  sigemptyset (&none);
  sigemptyset (&defaults);
  sigaddset (&defaults, SIGPIPE);
  sigaddset (&defaults, SIGINT);
  sigaddset (&defaults, SIGTERM);
  posix_spawnattr_setsigmask (&attr, &none);
  posix_spawnattr_setsigdefault (&attr, &defaults);
  posix_spawnattr_setflags (&attr,
                            POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  status = posix_spawn_file_actions_addopen (&actions, 0, "/dev/null",
                                             O_RDONLY, 0);
  if (status == 0)
    status = posix_spawn_file_actions_adddup2 (&actions, out, 1);
  if (status == 0)
    status = posix_spawn_file_actions_adddup2 (&actions, notes, 2);
  if (status == 0)
    status = posix_spawnp (pid, argv[0], &actions, &attr, argv, env);
  posix_spawnattr_destroy (&attr);
no_attr:
  posix_spawn_file_actions_destroy (&actions);
no_actions:
  free (env);
  return status;
}

static double
seconds (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Move what FD offers to the end of TEXT, keeping its last TAIL - 1 bytes.
   False at the end of the file.  */
static bool
drain (int fd, char text[TAIL])
{
  char more[TAIL / 2];
  size_t used = strlen (text), drop;
  ssize_t got = read (fd, more, sizeof more - 1);

  if (got <= 0)
    return got < 0 && (errno == EINTR || errno == EAGAIN);
  for (ssize_t i = 0; i < got; i++)
    if (more[i] == '\0')
      more[i] = ' ';
  drop = used + (size_t)got < TAIL ? 0 : used + (size_t)got - TAIL + 1;
  memmove (text, text + drop, used - drop);
  memcpy (text + used - drop, more, (size_t)got);
  text[used - drop + (size_t)got] = '\0';
  return true;
}

/* Wait for PID while its messages from FD go to TEXT.  Its wait status, or -1
   when it took longer than LIMIT seconds or a signal came, and it was killed.
 */
static int
await (pid_t pid, int fd, double limit, char text[TAIL])
{
  double deadline = seconds () + limit;
  struct pollfd p = { .fd = fd, .events = POLLIN };
  int status = -1;

  while (seconds () < deadline && !came)
    {
      if (poll (&p, 1, p.fd < 0 ? 5 : 100) > 0 && !drain (fd, text))
        p.fd = -1;
      if (p.fd >= 0)
        continue;
      pid_t done = waitpid (pid, &status, WNOHANG);
      if (done == pid || (done < 0 && errno != EINTR))
        return done == pid ? status : -1;
    }
  kill (pid, SIGKILL);
  while (waitpid (pid, &status, 0) < 0 && errno == EINTR)
    ;
  return -1;
}

/* The last line of TEXT that says something.  */
static const char *
last_line (char *text)
{
  char *end = text + strlen (text);

  while (end > text && (end[-1] == '\n' || end[-1] == ' '))
    *--end = '\0';
  while (end > text && end[-1] != '\n')
    end--;
  return *end ? end : "it said nothing";
}

/* Run gnuplot with ARGV; TEXT receives the end of what it says.  0 when it
   ran, with *ENDED its wait status or -1 when it had to be killed; otherwise
   the number of the error that kept it from starting.  */
static int
run (char *const argv[], int out, double limit, char text[TAIL], int *ended)
{
  int ends[2], status;
  pid_t pid;

  text[0] = '\0';
  if (pipe (ends) != 0)
    return errno;
  fcntl (ends[0], F_SETFD, FD_CLOEXEC);
  fcntl (ends[1], F_SETFD, FD_CLOEXEC);
  status = start (&pid, argv, out, ends[1]);
  close (ends[1]);
  if (status == 0)
    *ended = await (pid, ends[0], limit, text);
  close (ends[0]);
  return status;
}

int
bd_gnuplot_run (char *const argv[], int out, const char *name, bd_error *err)
{
  char text[TAIL];
  int ended = -1, problem = run (argv, out, LIMIT_SECONDS, text, &ended);

  if (problem != 0)
    return BD_FAIL (err, GSL_EFAILED, "cannot start gnuplot: %s",
                    strerror (problem));
  if (ended == -1 && came)
    return BD_FAIL (err, GSL_EFAILED, "%s: interrupted", name);
  if (ended == -1)
    return BD_FAIL (err, GSL_ERUNAWAY, "%s: gnuplot took more than %d s", name,
                    LIMIT_SECONDS);
  if (!WIFEXITED (ended) || WEXITSTATUS (ended) != 0)
    return BD_FAIL (err, GSL_EFAILED, "%s: gnuplot stopped: %s", name,
                    last_line (text));
  return GSL_SUCCESS;
}

bool
bd_gnuplot_found (void)
{
  char gnuplot[] = "gnuplot", version[] = "--version", text[TAIL];
  char *argv[] = { gnuplot, version, NULL };
  int fd = open ("/dev/null", O_WRONLY | O_CLOEXEC), ended = -1;
  bool found = fd >= 0 && run (argv, fd, VERSION_SECONDS, text, &ended) == 0
               && ended == 0;

  if (fd >= 0)
    close (fd);
  return found;
}
