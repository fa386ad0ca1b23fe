/* Parts of perspective 3 that follow no training.  Private to the room.  */
#ifndef BD_PERSPECTIVE_FILTER_ENSEMBLE_H
#define BD_PERSPECTIVE_FILTER_ENSEMBLE_H

#include "cast.h"
#include "filter_signal.h"

/* Replicate number K of ARM, bagged networks or networks by seed, trained on
   D: add the average of their predictions at P to SIGNAL and its sensitivity
   to *SENSITIVITY.  Codes of bd_team_train.  */
int bd_filter_ensemble (const bd_cast *c, size_t arm, const bd_dataset *d,
                        size_t k, const gsl_matrix *P, const double sd[],
                        bd_signal *signal, double *sensitivity);

/* The variance that masks of rate .5 add to the response of a small network
   trained with them, by bd_signal_add_net and by going through all of its
   subnetworks: the greatest relative difference at points of P, into
   *WORST.  */
int bd_filter_added (const bd_cast *c, uint64_t seed, const gsl_matrix *P,
                     double *worst);

#endif
