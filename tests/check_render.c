/* plots/ with gnuplot: every recipe draws, names are only shown, pictures are
   whole or absent.  What needs gnuplot passes without looking where there is
   none.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_rng.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../plots/figure.h"
#include "scratch.h"

#define ROWS 12

static void
set_text (bd_figure *f, const char *name, int k, const char *value)
{
  char indexed[32];
  snprintf (indexed, sizeof indexed, "%s_%d", name, k);
  ck_assert_int_eq (bd_figure_text (f, indexed, value), GSL_SUCCESS);
}

static void
set_number (bd_figure *f, const char *name, int k, double value)
{
  char indexed[32];
  snprintf (indexed, sizeof indexed, "%s_%d", name, k);
  ck_assert_int_eq (bd_figure_number (f, indexed, value), GSL_SUCCESS);
}

/* A block of COLUMNS columns: x (or a row number) and values around SIZE.  */
static void
set_block (bd_figure *f, const char *name, int k, size_t columns, double size)
{
  double value[ROWS * 8];
  char indexed[32];

  for (size_t i = 0; i < ROWS; i++)
    for (size_t j = 0; j < columns; j++)
      value[i * columns + j]
          = j == 0 ? (double)i + 1
                   : size * (1 + 0.1 * sin ((double)(i + j + (size_t)k)));
  snprintf (indexed, sizeof indexed, k ? "%s_%d" : "%s", name, k);
  ck_assert_int_eq (bd_figure_data (f, indexed, value, ROWS, columns),
                    GSL_SUCCESS);
}

/* Shares of ROWS units in a form that goes with PANELS.  */
static void
set_shares (bd_figure *f, int panels, double size)
{
  double table[ROWS][6];

  for (int i = 0; i < ROWS; i++)
    {
      const double row[6] = { i + 1, size * i, 1, 2. * i - 3, 1, i > 3 };
      memcpy (table[i], row, sizeof row);
    }
  bd_figure_text (f, "form",
                  panels < 3   ? "along"
                  : panels < 5 ? "sorted"
                               : "units");
  bd_figure_text (f, "units", "rows");
  bd_figure_number (f, "nlayer", 2);
  bd_figure_number (f, "width_1", ROWS);
  bd_figure_number (f, "width_2", 3);
  bd_figure_data (f, "share", table[0], ROWS, 6);
}

/* Five parts of an error for each of PANELS methods, one below zero.  */
static void
set_error_parts (bd_figure *f, int panels, const char *text, double size)
{
  double row[20 * 5][5];
  size_t used = 0;

  bd_figure_number (f, "nkind", 5);
  bd_figure_number (f, "has_bias", 1);
  for (int part = 1; part <= 5; part++)
    set_text (f, "part", part, text);
  for (int k = 1; k <= panels; k++)
    for (int part = 1; part <= 5; part++)
      {
        double from = part == 2 ? 0 : size * part;
        double to = part == 2 ? -size / 3 : size * (part + 1);
        const double one[5] = { k, part, from, to, fabs (size) / 9 };
        memcpy (row[used++], one, sizeof one);
      }
  bd_figure_data (f, "part", row[0], used, 5);
}

/* Everything that any recipe asks for, with TEXT wherever text may stand.  */
static bd_figure *
example (const char *recipe, int panels, const char *text, double size)
{
  static const char *const kinds[] = { "bagging", "dropout", "other" };
  bd_figure *f = bd_figure_alloc ("f", recipe);

  ck_assert_ptr_nonnull (f);
  ck_assert_int_eq (bd_figure_caption (f, text), GSL_SUCCESS);
  ck_assert_int_eq (bd_figure_text (f, "xlab", text), GSL_SUCCESS);
  ck_assert_int_eq (bd_figure_text (f, "ylab", text), GSL_SUCCESS);
  bd_figure_number (f, "npanel", panels);
  bd_figure_number (f, "nline", panels);
  bd_figure_number (f, "nrow", panels);
  bd_figure_number (f, "curve", 1);
  bd_figure_number (f, "has_truth", 1);
  bd_figure_number (f, "ref", size);
  bd_figure_cover (f, "x", (const double[]){ 1, ROWS }, 2, 1, false);
  bd_figure_cover (f, "y", &size, 1, 1, false);
  set_block (f, "points", 0, 2, size);
  set_block (f, "truth", 0, 2, size);
  set_block (f, "score", 0, 4, size);
  set_shares (f, panels, size);
  set_error_parts (f, panels, text, size);
  for (int k = 1; k <= panels; k++)
    {
      set_text (f, "title", k, text);
      set_text (f, "name", k, text);
      set_text (f, "kind", k, kinds[k % 3]);
      set_number (f, "nmember", k, 3);
      set_number (f, "c", k, size);
      set_number (f, "w", k, size);
      set_block (f, "members", k, 5, size);
      set_block (f, "band", k, 6, size);
      set_block (f, "line", k, 2, size);
      set_block (f, "along", k, 5, size);
      set_block (f, "size", k, 5, size);
      set_text (f, "note", k, text);
    }
  return f;
}

