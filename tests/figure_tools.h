/* A figure for any recipe.  */
#ifndef BD_TESTS_FIGURE_TOOLS_H
#define BD_TESTS_FIGURE_TOOLS_H

#include "../plots/figure.h"

/* Everything that any recipe asks for, for PANELS panels, lines or rows, with
   TEXT wherever text may stand and numbers around SIZE.  */
bd_figure *example_figure (const char *recipe, int panels, const char *text,
                           double size);

#endif
