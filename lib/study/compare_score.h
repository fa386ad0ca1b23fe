/* What an answer scores on the rows held out.  Private to the study.  */
#ifndef BD_STUDY_COMPARE_SCORE_H
#define BD_STUDY_COMPARE_SCORE_H

#include "compare.h"

/* Fill OUT for the answer A of METHOD at the rows TEST of a split of C, as the
   kind of its response asks.  GSL_ENOMEM; GSL_ESANITY and a sentence as in
   bd_identity_check.  */
int bd_compare_score (const bd_comparison *c, const bd_method *method,
                      const bd_answer *a, const bd_dataset *test,
                      bd_fold_result *out, bd_error *err);

#endif
