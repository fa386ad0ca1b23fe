/* A table of numbers read line by line: for files with more columns, or more
   lines, than should be held as a table.

   The text is that of bd_csv.  The first line is a header if one of its cells
   is neither a number nor missing, or if they count 0, 1, 2 ... (pandas).  A
   cell that is missing or not finite (NA,
   nan, inf, -inf) is a number that is not finite; any other text is an
   error.  */
#ifndef BD_DATA_RECORDS_H
#define BD_DATA_RECORDS_H

#include "csv.h"

#define BD_RECORDS_COLUMNS ((size_t)10000000) /* most columns */
#define BD_RECORDS_NOTE 256

typedef struct
{
  char *source;                     /* file name for messages, clean UTF-8 */
  size_t columns;                   /* cells of every line */
  size_t names_line;                /* of the header; 0: there is none */
  size_t line;                      /* where the record read last begins */
  char resampling[BD_RECORDS_NOTE]; /* what a comment before the first record
                                     says of it ("# resampling: ..."), or "" */

  /* The rest is the reader's own.  */
  FILE *in;
  bd_csv *csv;
  bool held;    /* csv holds a record that was not asked for yet */
  char *names;  /* of the header, each with its end */
  size_t *name; /* columns: where each begins */
} bd_records;

/* Open PATH ("-": standard input) and read its first record; NULL and a
   sentence when it cannot be read or holds nothing.  Released by
   bd_records_close, which accepts NULL.  */
bd_records *bd_records_open (const char *path, bd_error *err);
void bd_records_close (bd_records *l);

/* Name of column J, "" without a header.  */
const char *bd_records_name (const bd_records *l, size_t j);

/* The column called WORD, or whose number from 1 is WORD; l->columns if there
   is none.  */
size_t bd_records_find (const bd_records *l, const char *word);

/* Go to the next line of data: GSL_EOF when there is none, another code and a
   sentence when it cannot be read or has another number of cells.  */
int bd_records_next (bd_records *l, bd_error *err);

/* Text of cell J of this line.  */
const char *bd_records_text (const bd_records *l, size_t j);

/* The cells FIRST .. FIRST + COUNT - 1 of this line into TO, STRIDE places
   apart; a sentence with file, line and byte for a text.  */
int bd_records_numbers (const bd_records *l, size_t first, size_t count,
                        double to[], size_t stride, bd_error *err);

/* Growing arrays: room for NEED places, the new ones zero.  */
int bd_records_room (double **array, size_t *room, size_t need);

/* All lines of PATH, *rows x *columns, and their places in *LINE; the caller
   frees both.  Every cell must be a finite number.  A first column of row
   names, whose name is empty (as R writes it), is left out.  NULL and a
   sentence.  */
double *bd_records_matrix (const char *path, size_t *rows, size_t *columns,
                           size_t **line, bd_error *err);

#endif
