/* How weights follow the gradient.

   Types that take steps (sgd, adam, adamw) are given one gradient after the
   other; types that work on the whole sample (lbfgs, lm) are given the loss
   as a function.  */
#ifndef BD_NET_OPTIMISER_H
#define BD_NET_OPTIMISER_H

#include <stddef.h>

#include "../base/knob.h"

/* The loss of the whole sample and its gradient G (size, overwritten) at
   W.  */
typedef double (*bd_loss) (void *params, const double w[], double G[]);

typedef struct
{
  const char *name, *help;
  const bd_knob *knobs;
  double rate; /* learning rate that suits it by default; 0: it has none */

  /* Floats of state for SIZE weights, all zero at the start; 0: works on the
     whole sample.  */
  size_t (*state) (size_t size);

  /* Step number STEP (from 1, one after the other) with learning rate RATE;
     G, STATE and w are aligned to 64 bytes.  G must not be larger than float can square.  DECAY
     (size, or NULL for none) is looked at by types that are `decoupled': there
     w[k] shrinks by RATE decay[k] w[k] here, for all others decay[k] w[k] is
     in the gradient already.  */
  void (*step) (const bd_settings *set, size_t size, size_t step, double rate,
                const float G[], const float decay[], float state[],
                float w[]);
  bool decoupled;

  /* Minimise from W, at most STEPS iterations; work is for the type to
     allocate.  GSL_SUCCESS when it has made them or there is nothing left to
     gain; GSL_ERUNAWAY when the loss is not finite at the start or nowhere on
     the way down; GSL_ENOMEM.  W is the best that was found, *DONE the
     iterations made.  Calls LOSS with arrays that are aligned to 64 bytes.  */
  int (*minimise) (const bd_settings *set, bd_loss loss, void *params,
                   size_t size, size_t steps, double w[], size_t *done);
} bd_optimiser;

extern const bd_optimiser bd_optimiser_sgd, bd_optimiser_adam,
    bd_optimiser_adamw, bd_optimiser_lbfgs;
extern const bd_optimiser *const bd_optimisers[]; /* ends with NULL */
const bd_optimiser *bd_optimiser_find (const char *name);

/* The learning rate's course: its share at PHASE, 0 at the first step and
   nearly 1 at the last.  */
typedef struct
{
  const char *name, *help;
  double (*share) (double phase);
} bd_schedule;

extern const bd_schedule bd_schedules[]; /* ends with { NULL }; the first is
                                            the default */
const bd_schedule *bd_schedule_find (const char *name);

/* Scale down the weights that enter each of COLUMNS units so that their norm
   is at most NORM (0: any norm will do): w is ROWS x STRIDE, column j being
   unit j.  Reference: N. Srivastava, "Improving neural networks with dropout",
   2013.  */
void bd_max_norm (size_t rows, size_t columns, size_t stride, double norm,
                  float w[]);

#endif
