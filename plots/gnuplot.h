/* gnuplot as a process, for the files of plots/.  */
#ifndef BD_PLOTS_GNUPLOT_H
#define BD_PLOTS_GNUPLOT_H

#include "../lib/base/error.h"

/* Between these two SIGINT, SIGTERM and SIGHUP wait: a run that goes on is
   ended, and bd_signals_release raises what came.  */
void bd_signals_hold (void);
void bd_signals_release (void);

/* Run ARGV with standard output OUT; NAME is what is drawn.  GSL_EFAILED or
   GSL_ERUNAWAY and a sentence when it went wrong.  */
int bd_gnuplot_run (char *const argv[], int out, const char *name,
                    bd_error *err);

#endif
