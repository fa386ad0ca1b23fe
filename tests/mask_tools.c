#include <config.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "mask_tools.h"
#include "tools.h"

bd_net
mask_net (void)
{
  static const size_t hidden[] = { 37, 20 };

  return bd_net_shape (5, hidden, 2, &bd_units[BD_UNIT_TANH],
                       &bd_outputs[BD_OUTPUT_REAL], 0);
}

bd_mask
mask_of (const char *spec, double q)
{
  bd_mask a;
  bd_error err = { "" };

  ck_assert_msg (!bd_mask_choose (&a, spec, q, &err), "%s", err.text);
  a.layers = 2;
  return a;
}

float *
mask_rows (const bd_mask *a, size_t rows, uint64_t index, double phase)
{
  bd_net net = mask_net ();
  size_t count = rows * bd_mask_places (a, &net);
  float *factor = malloc (count * sizeof *factor);
  uint32_t *words = malloc (bd_mask_words (count) * sizeof *words);
  gsl_rng *r = stream (index);

  ck_assert (factor && words);
  bd_mask_draw (a, &net, r, 9, phase, rows, words, factor);
  gsl_rng_free (r);
  free (words);
  return factor;
}

uint32_t *
mask_stream (size_t count, uint64_t index)
{
  uint32_t *words = malloc (count * sizeof *words);
  gsl_rng *r = stream (index);

  ck_assert_ptr_nonnull (words);
  for (size_t i = 0; i < count; i++)
    words[i] = (uint32_t)gsl_rng_get (r);
  gsl_rng_free (r);
  return words;
}

void
check_counts (size_t n, const double count[], const double p[])
{
  double total = 0, chi = 0;

  for (size_t k = 0; k < n; k++)
    total += count[k];
  for (size_t k = 0; k < n; k++)
    chi += gsl_pow_2 (count[k] - total * p[k]) / (total * p[k]);
  ck_assert_double_lt (chi, gsl_cdf_chisq_Qinv (1e-9, (double)n - 1));
  ck_assert_double_gt (chi, gsl_cdf_chisq_Pinv (1e-9, (double)n - 1));
}
