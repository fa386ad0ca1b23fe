#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "folder.h"
#include "opt.h"
#include "outputs.h"
#include "plot.h"
#include "tools.h"

/* What was asked for.  */
typedef struct
{
  const char *out, *term, *data, *at;
  size_t width;
  bool show;
} choices;

/* Endings of --output and the terminal that writes them; NULL: the script.  */
static const struct
{
  const char *ending, *term;
} endings[]
    = { { ".gp", NULL },        { ".svg", "svg" },  { ".pdf", "pdfcairo" },
        { ".png", "pngcairo" }, { ".txt", "dumb" }, { ".tex", "cairolatex" },
        { ".tex", "epslatex" } };
#define ENDINGS (sizeof endings / sizeof *endings)

static bool
ends (const char *path, const char *with)
{
  size_t n = strlen (path), k = strlen (with);
  return n > k && strcmp (path + n - k, with) == 0;
}

/* The names of the kinds that S (NULL: any file) can be drawn as.  */
static const char *
list_kinds (const plot_source *s, char *to, size_t size)
{
  size_t used = 0;

  to[0] = '\0';
  for (const plot_kind *k = plot_kinds; k->name; k++)
    if (!s || plot_fits (k, s))
      used += (size_t)snprintf (to + used, size - used, "%s%s",
                                used ? ", " : "", k->name);
  return to;
}

static const plot_kind *
find_kind (const opt_command *c, const char *name)
{
  const char *names[64], *near;
  char list[400];
  size_t count = 0;

  for (const plot_kind *k = plot_kinds; k->name; k++)
    {
      names[count++] = k->name;
      if (name && strcmp (k->name, name) == 0)
        return k;
    }
  near = name ? bd_text_nearest (name, names, count) : NULL;
  if (!name)
    opt_usage_error (c, "which figure?  There are %s",
                     list_kinds (NULL, list, sizeof list));
  else if (near)
    opt_usage_error (c, "there is no figure '%s'; did you mean '%s'?", name,
                     near);
  else
    opt_usage_error (c, "there is no figure '%s'; there are %s", name,
                     list_kinds (NULL, list, sizeof list));
  return NULL;
}

/* The terminal that --term and the name of the file ask for, into *TERM, NULL
   for the script.  -1, or a status, the mistake told.  */
static int
choose_term (const opt_command *c, const choices *q, const char **term)
{
  bool known = q->term == NULL;

  *term = q->term;
  for (size_t k = 0; k < ENDINGS; k++)
    known |= q->term && endings[k].term && !strcmp (q->term, endings[k].term);
  if (!known)
    return opt_usage_error (c,
                            "there is no terminal '%s'; there are svg, "
                            "pdfcairo, pngcairo, cairolatex, epslatex and "
                            "dumb",
                            q->term);
  if (q->width != 0 && q->width != 85 && q->width != 170)
    return opt_usage_error (c, "--width is 85 (a column) or 170 (two), in mm");
  if (!q->out)
    return -1;
  for (size_t k = 0; k < ENDINGS; k++)
    if (ends (q->out, endings[k].ending)
        && (!q->term || !endings[k].term
            || !strcmp (q->term, endings[k].term)))
      {
        *term = endings[k].term;
        return -1;
      }
  return opt_usage_error (c,
                          "--output: %s writes no such file; names end in "
                          ".gp, .svg, .pdf, .png, .tex or .txt",
                          q->term ? q->term : "bagdrop plot");
}

/* Letters, digits, - and _ of the name of the file, else that of the kind.  */
static void
name_figure (const choices *q, const plot_kind *kind, char *to, size_t size)
{
  const char *slash = q->out ? strrchr (q->out, '/') : NULL;
  const char *name = slash ? slash + 1 : q->out ? q->out : "";
  size_t n = strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-_"
                           "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

  if (n > 0 && n < size && name[n] == '.' && !strchr (name + n + 1, '.'))
    snprintf (to, size, "%.*s", (int)n, name);
  else
    snprintf (to, size, "%s", kind->name);
}

/* SCRIPT, an open file, drawn by TERM to OUT; NULL: on standard output.  */
static int
draw (const char *script, const char *term, const char *out, bd_error *err)
{
  size_t columns = tool_width () ? tool_width () - 1 : 79;
  folder_file f;
  int code;

  if (term && strcmp (term, "dumb") != 0)
    return ends (out, ".tex") ? bd_gnuplot_tex (script, term, out, err)
                              : bd_gnuplot_render (script, term, out, err);
  columns = columns < 40 ? 40 : columns > 160 ? 160 : columns;
  if (!out)
    return bd_gnuplot_show (script, columns, stdout, err);
  code = folder_begin_path (&f, out, err);
  if (!code)
    code = bd_gnuplot_show (script, 79, f.file, err);
  if (!code)
    return folder_commit (&f, err);
  folder_drop (&f);
  return code;
}

/* What was made of F.  */
static int
put (const choices *q, const char *term, const bd_figure *f, bd_error *err)
{
  bool picture = (q->out && term) || q->show;
  folder_file file;
  char path[64];
  FILE *script;
  int code = GSL_SUCCESS;

  if (!q->out && !q->show)
    return bd_figure_write (f, stdout);
  if (q->out && !term)
    {
      code = folder_begin_path (&file, q->out, err);
      if (code)
        return code;
      bd_figure_write (f, file.file);
      code = folder_commit (&file, err);
    }
  if (code || !picture)
    return code;
  if (!bd_gnuplot_found ())
    return BD_FAIL (err, GSL_EFAILED,
                    "gnuplot was not found; -o NAME.gp writes the script");
  script = tmpfile ();
  if (!script || bd_figure_write (f, script) || fflush (script) != 0)
    code = BD_FAIL (err, GSL_EFAILED, "cannot write a script for gnuplot");
  else
    snprintf (path, sizeof path, "/dev/fd/%d", fileno (script));
  if (!code && q->out && term)
    code = draw (path, term, q->out, err);
  if (!code && q->show)
    code = draw (path, NULL, NULL, err);
  if (script)
    fclose (script);
  return code;
}

