#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dataset.h"

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
  free (s);
}

static bool
set_name (char **name, const char *text)
{
  size_t size = strlen (text) + 1;

  *name = malloc (size);
  if (*name)
    memcpy (*name, text, size);
  return *name;
}

bd_dataset *
bd_dataset_alloc (size_t n, size_t d)
{
  bd_dataset *s = alloc_arrays (n, d);
  bool named = s && set_name (&s->y_name, "y");

  for (size_t j = 0; named && j < d; j++)
    {
      char name[32] = "x";
      if (d > 1)
        snprintf (name, sizeof name, "x%zu", j + 1);
      named = set_name (&s->x_name[j], name);
    }
  if (!s || named)
    return s;
  bd_dataset_free (s);
  GSL_ERROR_NULL ("no memory for a data set", GSL_ENOMEM);
}

static bool
copy_names (bd_dataset *to, const bd_dataset *from)
{
  bool named = set_name (&to->y_name, from->y_name);

  for (size_t j = 0; named && j < to->d; j++)
    named = set_name (&to->x_name[j], from->x_name[j]);
  return named;
}

static void
copy_row (bd_dataset *to, size_t i, const bd_dataset *from, size_t k)
{
  memcpy (to->X->data + i * to->X->tda, from->X->data + k * from->X->tda,
          to->d * sizeof (double));
  gsl_vector_set (to->y, i, gsl_vector_get (from->y, k));
  if (to->truth)
    gsl_vector_set (to->truth, i, gsl_vector_get (from->truth, k));
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
  if (!copy_names (to, s)
      || (s->truth && !(to->truth = gsl_vector_calloc (count))))
    {
      bd_dataset_free (to);
      GSL_ERROR_NULL ("no memory for a data set", GSL_ENOMEM);
    }
  for (size_t i = 0; i < count; i++)
    copy_row (to, i, s, row[i]);
  return to;
}
