/* The columns and rows of a table that become a data set.  */
#ifndef BD_DATA_CHOICE_H
#define BD_DATA_CHOICE_H

#include <stdbool.h>

#include "table.h"

typedef struct
{
  const bd_table *t;
  bool y_asked, x_asked; /* by the user, not by default */
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

/* GSL_ENOMEM and its sentence.  */
int bd_choice_fail_memory (const bd_choice *c, bd_error *err);

#endif
