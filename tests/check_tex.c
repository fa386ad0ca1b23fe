/* plots/ for TeX and as characters: every recipe, whole or absent, names only
   shown.  What needs gnuplot or pdflatex passes without looking where there is
   none.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../plots/figure.h"
#include "figure_tools.h"
#include "scratch.h"

static void
remove_all (void)
{
  static const char *const files[]
      = { "f.tex",   "f.eps",   "f.txt", "doc.tex", "doc.log",
          "doc.aux", "doc.pdf", "log",   NULL };
  for (int i = 0; files[i]; i++)
    unlink (files[i]);
  out_of_folder ();
}

static const char hostile[] = "50 % of a_b & $x^2$ #1 {~} "
                              "\\input{/etc/passwd} <\\write18{touch MARK}>";

/* The text as TeX must be given it, as far as a figure shows it.  */
START_TEST (every_recipe_for_tex)
{
  static const char *const terms[] = { "cairolatex", "epslatex" };
  const bd_recipe *r = &bd_recipes[_i];
  bd_error err = { "" };

  if (!bd_gnuplot_found ())
    return;
  for (int k = 0; k < 2; k++)
    for (int panels = 1; panels < 4; panels += 2)
      {
        write_script ("f.gp", example_figure (r->name, panels, hostile, 1));
        ck_assert_msg (bd_gnuplot_tex ("f.gp", terms[k], "f.tex", &err) == 0,
                       "%s: %s", r->name, err.text);
        char *text = read_file ("f.tex");
        ck_assert_msg (!strncmp (text, "% GNUPLOT: LaTeX picture", 24), "%s",
                       r->name);
        ck_assert_ptr_nonnull (strstr (text, "\\includegraphics"));
        ck_assert_ptr_nonnull (strstr (text, "{f}"));
        ck_assert (panels > 1 || strstr (text, "50 \\% of"));
        ck_assert_ptr_null (strstr (text, "\\input"));
        ck_assert_ptr_null (strstr (text, "\\write"));
        free (text);
        ck_assert (exists (k ? "f.eps" : "f.pdf"));
      }
}
END_TEST

/* A document with every recipe; TeX stops at the first error.  */
START_TEST (pdflatex_takes_it)
{
  const bd_recipe *r = &bd_recipes[_i];
  bd_error err = { "" };
  FILE *to;

  if (!bd_gnuplot_found ()
      || system ("pdflatex --version >/dev/null 2>&1") != 0)
    return;
  write_script ("f.gp", example_figure (r->name, 2, hostile, 1e-6));
  ck_assert_int_eq (bd_gnuplot_tex ("f.gp", "cairolatex", "f.tex", &err), 0);
  to = fopen ("doc.tex", "w");
  fputs ("\\documentclass{article}\\usepackage{graphicx,color}"
         "\\begin{document}\\input{f.tex}\\end{document}\n",
         to);
  fclose (to);
  ck_assert_msg (system ("pdflatex -halt-on-error doc.tex >log 2>&1") == 0,
                 "%s", r->name);
}
END_TEST

START_TEST (as_characters)
{
  const bd_recipe *r = &bd_recipes[_i];
  bd_error err = { "" };
  char line[4096];
  size_t lines = 0, inked = 0;
  FILE *to;

  if (!bd_gnuplot_found ())
    return;
  write_script ("f.gp", example_figure (r->name, 2, "a method", 1));
  to = fopen ("f.txt", "w+");
  ck_assert_msg (bd_gnuplot_show ("f.gp", 100, to, &err) == 0, "%s: %s",
                 r->name, err.text);
  rewind (to);
  for (; fgets (line, sizeof line, to); lines++)
    {
      size_t wide = 0;
      for (const char *s = line; *s && *s != '\n'; s++)
        wide += (*s & 0xC0) != 0x80;
      ck_assert_uint_le (wide, 100);
      inked += wide > 0;
    }
  fclose (to);
  ck_assert_msg (inked > 8 && lines < 120, "%s: %zu lines", r->name, lines);
}
END_TEST

START_TEST (refusals)
{
  bd_error err = { "" };
  FILE *to;

  ck_assert_int_eq (bd_gnuplot_tex ("f.gp", "svg", "f.tex", &err), GSL_EINVAL);
  ck_assert_int_eq (bd_gnuplot_tex ("f.gp", "epslatex", "a b.tex", &err),
                    GSL_EINVAL);
  ck_assert_int_eq (bd_gnuplot_tex ("f.gp", "epslatex", ".tex", &err),
                    GSL_EINVAL);
  ck_assert_int_eq (bd_gnuplot_tex ("f.gp", "epslatex", "f.pdf", &err),
                    GSL_EINVAL);
  if (!bd_gnuplot_found ())
    return;
  to = fopen ("f.gp", "w");
  fputs ("plot no_such_thing\n", to);
  fclose (to);
  ck_assert_int_eq (bd_gnuplot_tex ("f.gp", "epslatex", "f.tex", &err),
                    GSL_EFAILED);
  ck_assert_msg (strstr (err.text, "no_such_thing"), "%s", err.text);
  to = fopen ("f.gp", "w");
  fputs ("set terminal svg\n", to);
  fclose (to);
  ck_assert_int_eq (bd_gnuplot_tex ("f.gp", "epslatex", "f.tex", &err),
                    GSL_EFAILED);
  ck_assert (!exists ("f.tex") && !exists ("f.eps"));
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("tex");
  TCase *t = tcase_create ("tex");
  SRunner *runner;
  int recipes = 0;

  while (bd_recipes[recipes].name)
    recipes++;
  gsl_set_error_handler_off ();
  tcase_add_checked_fixture (t, in_folder, remove_all);
  tcase_set_timeout (t, 300);
  tcase_add_loop_test (t, every_recipe_for_tex, 0, recipes);
  tcase_add_loop_test (t, pdflatex_takes_it, 0, recipes);
  tcase_add_loop_test (t, as_characters, 0, recipes);
  tcase_add_test (t, refusals);
  suite_add_tcase (s, t);
  runner = srunner_create (s);
  srunner_set_tap (runner, "-");
  srunner_run_all (runner, CK_SILENT);
  srunner_free (runner);
  return EXIT_SUCCESS;
}
