/* Files of `bagdrop budget'.  */
#include <config.h>

#include <stdlib.h>

#include "budget.h"
#include "folder.h"
#include "draw.h"

/* A file of its own, by WRITE.  */
static int
write_file (const budget_choices *q, const budget_job *j, const char *path,
            void (*write) (const budget_choices *q, const budget_job *j,
                           FILE *to),
            bd_error *err)
{
  folder_file f;
  int code = folder_begin_path (&f, path, err);

  if (code)
    return code;
  write (q, j, f.file);
  return folder_commit (&f, err);
}

/* Scripts always; pictures where gnuplot is.  */
static int
write_figures (const budget_job *j, const char *dir, bd_error *err)
{
  bd_figure *figure[BUDGET_FIGURES] = { NULL };
  int code = folder_make (dir, err);
  bool drawing = bd_gnuplot_found ();

  if (!code && budget_figures (j, figure))
    code = BD_FAIL (err, GSL_ENOMEM, "no memory for figures");
  for (size_t k = 0; k < BUDGET_FIGURES; k++)
    {
      bd_error why = { "" };
      if (figure[k] && !code)
        code = draw_script (figure[k], dir, err);
      if (figure[k] && !code && drawing
          && draw_pictures (figure[k], dir, NULL, &why))
        tell_note ("figure %s: %s", bd_figure_name (figure[k]), why.text);
      bd_figure_free (figure[k]);
    }
  if (!code && !drawing)
    tell_note ("gnuplot was not found: the figures were written as scripts "
               "only");
  return code;
}

static int
write_folder (const budget_choices *q, const budget_job *j, bd_error *err)
{
  char *table = folder_path (q->dir, "budget.tsv");
  char *along = folder_path (q->dir, "along.tsv");
  char *figures = folder_path (q->dir, "figures");
  int code = table && along && figures
                 ? folder_make (q->dir, err)
                 : BD_FAIL (err, GSL_ENOMEM, "no memory");

  if (!code)
    code = write_file (q, j, table, budget_print, err);
  if (!code)
    code = write_file (q, j, along, budget_print_along, err);
  if (!code)
    code = write_figures (j, figures, err);
  free (table);
  free (along);
  free (figures);
  return code;
}

/* Find out before the work is done whether files can be written.  */
int
budget_check_files (const budget_choices *q, const budget_job *j,
                    bd_error *err)
{
  static const char *const names[] = { "budget.tsv", "along.tsv", NULL };
  folder_file f;
  int code = q->dir ? folder_check (q->dir, names, j->file, err) : GSL_SUCCESS;

  if (!code && q->along && !(code = folder_begin_path (&f, q->along, err)))
    folder_drop (&f);
  return code;
}

int
budget_write (const budget_choices *q, const budget_job *j, bd_error *err)
{
  int code = q->along ? write_file (q, j, q->along, budget_print_along, err)
                      : GSL_SUCCESS;

  return !code && q->dir ? write_folder (q, j, err) : code;
}
