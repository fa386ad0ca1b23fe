/* A trained network and how it predicts.  */
#ifndef BD_NET_MODEL_H
#define BD_NET_MODEL_H

#include <gsl/gsl_matrix.h>
#include <stdio.h>

#include "../base/error.h"
#include "mask.h"
#include "net.h"

typedef struct
{
  bd_net net;
  size_t classes;
  double *w;                /* net.size */
  double *x_mean, *x_scale; /* d */
  double y_mean, y_scale;
  bd_mask mask;       /* that it was trained with, with the rates learnt */
  uint64_t pool_seed; /* of the mask's pool */
} bd_net_model;

/* A network of zeros with the mask MASK.  NULL: no memory.  */
bd_net_model *bd_net_model_of (const bd_net *net, size_t classes,
                               const bd_mask *mask);
void bd_net_model_free (bd_net_model *model);

/* Predictions for each point: 1, or the number of classes (softmax).  */
size_t bd_net_predictions (const bd_net_model *model);

/* Rows of P (m x d) standardised as MODEL does, into Z (m x d).  */
void bd_net_standardise (const bd_net_model *model, const gsl_matrix *P,
                         double Z[]);

/* Predictions t (m x predictions) in the response's units for M standardised
   rows; MASK NULL: weight scaling.  H (bd_net_predict_room (model, m), aligned
   as by bd_array) is work space.  */
size_t bd_net_predict_room (const bd_net_model *model, size_t m);
void bd_net_predict (const bd_net_model *model, size_t m, const double Z[],
                     const bd_net_mask *mask, double H[], double t[]);

/* The same for the rows of P (m x d) as they are, under the mask of a network
   that only ever saw one (bd_net_only_mask), else by weight scaling.
   GSL_ENOMEM.  In fit.c.  */
int bd_net_predict_rows (const bd_net_model *model, const gsl_matrix *P,
                         double t[]);

/* A model as text: versioned, every number exact, with a check of the whole.
   NAMES are the d inputs' names and the response's, or NULL.  */
int bd_net_model_write (const bd_net_model *model, const char *const names[],
                        FILE *to);

/* Read one.  NULL and a sentence that starts with FILE:line when it is
   damaged, newer than this program, or no network.  *NAMES (d + 1 strings and
   NULL; the caller frees each and the list; NULL where the file has none) if
   NAMES is not NULL.  */
bd_net_model *bd_net_model_read (FILE *from, const char *file, char ***names,
                                 bd_error *err);

#endif
