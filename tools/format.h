/* Numbers for people: as many decimals as a column needs.  */
#ifndef BD_TOOLS_FORMAT_H
#define BD_TOOLS_FORMAT_H

#include <stddef.h>

#define FORMAT_SIZE 32

/* Decimals with which the smallest of the values above a tenth of the largest
   keeps DIGITS significant digits; at most 9.  */
int format_decimals (const double value[], size_t count, int digits);

/* VALUE with DECIMALS decimals, a minus sign that is one column wide in text
   ("-0.0" never), "" for NaN; powers of ten where decimals would be
   unreadable.  */
char *format_number (char to[FORMAT_SIZE], double value, int decimals);

#endif
