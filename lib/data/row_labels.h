/* Labels of some of the rows that have labels.  */
#ifndef BD_DATA_ROW_LABELS_H
#define BD_DATA_ROW_LABELS_H

#include "../base/knob.h"

/* The labels of rows ROW[0 .. COUNT - 1] of FROM into TO, without gaps and in
   their order.  GSL_ENOMEM; then TO holds nothing.  */
int bd_row_labels_take (const bd_row_labels *from, const size_t row[],
                        size_t count, bd_row_labels *to);
void bd_row_labels_free (bd_row_labels *a);

#endif
