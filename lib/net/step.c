/* Optimisers that take steps.  References: I. Sutskever et al., "On the
   importance of initialization and momentum in deep learning", ICML 2013;
   D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR
   2015; I. Loshchilov, F. Hutter, "Decoupled weight decay regularization",
   ICLR 2019.  */
#include <config.h>

#include <string.h>

#include <gsl/gsl_math.h>

#include "../base/kernel.h"
#include "kernels.h"
#include "net.h"
#include "optimiser.h"

BD_NO_CONTRACTION

#define EPSILON 1e-8 /* keeps Adam from dividing by zero */

enum /* knobs */
{
  MOMENTUM,
  NESTEROV,
  BETA1 = 0,
  BETA2
};

/* What lasts from step to step beside those vectors: at the end of the
   state.  */
typedef struct
{
  const bd_kernels_float *k;
  double power[2]; /* of Adam's betas */
} memory;

#define MEMORY BD_NET_PAD

_Static_assert(sizeof (memory) <= MEMORY * sizeof (float), "memory");

static size_t
one_vector (size_t size)
{
  return bd_net_padded (size) + MEMORY;
}

static size_t
two_vectors (size_t size)
{
  return 2 * bd_net_padded (size) + MEMORY;
}

/* The memory at AT, which is zero before the first step.  */
static memory
recall (const float *at)
{
  memory a;

  memcpy (&a, at, sizeof a);
  if (!a.k)
    a = (memory){ bd_kernels_of_floats (), { 1, 1 } };
  return a;
}

static void
sgd_step (const bd_settings *set, size_t size, size_t step, double rate,
          const float G[], const float decay[], float state[], float w[])
{
  memory a = recall (state + bd_net_padded (size));

  (void)step;
  (void)decay;
  a.k->momentum (size, (float)rate, (float)set->value[MOMENTUM],
                 set->value[NESTEROV] != 0, G, state, w);
  memcpy (state + bd_net_padded (size), &a, sizeof a);
}

/* 1 - beta^step, of the beta that the kernel works with.  A power is kept
   from falling to where numbers are denormal: it is long lost beside 1.  */
static double
still_missing (float beta, double *power)
{
  *power = GSL_MAX_DBL (*power * (double)beta, 0x1p-100);
  return 1 - *power;
}

/* Both corrections of the bias go into the learning rate and epsilon.  */
static void
adam_step (const bd_settings *set, size_t size, size_t step, double rate,
           const float G[], const float decay[], float state[], float w[])
{
  float beta1 = (float)set->value[BETA1], beta2 = (float)set->value[BETA2];
  float *end = state + 2 * bd_net_padded (size);
  memory a = recall (end);
  double root = sqrt (still_missing (beta2, &a.power[1]));

  (void)step;
  (void)decay;
  a.k->adam (size, (float)(rate * root / still_missing (beta1, &a.power[0])),
             (float)(EPSILON * root), beta1, beta2, 1, G, state,
             state + bd_net_padded (size), w);
  memcpy (end, &a, sizeof a);
}

BD_KERNEL static void
shrink (size_t size, float rate, const float *restrict decay,
        float *restrict w)
{
  for (size_t k = 0; k < size; k++)
    w[k] *= 1 - rate * decay[k];
}

static void
adamw_step (const bd_settings *set, size_t size, size_t step, double rate,
            const float G[], const float decay[], float state[], float w[])
{
  if (decay)
    shrink (size, (float)rate, decay, w);
  adam_step (set, size, step, rate, G, NULL, state, w);
}

static const bd_knob sgd_knobs[]
    = { { "momentum", 0.9, 0, 0.9999, false,
          "share of the last step that goes on", NULL },
        { "nesterov", 0, 0, 1, true,
          "1: gradient as if the step had gone on already", NULL },
        { NULL, 0, 0, 0, false, NULL, NULL } };

static const bd_knob adam_knobs[]
    = { { "beta1", 0.9, 0, 0.9999, false, "memory of the mean gradient",
          NULL },
        { "beta2", 0.999, 0, 0.999999, false, "memory of its squares", NULL },
        { NULL, 0, 0, 0, false, NULL, NULL } };

const bd_optimiser bd_optimiser_sgd
    = { .name = "sgd",
        .help = "steps along the gradient with momentum",
        .knobs = sgd_knobs,
        .rate = 0.05,
        .state = one_vector,
        .step = sgd_step };

const bd_optimiser bd_optimiser_adam
    = { .name = "adam",
        .help = "steps scaled by the gradient's recent size",
        .knobs = adam_knobs,
        .rate = 0.0125,
        .state = two_vectors,
        .step = adam_step };

const bd_optimiser bd_optimiser_adamw
    = { .name = "adamw",
        .help = "adam with weight decay beside the gradient",
        .knobs = adam_knobs,
        .rate = 0.0125,
        .state = two_vectors,
        .step = adamw_step,
        .decoupled = true };
