/* The emitter: variables, data blocks, style and recipe in one script.

   Every variable is written  NAME = exists('NAME') ? NAME : VALUE , so that
   the reader of a report can change a label from the command line.  */
#include <config.h>

#include <ctype.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/number.h"
#include "../lib/base/text.h"
#include "figure.h"

#define DIGITS 9 /* of the data: far below the width of a line */

typedef struct
{
  char *name;
  char *text;   /* a quoted string, or NULL for a number */
  double value; /* the number */
} setting;

typedef struct
{
  char *name;
  double *value;
  size_t rows, columns;
} block;

struct bd_figure
{
  const bd_recipe *recipe;
  char *name, *caption;
  setting *settings;
  block *blocks;
  size_t nsetting, nblock;
};

static char *
copy_text (const char *text)
{
  size_t size = strlen (text) + 1;
  char *copy = malloc (size);
  return copy ? memcpy (copy, text, size) : NULL;
}

/* Letters, digits and the characters of MORE, at least one.  */
static bool
spelled (const char *name, const char *more)
{
  if (!name || !*name)
    return false;
  for (; *name; name++)
    if ((unsigned char)*name > 127
        || (!isalnum ((unsigned char)*name) && !strchr (more, *name)))
      return false;
  return true;
}

/* What gnuplot takes for the name of a variable.  */
static bool
is_variable (const char *name)
{
  return spelled (name, "_") && !isdigit ((unsigned char)*name);
}

static const bd_recipe *
find_recipe (const char *name)
{
  for (const bd_recipe *r = bd_recipes; name && r->name; r++)
    if (!strcmp (r->name, name))
      return r;
  return NULL;
}

bd_figure *
bd_figure_alloc (const char *name, const char *recipe)
{
  const bd_recipe *r = find_recipe (recipe);
  bd_figure *f;

  if (!r)
    GSL_ERROR_NULL ("no such figure recipe", GSL_EINVAL);
  if (!spelled (name, "-_"))
    GSL_ERROR_NULL ("a figure's name is letters, digits, - and _", GSL_EINVAL);
  f = calloc (1, sizeof *f);
  if (!f)
    GSL_ERROR_NULL ("no memory for a figure", GSL_ENOMEM);
  f->recipe = r;
  f->name = copy_text (name);
  f->caption = copy_text ("");
  if (!f->name || !f->caption)
    goto fail;
  return f;

fail:
  bd_figure_free (f);
  GSL_ERROR_NULL ("no memory for a figure", GSL_ENOMEM);
}

void
bd_figure_free (bd_figure *f)
{
  if (!f)
    return;
  for (size_t i = 0; i < f->nsetting; i++)
    {
      free (f->settings[i].name);
      free (f->settings[i].text);
    }
  for (size_t i = 0; i < f->nblock; i++)
    {
      free (f->blocks[i].name);
      free (f->blocks[i].value);
    }
  free (f->settings);
  free (f->blocks);
  free (f->name);
  free (f->caption);
  free (f);
}

/* The setting called NAME, a new one if there is none yet, or NULL.  */
static setting *
find_setting (bd_figure *f, const char *name)
{
  setting *more;

  for (size_t i = 0; i < f->nsetting; i++)
    if (!strcmp (f->settings[i].name, name))
      return f->settings + i;
  more = realloc (f->settings, (f->nsetting + 1) * sizeof *more);
  if (!more)
    return NULL;
  f->settings = more;
  more += f->nsetting;
  *more = (setting){ .name = copy_text (name), .value = GSL_NAN };
  if (!more->name)
    return NULL;
  f->nsetting++;
  return more;
}

int
bd_figure_text (bd_figure *f, const char *variable, const char *value)
{
  setting *s;
  char *text;

  if (!is_variable (variable))
    GSL_ERROR ("not the name of a variable", GSL_EINVAL);
  text = bd_gnuplot_quote (value);
  s = text ? find_setting (f, variable) : NULL;
  if (!s)
    {
      free (text);
      GSL_ERROR ("no memory for a variable", GSL_ENOMEM);
    }
  free (s->text);
  s->text = text;
  return GSL_SUCCESS;
}

int
bd_figure_number (bd_figure *f, const char *variable, double value)
{
  setting *s;

  if (!is_variable (variable))
    GSL_ERROR ("not the name of a variable", GSL_EINVAL);
  s = find_setting (f, variable);
  if (!s)
    GSL_ERROR ("no memory for a variable", GSL_ENOMEM);
  free (s->text);
  s->text = NULL;
  s->value = value;
  return GSL_SUCCESS;
}

int
bd_figure_data (bd_figure *f, const char *name, const double value[],
                size_t rows, size_t columns)
{
  size_t count = rows * columns;
  block b = { .rows = rows, .columns = columns };
  block *more;

  if (!is_variable (name) || columns == 0)
    GSL_ERROR ("not a data block", GSL_EINVAL);
  more = realloc (f->blocks, (f->nblock + 1) * sizeof *more);
  if (!more)
    GSL_ERROR ("no memory for a data block", GSL_ENOMEM);
  f->blocks = more;
  b.name = copy_text (name);
  b.value = calloc (count ? count : 1, sizeof *b.value);
  if (!b.name || !b.value)
    {
      free (b.name);
      free (b.value);
      GSL_ERROR ("no memory for a data block", GSL_ENOMEM);
    }
  if (count)
    memcpy (b.value, value, count * sizeof *value);
  f->blocks[f->nblock++] = b;
  return GSL_SUCCESS;
}