/* Every recipe, several shapes and sizes: an SVG, the same bytes twice.  */
START_TEST (drawing)
{
  static const double sizes[] = { 1, 1e-6, -3e6, 0 };
  static const int panels[] = { 1, 2, 3, 4, 6 };
  bd_error err = { "" };
  char *once, *twice;

  if (!bd_gnuplot_found ())
    return;
  for (const bd_recipe *r = bd_recipes; r->name; r++)
    for (size_t i = 0; i < 5; i++)
      {
        int k = strcmp (r->name, "bands") == 0 ? 1 + (int)i % 2 : panels[i];
        write_script ("f.gp", example (r->name, k, "a method", sizes[_i]));
        ck_assert_msg (bd_gnuplot_render ("f.gp", "svg", "f.svg", &err) == 0,
                       "%s, %d panels: %s", r->name, k, err.text);
        ck_assert_int_eq (bd_gnuplot_render ("f.gp", "svg", "g.svg", &err), 0);
        once = read_file ("f.svg");
        twice = read_file ("g.svg");
        ck_assert_str_eq (once, twice);
        free (once);
        free (twice);
      }
}
END_TEST

START_TEST (other_terminals)
{
  bd_error err = { "" };

  if (!bd_gnuplot_found ())
    return;
  write_script ("f.gp", example ("members", 2, "x", 1));
  ck_assert_int_eq (bd_gnuplot_render ("f.gp", "pdfcairo", "f.pdf", &err), 0);
  ck_assert_int_eq (bd_gnuplot_render ("f.gp", "pngcairo", "f.png", &err), 0);
  ck_assert_int_eq (bd_gnuplot_render ("f.gp", "x11", "f.png", &err),
                    GSL_EINVAL);
}
END_TEST

/* Pieces that have meant something to gnuplot, a shell, HTML or XML.  */
static void
hostile_text (gsl_rng *r, char *to, size_t size)
{
  static const char *const pieces[] = { "`touch MARK`",
                                        "'",
                                        "''",
                                        "\"",
                                        "\n",
                                        "\r",
                                        "!touch MARK",
                                        "\\",
                                        "\\\n",
                                        "system(\"touch MARK\")",
                                        "'.system(\"touch MARK\").'",
                                        "|touch MARK",
                                        "<touch MARK",
                                        "#",
                                        "{",
                                        "}",
                                        "{/:Bold",
                                        "^",
                                        "_",
                                        "@term",
                                        "$",
                                        "%",
                                        "%s%n%d",
                                        "\xFF",
                                        "\xC3",
                                        "\xE2\x80\xA8",
                                        "\xEF\xBF\xBF",
                                        "\x1B[2J",
                                        "&",
                                        "<",
                                        "<script>",
                                        "]]>",
                                        "<!--",
                                        "\nEND_OF_DATA\n!touch MARK\n",
                                        ";",
                                        "; !touch MARK\n",
                                        "`",
                                        "\t",
                                        "nan",
                                        "\xC3\xA9",
                                        "word",
                                        " ",
                                        "shell",
                                        "\\`touch MARK\\`",
                                        "id='a'",
                                        "url(#a)" };
  size_t count = 1 + gsl_rng_uniform_int (r, 9);

  to[0] = '\0';
  for (size_t i = 0; i < count; i++)
    {
      const char *p
          = pieces[gsl_rng_uniform_int (r, sizeof pieces / sizeof *pieces)];
      if (strlen (to) + strlen (p) + 1 < size)
        strcat (to, p);
    }
}

START_TEST (hostile_names)
{
  gsl_rng *r = gsl_rng_alloc (gsl_rng_taus2);
  bd_error err = { "" };
  char text[400], *svg, *inside;

  if (bd_gnuplot_found ())
    for (int i = 0; i < 40; i++)
      {
        gsl_rng_set (r, (unsigned long)(1000 * _i + i + 1));
        hostile_text (r, text, sizeof text);
        write_script ("f.gp",
                      example (bd_recipes[_i].name, 1 + i % 2, text, 1));
        ck_assert_msg (bd_gnuplot_render ("f.gp", "svg", "f.svg", &err) == 0,
                       "%s: %s", text, err.text);
        ck_assert_msg (!exists ("MARK"), "ran a command: %s", text);
        svg = read_file ("f.svg");
        ck_assert_ptr_null (strstr (svg, "<script>"));
        inside = bd_svg_inline (svg, "a-");
        ck_assert_ptr_nonnull (inside);
        free (inside);
        free (svg);
      }
  gsl_rng_free (r);
}
END_TEST

