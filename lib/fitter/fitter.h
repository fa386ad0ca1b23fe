/* A fitter: something that can be fitted to weighted rows (bagging's base
   learner).

   Two lifetimes.  A plan is made once from the training data, the prediction
   points and the knobs; it is read-only afterwards and shared by all threads.
   A work space is one thread's, reused for member after member: `fit' and
   `predict' do not allocate.

   Weights are non-negative: weight 2 is the row twice, weight 0 is the row
   absent, for every fitter (a contract test checks it).  */
#ifndef BD_FITTER_FITTER_H
#define BD_FITTER_FITTER_H

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_vector.h>
#include <stdbool.h>

#include "../base/error.h"
#include "../base/knob.h"

/* A plug-in file defines, in this order: references, state, plan, work, fit,
   predict, free, type.  */
typedef struct bd_fitter_type
{
  const char *name;     /* as typed before the colon */
  const char *title;    /* for tables and figures */
  const char *help;     /* one sentence */
  const bd_knob *knobs; /* ends with { 0 } */
  const char *resample; /* the resampling that suits it by default */
  size_t inputs;        /* most inputs that it can take; 0: any number */
  bool categories;      /* takes categorical columns (set->levels); other
                           fitters are given 0/1 columns instead */

  /* Everything that does not depend on the weights.  X (n x d, tda = d), y
     (n) and P (m x d, prediction points) outlive the plan.  NULL and a
     sentence in ERR when the data cannot be fitted this way.  */
  void *(*plan) (const bd_settings *set, const gsl_matrix *X,
                 const gsl_vector *y, const gsl_matrix *P, bd_error *err);
  void (*free_plan) (void *plan); /* accepts NULL and half-built plans */

  void *(*work) (const void *plan);
  void (*free_work) (void *work); /* accepts NULL and half-built ones */

  /* Fit to the rows weighted by w[0..n-1].  R is for the fitter's own
     randomness; a fitter without any leaves it alone.  A code other than
     GSL_SUCCESS means that this member cannot be fitted.  */
  int (*fit) (const void *plan, void *work, const double w[], gsl_rng *r);

  /* Use the response Y (n) for the fits that follow in this work space instead
     of the plan's (residual, wild and parametric bootstrap); Y outlives them,
     NULL goes back.  A NULL slot: the plan is made again for each member.  */
  int (*respond) (const void *plan, void *work, const double y[]);

  /* How well the last fit's equations are determined: the smallest ratio, over
     the coefficients, of a squared pivot of their factor to the same one when
     every row counts once.  Near 0: nearly singular.  NaN: they cannot be
     solved when every row counts once.  A NULL slot: no equations that could
     be.  */
  double (*pivot) (const void *plan, const void *work);

  /* Predictions of the last fit at the plan's points, t[0..m-1].  */
  int (*predict) (const void *plan, void *work, double t[]);

  /* What fits a response of classes with these knobs: its plan takes
     set->classes, at least 2, and y of 0 .. classes - 1; it predicts
     bd_class_places (set->classes) probabilities of each point, point after
     point.  NULL: nothing does.  */
  const struct bd_fitter_type *classes;
} bd_fitter_type;

/* Numbers that a prediction of CLASSES classes consists of: of two the
   probability of the second, of more that of each.  */
size_t bd_class_places (size_t classes);

extern const bd_fitter_type bd_fitter_bspline;
extern const bd_fitter_type bd_fitter_interp;
extern const bd_fitter_type bd_fitter_kernel;
extern const bd_fitter_type bd_fitter_knn;
extern const bd_fitter_type bd_fitter_linear;
extern const bd_fitter_type bd_fitter_locpoly;
extern const bd_fitter_type bd_fitter_loess;
extern const bd_fitter_type bd_fitter_nls;
extern const bd_fitter_type bd_fitter_poly;
extern const bd_fitter_type bd_fitter_pspline;
extern const bd_fitter_type bd_fitter_robust;
extern const bd_fitter_type bd_fitter_tree;
extern const bd_fitter_type bd_fitter_class_tree;     /* of bd_fitter_tree */
extern const bd_fitter_type bd_fitter_net;            /* lib/net */
extern const bd_fitter_type *const bd_fitter_types[]; /* ends with NULL */

/* The type called NAME, or NULL.  */
const bd_fitter_type *bd_fitter_find (const char *name);

#endif
