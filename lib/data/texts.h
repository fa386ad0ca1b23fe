/* The different texts of one column: each is kept once, with the place where
   it came first.  */
#ifndef BD_DATA_TEXTS_H
#define BD_DATA_TEXTS_H

#include <stddef.h>

#include "table.h"

#define BD_TEXTS_NONE ((size_t)-1)

typedef struct bd_texts bd_texts;

/* NULL when memory is short.  */
bd_texts *bd_texts_alloc (void);
void bd_texts_free (bd_texts *x); /* accepts NULL */

/* How many there are.  */
size_t bd_texts_count (const bd_texts *x);

/* Number of TEXT, which stands at PLACE: the count so far if it is new.
   BD_TEXTS_NONE when memory is short.  */
size_t bd_texts_add (bd_texts *x, const char *text, bd_place place);

/* The texts sorted by their bytes; RANK[number] is where each has come to.
   They belong to X and no more can be added; the array is the caller's.  NULL
   when memory is short.  */
bd_level *bd_texts_sort (bd_texts *x, size_t rank[]);

#endif
