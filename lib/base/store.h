/* Where a long run keeps the pieces that it has finished, so that a run that
   was cut short can go on.  The caller of the run supplies the functions.  */
#ifndef BD_BASE_STORE_H
#define BD_BASE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

/* A piece has two numbers, K and R, from 0, and holds SIZE numbers.  RECALL
   fills V and returns true when it has that piece with that many of an earlier
   run; KEEP is given each new one.  One thread at a time calls KEEP; others
   may be in RECALL meanwhile.  Another code of KEEP than GSL_SUCCESS ends the
   run.  */
typedef struct
{
  bool (*recall) (void *params, size_t k, size_t r, size_t size, double v[]);
  int (*keep) (void *params, size_t k, size_t r, size_t size,
               const double v[]);
  void *params;
} bd_record_store;

/* Piece K, R from S into V; false if S, which may be NULL, does not have it.
 */
bool bd_store_recall (const bd_record_store *s, size_t k, size_t r,
                      size_t size, double v[]);

/* Give it to S, which may be NULL, one thread after the other.  The code of
   KEEP, and a sentence.  */
int bd_store_keep (const bd_record_store *s, size_t k, size_t r, size_t size,
                   const double v[], bd_error *err);

#endif
