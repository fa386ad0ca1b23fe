/* The data of `bagdrop compare', and the splits that go with them.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "base/text.h"
#include "compare.h"
#include "inputs.h"
#include "tools.h"

void
compare_free (compare_data *a)
{
  bd_dataset_free (a->data);
  bd_dataset_free (a->test);
  bd_splits_free (a->splits);
}

/* Splits from column COLUMN of T, which S was taken from: of groups, or
   forward in time.  */
static bd_splits *
splits_by (const bd_table *t, const char *column, const compare_choices *o,
           const bd_compare_options *options, const bd_dataset *s,
           bd_error *err)
{
  char name[64];
  size_t *label = malloc (s->n * sizeof *label);
  bd_labels g = { label, s->n, 0, bd_text_clean (name, sizeof name, column) };
  bd_splits *a = NULL;

  if (!label)
    BD_FAIL (err, GSL_ENOMEM, "no memory");
  else if ((g.levels = bd_table_labels (t, column, s, label, err)))
    a = o->time ? bd_splits_forward (&g, options->folds, BD_COMPARE_TRAIN, err)
                : bd_splits_groups (&g, options->folds, options->repeats,
                                    options->seed, BD_COMPARE_TRAIN, err);
  free (label);
  return a;
}

/* The rows of file PATH with the columns of S.  */
static bd_dataset *
rows_of (const char *path, const bd_dataset *s, bd_error *err)
{
  bd_table *t = inputs_table (path, err);
  bd_dataset *test = t ? bd_dataset_like (t, s, err) : NULL;

  bd_table_free (t);
  return test;
}

/* What else belongs to TO->data, which was taken from T.  */
static bool
read_rest (const bd_table *t, const compare_choices *o,
           const bd_compare_options *options, compare_data *to, bd_error *err)
{
  const char *column = o->groups ? o->groups : o->time;

  if (o->splits)
    to->splits = bd_splits_open (o->splits, to->data, o->first,
                                 BD_COMPARE_TRAIN, err);
  else if (column)
    to->splits = splits_by (t, column, o, options, to->data, err);
  if ((o->splits || column) && !to->splits)
    return false;
  if (o->test && !(to->test = rows_of (o->test, to->data, err)))
    return false;
  to->data = tool_numbers (to->data, err);
  to->test = to->data ? tool_numbers (to->test, err) : to->test;
  return to->data && !(o->test && !to->test);
}

const bd_scenario *
compare_scenario (const compare_choices *o, const char *file)
{
  if (file)
    return NULL;
  return bd_scenario_find (o->truth ? o->truth : "sine");
}

/* The data that O's scenario is asked for: those of `bagdrop simulate' with
   the same seed.  */
static bd_dataset *
simulate (const compare_choices *o, const bd_compare_options *options,
          bd_error *err)
{
  const bd_scenario *s = compare_scenario (o, NULL);
  bd_dataset *data = bd_scenario_draw (
      s, o->rows ? o->rows : s->rows,
      gsl_isnan (o->noise) ? s->noise : o->noise, options->seed);

  if (!data)
    BD_FAIL (err, GSL_ENOMEM, "no memory for that many rows");
  return data;
}

int
compare_read (const char *file, const compare_choices *o,
              const bd_compare_options *options, compare_data *to,
              bd_error *err)
{
  bool folds = !o->splits && !o->test && !o->time;
  const tool_columns columns
      = { .y = o->y,
          .x = o->x,
          .label = o->groups ? o->groups : o->time,
          .least = GSL_MAX (BD_COMPARE_ROWS, folds ? 2 * options->folds : 0) };
  bd_table *t = NULL;
  int status = EXIT_FAILURE;

  *to = (compare_data){ .data = o->truth ? simulate (o, options, err)
                                         : tool_data (file, &columns, &t,
                                                      &status, err) };
  if (to->data)
    status = read_rest (t, o, options, to, err) ? -1 : EXIT_FAILURE;
  bd_table_free (t);
  return status;
}
