/* plots/panels.gp with gnuplot: pages of 1 to 6 panels of every type draw
   without a word on stderr, whatever is missing and whatever the texts are.
   Passes without looking where there is no gnuplot.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../plots/figure.h"
#include "scratch.h"

#define KEYS 6
#define ROWS 20
#define MEMBERS 4

static void
set_number (bd_figure *f, const char *name, int k, double value)
{
  char indexed[64];
  snprintf (indexed, sizeof indexed, "%s_%d", name, k);
  ck_assert_int_eq (bd_figure_number (f, indexed, value), GSL_SUCCESS);
}

static void
set_text (bd_figure *f, const char *name, int k, const char *value)
{
  char indexed[64];
  snprintf (indexed, sizeof indexed, "%s_%d", name, k);
  ck_assert_int_eq (bd_figure_text (f, indexed, value), GSL_SUCCESS);
}

static void
set_data (bd_figure *f, const char *name, int k, const double value[],
          size_t rows, size_t columns)
{
  char indexed[64];
  snprintf (indexed, sizeof indexed, "%s_%d", name, k);
  ck_assert_int_eq (bd_figure_data (f, indexed, value, rows, columns),
                    GSL_SUCCESS);
}

static void
cover (bd_figure *f, const char *axis, int k, const double value[],
       size_t count, size_t stride)
{
  char indexed[64];
  snprintf (indexed, sizeof indexed, "%s_%d", axis, k);
  ck_assert_int_eq (bd_figure_cover (f, indexed, value, count, stride, false),
                    GSL_SUCCESS);
}

/* A row for each entry of the key, every other one with a second value.  */
static void
set_rows (bd_figure *f, int k, size_t count, double size)
{
  double row[KEYS][7];

  for (int i = 0; i < KEYS; i++)
    {
      double v = size * (i + 1), w = i % 2 ? GSL_NAN : 1.3 * v;
      const double one[] = { i + 1, v, 0.8 * v, 1.1 * v, w, 0.9 * w, w };
      memcpy (row[i], one, sizeof one);
    }
  set_data (f, "rows", k, row[0], count, 7);
  cover (f, "x", k, &row[0][2], count, 7);
  cover (f, "x", k, &row[0][3], count, 7);
}

/* Lines of COUNT points around SIZE, the first with a hole; number L of panel
   K in the style of entry L.  */
static void
set_lines (bd_figure *f, int k, int lines, size_t count, double size)
{
  double value[ROWS][4];
  char name[48];

  for (int l = 1; l <= lines; l++)
    {
      for (size_t i = 0; i < count; i++)
        {
          double y = size * (1 + 0.1 * sin ((double)i + l) + 0.1 * l);
          const double one[] = { (double)i + 1, l == 1 && i == 4 ? GSL_NAN : y,
                                 0.9 * y, l == 2 ? GSL_NAN : 1.1 * y };
          memcpy (value[i], one, sizeof one);
        }
      snprintf (name, sizeof name, "line_%d", k);
      set_data (f, name, l, value[0], count, 4);
      snprintf (name, sizeof name, "style_%d", k);
      set_number (f, name, l, l);
      for (int c = 1; c < 4; c++)
        cover (f, "y", k, &value[0][c], count, 4);
      cover (f, "x", k, value[0], count, 4);
    }
  set_number (f, "nline", k, lines);
}

static void
set_members (bd_figure *f, int k, size_t count, double size)
{
  double value[ROWS][MEMBERS + 1];

  for (size_t i = 0; i < ROWS; i++)
    for (size_t j = 0; j <= MEMBERS; j++)
      value[i][j] = j == 0 ? (double)i + 1
                    : j == 2
                        ? GSL_NAN
                        : size * (1 + 0.1 * sin ((double)(i + j + (size_t)k)));
  set_lines (f, k, 1, count, size);
  set_data (f, "members", k, value[0], count, MEMBERS + 1);
  set_number (f, "nmember", k, MEMBERS);
  set_data (f, "points", k, value[0], count * (MEMBERS + 1) / 2, 2);
  set_number (f, "npoint", k, (double)(count * (MEMBERS + 1) / 2));
}

static void
set_key (bd_figure *f, const char *text)
{
  static const char *const kinds[KEYS]
      = { "single", "bagging", "dropout", "dropout", "control", "truth" };
  char name[200];

  bd_figure_number (f, "nkey", KEYS);
  for (int j = 1; j <= KEYS; j++)
    {
      snprintf (name, sizeof name, "%d %.180s", j, text);
      set_text (f, "name", j, name);
      set_text (f, "kind", j, kinds[j - 1]);
      set_number (f, "rank", j, j == 4 ? 2 : 1);
      set_number (f, "of", j, j == 3 || j == 4 ? 2 : 1);
      set_number (f, "shown", j, j != 2);
    }
}

/* A page of PANELS panels, the types in turn from TYPE, of values around
   SIZE; COUNT rows of data.  */
static bd_figure *
page (int panels, int type, const char *text, size_t count, double size)
{
  static const char *const types[] = { "lines", "rows", "members" };
  static const char *const texts[] = { "title", "note", "xlab", "ylab" };
  bd_figure *f = bd_figure_alloc ("f", "panels");

  ck_assert_ptr_nonnull (f);
  bd_figure_number (f, "npanel", panels);
  set_key (f, text);
  for (int k = 1; k <= panels; k++)
    {
      int t = (type + k - 1) % 3;
      for (int i = 0; i < 4; i++)
        set_text (f, texts[i], k, text);
      set_text (f, "type", k, types[t]);
      set_number (f, "logx", k, k % 3);
      set_number (f, "logy", k, k % 2);
      set_number (f, "zero", k, 1);
      set_number (f, "one", k, 1);
      if (t == 0)
        set_lines (f, k, KEYS, k > 3 && count > 1 ? 1 : count, size);
      else if (t == 1)
        set_rows (f, k, count < KEYS ? count : KEYS, size);
      else
        set_members (f, k, count, size);
    }
  return f;
}

