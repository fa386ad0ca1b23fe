/* Decimal numbers read and written the same way under every locale.  */
#ifndef BD_BASE_NUMBER_H
#define BD_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#define BD_NUMBER_SIZE 32

/* Read all of TEXT (spaces around it allowed) as a finite decimal number with
   a decimal point; true if it is one.  Hexadecimal, infinities, NaN, values
   that overflow, decimal commas and trailing text are refused.  */
bool bd_number_parse (const char *text, double *value);

/* Write VALUE with DIGITS significant digits (17: as few as read back to the
   same bits) into TO and return it; not-a-number is written "nan".  */
char *bd_number_print (char to[BD_NUMBER_SIZE], double value, int digits);

#endif
