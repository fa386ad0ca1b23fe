/* Data, labels, weights and points of `bagdrop bag'.  */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "bag.h"
#include "base/number.h"
#include "data/weights.h"
#include "inputs.h"

#define ROWS 3 /* least rows that can be bagged */

void
bag_free (bag_job *j)
{
  bd_dataset_free (j->data);
  gsl_matrix_free (j->P);
  free (j->label);
  for (size_t k = 0; j->label_name && k < j->o.rows.labels; k++)
    free (j->label_name[k]);
  free (j->label_name);
  free (j->given);
}

/* The groups by their text, or by their number as it would be written.  */
static int
name_labels (const char *column, const bd_table *t, bag_job *j, bd_error *err)
{
  const bd_column *at = &t->column[bd_table_find (t, column, err)];
  bool named
      = (j->label_name = calloc (j->o.rows.labels, sizeof *j->label_name));

  for (size_t i = 0; named && i < j->data->n; i++)
    {
      char number[BD_NUMBER_SIZE], **name = &j->label_name[j->label[i]];
      double value = at->value[j->data->row[i]];
      if (!*name)
        named = (*name
                 = strdup (at->level ? at->level[(size_t)value].text
                                     : bd_number_print (number, value, 17)));
    }
  return named ? GSL_SUCCESS
               : BD_FAIL (err, GSL_ENOMEM, "no memory for labels");
}

static int
read_labels (const char *column, const bd_table *t, bag_job *j, bd_error *err)
{
  bd_rows *rows = &j->o.rows;

  j->label = calloc (j->data->n, sizeof *j->label);
  if (!j->label)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for labels");
  rows->labels = bd_table_labels (t, column, j->data, j->label, err);
  rows->label = j->label;
  return rows->labels ? name_labels (column, t, j, err) : GSL_EINVAL;
}

static int
read_weights (const bag_choices *q, bag_job *j, bd_error *err)
{
  bd_rows *rows = &j->o.rows;
  bd_table *t = inputs_table (q->counts ? q->counts : q->index, err);

  if (t)
    j->given = (q->counts ? bd_weights_from_counts : bd_weights_from_index) (
        t, j->data->n, &rows->given_members, err);
  rows->given = j->given;
  bd_table_free (t);
  return j->given ? GSL_SUCCESS : GSL_EFAILED;
}

int
bag_read (const bag_choices *q, bag_job *j, bd_error *err)
{
  const char *label = q->strata ? q->strata : q->groups;
  const tool_columns columns
      = { .y = q->y, .x = q->x, .label = label, .least = ROWS };
  bd_table *t = NULL;
  int status, code = GSL_EFAILED;

  j->data = tool_data (j->file, &columns, &t, &status, err);
  if (j->data)
    {
      status = EXIT_FAILURE;
      code = label ? read_labels (label, t, j, err) : GSL_SUCCESS;
    }
  if (!code && (q->counts || q->index))
    code = read_weights (q, j, err);
  if (!code && !(j->P = tool_points (q->points, j->data, err)))
    code = GSL_EFAILED;
  bd_table_free (t);
  if (code)
    return status;
  j->o.set.levels = j->data->levels;
  j->o.rows.n = j->data->n;
  j->o.X = j->data->X;
  j->o.y = j->data->y;
  j->o.P = j->P;
  return -1;
}
