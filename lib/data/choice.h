/* The columns and rows of a table that become a data set.  */
#ifndef BD_DATA_CHOICE_H
#define BD_DATA_CHOICE_H

#include <stdbool.h>

#include "dataset.h"

typedef struct
{
  const bd_table *t;
  bool y_asked, x_asked; /* by the user, not by default */
  bool classes;          /* the response may be text */
  bool constant;         /* the response may hold one value only */
  size_t y, d;
  size_t *x;   /* d columns */
  bool *left;  /* for each column: not an input unless asked for */
  size_t *row; /* the rows kept */
  size_t rows;
} bd_choice;

/* GSL_EINVAL and a sentence, with a way out where there is one, when a chosen
   column cannot serve in any rows.  */
int bd_choice_check_columns (const bd_choice *c, bd_error *err);

/* The same for the rows that are kept, one at least.  */
int bd_choice_check_rows (const bd_choice *c, bd_error *err);

/* The response of S, which is column J of T, becomes a class.  GSL_EINVAL with
   a sentence when it has too few or too many of them.  */
int bd_dataset_take_classes (bd_dataset *s, const bd_table *t, size_t j,
                             bd_error *err);

/* The classes of FROM become those of TO, which has none.  False when memory
   is short.  */
bool bd_choice_copy_classes (bd_dataset *to, const bd_dataset *from);

/* GSL_ENOMEM and its sentence.  */
int bd_choice_fail_memory (const bd_choice *c, bd_error *err);

#endif
