/* plots/: text that gnuplot can only show, scripts that need no other file,
   SVG that fits into a page.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../plots/figure.h"
#include "scratch.h"

START_TEST (quoting)
{
  static const char *const pairs[][2]
      = { { "a b", "'a b'" },
          { "", "''" },
          { "don't", "'don\xE2\x80\x99t'" },
          { "a\nb\tc\x01\x7F", "'a b c  '" },
          { "`id` \\n $x @y \"", "'`id` \\n $x @y \"'" },
          { "\xFF", "'\xEF\xBF\xBD'" },
          { "\xEF\xBF\xBF", "'\xEF\xBF\xBD'" } };
  char *quoted = bd_gnuplot_quote (pairs[_i][0]);

  ck_assert_str_eq (quoted, pairs[_i][1]);
  free (quoted);
}
END_TEST

START_TEST (quoting_cuts)
{
  char text[2 * 300 + 1], *quoted;

  for (int i = 0; i < 300; i++)
    memcpy (text + 2 * i, "\xC3\xA4", 3);
  quoted = bd_gnuplot_quote (text);
  ck_assert_uint_eq (strlen (quoted), 2 + 2 * 120);
  free (quoted);
}
END_TEST

START_TEST (refusals)
{
  bd_figure *f = bd_figure_alloc ("f", "members");
  const double one = 1;

  ck_assert_ptr_nonnull (f);
  ck_assert_ptr_null (bd_figure_alloc ("f", "no-such-recipe"));
  ck_assert_ptr_null (bd_figure_alloc ("../f", "members"));
  ck_assert_ptr_null (bd_figure_alloc ("", "members"));
  ck_assert_int_eq (bd_figure_text (f, "a b", "x"), GSL_EINVAL);
  ck_assert_int_eq (bd_figure_text (f, "1a", "x"), GSL_EINVAL);
  ck_assert_int_eq (bd_figure_number (f, "", 1), GSL_EINVAL);
  ck_assert_int_eq (bd_figure_data (f, "a\n!id", &one, 1, 1), GSL_EINVAL);
  ck_assert_int_eq (bd_figure_data (f, "a", &one, 1, 0), GSL_EINVAL);
  bd_figure_free (f);
  bd_figure_free (NULL);
}
END_TEST

START_TEST (script_is_what_was_set)
{
  const double value[] = { 1, GSL_NAN, -0.5, GSL_POSINF };
  bd_figure *f = bd_figure_alloc ("f", "scores");
  char *text;

  bd_figure_caption (f, "A caption \\");
  bd_figure_text (f, "xlab", "first");
  bd_figure_text (f, "xlab", "it's");
  bd_figure_number (f, "ref", GSL_NAN);
  bd_figure_data (f, "score", value, 2, 2);
  bd_figure_data (f, "nothing", value, 0, 3);
  write_script ("f.gp", f);
  text = read_file ("f.gp");
  ck_assert_ptr_nonnull (strstr (text, "\n# A caption /\n"));
  ck_assert_ptr_nonnull (strstr (text, "xlab : 'it\xE2\x80\x99s'\n"));
  ck_assert_ptr_null (strstr (text, "first'"));
  ck_assert_ptr_nonnull (strstr (text, "ref : NaN\n"));
  ck_assert_ptr_nonnull (
      strstr (text, "$score << END_OF_DATA\n1 nan\n-0.5 nan\nEND"));
  ck_assert_ptr_nonnull (
      strstr (text, "$nothing << END_OF_DATA\nnan nan nan\nEND"));
  ck_assert_ptr_nonnull (strstr (text, bd_recipe_style));
  free (text);
}
END_TEST

/* The frame covers the bulk, not the one value far away, nor NaN.  */
START_TEST (covering)
{
  const double value[] = { 1, 2, 3, 4, GSL_NAN, 5, 6, 7, 8, 1e9, GSL_NEGINF };
  bd_figure *f = bd_figure_alloc ("f", "members");
  char *text;

  bd_figure_cover (f, "y", value, 11, 1, true);
  bd_figure_cover (f, "y", (const double[]){ 9, 0, -2, 0 }, 2, 2, false);
  bd_figure_cover (f, "x", value, 11, 1, false);
  bd_figure_cover (f, "z", (const double[]){ GSL_NAN }, 1, 1, true);
  bd_figure_cover (f, "x_12", value, 4, 1, false);
  write_script ("f.gp", f);
  text = read_file ("f.gp");
  ck_assert_ptr_nonnull (strstr (text, "xmin_12 : 1\n"));
  ck_assert_ptr_nonnull (strstr (text, "xmax_12 : 4\n"));
  ck_assert_ptr_nonnull (strstr (text, "ymin : -2\n"));
  ck_assert_ptr_nonnull (strstr (text, "ymax : 9\n"));
  ck_assert_ptr_nonnull (strstr (text, "xmax : 1e+09\n"));
  ck_assert_ptr_null (strstr (text, "zmin"));
  free (text);
}
END_TEST

START_TEST (recipes_are_described)
{
  int count = 0;

  for (const bd_recipe *r = bd_recipes; r->name; r++, count++)
    {
      ck_assert_uint_gt (strlen (r->help), 20);
      ck_assert_ptr_nonnull (strstr (r->text, r->name));
    }
  ck_assert_int_eq (count, 10);
}
END_TEST

START_TEST (svg_inside_a_page)
{
  const char *svg
      = "<?xml version=\"1.0\"?>\n<svg \n width=\"321\" height=\"200\"\n"
        " viewBox=\"0 0 321 200\"\n xmlns=\"http://www.w3.org/2000/svg\">\n"
        "<title>Gnuplot</title><desc>d</desc><!-- c -->\n"
        "<g id=\"a\"><circle id='b'/><use xlink:href='#b'/>"
        "<use href=\"#b\" filter='url(#c)'/><text>id='x' url(#y)</text></g>"
        "</svg>\n";
  char *text = bd_svg_inline (svg, "p1-");

  ck_assert_str_eq (
      text, "<svg role=\"img\" width=\"100%\""
            " style=\"max-width:321px;height:auto\"\n"
            " viewBox=\"0 0 321 200\"\n xmlns=\"http://www.w3.org/2000/svg\">"
            "\n\n<g id=\"p1-a\"><circle id='p1-b'/><use xlink:href='#p1-b'/>"
            "<use href=\"#p1-b\" filter='url(#p1-c)'/>"
            "<text>id='x' url(#y)</text></g></svg>\n");
  free (text);
  ck_assert_ptr_null (bd_svg_inline ("no picture", "p"));
  ck_assert_ptr_null (bd_svg_inline ("<svg>", "p"));
  ck_assert_ptr_null (bd_svg_inline (svg, ""));
  ck_assert_ptr_null (bd_svg_inline (svg, "\"><script>"));
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("figure");
  TCase *t = tcase_create ("figure");
  SRunner *runner;

  gsl_set_error_handler_off ();
  tcase_add_checked_fixture (t, in_folder, out_of_folder);
  tcase_set_timeout (t, 300);
  tcase_add_loop_test (t, quoting, 0, 7);
  tcase_add_test (t, quoting_cuts);
  tcase_add_test (t, refusals);
  tcase_add_test (t, script_is_what_was_set);
  tcase_add_test (t, covering);
  tcase_add_test (t, recipes_are_described);
  tcase_add_test (t, svg_inside_a_page);
  suite_add_tcase (s, t);
  runner = srunner_create (s);
  srunner_set_tap (runner, "-");
  srunner_run_all (runner, CK_SILENT);
  srunner_free (runner);
  return EXIT_SUCCESS;
}
