/* The untied baseline of dropout: an ensemble of networks that share nothing.
   Each has one mask, drawn at its start, that never changes: it is trained and
   predicts as that thinned network.  All of them together take the steps of
   one dropout network, so that both cost the same.  Private to the study.

   Reference: D. Warde-Farley, I. Goodfellow, A. Courville, Y. Bengio, "An
   empirical analysis of dropout in piecewise linear networks", ICLR 2014.  */
#ifndef BD_STUDY_UNTIED_H
#define BD_STUDY_UNTIED_H

#include "dropping.h"

/* GSL_EINVAL with a sentence when O's networks cannot share its steps or its
   mask cannot stay.  */
int bd_untied_check (const bd_dropping *o, bd_error *err);

/* What one of O's networks is trained with.  */
bd_net_options bd_untied_options (const bd_dropping *o);

/* Train O's networks on X, y and predict at P into A, which the caller frees;
   SD is that between networks.  PART is the stream: another one for other
   rows.  On failure there is a sentence in ERR and nothing to free.  */
int bd_untied_predict (const bd_dropping *o, const gsl_matrix *X,
                       const gsl_vector *y, const gsl_matrix *P, uint64_t part,
                       bd_predicted *a, bd_error *err);

#endif
