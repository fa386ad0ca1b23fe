/* The lines and words of a network's file (model_file.h).  */
#ifndef BD_NET_MODEL_LINES_H
#define BD_NET_MODEL_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "../base/error.h"

typedef struct
{
  FILE *from;
  const char *file; /* its name */
  bd_error *err;
  size_t line;     /* number of this line */
  char *text;      /* the line without its end; NULL: the file has ended */
  char *at;        /* what is left of it */
  char *room;      /* holds the text */
  size_t size;     /* of the room */
  uint64_t before; /* checksum of all bytes before this line */
  uint64_t sum;    /* with it */
} bd_lines;

/* A sentence that begins with file:line.  */
#define BD_LINES_FAIL(a, code, format, ...)                                   \
  BD_FAIL ((a)->err, (code), "%s:%zu: " format, (a)->file, (a)->line,         \
           __VA_ARGS__)

/* Go to the next line, or the next but empty ones and comments.  GSL_EINVAL
   with a sentence for a line that is too long or holds a zero byte,
   GSL_ENOMEM, GSL_EFAILED when the file cannot be read.  */
int bd_lines_raw (bd_lines *a);
int bd_lines_next (bd_lines *a);

/* The next word of the line, or NULL.  */
char *bd_lines_word (bd_lines *a);

/* What is left of the line, without spaces around it.  */
char *bd_lines_rest (bd_lines *a);

/* True, with the line's rest to be read, if its first word is KEY.  */
bool bd_lines_begin (bd_lines *a, const char *key);

/* The same; GSL_EINVAL with a sentence if it is not.  */
int bd_lines_expect (bd_lines *a, const char *key);

/* COUNT numbers, and nothing behind them.  WHAT stands in the sentence.  */
int bd_lines_numbers (bd_lines *a, const char *what, size_t count, double v[]);

/* A whole number from LOW to HIGH.  */
int bd_lines_whole (bd_lines *a, const char *what, size_t low, size_t high,
                    size_t *v);

/* Nothing but spaces is left.  */
int bd_lines_done (bd_lines *a);

/* A name in quotes, the caller's to free.  */
int bd_lines_name (bd_lines *a, char **name);

#endif
