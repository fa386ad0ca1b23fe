/* From records to words.  Private to the room.  */
#ifndef BD_PERSPECTIVE_VERDICT_H
#define BD_PERSPECTIVE_VERDICT_H

#include "perspective.h"

/* Where an interval lies: SIDE -1, all below zero speaks for the claim; 1, all
   above.  Undecided without limits.  */
bd_word bd_word_of (const bd_interval *over, int side);

/* The word of a claim from its COUNT contrasts, of which only those that
   decide matter: refuted if one is, confirmed if all are.  */
bd_word bd_word_together (const bd_contrast contrast[],
                          const bd_contrast_result result[], size_t count);

/* Fill p->contrast and p->word from the R records.  GSL_ENOMEM.  */
int bd_perspective_judge (const bd_perspective_run *a,
                          bd_perspective_result *p);

/* Contrasts in a list.  */
size_t bd_contrast_count (const bd_contrast list[]);

#endif
