/* How far a long piece of work has come, told to whoever wants to show it.  */
#ifndef BD_BASE_PROGRESS_H
#define BD_BASE_PROGRESS_H

/* DONE and TOTAL are in the same unit, that of cost where it is known.  Calls
   come from one thread at a time.  */
typedef struct
{
  void (*tell) (void *params, double done, double total);
  void *params;
} bd_progress;

#endif
