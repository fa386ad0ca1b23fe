/* The data of `bagdrop compare', and the splits that go with them.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "data/row_labels.h"
#include "compare.h"
#include "inputs.h"
#include "tools.h"

void
compare_free (compare_data *a)
{
  bd_dataset_free (a->data);
  bd_dataset_free (a->test);
  bd_splits_free (a->splits);
  bd_row_labels_free (&a->labels);
}

/* Splits from column COLUMN of T, which S was taken from: of groups, or
   forward in time.  */
static bd_splits *
splits_by (const bd_table *t, const char *column, const compare_choices *o,
           const bd_compare_options *options, const bd_dataset *s,
           bd_row_labels *labels, bd_error *err)
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
  *labels = (bd_row_labels){ label, g.levels, o->time != NULL, label };
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
    to->splits = splits_by (t, column, o, options, to->data, &to->labels, err);
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

/* Is the response a class?  */
static bool
ask_classes (void *params, bool text)
{
  const bool *asked = params;
  return *asked || text;
}

/* Numbers that might be meant as classes.  */
static void
tell_classes (const bd_dataset *s)
{
  bool two = !s->classes;

  for (size_t i = 0; two && i < s->n; i++)
    {
      double y = gsl_vector_get (s->y, i);
      two = y == 0 || y == 1;
    }
  if (two)
    tell_note ("the response holds 0 and 1 only and is taken as a number; "
               "--classes takes it as classes");
}

/* Is method K in the list by its name, and not by "all"?  */
static bool
is_named (const compare_choices *o, size_t k)
{
  bool all = o->methods && strncmp (o->methods, "all", 3) == 0
             && strchr (",; ", o->methods[3]);

  return k >= BD_METHODS || (o->methods && !all);
}

/* Learning curves are of squared errors.  */
static int
check_learning (const compare_choices *o, const bd_dataset *s, bd_error *err)
{
  char name[64];

  if (!o->learning)
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL,
                  "--learning needs a response of numbers; '%s' has classes",
                  bd_text_clean (name, sizeof name, s->y_name));
}

/* Use methods that take classes only.  */
static int
leave_out (const compare_choices *o, bd_compare_options *options,
           compare_data *to, bd_error *err)
{
  char names[256] = "";
  size_t used = 0, left = 0;

  for (size_t k = 0; k < BD_COMPARED; k++)
    {
      const bd_method *q = bd_own_method (options->own, k);
      if (!options->use[k] || bd_method_classes (q))
        continue;
      if (is_named (o, k))
        return BD_FAIL (err, GSL_EINVAL,
                        "--methods: %s predicts numbers, and the response "
                        "'%s' has classes; trees and networks take them",
                        q->name, bd_text_clean (names, 64, to->data->y_name));
      options->use[k] = false;
      used += (size_t)snprintf (names + used, sizeof names - used, "%s%s",
                                left++ ? ", " : "", q->name);
    }
  if (left)
    snprintf (to->left_out, sizeof to->left_out,
              "Left out, as the response has classes and %s numbers "
              "only: %s.",
              left > 1 ? "these predict" : "this predicts", names);
  return GSL_SUCCESS;
}

int
compare_read (const char *file, const compare_choices *o,
              bd_compare_options *options, compare_data *to, bd_error *err)
{
  bool asked = o->classes;
  bool folds = !o->splits && !o->test && !o->time;
  const tool_columns columns
      = { .y = o->y,
          .x = o->x,
          .label = o->groups ? o->groups : o->time,
          .least = GSL_MAX (BD_COMPARE_ROWS, folds ? 2 * options->folds : 0),
          .classes = ask_classes,
          .params = &asked };
  bd_table *t = NULL;
  int status = EXIT_FAILURE;

  *to = (compare_data){ .data = o->truth ? simulate (o, options, err)
                                         : tool_data (file, &columns, &t,
                                                      &status, err) };
  if (to->data)
    status = read_rest (t, o, options, to, err) ? -1 : EXIT_FAILURE;
  if (status < 0 && to->data->classes
      && (check_learning (o, to->data, err)
          || leave_out (o, options, to, err)))
    status = EXIT_FAILURE;
  if (status < 0 && file)
    tell_classes (to->data);
  bd_table_free (t);
  return status;
}
