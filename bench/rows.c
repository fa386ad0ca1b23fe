#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"

void
bench_stop (const char *what)
{
  fprintf (stderr, "bench: %s\n", what);
  exit (EXIT_FAILURE);
}

double
bench_now (clockid_t clock)
{
  struct timespec t;

  clock_gettime (clock, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void
bench_warm_up (void)
{
  double start = bench_now (CLOCK_PROCESS_CPUTIME_ID);

  while (bench_now (CLOCK_PROCESS_CPUTIME_ID) < start + 0.3)
    continue;
}

/* All of a file, with a final NUL.  */
static char *
slurp (const char *path)
{
  FILE *in = fopen (path, "rb");

  if (!in || fseek (in, 0, SEEK_END))
    bench_stop (path);
  long size = ftell (in);
  if (size <= 0)
    bench_stop (path);
  char *text = calloc ((size_t)size + 1, 1);
  rewind (in);
  if (!text || fread (text, 1, (size_t)size, in) != (size_t)size)
    bench_stop (path);
  fclose (in);
  return text;
}

static size_t
occurrences (const char *from, const char *end, char what)
{
  size_t count = 0;

  for (; from < end; from++)
    count += *from == what;
  return count;
}

bench_rows
bench_read (const char *path)
{
  char *text = slurp (path), *at = strchr (text, '\n');

  if (!at)
    bench_stop (path);
  size_t d = occurrences (text, at, ',');
  size_t n = occurrences (at + 1, at + strlen (at), '\n');
  bench_rows r = { gsl_matrix_alloc (n, d), gsl_vector_alloc (n) };
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j <= d; j++)
      {
        double v = strtod (at + 1, &at);

        if (j < d)
          gsl_matrix_set (r.X, i, j, v);
        else
          gsl_vector_set (r.y, i, v);
      }
  free (text);
  return r;
}

void
bench_free (bench_rows r)
{
  gsl_matrix_free (r.X);
  gsl_vector_free (r.y);
}
