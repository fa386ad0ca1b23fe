/* The weights of a network along its training, and what it gives with them.
   Private to the room.  */
#ifndef BD_PERSPECTIVE_FILTER_PATH_H
#define BD_PERSPECTIVE_FILTER_PATH_H

#include "filter_signal.h"
#include "team.h"

typedef struct
{
  size_t count;       /* checkpoints */
  const size_t *step; /* rising */
  size_t seen;        /* how many the last training came to */
  bd_net_model *model;
  double *w; /* count x model->net.size; of a training that was stopped
                before a checkpoint, those that it ended with */
} bd_path;

/* Train a network of O as bd_team_train does.  A watch of O's is asked too.
   Codes of bd_team_train; free it in any case.  */
int bd_path_train (bd_path *a, const bd_net_options *o, const bd_dataset *d,
                   uint64_t seed, uint64_t index, size_t count,
                   const size_t step[]);
void bd_path_free (bd_path *a);

/* The network at checkpoint K; what it points to is the path's.  */
bd_net_model bd_path_at (const bd_path *a, size_t k);

/* Add a replicate at the points P to the signal of each hidden layer, LAYER[0
   .. hidden layers - 1], and of the response, which is the next: with all
   units.  As `added' counts what masks of these RATES add in one layer of
   units: to its own numbers, and those of the last hidden layer to the
   response.  GSL_ENOMEM.  */
int bd_signal_add_net (bd_signal layer[], const bd_net_model *model,
                       const double rate[], const gsl_matrix *P);

/* The variance that masks of rate Q add to COUNT rows (STRIDE apart) of UNITS
   numbers H, each times its WEIGHT (NULL: 1): q / (1 - q) sum (w h)^2, mean
   over the rows.  */
double bd_mask_variance (double q, size_t count, size_t units, size_t stride,
                         const double H[], const double weight[]);

/* How much of a small noise in the inputs comes through: the variance of the
   prediction over that of noise in inputs that were scaled by SD, mean over
   the points P, to first order.  GSL_ENOMEM.  */
int bd_team_sensitivity (const bd_team *a, const gsl_matrix *P,
                         const double sd[], double *to);

#endif
