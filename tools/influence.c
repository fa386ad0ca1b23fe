#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "base/array.h"
#include "draw.h"
#include "influence.h"
#include "tools.h"

#define TOP 5
#define FIGURE "influence" /* its name, and that of its recipe */

int
influence_try (const char *path, const char *dir, bd_error *err)
{
  static const char *const names[]
      = { FIGURE ".gp", FIGURE ".svg", FIGURE ".pdf", NULL };
  folder_file f;
  int code = path ? folder_begin_path (&f, path, err) : GSL_SUCCESS;

  if (path && !code)
    folder_drop (&f);
  if (!code && dir)
    code = folder_check (dir, names, NULL, err);
  return code;
}

size_t
influence_top (const bd_parts *a)
{
  return GSL_MAX (GSL_MIN (a->n / 4, TOP), 1);
}

/* Units that carry half of it, largest first.  */
static size_t
half_of (const bd_parts *a, const size_t order[])
{
  double sum = 0;
  size_t k = 0;

  while (k < a->n && sum < 0.5)
    sum += bd_parts_share (a, order[k++]);
  return k;
}

/* Does chance make most of the difference between shares?  */
static bool
mostly_chance (const bd_parts *a)
{
  double n = (double)a->n, squares = 0, errors = 0;

  for (size_t i = 0; i < a->n; i++)
    {
      squares += gsl_pow_2 (a->part[i] - a->total / n) / n;
      errors += gsl_pow_2 (a->error[i]) / n;
    }
  return errors > squares / 2;
}

void
influence_note (const influence_table *t, FILE *to)
{
  const bd_parts *a = t->parts;
  size_t *order = calloc (a->n, sizeof *order), top = influence_top (a);
  double sum = 0;

  if (!order || bd_parts_order (a, order))
    {
      free (order);
      return;
    }
  if (!(a->total > 0))
    fprintf (to, "# influence: cannot be told; more members are needed\n");
  else
    {
      for (size_t k = 0; k < top; k++)
        sum += bd_parts_share (a, order[k]);
      size_t half = half_of (a, order);
      fprintf (to,
               "# influence: %zu of %zu %s carr%s %.2g %% of %s, %zu carr%s "
               "half of it%s\n",
               top, a->n, t->units, top == 1 ? "ies" : "y", 100 * sum, t->what,
               half, half == 1 ? "ies" : "y",
               mostly_chance (a) ? " (mostly chance: more members are needed "
                                   "to tell them apart)"
                                 : "");
    }
  free (order);
}

static void
put_rows (const influence_table *t, const size_t rank[], FILE *to)
{
  const bd_parts *a = t->parts;

  t->header (t->params, to);
  fputs ("share\tshare_error\tsd\trank\n", to);
  for (size_t i = 0; i < a->n; i++)
    {
      double row[] = { bd_parts_share (a, i),
                       a->total > 0 ? a->error[i] / a->total : GSL_NAN,
                       a->part[i] >= 0 ? sqrt (a->part[i]) : GSL_NAN };
      t->unit (t->params, i, to);
      for (size_t k = 0; k < 3; k++)
        {
          tool_put_number (to, row[k], 17);
          putc ('\t', to);
        }
      fprintf (to, "%zu\n", rank[i]);
    }
}

static int
write_table (const influence_table *t, const char *path, bd_error *err)
{
  size_t n = t->parts->n;
  size_t *order = calloc (n, sizeof *order), *rank = calloc (n, sizeof *rank);
  folder_file f;
  int code = order && rank ? bd_parts_order (t->parts, order) : GSL_ENOMEM;

  if (code)
    BD_FAIL (err, code, "no memory for %zu units", n);
  else
    code = folder_begin_path (&f, path, err);
  for (size_t k = 0; !code && k < n; k++)
    rank[order[k]] = k + 1;
  if (!code)
    {
      t->origin (t->params, f.file);
      if (t->members)
        fprintf (f.file, "# members: %llu\n", (unsigned long long)t->members);
      influence_note (t, f.file);
      fprintf (f.file,
               "# %s; share: of %s, mean over %zu point%s (below 0: nothing "
               "above chance); share_error: its Monte Carlo error; sd: root "
               "of the part, in units of the response; rank: 1 carries most\n",
               t->explain, t->what, t->points, t->points == 1 ? "" : "s");
      put_rows (t, rank, f.file);
      code = folder_commit (&f, err);
    }
  free (order);
  free (rank);
  return code;
}

/* x, y, layer, share, its error (both in percent), 1 for those that carry
   most.  */
#define COLUMNS 6

int
influence_figure_data (bd_figure *f, const bd_parts *a, const double place[],
                       bool sorted)
{
  size_t n = a->n, *order = calloc (n, sizeof *order);
  double *table = bd_array (n, COLUMNS), sum = 0;
  int code = order && table ? bd_parts_order (a, order) : GSL_ENOMEM;

  for (size_t k = 0; !code && k < n; k++)
    {
      size_t i = order[k];
      double *row = table + COLUMNS * (sorted ? k : i);
      double share = 100 * bd_parts_share (a, i);
      sum += share;
      row[0] = sorted ? (double)k + 1 : place[3 * i];
      row[1] = sorted ? sum : place[3 * i + 1];
      row[2] = sorted ? 0 : place[3 * i + 2];
      row[3] = share;
      row[4] = 100 * a->error[i] / a->total;
      row[5] = k < influence_top (a);
    }
  if (!code)
    code = bd_figure_data (f, "share", table, n, COLUMNS);
  if (!code)
    code = bd_figure_number (f, "top", (double)influence_top (a));
  free (order);
  free (table);
  return code;
}

static int
draw (const influence_table *t, const char *dir, bd_error *err)
{
  bd_figure *f = bd_figure_alloc (FIGURE, FIGURE);
  int code = f ? t->figure (t, f) : GSL_ENOMEM;

  if (code)
    BD_FAIL (err, code, "no memory for a figure");
  else
    code = draw_figure (f, dir, err);
  bd_figure_free (f);
  return code;
}

int
influence_write (const influence_table *t, const char *path, const char *dir,
                 bd_error *err)
{
  int code = path ? write_table (t, path, err) : GSL_SUCCESS;

  return !code && dir ? draw (t, dir, err) : code;
}
