/* Subnetworks of a trained network.  Private to the room.  */
#ifndef BD_PERSPECTIVE_MASKED_H
#define BD_PERSPECTIVE_MASKED_H

#include "team.h"

/* Work space for masked predictions of one model at the rows of P.  */
typedef struct
{
  const bd_net_model *model;
  size_t m, k, places;
  double *Z, *H, *all;
  float *factor;
  uint32_t *words;
  gsl_rng *r;
} bd_masked;

/* GSL_ENOMEM; free it in any case.  */
int bd_masked_init (bd_masked *a, const bd_net_model *model,
                    const gsl_matrix *P);
void bd_masked_free (bd_masked *a);

/* Predictions T (m x k) with mask number B of SEED of the law MASK, which need
   not be the one that the model was trained with.  One mask for all rows.  */
void bd_masked_predict (bd_masked *a, const bd_mask *mask, uint64_t seed,
                        uint64_t b, double t[]);

/* The same with a mask that was drawn already (bd_mask_places).  */
void bd_masked_given (bd_masked *a, const bd_mask *mask, const float factor[],
                      double t[]);

/* The same with the factors FACTOR (net->hidden) of the hidden units.  */
void bd_masked_factors (bd_masked *a, const double factor[], double t[]);

/* COUNT masks from the FIRST on, one after the other, into T (count x m x
   k).  GSL_ENOMEM.  */
int bd_masked_many (const bd_net_model *model, const bd_mask *mask,
                    uint64_t seed, size_t first, size_t count,
                    const gsl_matrix *P, double t[]);

#endif
