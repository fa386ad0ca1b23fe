/* A table of named columns, read from CSV, TSV, semicolons or white space.

   The reader is strict where guessing would lose data and generous where
   people agree: a byte-order mark, CR, LF or CRLF line ends, quoted numbers,
   blank lines, lines that begin with '#', and a missing final newline are all
   read as they are meant.  The separator is decided by the first line that is
   neither blank nor a comment; a header is a first line with a cell that is
   neither a number nor missing.  An empty cell and NA are missing values.

   A column is text, with its different texts as levels, if no cell of it is a
   number or stands for one (inf, nan, 0x1F, 1,5).  One text among numbers is
   more likely a mistake: such a column is one of numbers with bad cells.  */
#ifndef BD_DATA_TABLE_H
#define BD_DATA_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "../base/error.h"

#define BD_TABLE_COLUMNS 10000 /* most columns that are read */

typedef struct
{
  size_t line, at; /* line of the file and byte in it, both from 1 */
} bd_place;

typedef struct
{
  const char *text; /* as written, without quotes */
  bd_place place;   /* where it comes first */
} bd_level;

typedef struct
{
  char *name;      /* as written, without quotes; "V1", "V2", ... if none */
  double *value;   /* one per row; NaN where missing or not a number; in a
                      column of text the position of the cell in level[] */
  bd_level *level; /* the different texts of a column of text, sorted by their
                      bytes; else NULL */
  size_t levels;   /* how many */
  size_t at;       /* place of the name in its line, in bytes from 1 */
  size_t missing;  /* cells that are empty or NA */
  bd_place *missing_place; /* where they are; NULL if there is none */
  size_t bad;      /* cells that hold something else than a finite number */
  size_t bad_line; /* where the first of those is, both from 1; if only texts
                      stand before it, the first that stands for a number */
  size_t bad_at;
  char *bad_text;         /* and what it says; NULL if there is none */
  struct bd_texts *texts; /* the reader's own */
} bd_column;

typedef struct
{
  char *source; /* file name for messages, clean UTF-8 */
  size_t rows, columns;
  bd_column *column;
  size_t *line;      /* line of the file where each row begins, from 1 */
  size_t names_line; /* line of the header, 0 if there is none */
  char separator;    /* ',', ';', '\t' or ' ' for white space */
} bd_table;

/* Read all of IN.  SOURCE names it in messages.  NULL, with one sentence in
   ERR that begins SOURCE:LINE:COLUMN, for a file that cannot be read as a
   table: no data rows, ragged rows, an unterminated quote (names the line
   where it began), text after a closing quote, NUL or other control bytes,
   UTF-16, more than BD_TABLE_COLUMNS columns.  A cell that is not a number
   is not an error here: it is counted in its column.  The caller frees.  */
bd_table *bd_table_read (FILE *in, const char *source, bd_error *err);

/* The same from a file's name, "-" for standard input.  */
bd_table *bd_table_open (const char *path, bd_error *err);

/* Position of the column called WORD, or whose number from 1 is WORD.
   Returns t->columns and a sentence that lists the names (or the nearest, if
   they are many) when there is none or when two columns have that name.  */
size_t bd_table_find (const bd_table *t, const char *word, bd_error *err);

/* GSL_EINVAL and a sentence with file, line and column when column J cannot
   serve as numbers: a cell that is not a number, all missing, or the same
   value in every row.  */
int bd_table_check_column (const bd_table *t, size_t j, bd_error *err);

void bd_table_free (bd_table *t);

#endif
