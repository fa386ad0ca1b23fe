#include <config.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "interrupt.h"
#include "tell.h"

bool tell_is_quiet, tell_is_verbose;
static const char *speaker = "";
static double began;

static double
now (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void
tell_begin (const char *command)
{
  char text[128];

  speaker = command;
  began = now ();
  snprintf (text, sizeof text,
            "bagdrop %s: interrupted before there were results\n", speaker);
  interrupt_stage (text);
}

/* One line, whatever the names in it hold.  */
static void
say (const char *time, const char *format, va_list ap)
{
  char raw[BD_ERROR_SIZE], text[BD_ERROR_SIZE];

  vsnprintf (raw, sizeof raw, format, ap);
  fprintf (stderr, "bagdrop %s: %s%s\n", speaker, time,
           bd_text_clean (text, sizeof text, raw));
}

void
tell_note (const char *format, ...)
{
  va_list ap;

  if (tell_is_quiet)
    return;
  va_start (ap, format);
  say ("", format, ap);
  va_end (ap);
}

void
tell_step (const char *format, ...)
{
  char time[32];
  va_list ap;

  if (!tell_is_verbose)
    return;
  snprintf (time, sizeof time, "%.2f s: ", now () - began);
  va_start (ap, format);
  say (time, format, ap);
  va_end (ap);
}

/* A line that is written over.  */
typedef struct
{
  bool line, plain;
  double start, shown, noted;
} progress_state;

static bool
plain_terminal (void)
{
  const char *term = getenv ("TERM"), *colour = getenv ("NO_COLOR");
  return (colour && *colour) || !term || !*term || strcmp (term, "dumb") == 0;
}

/* TEXT in place of what the line held, as far as its comma where the terminal
   is narrow; a line that wraps could not be written over.  */
static void
show (const progress_state *s, const char *text)
{
  struct winsize size;
  int width = 40;

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1
      && size.ws_col <= width)
    width = size.ws_col - 1;
  int length = width < (int)strlen (text) ? (int)strcspn (text, ",") : width;
  if (s->plain)
    fprintf (stderr, "\r%-*.*s%s", width, length, text, *text ? "" : "\r");
  else
    fprintf (stderr, "\r%.*s\033[K", length, text);
}

/* What is said if a signal comes now.  */
static void
note_stage (double done, double total)
{
  char text[160];

  if (done >= total)
    snprintf (text, sizeof text,
              "bagdrop %s: interrupted when the work was done and results "
              "were being written; the files that are there are whole\n",
              speaker);
  else
    snprintf (text, sizeof text,
              "bagdrop %s: interrupted after %.0f %% of the work; nothing was "
              "written\n",
              speaker, 100 * done / total);
  interrupt_stage (text);
}

static void
tell (void *params, double done, double total)
{
  progress_state *s = params;
  double time = now ();
  char text[80];

  if (time - s->noted > 0.05 || done >= total)
    {
      note_stage (done, total);
      s->noted = time;
    }
  if (done >= total)
    {
      if (s->shown > 0)
        show (s, "");
      tell_step ("computed in %.2f s", time - s->start);
      return;
    }
  if (!s->line || time - s->start < 1 || time - s->shown < 0.1)
    return;
  snprintf (text, sizeof text, "%3.0f %%, about %.0f s left ",
            100 * done / total, (time - s->start) * (total - done) / done);
  show (s, text);
  s->shown = time;
}

bd_progress
tool_progress (void)
{
  static progress_state state;

  state = (progress_state){ .line = !tell_is_quiet && isatty (STDERR_FILENO),
                            .plain = plain_terminal (),
                            .start = now () };
  note_stage (0, 1);
  return (bd_progress){ tell, &state };
}
