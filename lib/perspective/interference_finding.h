/* All that perspective 1 measures on the hidden units of one network.  Private
   to the room.  */
#ifndef BD_PERSPECTIVE_INTERFERENCE_FINDING_H
#define BD_PERSPECTIVE_INTERFERENCE_FINDING_H

#include "interference_lesion.h"
#include "layout.h"

/* Losses are relative to that without blocks.  */
typedef struct
{
  double worst[BD_LESION_SHARES];          /* worst first */
  double worst_rescaled[BD_LESION_SHARES]; /* the same, rescaled */
  double random[BD_LESION_SHARES];         /* in random order */
  double area, area_rescaled, area_random; /* of these three, as factors: exp
                                              (area) */
  double blocked; /* the loss itself under such blocks: area times the loss
                     without */
  double unit, unit_rescaled; /* one unit blocked: geometric mean */
  double bad;                 /* share of units whose blocking helps */
  double gini;                /* of the units' losses */
  double told, needed, rank;  /* bd_overlap with the units' losses as weights;
                                 mean over the layers */
  double pair;                /* mean of bd_lesion_pair over random pairs */
  double pair_size;           /* ... of its absolute value */
} bd_finding;

/* Series for ARM.  GSL_ENOMEM.  */
int bd_finding_plan (bd_layout *l, size_t arm);

/* MODEL at the rows of D; random orders and pairs from SEED.  GSL_ENOMEM.  */
int bd_finding_of (const bd_net_model *model, const bd_dataset *d,
                   uint64_t seed, bd_finding *to);

/* The mean of COUNT findings (of logarithms, where losses are concerned) into
   the record V.  */
void bd_finding_file (const bd_finding f[], size_t count, const bd_layout *l,
                      size_t arm, double v[]);

#endif
