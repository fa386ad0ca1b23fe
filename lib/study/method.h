/* The methods that a comparison knows, and how one of them answers.

   A method is trained on rows X, y and answers at points P: its prediction,
   the standard deviation that it reports for it, and a predictive
   distribution whose noise was estimated inside the training rows.  Of a
   response of classes it predicts their probabilities; there is no noise.  */
#ifndef BD_STUDY_METHOD_H
#define BD_STUDY_METHOD_H

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_vector.h>
#include <stdbool.h>
#include <stdint.h>

#include "../fitter/fitter.h"
#include "response.h"

typedef enum
{
  BD_SINGLE,  /* one fit to all rows */
  BD_BAGGING, /* the fit on resampled rows */
  BD_SCALING, /* one dropout network, weight scaling */
  BD_DROPOUT, /* random masks of that network */
  BD_SEEDS    /* the fit on all rows with other seeds */
} bd_kind;

/* "single", "bagging", "dropout", "dropout", "other": the families that
   tables and figures colour.  */
const char *bd_kind_family (bd_kind kind);

#define BD_GRID 8 /* most values of a tuned knob */

typedef struct
{
  const char *name;        /* short, in files */
  const char *title;       /* for people */
  const char *class_title; /* the same of classes; NULL: that title */
  bd_kind kind;
  const bd_fitter_type *fitter;
  const char *knobs;    /* over the fitter's defaults */
  const char *tuned;    /* knob tuned inside the training rows, or NULL */
  double grid[BD_GRID]; /* its values */
  size_t values;
  size_t inner;     /* folds of the inner cross-validation */
  const char *base; /* name of the fit that it is meant to improve */
  bool extra;       /* compared only when asked for */
  size_t members;   /* of an ensemble; 0: what the task says */
  bool own; /* of the user: its knobs stand over those of all networks */
} bd_method;

extern const bd_method bd_methods[]; /* ends with { NULL }; table order */
#define BD_METHODS 13

/* The method called NAME, or NULL.  */
const bd_method *bd_method_find (const char *name);

/* Can METHOD predict classes?  */
bool bd_method_classes (const bd_method *method);

/* The methods that are compared unless others are chosen.  */
void bd_methods_default (bool chosen[BD_METHODS]);

/* Those of LIST: names with commas between them, or "all".  GSL_EINVAL and a
   sentence for an empty list or a name that there is not.  */
int bd_methods_parse (const char *list, bool chosen[BD_METHODS],
                      bd_error *err);

/* The settings of METHOD with the knobs NETWORK (NULL: none) over its own, or
   under those of one of the user, if it trains networks.  GSL_EINVAL and a
   sentence for knobs that the network does not have.  */
int bd_method_settings (const bd_method *method, const char *network,
                        bd_settings *set, bd_error *err);

typedef struct
{
  const gsl_matrix *X; /* n x d */
  const gsl_vector *y;
  size_t classes; /* of y, which holds 0 .. classes - 1; 0: a number */
  const bd_row_labels *labels; /* of the rows; tuning, noise and early stopping
                                  keep to them.  NULL: none */
  const gsl_matrix *P;         /* m x d */
  uint64_t seed;
  size_t members;           /* of bagged curve fits and trees */
  size_t nets;              /* of ensembles of networks */
  size_t masks;             /* of MC dropout */
  const char *network;      /* knobs over those of network methods, or NULL */
  int threads;              /* of one ensemble; 0: one */
  size_t kept, keep_points; /* members and points whose predictions are kept */
} bd_task;

typedef struct
{
  size_t m, members, failed;
  size_t fits;     /* of the fitter, in all: tuning and noise, too */
  size_t places;   /* numbers of a prediction: 1; of more than two classes the
                      probability of each, of two that of the second */
  double *mean;    /* m x places */
  double *sd_mean; /* m: reported for the mean; NaN for a single fit and for
                      classes */
  double *spread;  /* m x places: variance between members; NaN for a single
                      fit */
  double *sd_pred; /* m: of a new observation; NaN for classes */
  double *keep;    /* kept x keep_points x places */
  size_t kept, keep_points;
  double noise;         /* standard deviation; NaN for classes */
  double noise_mixture; /* the same for the mixture over masks: the
                           1/sqrt(tau) of MC dropout; NaN but for dropout */
  double tuned;         /* value of the tuned knob, NaN if there is none */
  double share;         /* additive share of the member variance, or NaN */
  double seconds;       /* processor time */
} bd_answer;

/* Train METHOD on TASK and fill A.  Methods of kinds BD_SCALING and BD_DROPOUT
   come from one training: ask for either of them and, if OTHER is not NULL,
   the other's answer is left there.  Of classes the method's fitter must have
   `classes' (bd_method_classes); settings are then tuned by log loss, and no
   probability is nearer to 0 or 1 than BD_LEAST_CHANCE.  A GSL code on
   failure, GSL_EINVAL for a method without classes; then A holds nothing to be
   freed.  */
int bd_method_answer (const bd_method *method, const bd_task *task,
                      bd_answer *a, bd_answer *other, bd_error *err);

void bd_answer_free (bd_answer *a);

#endif
