/* What the files of this room share about one column of a table.  */
#ifndef BD_DATA_COLUMN_H
#define BD_DATA_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

#include "csv.h"
#include "table.h"

#define BD_COLUMN_SHOWN 64
#define BD_COLUMN_ABSENT ((size_t)-1)

/* True if the record that was read last can be a header: a cell of it is
   neither missing nor stands for a number.  */
bool bd_column_header (const bd_csv *c);

/* The name of column J cut to a length that leaves room for a sentence.  */
const char *bd_column_shown (const bd_table *t, size_t j,
                             char to[BD_COLUMN_SHOWN]);

/* Line where messages about columns as a whole point: that of the header, or
   of the first row.  */
size_t bd_column_line (const bd_table *t);

/* Position of the column called exactly NAME, t->columns and a sentence when
   there is none or two have that name.  */
size_t bd_column_named (const bd_table *t, const char *name, bd_error *err);

/* True if the COUNT rows ROW[] of column J, or all rows if ROW is NULL, hold
   one value only, not counting missing ones.  */
bool bd_column_constant (const bd_table *t, size_t j, const size_t row[],
                         size_t count);

/* True, with a sentence in TO, if column J cannot serve as numbers: text, or
   all missing.  */
bool bd_column_fault (const bd_table *t, size_t j, char to[BD_ERROR_SIZE]);

/* For each level of column J, which is text, its rank among those that occur
   in the COUNT rows ROW[] (all rows if ROW is NULL), which are *LEVELS many,
   or BD_COLUMN_ABSENT.  NULL when memory is short; the caller frees.  */
size_t *bd_column_codes (const bd_table *t, size_t j, const size_t row[],
                         size_t count, size_t *levels);

/* The sentence for a column that holds one value only, which stands in row I;
   WHERE is empty or says in which rows.  */
void bd_column_constant_text (const bd_table *t, size_t j, size_t i,
                              const char *where, char to[BD_ERROR_SIZE]);

#endif
