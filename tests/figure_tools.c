#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <string.h>

#include "figure_tools.h"

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

bd_figure *
example_figure (const char *recipe, int panels, const char *text, double size)
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
