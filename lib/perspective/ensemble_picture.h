/* The picture of perspective 2.  Private to the room.  */
#ifndef BD_PERSPECTIVE_ENSEMBLE_PICTURE_H
#define BD_PERSPECTIVE_ENSEMBLE_PICTURE_H

#include "repetition.h"

/* Dozens of curves each: networks on random halves of the rows, masks of one
   dropout network at the tuned rate, thinned networks that were trained apart.
   A bd_perspective.picture.  */
int bd_ensemble_picture (const bd_repetition *r, const bd_layout *l,
                         bd_picture p[BD_PICTURES], bd_error *err);

#endif
