/* What the first bytes of a file tell about the rest.  */
#ifndef BD_DATA_SNIFF_H
#define BD_DATA_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

/* True for text in units of two bytes: its mark, or a NUL in every second
   byte of the first four.  */
bool bd_sniff_utf16 (const unsigned char *s, size_t n);

/* The separator of the line that begins at S, as far as its first N bytes
   show: what stands there outside quotes of tab, semicolon, comma, else a
   blank for white space.  */
char bd_sniff_separator (const unsigned char *s, size_t n);

#endif
