/* Delimited text, one record at a time: the state machine under the table.

   RFC 4180 read strictly: a cell that begins with a quote ends with one, a
   quote inside is doubled, and nothing but blanks may stand beside the
   quotes.  Blanks around a cell without quotes do not belong to it.  Lines
   end with LF, CRLF or CR; empty lines and lines that begin with '#' are
   skipped.  Every cell knows its place, line and byte from 1; a byte-order
   mark has no place.  */
#ifndef BD_DATA_CSV_H
#define BD_DATA_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "../base/error.h"

#define BD_CSV_CHUNK ((size_t)1 << 18)

typedef struct
{
  size_t start; /* the cell is the string bd_csv.text + start */
  size_t line, at;
} bd_csv_cell;

typedef struct
{
  /* The record that bd_csv_next has read, valid until it is called again.  */
  size_t count;
  bd_csv_cell *cell;
  char *text;
  size_t record_line;      /* where it begins */
  size_t end_line, end_at; /* just behind its last byte */
  char separator;          /* ' ' for white space; 0 before the first one */

  /* The rest is the reader's own.  */
  FILE *in;
  const char *source;
  size_t most;
  size_t pos, have; /* chunk: have bytes, then a NUL that stops scans */
  unsigned char chunk[BD_CSV_CHUNK + 1];
  size_t base;  /* place in the file of chunk[0] */
  size_t begin; /* place in the file of the first byte of the line */
  size_t line;
  int broken; /* errno of a failed read */
  bool started;
  size_t used, text_size, cell_size;
  unsigned char kind[256];
  int bare_end; /* kinds from here on end a cell without quotes */
} bd_csv;

/* Reader of IN for records of at most MOST cells.  SOURCE names it in messages
   and must outlive the reader, as must IN, which is not closed.  The caller
   frees.  */
bd_csv *bd_csv_alloc (FILE *in, const char *source, size_t most);
void bd_csv_free (bd_csv *c);

/* Read the next record; GSL_EOF when there is none, another code with a
   sentence that begins SOURCE:LINE:COLUMN when the text is not well formed.
   The first call decides the separator from the first record's line, as far
   as the first 100 kilobytes of it tell: what stands there outside quotes of
   tab, semicolon, comma, white space, in this order.  */
int bd_csv_next (bd_csv *c, bd_error *err);

#endif
