/* Data of classes, and trees of one split by hand.  */
#ifndef CLASS_TOOLS_H
#define CLASS_TOOLS_H

#include "data/splits.h"

#define ROWS 60
#define HELD 20 /* rows of a split: every third */
#define SPLITS 3

/* K classes of ROWS rows, a function of x but for a share CHANCE of the
   rows.  */
bd_dataset *classes_made (size_t K, uint64_t seed, double chance);

/* Split j holds the rows j, j + 3, ... out.  */
bd_splits *classes_thirds (void);

/* Log loss, accuracy and Brier score of split J by trees of one split with at
   least LEAST rows in a leaf, or of none: one tree for each class.  */
void classes_by_hand (const bd_dataset *s, size_t j, double least,
                      double score[3]);

#endif