/* Draw F, with no word from gnuplot; the picture, the same bytes twice.  */
static char *
draw (bd_figure *f)
{
  bd_error err = { "" };
  char *once, *twice, *words;

  write_script ("f.gp", f);
  ck_assert_msg (bd_gnuplot_render ("f.gp", "svg", "f.svg", &err) == 0, "%s",
                 err.text);
  once = read_file ("f.svg");
  ck_assert_int_eq (system ("LC_ALL=C.UTF-8 gnuplot -d f.gp 2>g.svg"), 0);
  words = read_file ("g.svg");
  ck_assert_str_eq (words, "");
  twice = read_file ("f.svg");
  ck_assert_str_eq (once, twice);
  ck_assert_ptr_nonnull (strstr (once, "</svg>"));
  free (words);
  free (twice);
  return once;
}

START_TEST (drawing)
{
  static const double sizes[] = { 1, 3e-8, 2e7 };

  if (!bd_gnuplot_found ())
    return;
  for (int panels = 1; panels <= 6; panels++)
    free (draw (page (panels, _i, "a method", ROWS, sizes[_i])));
}
END_TEST

/* No rows, one row, nothing above zero, everything alike, nothing known.  */
START_TEST (missing)
{
  static const double sizes[] = { 1, 1, -1, 0, GSL_NAN, GSL_POSINF };
  static const size_t counts[] = { 0, 1, ROWS, ROWS, ROWS, 2 };
  char *svg;

  if (!bd_gnuplot_found ())
    return;
  for (int type = 0; type < 3; type++)
    free (draw (page (3, type, "", counts[_i], sizes[_i])));
  svg = draw (page (6, 0, "x", counts[_i], sizes[_i]));
  ck_assert (!strstr (svg, "no data") == (counts[_i] && sizes[_i] == 1));
  free (svg);
}
END_TEST

/* A page that says next to nothing.  */
START_TEST (bare)
{
  bd_figure *f = bd_figure_alloc ("f", "panels");

  bd_figure_number (f, "npanel", 2);
  if (bd_gnuplot_found ())
    free (draw (f));
  else
    bd_figure_free (f);
}
END_TEST

START_TEST (texts)
{
  static const char *const hostile[]
      = { "`touch MARK`",
          "'.system('touch MARK').'",
          "{/:Bold ^_@term %s%n",
          "\xC3\x84\xE2\x82\xAC \"quotes\" \\n $HOME <script> ]]> & on and on "
          "and on and on and on and on and on and on and on and on and on",
          "averyveryverylongwordwithoutanyspaceinitandthenevenmoreofitandmore"
          "averyveryverylongwordwithoutanyspaceinitandthenevenmoreofitand",
          "\nEND_OF_DATA\n!touch MARK\n" };

  if (!bd_gnuplot_found ())
    return;
  free (draw (page (3, _i % 3, hostile[_i], ROWS, 1)));
  free (draw (page (6, _i % 3, hostile[_i], 3, 1)));
  ck_assert (!exists ("MARK"));
}
END_TEST

/* The key has what is shown; rows have their names; rates have shades.  */
START_TEST (key)
{
  char *svg;

  if (!bd_gnuplot_found ())
    return;
  svg = draw (page (1, 0, "of six", ROWS, 1));
  ck_assert_ptr_nonnull (strstr (svg, "1 of six"));
  ck_assert_ptr_null (strstr (svg, "2 of six"));
  ck_assert_ptr_nonnull (strstr (svg, "6 of six"));
  ck_assert_ptr_nonnull (strstr (svg, "rgb(253, 180, 107)"));
  ck_assert_ptr_nonnull (strstr (svg, "rgb(122,  40,   0)"));
  ck_assert_ptr_null (strstr (svg, "single members"));
  free (svg);
  svg = draw (page (1, 1, "of six", ROWS, 1));
  ck_assert_ptr_nonnull (strstr (svg, "2 of six"));
  free (svg);
  svg = draw (page (1, 2, "of six", ROWS, 1));
  ck_assert_ptr_nonnull (strstr (svg, "single members"));
  ck_assert_ptr_nonnull (strstr (svg, ">data<"));
  free (svg);
}
END_TEST

START_TEST (other_terminals)
{
  bd_error err = { "" };

  if (!bd_gnuplot_found ())
    return;
  write_script ("f.gp", page (6, 0, "x", ROWS, 1));
  ck_assert_int_eq (bd_gnuplot_render ("f.gp", "pdfcairo", "f.pdf", &err), 0);
  ck_assert_int_eq (bd_gnuplot_render ("f.gp", "pngcairo", "f.png", &err), 0);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("panels");
  TCase *t = tcase_create ("panels");
  SRunner *runner;

  gsl_set_error_handler_off ();
  tcase_add_checked_fixture (t, in_folder, out_of_folder);
  tcase_set_timeout (t, 300);
  tcase_add_loop_test (t, drawing, 0, 3);
  tcase_add_loop_test (t, missing, 0, 6);
  tcase_add_test (t, bare);
  tcase_add_loop_test (t, texts, 0, 6);
  tcase_add_test (t, key);
  tcase_add_test (t, other_terminals);
  suite_add_tcase (s, t);
  runner = srunner_create (s);
  srunner_set_tap (runner, "-");
  srunner_run_all (runner, CK_SILENT);
  srunner_free (runner);
  return EXIT_SUCCESS;
}
