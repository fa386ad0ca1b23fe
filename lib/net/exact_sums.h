/* Parts of bd_subnets_fill: sums over all masks at some points.  */
#ifndef BD_NET_EXACT_SUMS_H
#define BD_NET_EXACT_SUMS_H

#include <stdbool.h>

#include "exact_walk.h"

/* Sums over the masks that have been added.  Place c stride + i belongs to
   prediction (or class) c at point i of the walk.  Predictions are differences
   from weight scaling; with one real output they are standardised.  */
typedef struct
{
  bd_walk walk;
  const bd_net_model *model;
  size_t k, outputs, classes; /* classes: 0 where there are none */
  bool affine;                /* predictions are linear in the one output */
  double *scaled, *least, *greatest;
  double *t, *t2; /* sums of p t and p t^2 */
  double *noise;  /* of p times the variance of the noise */
  double *log_t;  /* of p log (probability of a class) */
  double *part;   /* the same sums since the last bd_sums_fold */
  size_t parts;   /* their places */
  double *one;    /* outputs, then predictions, of a point */
  double *zeros;
  double *room;
} bd_sums;

/* Room for STRIDE points.  GSL_ENOMEM with a sentence.  */
int bd_sums_open (bd_sums *s, const bd_net_model *model, const bd_rates *rates,
                  size_t stride, bd_error *err);
void bd_sums_close (bd_sums *s);

/* Take COUNT points of Z and add all masks.  */
void bd_sums_points (bd_sums *s, size_t count, const double Z[]);
void bd_sums_all (bd_sums *s);

/* Predictions of point I for the mask where the walk stands.  */
void bd_sums_predict (const bd_sums *s, size_t i, double t[]);

/* The quantiles of A, whose other parts are made, at the COUNT points where
   the walk stands, FIRST being the number of the first.  GSL_ENOMEM.  */
int bd_sums_quantiles (bd_sums *s, bd_subnets *a, size_t first, size_t count,
                       bd_error *err);

/* The two ways.  Halves: one hidden layer and one prediction that grows with
   the first output, from tables of 2^(units/2) sums.  Bins: any network, by
   enumeration again and again.  */
bool bd_sums_have_halves (const bd_sums *s);
int bd_sums_halves (bd_sums *s, bd_subnets *a, size_t first, size_t count);
int bd_sums_bins (bd_sums *s, bd_subnets *a, size_t first, size_t count);

/* Probabilities that differ by less count as equal: many masks make the same
   sum with other roundings.  */
#define BD_SUMS_SAME 1e-9

#endif
