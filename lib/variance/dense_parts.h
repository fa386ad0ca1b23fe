/* The parts of dense.h.  Functions marked `team' are called by all threads of
   a team, which share the work.  */
#ifndef BD_VARIANCE_DENSE_PARTS_H
#define BD_VARIANCE_DENSE_PARTS_H

#include "dense.h"
#include "dots.h"

/* The members that could be fitted.  */
typedef struct
{
  bd_moments *a;
  size_t B;
  const double **u;
  const unsigned char **counts; /* always there if not `other' */
  const double **t;
  unsigned char *bytes; /* counts made of u, or NULL */
  double *far;          /* m: largest |t - mean| */
  bool other;           /* some weights are no counts */
  bool failed;          /* memory is short */
} bd_dense;

/* Weight of unit I in member B.  */
static inline double
bd_dense_u (const bd_dense *d, size_t b, size_t i)
{
  return d->u ? d->u[b][i] : d->counts[b][i];
}

/* Everything that needs the predictions only; team.  */
void bd_dense_points (bd_dense *d);

/* Counts as bytes, or d->other; team.  */
void bd_dense_counts (bd_dense *d);

/* u, u2 and left_p, after the counts; team.  */
void bd_dense_units (bd_dense *d);

/* out_p, out_t and out_t2, after both; team.  */
void bd_dense_rows (bd_dense *d);

/* a->ij and a->jab in the ways of dense.h; tiles and gram need counts.  */
void bd_dense_tiles (bd_dense *d, int threads);
void bd_dense_gram (bd_dense *d, int threads);
void bd_dense_weights (bd_dense *d, int threads);

#endif
