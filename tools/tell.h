/* What a command says on stderr: notes, how far it has come, and with
   --verbose what it does.  Errors are not told here: they are always said.  */
#ifndef BD_TOOLS_TELL_H
#define BD_TOOLS_TELL_H

#include <stdbool.h>

#include "base/progress.h"

#if defined __GNUC__
#define TELL_FORMAT __attribute__ ((format (printf, 1, 2)))
#else
#define TELL_FORMAT
#endif

/* From now on COMMAND speaks ("bag").  */
void tell_begin (const char *command);

/* --quiet: no notes, no progress.  --verbose: what is done, too.  */
extern bool tell_is_quiet, tell_is_verbose;

/* "bagdrop COMMAND: " and a line, unless quiet.  */
void tell_note (const char *format, ...) TELL_FORMAT;

/* "bagdrop COMMAND: ", seconds since the start, and a line, if verbose.  */
void tell_step (const char *format, ...) TELL_FORMAT;

/* A progress line on stderr when it is a terminal and the work is longer than
   a second; done when DONE = TOTAL.  Without escape sequences where the
   terminal has none or NO_COLOR asks for plain text.  Also what a signal that
   ends the run says (interrupt.h).  */
bd_progress tool_progress (void);

#endif
