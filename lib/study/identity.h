/* The identity of Krogh and Vedelsby, asked of every ensemble that is
   compared.  Private to the study.  */
#ifndef BD_STUDY_IDENTITY_H
#define BD_STUDY_IDENTITY_H

#include "compare.h"

/* For an answer A with all of its members kept, fill OUT->member_mse and
   OUT->ambiguity from the members at the first points, BD_GROWN at most, and
   ask whether the mean and the spread that A reports there belong to them:
   squared error of the mean = that of a member - spread around the mean.  Mean
   and spread come from moments that were merged block by block, so that this
   holds streams against two passes.  NaN for less than two members and where
   not all were kept.  GSL_ESANITY and a sentence where more than rounding is
   missing, GSL_ENOMEM.  (A. Krogh, J. Vedelsby, "Neural network ensembles,
   cross validation, and active learning", NIPS 7 (1995).)  */
int bd_identity_check (const bd_method *method, const bd_answer *a,
                       const double y[], bd_fold_result *out, bd_error *err);

#endif
