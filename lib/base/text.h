/* Text that came from users, made safe to show: the one place that decides
   what a printable name is.  */
#ifndef BD_BASE_TEXT_H
#define BD_BASE_TEXT_H

#include <stddef.h>

/* Copy FROM to TO (SIZE bytes, always terminated) as valid UTF-8: a byte that
   is no part of a well-formed sequence becomes U+FFFD, a control character
   (tab and newline included) becomes a space.  Cuts between characters, never
   inside one.  Returns TO.  */
char *bd_text_clean (char *to, size_t size, const char *from);

/* Number of terminal columns that a clean UTF-8 text takes, counting one per
   character.  */
size_t bd_text_width (const char *text);

/* Of the COUNT names, the one nearest to WORD by edit distance, or NULL when
   none is near enough to be worth suggesting.  */
const char *bd_text_nearest (const char *word, const char *const names[],
                             size_t count);

#endif
