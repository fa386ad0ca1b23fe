/* A trained network with some of its hidden units blocked.  Private to the
   room.

   A blocked unit puts out 0.  With rescaling, the units of its layer that are
   left are multiplied by (units) / (units left), as inverted dropout does.
   Units that a network never used, since the one mask that it was trained
   with drops them, do not count as units.  */
#ifndef BD_PERSPECTIVE_INTERFERENCE_LESION_H
#define BD_PERSPECTIVE_INTERFERENCE_LESION_H

#include "team.h"

typedef struct
{
  const bd_net_model *model;
  const gsl_vector *y;
  size_t m, units;       /* points; hidden units of all layers */
  size_t *place, *layer; /* units: where among net.hidden, and layer from 0 */
  size_t alive[BD_NET_LAYERS];    /* units of each layer */
  double *A;                      /* net.hidden x m: outputs of the units */
  double *own, *factor;           /* net.hidden: of the one mask; in use */
  double *w;                      /* net.size */
  double *H, *Z, *row, *t, *ones; /* work space */
} bd_lesion;

/* Ready for losses at the rows of D, which outlives A.  GSL_ENOMEM; free it in
   any case.  */
int bd_lesion_init (bd_lesion *a, const bd_net_model *model,
                    const bd_dataset *d);
void bd_lesion_free (bd_lesion *a);

/* The loss with the COUNT units LIST (from 0) blocked.  */
double bd_lesion_loss (bd_lesion *a, const size_t list[], size_t count,
                       bool rescale);

/* The loss with each unit blocked alone, into LOSS (units).  */
void bd_lesion_each (bd_lesion *a, bool rescale, double loss[]);

/* Units in falling order of LOSS.  GSL_ENOMEM.  */
int bd_lesion_worst (const double loss[], size_t units, size_t order[]);

#define BD_LESION_SHARES 10
#define BD_LESION_HALF 7                               /* the place of .5 */
extern const double bd_lesion_share[BD_LESION_SHARES]; /* 0 .. 1 */

/* The loss with these shares of the units blocked in this ORDER (units).  */
void bd_lesion_curve (bd_lesion *a, const size_t order[], bool rescale,
                      double loss[BD_LESION_SHARES]);

/* Area under a curve of losses up to a share of one half: the mean of
   log (loss / loss without blocks), by trapezia.  */
double bd_lesion_area (const double loss[BD_LESION_SHARES]);

/* What the loss with units I and J blocked has beyond the sum of what each
   costs alone.  EACH: from bd_lesion_each without rescaling; CLEAN: without
   blocks.  */
double bd_lesion_pair (bd_lesion *a, size_t i, size_t j, const double each[],
                       double clean);

#endif
