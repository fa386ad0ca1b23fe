/* Files of `bagdrop perspectives'.  */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "folder.h"
#include "perspectives.h"

static int
fail_memory (bd_error *err)
{
  return BD_FAIL (err, GSL_ENOMEM, "no memory for the page");
}

/* DIR/NAME by WRITE.  */
static int
write_file (const persp_job *j, const char *dir, const char *name,
            void (*write) (const persp_job *j, FILE *to), bd_error *err)
{
  folder_file f;
  int code = folder_begin (&f, dir, name, err);

  if (code)
    return code;
  write (j, f.file);
  return folder_commit (&f, err);
}

static int
write_measures (const persp_job *j, const bd_perspective_result *p,
                const char *dir, bd_error *err)
{
  char name[PERSP_NAME];
  folder_file f;
  int code = folder_begin (&f, dir, persp_name (name, p, ".tsv"), err);

  if (code)
    return code;
  persp_write_measures (j, p, f.file);
  return folder_commit (&f, err);
}

/* The script always; pictures where gnuplot is, as *DRAWING says.  */
static int
write_figure (persp_job *j, const bd_perspective_result *p, const char *dir,
              bool *drawing, bd_error *err)
{
  bd_figure *f = persp_figure (j, p);
  size_t k = p->number - 1;
  bd_error why = { "" };
  int code = f ? draw_script (f, dir, err) : fail_memory (err);

  if (!code && !(j->caption[k] = strdup (bd_figure_get_caption (f))))
    code = fail_memory (err);
  if (!code && *drawing)
    {
      int drawn = draw_pictures (f, dir, &j->svg[k], &why);
      if (drawn)
        tell_note ("figure %s: %s", bd_figure_name (f), why.text);
      *drawing = drawn != GSL_ERUNAWAY;
    }
  bd_figure_free (f);
  return code;
}

int
persp_write (persp_job *j, const char *dir, bd_error *err)
{
  char *figures = folder_path (dir, "figures");
  bool drawing = bd_gnuplot_found ();
  int code = figures ? folder_make (figures, err) : fail_memory (err);

  if (!code && !drawing)
    fputs ("bagdrop perspectives: gnuplot was not found: the figures were "
           "written as scripts only\n",
           stderr);
  for (size_t i = 0; !code && i < j->run->count; i++)
    {
      const bd_perspective_result *p = &j->run->result[i];
      if (*p->skipped)
        continue;
      code = write_figure (j, p, figures, &drawing, err);
      if (!code)
        code = write_measures (j, p, dir, err);
    }
  if (!code)
    code = write_file (j, dir, "verdicts.tsv", persp_write_verdicts, err);
  if (!code)
    code = write_file (j, dir, PERSP_PAGE, persp_write_page, err);
  free (figures);
  return code;
}

int
persp_check_files (const persp_job *j, const char *dir, bd_error *err)
{
  static const char *const names[]
      = { PERSP_PAGE,          "verdicts.tsv",
          PERSP_RECORDS,       "perspective-1.tsv",
          "perspective-2.tsv", "perspective-3.tsv",
          "perspective-4.tsv", "perspective-5.tsv",
          "perspective-6.tsv", NULL };
  static const char *const scripts[] = { "perspective-1.gp", NULL };
  char *figures = folder_path (dir, "figures");
  int code
      = figures ? folder_check (dir, names, j->file, err) : fail_memory (err);

  if (!code)
    code = folder_check (figures, scripts, j->file, err);
  free (figures);
  return code;
}
