#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "choice.h"
#include "dataset.h"
#include "name.h"

/* Data set without names.  */
static bd_dataset *
alloc_arrays (size_t n, size_t d)
{
  if (n == 0 || d == 0)
    GSL_ERROR_NULL ("a data set needs rows and inputs", GSL_EINVAL);
  if (n > SIZE_MAX / sizeof (double) / d)
    GSL_ERROR_NULL ("a data set of this size does not fit", GSL_ENOMEM);
  bd_dataset *s = calloc (1, sizeof *s);
  if (!s)
    GSL_ERROR_NULL ("no memory for a data set", GSL_ENOMEM);
  s->n = n;
  s->d = d;
  s->X = gsl_matrix_calloc (n, d);
  s->y = gsl_vector_calloc (n);
  s->x_name = calloc (d, sizeof *s->x_name);
  if (s->X && s->y && s->x_name)
    return s;
  bd_dataset_free (s);
  GSL_ERROR_NULL ("no memory for a data set", GSL_ENOMEM);
}

static void
free_levels (bd_dataset *s)
{
  for (size_t j = 0; s->level_name && s->levels && j < s->d; j++)
    {
      for (size_t l = 0; s->level_name[j] && l < s->levels[j]; l++)
        free (s->level_name[j][l]);
      free (s->level_name[j]);
    }
}

void
bd_dataset_free (bd_dataset *s)
{
  if (!s)
    return;
  gsl_matrix_free (s->X);
  gsl_vector_free (s->y);
  gsl_vector_free (s->truth);
  for (size_t j = 0; s->x_name && j < s->d; j++)
    free (s->x_name[j]);
  free (s->x_name);
  free (s->y_name);
  free_levels (s);
  for (size_t k = 0; s->class_name && k < s->classes; k++)
    free (s->class_name[k]);
  free (s->class_name);
  free (s->levels);
  free (s->level_name);
  free (s->row);
  free (s);
}

bd_dataset *
bd_dataset_alloc (size_t n, size_t d)
{
  bd_dataset *s = alloc_arrays (n, d);
  bool named = s && bd_name_set (&s->y_name, "y", NULL);

  for (size_t j = 0; named && j < d; j++)
    {
      char name[32] = "x";
      if (d > 1)
        snprintf (name, sizeof name, "x%zu", j + 1);
      named = bd_name_set (&s->x_name[j], name, NULL);
    }
  if (!s || named)
    return s;
  bd_dataset_free (s);
  GSL_ERROR_NULL ("no memory for a data set", GSL_ENOMEM);
}

int
bd_dataset_categorical (bd_dataset *s, size_t j, size_t levels,
                        const char *const name[])
{
  if (levels == 0 || j >= s->d || (s->levels && s->levels[j]))
    GSL_ERROR ("no input that can get levels", GSL_EINVAL);
  if (!s->levels && !(s->levels = calloc (s->d, sizeof *s->levels)))
    GSL_ERROR ("no memory for levels", GSL_ENOMEM);
  if (!s->level_name
      && !(s->level_name = calloc (s->d, sizeof *s->level_name)))
    GSL_ERROR ("no memory for levels", GSL_ENOMEM);
  bool named = (s->level_name[j] = calloc (levels, sizeof (char *)));
  s->levels[j] = named ? levels : 0;
  for (size_t l = 0; named && l < levels; l++)
    named = bd_name_set (&s->level_name[j][l], name[l], NULL);
  if (!named)
    GSL_ERROR ("no memory for levels", GSL_ENOMEM);
  return GSL_SUCCESS;
}

bool
bd_choice_copy_classes (bd_dataset *to, const bd_dataset *from)
{
  if (!from->class_name)
    return true;
  to->class_name = calloc (from->classes, sizeof *to->class_name);
  bool named = to->class_name;
  to->classes = named ? from->classes : 0;
  for (size_t k = 0; named && k < to->classes; k++)
    named = bd_name_set (&to->class_name[k], from->class_name[k], NULL);
  return named;
}

static bool
copy_names (bd_dataset *to, const bd_dataset *from)
{
  bool named = bd_name_set (&to->y_name, from->y_name, NULL)
               && bd_choice_copy_classes (to, from);

  for (size_t j = 0; named && j < to->d; j++)
    named = bd_name_set (&to->x_name[j], from->x_name[j], NULL)
            && (!from->levels || !from->levels[j]
                || !bd_dataset_categorical (
                    to, j, from->levels[j],
                    (const char *const *)from->level_name[j]));
  return named;
}

/* What a data set may have or not.  */
static bool
alloc_parts (bd_dataset *to, const bd_dataset *from)
{
  if (from->truth && !(to->truth = gsl_vector_calloc (to->n)))
    return false;
  return !from->row || (to->row = malloc (to->n * sizeof *to->row));
}

static void
copy_row (bd_dataset *to, size_t i, const bd_dataset *from, size_t k)
{
  memcpy (to->X->data + i * to->X->tda, from->X->data + k * from->X->tda,
          to->d * sizeof (double));
  gsl_vector_set (to->y, i, gsl_vector_get (from->y, k));
  if (to->truth)
    gsl_vector_set (to->truth, i, gsl_vector_get (from->truth, k));
  if (to->row)
    to->row[i] = from->row[k];
}

bd_dataset *
bd_dataset_rows (const bd_dataset *s, const size_t row[], size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (row[i] >= s->n)
      GSL_ERROR_NULL ("no such row", GSL_EINVAL);
  bd_dataset *to = alloc_arrays (count, s->d);
  if (!to)
    return NULL;
  to->left_out = s->left_out;
  if (!copy_names (to, s) || !alloc_parts (to, s))
    {
      bd_dataset_free (to);
      GSL_ERROR_NULL ("no memory for a data set", GSL_ENOMEM);
    }
  for (size_t i = 0; i < count; i++)
    copy_row (to, i, s, row[i]);
  return to;
}
