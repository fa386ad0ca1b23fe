#include <config.h>

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "interrupt.h"

/* Written in turn, so that the handler always finds a whole one.  */
typedef struct
{
  char text[2][512];
  volatile sig_atomic_t current;
} sentence;

static sentence special, stage;
static char *volatile pending;

static void
handle (int signal_number)
{
  const char *text = special.text[special.current];

  if (pending)
    unlink (pending);
  if (!*text)
    text = stage.text[stage.current];
  /* A terminal shows ^C, or how far the work has come.  */
  if (*text && isatty (STDERR_FILENO) && write (STDERR_FILENO, "\n", 1) < 0)
    text = "";
  if (*text && write (STDERR_FILENO, text, strlen (text)) < 0)
    text = "";
  signal (signal_number, SIG_DFL);
  raise (signal_number);
}

static void
watch (void)
{
  static const int number[] = { SIGINT, SIGTERM, SIGHUP };
  static bool watching;
  struct sigaction now, before;

  if (watching)
    return;
  memset (&now, 0, sizeof now);
  now.sa_handler = handle;
  sigemptyset (&now.sa_mask);
  for (size_t k = 0; k < sizeof number / sizeof number[0]; k++)
    if (sigaction (number[k], NULL, &before) == 0
        && before.sa_handler == SIG_DFL)
      sigaction (number[k], &now, NULL);
  watching = true;
}

static void
put (sentence *s, const char *text)
{
  int next = !s->current;

  snprintf (s->text[next], sizeof s->text[next], "%s", text ? text : "");
  s->current = next;
  watch ();
}

void
interrupt_tell (const char *text)
{
  put (&special, text);
}

void
interrupt_stage (const char *text)
{
  put (&stage, text);
}

void
interrupt_remove (char *path)
{
  pending = path;
  watch ();
}
