/* The arms of perspective 2 beyond the cast, and its contrasts.  Private to
   the room.  */
#ifndef BD_PERSPECTIVE_ENSEMBLE_CONTRASTS_H
#define BD_PERSPECTIVE_ENSEMBLE_CONTRASTS_H

#include "cast.h"

enum
{
  BD_ARM_MASKS = BD_CAST, /* random masks of the tuned network, averaged */
  BD_ARM_UNTIED, /* thinned networks, each trained with one mask, which
             share the steps of one */
  BD_ARM_APART,  /* the same with all steps for each */
  BD_ENSEMBLE_ARMS
};

extern const bd_contrast bd_ensemble_contrasts[]; /* ends with what = NULL */
extern const bd_fact bd_ensemble_facts[];         /* the same */

#endif