START_TEST (broken_script_leaves_nothing)
{
  bd_error err = { "" };
  FILE *to = fopen ("f.gp", "w");

  fputs ("set terminal svg\nplot no_such_thing\n", to);
  fclose (to);
  if (!bd_gnuplot_found ())
    return;
  ck_assert_int_eq (bd_gnuplot_render ("f.gp", "svg", "f.svg", &err),
                    GSL_EFAILED);
  ck_assert_msg (strstr (err.text, "no_such_thing"), "%s", err.text);
  ck_assert (!exists ("f.svg"));
  ck_assert_int_eq (bd_gnuplot_render ("none.gp", "svg", "f.svg", &err),
                    GSL_EFAILED);
  ck_assert_int_eq (bd_gnuplot_render ("f.gp", "svg", "none/f.svg", &err),
                    GSL_EFAILED);
}
END_TEST

/* A path that gnuplot itself would run as a command.  */
START_TEST (script_path_is_only_a_path)
{
  bd_error err = { "" };

  if (!bd_gnuplot_found ())
    return;
  write_script ("<cat f.gp", example ("scores", 1, "x", 1));
  ck_assert_msg (bd_gnuplot_render ("<cat f.gp", "svg", "f.svg", &err) == 0,
                 "%s", err.text);
}
END_TEST

/* Stand-ins for a gnuplot that is missing, fails, or writes half a file.  */
START_TEST (false_gnuplots)
{
  static const char *const scripts[]
      = { NULL, "#!/bin/sh\necho 'bad day' >&2; exit 1\n",
          "#!/bin/sh\necho '<svg>'\n", "#!/bin/sh\nkill -9 $$\n" };
  bd_error err = { "" };
  FILE *to = fopen ("gnuplot", "w");
  char *path = getenv ("PATH") ? strdup (getenv ("PATH")) : NULL;

  if (scripts[_i])
    fputs (scripts[_i], to);
  fclose (to);
  if (scripts[_i])
    chmod ("gnuplot", 0755);
  setenv ("PATH", ".", 1);
  ck_assert_int_eq (bd_gnuplot_render ("f.gp", "svg", "f.svg", &err),
                    GSL_EFAILED);
  ck_assert_uint_gt (strlen (err.text), 10);
  ck_assert_msg (_i != 1 || strstr (err.text, "bad day"), "%s", err.text);
  ck_assert (bd_gnuplot_found () == (_i == 2));
  ck_assert (!exists ("f.svg"));
  setenv ("PATH", path ? path : "", 1);
  free (path);
}
END_TEST

/* Every id of a real figure has the prefix, and so has what points to it.  */
START_TEST (svg_of_gnuplot)
{
  bd_error err = { "" };
  char *svg, *text;

  if (!bd_gnuplot_found ())
    return;
  write_script ("f.gp", example ("growth", 3, "x < y & z", 1));
  ck_assert_int_eq (bd_gnuplot_render ("f.gp", "svg", "f.svg", &err), 0);
  svg = read_file ("f.svg");
  text = bd_svg_inline (svg, "fig2-");
  ck_assert_int_eq (strncmp (text, "<svg role=\"img\" width=\"100%\"", 28), 0);
  ck_assert_ptr_null (strstr (text, "id='gp"));
  ck_assert_ptr_null (strstr (text, "id=\"gnuplot"));
  ck_assert_ptr_null (strstr (text, "href='#gp"));
  ck_assert_ptr_null (strstr (text, "<title>"));
  ck_assert_ptr_nonnull (strstr (text, "href='#fig2-gpPt"));
  free (text);
  free (svg);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("render");
  TCase *t = tcase_create ("render");
  SRunner *runner;

  gsl_set_error_handler_off ();
  tcase_add_checked_fixture (t, in_folder, out_of_folder);
  tcase_set_timeout (t, 300);
  tcase_add_loop_test (t, drawing, 0, 4);
  tcase_add_test (t, other_terminals);
  tcase_add_loop_test (t, hostile_names, 0, 10);
  tcase_add_test (t, broken_script_leaves_nothing);
  tcase_add_test (t, script_path_is_only_a_path);
  tcase_add_loop_test (t, false_gnuplots, 0, 4);
  tcase_add_test (t, svg_of_gnuplot);
  suite_add_tcase (s, t);
  runner = srunner_create (s);
  srunner_set_tap (runner, "-");
  srunner_run_all (runner, CK_SILENT);
  srunner_free (runner);
  return EXIT_SUCCESS;
}
