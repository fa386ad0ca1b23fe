/* The rows of the data blocks that the figures of a comparison draw.  */
#ifndef BD_TOOLS_ROWS_H
#define BD_TOOLS_ROWS_H

#include "report.h"

/* Row I of a block, about the method at place METHOD of bd_methods.  */
typedef void rows_fill (const report *r, size_t method, size_t i, double to[]);

/* How many rows of the data are shown as circles: all of a short table, some
   of a long one, which as a picture would fill the disk and look black.  */
size_t rows_points (const report *r);
rows_fill rows_point; /* x, y; of classes 1 where drawn_class came, else 0 */

/* The class whose probability is drawn: the second of two, the commonest of
   more.  */
size_t rows_choose_class (const bd_dataset *s);

/* Input of point I of the curves.  */
double rows_grid_x (const report *r, size_t i);

rows_fill rows_truth;    /* x, noise-free y */
rows_fill rows_member;   /* x, mean, every member that was kept; of classes
                            their probabilities */
rows_fill rows_band;     /* x, mean, band of the mean, band of prediction */
rows_fill rows_variance; /* x or, with several inputs, prediction; variance */
rows_fill rows_growth;   /* members, mean loss */

#endif
