/* What the files of the members' reader share.  */
#ifndef BD_DATA_MEMBERS_FILE_H
#define BD_DATA_MEMBERS_FILE_H

#include "members.h"

#define BD_MEMBERS_KEYS 64 /* most columns that say where a point is */

/* Fill A with all members of a transposed file whose columns KEY[0 .. keys-1]
   say where a point is.  */
int bd_members_transposed (bd_members *a, const size_t key[], size_t keys,
                           bd_error *err);

/* Fill A with all members of a long file.  */
int bd_members_long (bd_members *a, size_t member, size_t prediction,
                     const size_t key[], size_t keys, bd_error *err);

/* Look for values of member B, whose predictions are T, that are not
   finite.  */
void bd_members_look (bd_members *a, uint64_t b, const double t[]);

int bd_members_no_memory (const bd_members *a, bd_error *err);

#endif
