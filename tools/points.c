/* Where to predict, and how places and numbers are printed.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "inputs.h"
#include "tools.h"

/* COUNT equally spaced points over the range of the only input.  */
static gsl_matrix *
grid (const bd_dataset *s, size_t count)
{
  gsl_matrix *P = gsl_matrix_alloc (count, 1);
  double lo, hi;

  gsl_matrix_minmax (s->X, &lo, &hi);
  for (size_t i = 0; P && i < count; i++)
    gsl_matrix_set (P, i, 0, lo + (hi - lo) * (double)i / (double)(count - 1));
  return P;
}

static gsl_matrix *
points_from (const char *path, const bd_dataset *s, bd_error *err)
{
  bd_table *t = inputs_table (path, err);
  gsl_matrix *P = t ? bd_dataset_points (t, s, err) : NULL;

  bd_table_free (t);
  return P;
}

gsl_matrix *
tool_points (const char *points, const bd_dataset *s, bd_error *err)
{
  double count = 100;
  bool line = s->d == 1 && !s->levels;
  const char *what = points ? points : line && s->n > 1 ? "grid" : "train";

  if (strcmp (what, "train") == 0)
    {
      gsl_matrix *P = gsl_matrix_alloc (s->n, s->d);
      if (P)
        gsl_matrix_memcpy (P, s->X);
      return P;
    }
  bool whole = strcmp (what, "grid") == 0;
  if (!whole && strncmp (what, "grid:", 5) != 0)
    return points_from (what, s, err);
  if (!whole
      && (!bd_number_parse (what + 5, &count) || count != floor (count)
          || count < 2 || count > 1e6))
    BD_FAIL (err, GSL_EINVAL,
             "--points %s: a grid has from 2 to 1000000 points", what);
  else if (!line)
    BD_FAIL (err, GSL_EINVAL, "--points %s: a grid needs one input of numbers",
             what);
  else
    return grid (s, (size_t)count);
  return NULL;
}

bool tool_excel_safe;

char *
tool_cell (char to[256], const char *text)
{
  double number;
  bool formula = tool_excel_safe && *text && strchr ("=+-@\t\r", *text)
                 && !bd_number_parse (text, &number);

  to[0] = '\'';
  bd_text_clean (to + formula, 256 - formula, text);
  return to;
}

void
tool_put_number (FILE *to, double value, int digits)
{
  char number[BD_NUMBER_SIZE];
  fputs (bd_number_print (number, value, digits), to);
}

void
tool_put_chance (double share)
{
  printf ("# Monte Carlo error of sd_mean: %.*g %%%s\n", share < 1 ? 2 : 6,
          share < 1 ? 100 * share : round (100 * share),
          share > MOSTLY_CHANCE
              ? " (it is mostly chance: more members are needed)"
              : "");
}

void
tool_put_time (double seconds, int threads, const char *and)
{
  bool long_one = seconds >= 95; /* "%.2g" would give 1e+02 */
  printf (long_one ? "time: about %.0f min on %d thread%s%s\n"
                   : "time: about %.2g s on %d thread%s%s\n",
          long_one ? GSL_MAX_DBL (2, seconds / 60) : seconds, threads,
          threads == 1 ? "" : "s", and);
}

void
tool_put_band (double mean, double half)
{
  putchar ('\t');
  tool_put_number (stdout, mean - half, 17);
  putchar ('\t');
  tool_put_number (stdout, mean + half, 17);
}

void
tool_put_input (const bd_dataset *s, size_t k, double value)
{
  tool_put_cell (stdout, s, k, value);
}

void
tool_put_cell (FILE *to, const bd_dataset *s, size_t k, double value)
{
  char text[256];

  if (s->levels && s->levels[k])
    fputs (tool_cell (text, s->level_name[k][(size_t)value]), to);
  else
    tool_put_number (to, value, 17);
  putc ('\t', to);
}
