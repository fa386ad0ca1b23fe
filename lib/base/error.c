#include <config.h>

#include <stdarg.h>
#include <stdio.h>

#include "error.h"
#include "text.h"

int
bd_error_set (bd_error *err, const char *file, int line, int code,
              const char *format, ...)
{
  char raw[2 * BD_ERROR_SIZE];
  bd_error local;
  bd_error *e = err ? err : &local;
  va_list ap;

  va_start (ap, format);
  vsnprintf (raw, sizeof raw, format, ap);
  va_end (ap);
  bd_text_clean (e->text, sizeof e->text, raw);
  gsl_error (e->text, file, line, code);
  return code;
}
