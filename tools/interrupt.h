/* What a run that is ended by a signal says before it dies of it.  */
#ifndef BD_TOOLS_INTERRUPT_H
#define BD_TOOLS_INTERRUPT_H

/* From now on SIGINT, SIGTERM and SIGHUP write TEXT to standard error and then
   end the program as they would have; NULL: as before the first call.  TEXT is
   copied.  One caller at a time.  */
void interrupt_tell (const char *text);

#endif
