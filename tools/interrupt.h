/* What a run that is ended by a signal says and removes before it dies of it.
   One caller at a time.  */
#ifndef BD_TOOLS_INTERRUPT_H
#define BD_TOOLS_INTERRUPT_H

/* From now on SIGINT, SIGTERM and SIGHUP write TEXT to standard error and then
   end the program as they would have; those that are ignored stay so.  TEXT,
   a line, is copied; NULL: that of interrupt_stage.  */
void interrupt_tell (const char *text);

/* The same, for where nobody has more to say.  */
void interrupt_stage (const char *text);

/* And remove PATH, the temporary file of the moment; NULL: none.  It is not
   copied.  */
void interrupt_remove (char *path);

#endif
