#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdlib.h>

#include "draw.h"
#include "folder.h"
#include "tell.h"

int
draw_script (const bd_figure *figure, const char *dir, bd_error *err)
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

/* The whole file as a string, NULL if it cannot be read.  */
static char *
slurp (const char *path)
{
  FILE *in = fopen (path, "r");
  char *text = NULL;
  long size;

  if (!in)
    return NULL;
  if (fseek (in, 0, SEEK_END) == 0 && (size = ftell (in)) >= 0
      && fseek (in, 0, SEEK_SET) == 0 && (text = calloc ((size_t)size + 1, 1))
      && fread (text, 1, (size_t)size, in) != (size_t)size)
    {
      free (text);
      text = NULL;
    }
  fclose (in);
  return text;
}

int
draw_pictures (const bd_figure *figure, const char *dir, char **svg,
               bd_error *err)
{
  static const char *const term[] = { "svg", "pdfcairo" };
  static const char *const extension[] = { "svg", "pdf" };
  char name[80], *script, *out;
  int code = GSL_SUCCESS;

  snprintf (name, sizeof name, "%s.gp", bd_figure_name (figure));
  script = folder_path (dir, name);
  for (size_t k = 0; script && !code && k < 2; k++)
    {
      snprintf (name, sizeof name, "%s.%s", bd_figure_name (figure),
                extension[k]);
      out = folder_path (dir, name);
      code = out ? bd_gnuplot_render (script, term[k], out, err) : GSL_ENOMEM;
      if (!code)
        tell_step ("drew %s", out);
      char *text = svg && !code && k == 0 ? slurp (out) : NULL;
      if (text)
        *svg = bd_svg_inline (text, bd_figure_name (figure));
      free (text);
      free (out);
    }
  free (script);
  return code;
}

int
draw_figure (const bd_figure *figure, const char *dir, bd_error *err)
{
  bd_error why = { "" };
  int code = folder_make (dir, err);

  if (!code)
    code = draw_script (figure, dir, err);
  if (code)
    return code;
  if (!bd_gnuplot_found ())
    tell_note ("gnuplot was not found: the figure was written as a script "
               "only");
  else if (draw_pictures (figure, dir, NULL, &why))
    tell_note ("figure %s: %s", bd_figure_name (figure), why.text);
  return GSL_SUCCESS;
}
