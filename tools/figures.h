/* What the files of a comparison's figures share.  */
#ifndef BD_TOOLS_FIGURES_H
#define BD_TOOLS_FIGURES_H

#include "report.h"
#include "rows.h"

#define CAPTION 700

/* Places of the ensembles compared; returns their number.  */
size_t figure_ensembles (const report *r, size_t place[BD_COMPARED]);

/* LABEL_NUMBER and kind_NUMBER by method Q.  */
void figure_series (bd_figure *f, size_t number, const char *label,
                    const bd_method *q);

/* LABEL_NUMBER = VALUE.  */
void figure_set (bd_figure *f, const char *label, size_t number, double value);

/* Copy ROWS x COLUMNS values made by FILL into block NAME, or NAME_NUMBER
   where NUMBER is not 0.  GSL_ENOMEM.  */
int figure_block (const report *r, bd_figure *f, const char *name,
                  size_t number, size_t method, size_t rows, size_t columns,
                  rows_fill *fill);

/* The input that curves run along.  */
const char *figure_x (const report *r);

/* Fill F; GSL_ENOMEM.  */
int figure_members (const report *r, bd_figure *f);
int figure_bands (const report *r, bd_figure *f);

#endif
