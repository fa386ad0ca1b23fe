/* Errors: a GSL code for the program, one sentence for the person.

   Every fallible function of the library returns a GSL code (GSL_SUCCESS is
   0) and reports through the GSL error handler, as GSL's own functions do.
   Functions that read what a user wrote also take a bd_error, which receives
   one sentence without the program's name and without a full stop or newline,
   such as  data.csv:17:3: not a number: 'abc'.  */
#ifndef BD_BASE_ERROR_H
#define BD_BASE_ERROR_H

#include <gsl/gsl_errno.h>

#define BD_ERROR_SIZE 512

typedef struct
{
  char text[BD_ERROR_SIZE]; /* empty when nothing went wrong */
} bd_error;

/* Store the formatted sentence in ERR (which may be NULL), call the GSL error
   handler with it and return CODE.  Control characters of the arguments are
   replaced, invalid UTF-8 becomes U+FFFD.  */
int bd_error_set (bd_error *err, const char *file, int line, int code,
                  const char *format, ...)
#if defined __GNUC__
    __attribute__ ((format (printf, 5, 6)))
#endif
    ;

#define BD_FAIL(err, code, ...)                                               \
  bd_error_set ((err), __FILE__, __LINE__, (code), __VA_ARGS__)

#endif