/* Lower and upper fence of the sorted V[0..COUNT-1]: the quartiles and five
   times their distance (Tukey 1977, with 5 in place of 3 so that only what
   would flatten everything else is outside); no fence where half of the
   values are alike.  */
static void
fences (const double v[], size_t count, double *lo, double *hi)
{
  double q1, q3;

  q1 = gsl_stats_quantile_from_sorted_data (v, 1, count, 0.25);
  q3 = gsl_stats_quantile_from_sorted_data (v, 1, count, 0.75);
  if (q3 > q1)
    {
      *lo = q1 - 5 * (q3 - q1);
      *hi = q3 + 5 * (q3 - q1);
    }
}

/* Move AXIS "min" (SIGN -1) or "max" (SIGN 1), which stands before the number
   of an axis such as "x_2", outwards to VALUE.  */
static int
reach (bd_figure *f, const char *axis, int sign, double value)
{
  int letters = (int)strcspn (axis, "_");
  char name[32];
  setting *s;

  snprintf (name, sizeof name, "%.*s%s%s", letters, axis,
            sign < 0 ? "min" : "max", axis + letters);
  s = find_setting (f, name);
  if (!s)
    GSL_ERROR ("no memory for a variable", GSL_ENOMEM);
  if (!(sign * s->value >= sign * value))
    s->value = value;
  return GSL_SUCCESS;
}

int
bd_figure_cover (bd_figure *f, const char *axis, const double value[],
                 size_t count, size_t stride, bool most)
{
  double lo = GSL_NEGINF, hi = GSL_POSINF;
  size_t n = 0, i = 0;
  double *v;
  int status;

  if (!is_variable (axis) || strlen (axis) > 16)
    GSL_ERROR ("not the name of an axis", GSL_EINVAL);
  v = calloc (count ? count : 1, sizeof *v);
  if (!v)
    GSL_ERROR ("no memory for a range", GSL_ENOMEM);
  for (size_t k = 0; k < count; k++)
    if (gsl_finite (value[k * stride]))
      v[n++] = value[k * stride];
  if (n > 0)
    {
      gsl_sort (v, 1, n);
      if (most)
        fences (v, n, &lo, &hi);
      while (v[i] < lo)
        i++;
      while (v[n - 1] > hi)
        n--;
    }
  status = n > 0 ? reach (f, axis, -1, v[i]) : GSL_SUCCESS;
  if (status == GSL_SUCCESS && n > 0)
    status = reach (f, axis, 1, v[n - 1]);
  free (v);
  return status;
}

int
bd_figure_caption (bd_figure *f, const char *caption)
{
  size_t size = 3 * strlen (caption) + 1;
  char *copy = malloc (size);

  if (!copy)
    GSL_ERROR ("no memory for a caption", GSL_ENOMEM);
  free (f->caption);
  f->caption = bd_text_clean (copy, size, caption);
  return GSL_SUCCESS;
}

const char *
bd_figure_name (const bd_figure *f)
{
  return f->name;
}

const char *
bd_figure_get_caption (const bd_figure *f)
{
  return f->caption;
}

/* TEXT as comment lines broken at spaces.  A backslash at the end of a line
   would join the next one to it, so none is written.  */
static void
write_comment (const char *text, FILE *to)
{
  size_t column = 0;

  for (; *text; text++)
    {
      if (column > 64 && *text == ' ')
        {
          column = 0;
          continue;
        }
      if (column++ == 0)
        fputs ("\n# ", to);
      fputc (*text == '\\' ? '/' : *text, to);
    }
  fputc ('\n', to);
}

static void
write_number (double value, FILE *to)
{
  char number[BD_NUMBER_SIZE];
  fputs (
      bd_number_print (number, gsl_finite (value) ? value : GSL_NAN, DIGITS),
      to);
}

static void
write_setting (const setting *s, FILE *to)
{
  fprintf (to, "%s = exists('%s') ? %s : ", s->name, s->name, s->name);
  if (s->text)
    fputs (s->text, to);
  else if (gsl_finite (s->value))
    write_number (s->value, to);
  else
    fputs ("NaN", to);
  fputc ('\n', to);
}

/* gnuplot stops on an empty block, so that gets a row without values.  */
static void
write_block (const block *b, FILE *to)
{
  fprintf (to, "$%s << END_OF_DATA\n", b->name);
  for (size_t i = 0; i < (b->rows ? b->rows : 1); i++)
    for (size_t j = 0; j < b->columns; j++)
      {
        write_number (b->rows ? b->value[i * b->columns + j] : GSL_NAN, to);
        fputc (j + 1 < b->columns ? ' ' : '\n', to);
      }
  fputs ("END_OF_DATA\n", to);
}

int
bd_figure_write (const bd_figure *f, FILE *to)
{
  fprintf (to, "# %s: a figure of bagdrop (%s)\n#", f->name, f->recipe->name);
  write_comment (f->caption, to);
  fprintf (to,
           "#\n# gnuplot %s.gp draws %s.svg; gnuplot -e \"term='pdfcairo'\""
           " %s.gp a PDF\n\n",
           f->name, f->name, f->name);
  fprintf (to, "figure_name = '%s'\n", f->name);
  for (size_t i = 0; i < f->nsetting; i++)
    write_setting (f->settings + i, to);
  for (size_t i = 0; i < f->nblock; i++)
    write_block (f->blocks + i, to);
  fprintf (to, "\n%s\n%s", bd_recipe_style, f->recipe->text);
  if (ferror (to))
    GSL_ERROR ("cannot write a figure", GSL_EFAILED);
  return GSL_SUCCESS;
}
