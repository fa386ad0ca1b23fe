#include <config.h>

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "interrupt.h"

#define SIGNALS 3

static const int number[SIGNALS] = { SIGINT, SIGTERM, SIGHUP };
static struct sigaction before[SIGNALS];
static bool watching;

/* Written in turn, so that the handler always finds a whole one.  */
static char texts[2][512];
static volatile sig_atomic_t current;

static void
handle (int signal_number)
{
  const char *text = texts[current];
  ssize_t wrote = write (STDERR_FILENO, text, strlen (text));

  (void)wrote;
  signal (signal_number, SIG_DFL);
  raise (signal_number);
}

static void
watch (void)
{
  struct sigaction now;

  memset (&now, 0, sizeof now);
  now.sa_handler = handle;
  sigemptyset (&now.sa_mask);
  for (size_t k = 0; k < SIGNALS; k++)
    {
      sigaction (number[k], NULL, &before[k]);
      if (before[k].sa_handler != SIG_IGN)
        sigaction (number[k], &now, NULL);
    }
  watching = true;
}

void
interrupt_tell (const char *text)
{
  if (!text)
    {
      for (size_t k = 0; watching && k < SIGNALS; k++)
        sigaction (number[k], &before[k], NULL);
      watching = false;
      return;
    }
  int next = !current;
  snprintf (texts[next], sizeof texts[next], "%s", text);
  current = next;
  if (!watching)
    watch ();
}
