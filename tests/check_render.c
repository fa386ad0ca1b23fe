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
#include "figure_tools.h"
#include "scratch.h"

/* Every recipe, several shapes and sizes: an SVG; of usual sizes the same
   bytes twice.  */
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
        if (_i && i % 2 != (size_t)_i % 2)
          continue;
        write_script ("f.gp",
                      example_figure (r->name, k, "a method", sizes[_i]));
        ck_assert_msg (bd_gnuplot_render ("f.gp", "svg", "f.svg", &err) == 0,
                       "%s, %d panels: %s", r->name, k, err.text);
        if (_i)
          continue;
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
  write_script ("f.gp", example_figure ("members", 2, "x", 1));
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
    for (int i = 0; i < 15; i++)
      {
        gsl_rng_set (r, (unsigned long)(1000 * _i + i + 1));
        hostile_text (r, text, sizeof text);
        write_script (
            "f.gp", example_figure (bd_recipes[_i].name, 1 + i % 2, text, 1));
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
  write_script ("<cat f.gp", example_figure ("scores", 1, "x", 1));
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
  write_script ("f.gp", example_figure ("growth", 3, "x < y & z", 1));
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
