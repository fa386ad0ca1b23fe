/* Figures as files: the script always, its pictures where gnuplot is.  */
#ifndef BD_TOOLS_PICTURES_H
#define BD_TOOLS_PICTURES_H

#include "../plots/figure.h"

/* DIR/NAME.gp.  */
int pictures_script (const bd_figure *figure, const char *dir, bd_error *err);

/* DIR/NAME.svg and DIR/NAME.pdf from the script.  GSL_ERUNAWAY when gnuplot
   had to be stopped.  */
int pictures_draw (const bd_figure *figure, const char *dir, bd_error *err);

#endif
