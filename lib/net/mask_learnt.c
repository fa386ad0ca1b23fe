/* Laws whose rates are learnt.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/kernel.h"
#include "mask_fill.h"

BD_NO_CONTRACTION

#define LANES 16 /* sums side by side */

/* Sums of D x and of D x^2, x = f - CENTRE.  */
BD_KERNEL static void
sums (size_t count, const float *restrict factor, const float *restrict D,
      double centre, double sum[2])
{
  double one[LANES] = { 0 }, two[LANES] = { 0 };
  size_t whole = count / LANES * LANES;

  for (size_t i = 0; i < whole; i += LANES)
    for (size_t j = 0; j < LANES; j++)
      {
        double x = factor[i + j] - centre, product = D[i + j] * x;
        one[j] += product;
        two[j] += product * x;
      }
  for (size_t i = whole; i < count; i++)
    {
      double x = factor[i] - centre, product = D[i] * x;
      one[i - whole] += product;
      two[i - whole] += product * x;
    }
  sum[0] = sum[1] = 0;
  for (size_t j = 0; j < LANES; j++)
    {
      sum[0] += one[j];
      sum[1] += two[j];
    }
}

enum /* places of the knobs of concrete */
{
  TEMPERATURE,
  WEIGHT,
  ENTROPY
};

static void
concrete_fill (const bd_mask *a, double q, gsl_rng *r, uint32_t words[],
               bd_mask_part to)
{
  bd_mask_maker maker = bd_mask_maker_relaxed (q, a->set.value[TEMPERATURE]);

  bd_mask_make (&maker, r, words, to);
}

/* With the share k = (1 - q) f that is kept, df = f (q - (1 - k) / t).  */
static void
concrete_slope (const bd_mask *a, double q, size_t count, const float factor[],
                const float D[], double *G)
{
  double cold = 1 / a->set.value[TEMPERATURE], sum[2];

  sums (count, factor, D, 0, sum);
  *G += (q - cold) * sum[0] + cold * (1 - q) * sum[1];
}

/* Equations 3 and 4 of Gal, Hron and Kendall, divided by N.  Their weights M
   are ours divided by 1 - q, since their factors have mean 1 - q.  */
static double
concrete_penalty (const bd_mask *a, double q, double units, double ss,
                  double n, double *G, double *shrink)
{
  double weight = a->set.value[WEIGHT] / ((1 - q) * n);
  double entropy = a->set.value[ENTROPY] * units / n;

  *G += weight * ss / 2 * q + entropy * q * (1 - q) * log (q / (1 - q));
  *shrink += weight;
  return weight * ss / 2 + entropy * (q * log (q) + (1 - q) * log1p (-q));
}

static const bd_knob concrete_knobs[]
    = { { "temperature", 0.1, 0.01, 10, false,
          "width of the step from dropped to kept", NULL },
        { "weight", 1e-4, 0, 1e6, false,
          "precision of the weights' prior (squared length-scale)", NULL },
        { "entropy", 1, 0, 1e6, false,
          "factor of the entropy: 1 for a likelihood, the variance of the "
          "noise for half the squared error",
          NULL },
        { .name = NULL } };

const bd_mask_type bd_mask_concrete
    = { .name = "concrete",
        .help = "like bernoulli, relaxed, with a learnt rate for each layer",
        .knobs = concrete_knobs,
        .learnt = true,
        .inputs = &bd_mask_bernoulli,
        .fill = concrete_fill,
        .slope = concrete_slope,
        .penalty = concrete_penalty };

static void
variational_fill (const bd_mask *a, double q, gsl_rng *r, uint32_t words[],
                  bd_mask_part to)
{
  bd_mask_gaussian.fill (a, q, r, words, to);
}

/* The logit of q is log alpha, and f - 1 goes with its square root.  */
static void
variational_slope (const bd_mask *a, double q, size_t count,
                   const float factor[], const float D[], double *G)
{
  double sum[2];

  (void)a;
  (void)q;
  sums (count, factor, D, 1, sum);
  *G += sum[0] / 2;
}

/* Equation 14 of Molchanov, Ashukha and Vetrov for log alpha = x, a unit at a
   time:  k1 (1 - s (k2 + k3 x)) + log (1 + exp (-x)) / 2, s logistic.  */
static double
variational_penalty (const bd_mask *a, double q, double units, double ss,
                     double n, double *G, double *shrink)
{
  const double k1 = 0.63576, k2 = 1.87320, k3 = 1.48695;
  double x = log (q / (1 - q)), scale = a->set.value[0] * units / n;
  double rest = 1 / (1 + exp (k2 + k3 * x));

  (void)ss;
  (void)shrink;
  *G -= scale * (k1 * k3 * rest * (1 - rest) + (1 - q) / 2);
  return scale * (k1 * rest - log (q) / 2);
}

static const bd_knob variational_knobs[]
    = { { "kl", 1, 0, 1e6, false,
          "factor of the divergence: 1 for a likelihood, the variance of the "
          "noise for half the squared error",
          NULL },
        { .name = NULL } };

const bd_mask_type bd_mask_variational
    = { .name = "variational",
        .help = "like gaussian, with a learnt variance for each layer",
        .knobs = variational_knobs,
        .learnt = true,
        .inputs = &bd_mask_gaussian,
        .fill = variational_fill,
        .slope = variational_slope,
        .penalty = variational_penalty };
