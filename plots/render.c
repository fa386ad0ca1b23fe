/* gnuplot run on a script.

   gnuplot gets no path of ours but the script's: the picture comes through
   its standard output into a temporary file beside the final one, so that no
   name has to be quoted.  It exits 0 when the disk is full, hence the look at
   the end marker.  */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "figure.h"
#include "gnuplot.h"

static const struct
{
  const char *term, *option, *end;
} terms[] = { { "svg", "term='svg'; out='-'", "</svg>" },
              { "pdfcairo", "term='pdfcairo'; out='-'", "%%EOF" },
              { "pngcairo", "term='pngcairo'; out='-'", "IEND" } };

#define NTERM (sizeof terms / sizeof *terms)

/* True when the last bytes of FD hold MARKER.  */
static bool
ends_with (int fd, const char *marker)
{
  char tail[65];
  struct stat s;
  ssize_t n;

  if (fstat (fd, &s) != 0)
    return false;
  n = pread (fd, tail, 64, s.st_size > 64 ? s.st_size - 64 : 0);
  if (n <= 0)
    return false;
  for (ssize_t i = 0; i < n; i++)
    if (tail[i] == '\0')
      tail[i] = ' ';
  tail[n] = '\0';
  return strstr (tail, marker) != NULL;
}

/* Create a file beside OUT under a name nobody uses; TEMP receives it.  */
static int
open_beside (const char *out, char *temp, size_t size)
{
  int fd = -1;

  for (int k = 0; fd < 0 && k < 100; k++)
    {
      snprintf (temp, size, "%s.%ld-%d.tmp", out, (long)getpid (), k);
      fd = open (temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (fd < 0 && errno != EEXIST)
        break;
    }
  return fd;
}

/* A path that gnuplot takes for a file: not an option, not a command.  */
static char *
plain_path (const char *path)
{
  size_t size = strlen (path) + 3;
  char *plain = malloc (size);

  if (plain)
    snprintf (plain, size, "%s%s", path[0] == '/' ? "" : "./", path);
  return plain;
}

/* Draw to FD, the open file TEMP, and give that its final name OUT.  */
static int
draw (const char *script, size_t term, int fd, const char *temp,
      const char *out, bd_error *err)
{
  char gnuplot[] = "gnuplot", d[] = "-d", e[] = "-e", option[64];
  char *path = plain_path (script);
  char *argv[] = { gnuplot, d, e, option, path, NULL };
  int status;

  if (!path)
    return BD_FAIL (err, GSL_ENOMEM, "no memory to draw %s", out);
  snprintf (option, sizeof option, "%s", terms[term].option);
  status = bd_gnuplot_run (argv, fd, out, err);
  free (path);
  if (status != GSL_SUCCESS)
    return status;
  if (!ends_with (fd, terms[term].end) || fsync (fd) != 0)
    return BD_FAIL (err, GSL_EFAILED,
                    "%s: gnuplot left an incomplete picture (disk full?)",
                    out);
  if (rename (temp, out) != 0)
    return BD_FAIL (err, GSL_EFAILED, "%s: %s", out, strerror (errno));
  return GSL_SUCCESS;
}

int
bd_gnuplot_render (const char *script, const char *term, const char *out,
                   bd_error *err)
{
  size_t size = strlen (out) + 48, k = 0;
  int fd, status;
  char *temp;

  while (k < NTERM && strcmp (terms[k].term, term) != 0)
    k++;
  if (k == NTERM)
    return BD_FAIL (err, GSL_EINVAL, "no gnuplot terminal '%s'", term);
  temp = malloc (size);
  if (!temp)
    return BD_FAIL (err, GSL_ENOMEM, "no memory to draw %s", out);
  bd_signals_hold ();
  fd = open_beside (out, temp, size);
  if (fd < 0)
    status = BD_FAIL (err, GSL_EFAILED, "%s: %s", out, strerror (errno));
  else
    {
      status = draw (script, k, fd, temp, out, err);
      close (fd);
      if (status != GSL_SUCCESS)
        unlink (temp);
    }
  bd_signals_release ();
  free (temp);
  return status;
}
