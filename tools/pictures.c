#include <config.h>

#include <stdlib.h>

#include "folder.h"
#include "pictures.h"

int
pictures_script (const bd_figure *figure, const char *dir, bd_error *err)
{
  char name[80];
  folder_file f;

  snprintf (name, sizeof name, "%s.gp", bd_figure_name (figure));
  int code = folder_begin (&f, dir, name, err);
  if (code)
    return code;
  bd_figure_write (figure, f.file);
  return folder_commit (&f, err);
}

int
pictures_draw (const bd_figure *figure, const char *dir, bd_error *err)
{
  static const char *const term[] = { "svg", "pdfcairo" };
  static const char *const extension[] = { "svg", "pdf" };
  char name[80];
  int code = GSL_SUCCESS;

  snprintf (name, sizeof name, "%s.gp", bd_figure_name (figure));
  char *script = folder_path (dir, name);
  if (!script)
    return BD_FAIL (err, GSL_ENOMEM, "no memory");
  for (size_t k = 0; !code && k < 2; k++)
    {
      snprintf (name, sizeof name, "%s.%s", bd_figure_name (figure),
                extension[k]);
      char *out = folder_path (dir, name);
      code = out ? bd_gnuplot_render (script, term[k], out, err)
                 : BD_FAIL (err, GSL_ENOMEM, "no memory");
      free (out);
    }
  free (script);
  return code;
}
