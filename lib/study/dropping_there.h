/* What the folds of a dropout network say at the points.  Private to the
   study.  */
#ifndef BD_STUDY_DROPPING_THERE_H
#define BD_STUDY_DROPPING_THERE_H

#include "../data/split.h"
#include "dropping_folds.h"

/* What A says beside its mean at place I, 0 where it says nothing.  */
double bd_there_variance (const bd_predicted *a, size_t i);
double bd_there_noise (const bd_predicted *a, size_t i);

/* The rows that S holds out, then the points of O and the other rows where M
   points are wanted.  NULL when memory is short.  The caller frees.  */
gsl_matrix *bd_there_rows (const bd_dropping *o, const bd_split *s, size_t m);

/* A at those rows, after the ones held out, into t: means and spreads of the
   points, and the mean spread of the rows.  */
void bd_there_put (const bd_predicted *a, const bd_split *s, size_t m,
                   double t[]);

/* That of fold PART, S, into TO.  */
void bd_there_keep (bd_held_out *to, size_t part, const bd_split *s,
                    const double t[]);

/* Room for it in A, and none.  GSL_ENOMEM.  */
int bd_there_want (bd_held_out *a, const bd_dropping *o);
void bd_there_free (bd_held_out *a);

#endif