/* Read what --data and --at name.  */
static int
read_more (const choices *q, plot_source *s, bd_error *err)
{
  s->data = q->data ? bd_table_open (q->data, err) : NULL;
  if (q->data && !s->data)
    return GSL_EFAILED;
  s->at = q->at ? bd_table_open (q->at, err) : NULL;
  return q->at && !s->at ? GSL_EFAILED : GSL_SUCCESS;
}

static int
misfit (const plot_kind *kind, const plot_source *s, const char *file,
        bd_error *err)
{
  char list[400], name[200];

  bd_text_clean (name, sizeof name, file);
  list_kinds (s, list, sizeof list);
  if (!*list)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s is no table that a command of bagdrop wrote and a "
                    "figure is drawn from",
                    name);
  return BD_FAIL (err, GSL_EINVAL, "%s cannot be drawn as %s, only as %s",
                  name, kind->name, list);
}

static int
plot (const choices *q, const char *term, const plot_kind *kind,
      const char *file, bd_error *err)
{
  plot_source s;
  bd_figure *f = NULL;
  char name[80];
  int code = plot_source_read (&s, file, err);

  if (!code && !plot_fits (kind, &s))
    code = misfit (kind, &s, file, err);
  if (!code)
    code = read_more (q, &s, err);
  name_figure (q, kind, name, sizeof name);
  if (!code
      && !(f
           = bd_figure_alloc (name, kind->recipe ? kind->recipe : kind->name)))
    code = BD_FAIL (err, GSL_ENOMEM, "no memory for a figure");
  if (!code)
    code = kind->make (&s, f, err);
  if (!code && q->width)
    bd_figure_number (f, "width_mm", (double)q->width);
  if (!code && q->term)
    bd_figure_text (f, "term", q->term);
  if (!code)
    code = put (q, term, f, err);
  bd_figure_free (f);
  plot_source_free (&s);
  return code;
}

/* What was asked for with the words KIND and FILE; the status to exit with. */
static int
run (const opt_command *c, const choices *q, const char *word[2])
{
  const char *in[] = { word[1], q->data, q->at }, *term;
  const output_file out[] = { { "output", q->out }, { NULL, NULL } };
  const plot_kind *kind = find_kind (c, word[0]);
  bd_error err = { "" };
  int status;

  if (!kind)
    return EXIT_USAGE;
  if (!word[1])
    return opt_usage_error (c, "which file?  '-' is standard input");
  status = choose_term (c, q, &term);
  if (status < 0)
    status = outputs_check (c, in, 3, out);
  if (status >= 0)
    return status;
  return plot (q, term, kind, word[1], &err) ? tool_fail ("plot", &err)
                                             : EXIT_SUCCESS;
}

int
cmd_plot (int argc, char **argv)
{
  choices q = { .width = 0 };
  const opt_option options[] = {
    { "output", 'o', OPT_TEXT, &q.out, 0, 0, "FILE",
      "draw to this file: .svg, .pdf, .png, .tex (for LaTeX), .txt; .gp: the "
      "script" },
    { "show", 0, OPT_FLAG, &q.show, 0, 0, NULL,
      "draw with characters in the terminal" },
    { "term", 0, OPT_TEXT, &q.term, 0, 0, "NAME",
      "terminal of gnuplot that the script draws with: svg, pdfcairo, "
      "pngcairo, cairolatex, epslatex or dumb (default: svg)" },
    { "width", 'w', OPT_SIZE, &q.width, 1, 1000, "MM",
      "85 for one column of a page, 170 for two (default: what suits the "
      "figure)" },
    { "data", 'd', OPT_TEXT, &q.data, 0, 0, "FILE",
      "rows that are shown as circles (bands, members), or that have the "
      "responses (calibration, growth, ambiguity, width)" },
    { "at", 0, OPT_TEXT, &q.at, 0, 0, "FILE",
      "the table that the run of the members printed: where their points "
      "are" },
    { NULL, 0, OPT_FLAG, NULL, 0, 0, NULL, NULL },
  };
  const opt_command c
      = { "plot",
          "[OPTION]... KIND FILE",
          "Draw a table that another command wrote: a gnuplot script with "
          "everything in\nit, on standard output.",
          "KIND is one of 'bagdrop list figures'; what a FILE cannot be drawn "
          "as is told\nwith what it can.  FILE is '-' for standard input.\n\n"
          "Examples:\n"
          "  bagdrop bag mcycle.csv | bagdrop plot bands - --show\n"
          "  bagdrop plot bands curve.tsv --data mcycle.csv -o bands.pdf\n"
          "  bagdrop plot members members.tsv --at curve.tsv > members.gp\n"
          "  bagdrop plot ambiguity members.tsv --data test.csv --show\n"
          "  bagdrop plot budget budget.tsv -o budget.tex --width 170\n",
          options,
          2 };
  const char *word[2];
  int status = opt_parse (&c, argc, argv, word);

  if (status >= 0)
    return status;
  return run (&c, &q, word);
}
