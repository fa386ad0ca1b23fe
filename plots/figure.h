/* A figure: a recipe of plots/ joined with its data into one self-contained
   gnuplot script, and gnuplot run on it.

   The script needs no other file:  gnuplot -e "term='pdfcairo'" members.gp
   draws members.pdf in the current folder.  */
#ifndef BD_PLOTS_FIGURE_H
#define BD_PLOTS_FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "../lib/base/error.h"

typedef struct bd_figure bd_figure;

/* A figure called NAME (letters, digits, '-' and '_'; it becomes the file
   name) drawn by the recipe RECIPE.  NULL when there is no such recipe.  */
bd_figure *bd_figure_alloc (const char *name, const char *recipe);
void bd_figure_free (bd_figure *f);

/* Set a gnuplot variable of the recipe.  VALUE may be any text: it is cleaned,
   cut at 120 characters and quoted so that gnuplot can only show it.  */
int bd_figure_text (bd_figure *f, const char *variable, const char *value);
int bd_figure_number (bd_figure *f, const char *variable, double value);

/* Add the data block $NAME: ROWS x COLUMNS numbers, row after row; NaN is
   written "nan", which the recipes treat as missing.  The data are copied.  */
int bd_figure_data (bd_figure *f, const char *name, const double value[],
                    size_t rows, size_t columns);

/* Widen the variables AXISmin and AXISmax ("x": xmin, xmax; "x_2": xmin_2,
   xmax_2) so that they take in the COUNT values VALUE[0], VALUE[STRIDE], ..;
   what is not finite does not count.  MOST leaves out what lies so far off
   (beyond the quartiles by five times their distance) that it would flatten
   the rest; `members' and `bands' then show such data as triangles at the
   frame.  */
int bd_figure_cover (bd_figure *f, const char *axis, const double value[],
                     size_t count, size_t stride, bool most);

/* The caption: what is drawn, how many members, which seed.  Kept for the
   report and written as a comment at the head of the script.  */
int bd_figure_caption (bd_figure *f, const char *caption);

const char *bd_figure_name (const bd_figure *f);
const char *bd_figure_get_caption (const bd_figure *f);

/* Write the script.  */
int bd_figure_write (const bd_figure *f, FILE *to);

/* Text as a single-quoted gnuplot string that can only be shown.  Returns a
   new string, NULL when memory is short.  */
char *bd_gnuplot_quote (const char *text);

/* Name and one-sentence help of each recipe; ends with { NULL }.  */
typedef struct
{
  const char *name, *help;
  const char *text; /* the .gp file */
} bd_recipe;
extern const bd_recipe bd_recipes[];
extern const char bd_recipe_style[]; /* style.gp */

/* Run gnuplot on SCRIPT (a path) with terminal TERM ("svg", "pdfcairo",
   "pngcairo"), leaving the picture at OUT by atomic rename; nothing is left
   at OUT or beside it when it fails or SIGINT, SIGTERM or SIGHUP comes: these
   end gnuplot first.  GSL_EFAILED and a sentence when gnuplot is missing,
   stops with an error, or leaves a file without its end marker; GSL_ERUNAWAY
   when it takes longer than a minute.  */
int bd_gnuplot_render (const char *script, const char *term, const char *out,
                       bd_error *err);

/* The same with terminal "cairolatex" or "epslatex" for OUT, which must end in
   ".tex" after a name of letters, digits, '-' and '_' (TeX takes no other):
   that file, for \input in a document, and the picture beside it.  GSL_EINVAL
   and a sentence for another name or terminal.  */
int bd_gnuplot_tex (const char *script, const char *term, const char *out,
                    bd_error *err);

/* Draw SCRIPT as characters, COLUMNS wide, on TO.  */
int bd_gnuplot_show (const char *script, size_t columns, FILE *to,
                     bd_error *err);

/* True when a gnuplot can be started.  */
bool bd_gnuplot_found (void);

/* SVG, as gnuplot writes it, for the inside of a page that holds several: no
   XML prolog, every id and every reference to one with PREFIX (letters,
   digits, '-' and '_') before it, no tooltips, role="img", and as wide as the
   page allows up to its print size.  Returns a new string; NULL when SVG is
   no complete picture or memory is short.  */
char *bd_svg_inline (const char *svg, const char *prefix);

#endif
