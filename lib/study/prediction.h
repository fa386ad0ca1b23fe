/* How a dropout network predicts: its mean over the masks and how far single
   masks are from it.

   A type with a registry, like fitters.  All arrays have m x k places, k
   predictions a point (bd_net_predictions), in the response's units.  */
#ifndef BD_STUDY_PREDICTION_H
#define BD_STUDY_PREDICTION_H

#include "../base/error.h"
#include "../base/progress.h"
#include "../ensemble/stored.h"
#include "../net/model.h"
#include "../variance/bands.h"
#include "../variance/moments.h"

typedef struct
{
  const bd_net_model *model; /* with the mask that it was trained with */
  const double *Z;           /* m x d standardised points */
  size_t m;
  size_t masks; /* drawn by types that draw */
  uint64_t seed;
  int threads;
  const bd_stored *stored; /* the masks, for types that draw whole ones; NULL:
                              they are drawn */

  /* As in bd_run_options; for types that draw whole masks.  */
  void (*each) (void *params, uint64_t b, double p, const double u[],
                const double t[]);
  void *params;
  bd_progress progress;

  /* What is wanted of the influence of single units.  */
  bool influence; /* their parts of the spread */
  double level;   /* of a band for whole subnetworks; 0: none is wanted */
} bd_predicting;

/* Levels of quantiles: .05, .5, .95.  */
#define BD_PREDICTED_LEVELS 3
extern const double bd_predicted_level[BD_PREDICTED_LEVELS];

typedef struct
{
  size_t places; /* m x k */
  double *mean;
  double *sd;    /* between masks; NaN for types that know of none */
  double *error; /* Monte Carlo standard error of sd; 0: nothing is left to
                    chance; NaN with sd */
  double *noise; /* m: variance of the noise that the output states; NaN where
                    it states none */
  uint64_t masks, failed; /* drawn, or gone through; 0 for closed forms */
  double share;           /* of the mask variance that is a sum over units; NaN
                             where it is not known */
  double *quantile; /* BD_PREDICTED_LEVELS x places: the smallest prediction
                       of a mask that at least this share of the masks stays
                       below or at; NULL where they are not known */
  double worth;     /* plain masks whose mean has the same Monte Carlo error;
                       NaN where that is no question */
  bd_parts parts;   /* of the hidden units, layer after layer, then of the
                       inputs where these are dropped: means over the places of
                       the member variance that is linear in a unit; empty if
                       not asked for */
  bd_band band;     /* mean -+ band.c sd holds this share of whole subnetworks,
                       were they normal and linear in their units */
} bd_predicted;

typedef struct
{
  const char *name, *help;
  bool draws;   /* masks at random */
  bool spread;  /* says how far single masks are from the mean */
  bool members; /* calls bd_predicting.each */

  /* GSL_EINVAL with a sentence that says what to use instead, when networks
     of this shape and mask cannot be predicted so.  */
  int (*check) (const bd_net *net, const bd_mask *mask, bd_error *err);

  /* Fill A, made by bd_predicted_init.  */
  int (*predict) (const bd_predicting *q, bd_predicted *a, bd_error *err);
} bd_prediction;

extern const bd_prediction bd_prediction_closed, bd_prediction_mc,
    bd_prediction_scaling, bd_prediction_geometric, bd_prediction_fast,
    bd_prediction_rao, bd_prediction_exact;
extern const bd_prediction *const bd_predictions[]; /* ends with NULL */
const bd_prediction *bd_prediction_find (const char *name);

/* The closed form where it is exact, else random masks.  */
const bd_prediction *bd_prediction_default (const bd_net *net,
                                            const bd_mask *mask);

/* Checks that several types share, each with a sentence that begins with NAME:
   none, a response of numbers, units dropped independently of each other.  */
int bd_prediction_any (const bd_net *net, const bd_mask *mask, bd_error *err);
int bd_prediction_numbers (const char *name, const bd_net *net, bd_error *err);
int bd_prediction_independent (const char *name, const bd_mask *mask,
                               bd_error *err);

/* GSL_EINVAL with a sentence when the influence of units, or a band where BAND
   is true, cannot be had by TYPE.  */
int bd_prediction_parts_check (const bd_prediction *type, const bd_net *net,
                               const bd_mask *mask, bool band, bd_error *err);

/* What Q wants of the influence of units: by the closed form where that holds,
   otherwise from the moments FROM of members whose first places have
   co-moments.  */
int bd_predicted_parts (const bd_predicting *q, const bd_moments *from,
                        bd_predicted *a, bd_error *err);

/* True when the closed form holds for MODEL, and there is something to it.  */
bool bd_prediction_one_layer (const bd_net_model *model);

/* Room for M points of MODEL; everything NaN.  GSL_ENOMEM.  */
int bd_predicted_init (bd_predicted *a, const bd_net_model *model, size_t m);
void bd_predicted_free (bd_predicted *a);

/* Mean, spread and its error from the moments of members of equal
   probability at A's places.  */
void bd_predicted_take (bd_predicted *a, const bd_moments *from);

/* Subnetworks times predictions that an enumeration may take when each of them
   is looked at: some 20 s of one thread.  */
#define BD_EXACT_LOOKS 134217728.

/* TYPE at Q's points into A, which it makes and the caller frees; on failure
   there is a sentence in ERR and nothing to free.  */
int bd_predict (const bd_prediction *type, const bd_predicting *q,
                bd_predicted *a, bd_error *err);

#endif
