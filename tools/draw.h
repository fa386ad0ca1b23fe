/* Figures in a folder: the script of each and, where gnuplot is, pictures.  */
#ifndef BD_TOOLS_DRAW_H
#define BD_TOOLS_DRAW_H

#include "../plots/figure.h"
#include "base/error.h"

/* Write DIR/NAME.gp, NAME being the figure's.  */
int draw_script (const bd_figure *figure, const char *dir, bd_error *err);

/* Draw DIR/NAME.svg and DIR/NAME.pdf from it.  *SVG, unless SVG is NULL,
   becomes the picture for the inside of a page, which the caller frees, or
   stays as it is.  */
int draw_pictures (const bd_figure *figure, const char *dir, char **svg,
                   bd_error *err);

/* Script and pictures; what keeps gnuplot from drawing is told on standard
   error and is no failure.  */
int draw_figure (const bd_figure *figure, const char *dir, bd_error *err);

#endif
