/* The folder of a comparison.  */
#include <config.h>

#include <stdbool.h>
#include <stdlib.h>

#include "draw.h"
#include "folder.h"
#include "report.h"
#include "tools.h"

static int
write_one (report *r, const char *dir, const char *name,
           void (*write) (const report *r, FILE *to), bd_error *err)
{
  folder_file f;
  int code = folder_begin (&f, dir, name, err);

  if (code)
    return code;
  if (write)
    write (r, f.file);
  else
    code = report_write_json (r, f.file, err);
  if (!code)
    return folder_commit (&f, err);
  folder_drop (&f);
  return code;
}

/* Scripts always; pictures where gnuplot is.  */
static int
write_figures (report *r, const char *dir, bd_error *err)
{
  char *figures = folder_path (dir, "figures");
  int code = figures ? folder_make (figures, err) : GSL_ENOMEM;
  bool drawing = bd_gnuplot_found ();

  if (!code)
    code = report_make_figures (r);
  for (size_t k = 0; !code && k < REPORT_FIGURES; k++)
    if (r->figure[k])
      code = draw_script (r->figure[k], figures, err);
  if (!code && !drawing)
    tell_note ("gnuplot was not found: the figures were written as scripts "
               "only");
  for (size_t k = 0; !code && drawing && k < REPORT_FIGURES; k++)
    {
      bd_error why;
      if (!r->figure[k])
        continue;
      int drawn = draw_pictures (r->figure[k], figures, &r->svg[k], &why);
      if (drawn)
        tell_note ("figure %s: %s", bd_figure_name (r->figure[k]), why.text);
      drawing = drawn != GSL_ERUNAWAY;
    }
  free (figures);
  return code;
}

int
compare_write (report *r, const char *dir, bd_error *err)
{
  int code = folder_make (dir, err);

  if (!code)
    code = write_figures (r, dir, err);
  if (!code)
    code = write_one (r, dir, "summary.tsv", report_write_tsv, err);
  if (!code)
    code = write_one (r, dir, "results.json", NULL, err);
  if (!code)
    code = write_one (r, dir, "report.html", report_write_html, err);
  if (!code)
    code = write_one (r, dir, "report.tex", report_write_tex, err);
  for (size_t k = 0; k < REPORT_FIGURES; k++)
    {
      bd_figure_free (r->figure[k]);
      free (r->svg[k]);
    }
  return code;
}

int
compare_check_output (const char *dir, const char *file, bd_error *err)
{
  static const char *const names[]
      = { "summary.tsv", "results.json", "report.html", "report.tex", NULL };
  static const char *const scripts[] = { "members.gp", NULL };
  char *figures = folder_path (dir, "figures");
  int code = figures ? folder_check (dir, names, file, err)
                     : BD_FAIL (err, GSL_ENOMEM, "no memory");

  if (!code)
    code = folder_check (figures, scripts, file, err);
  free (figures);
  return code;
}
