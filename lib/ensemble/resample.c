/* References: B. Efron, "Bootstrap methods: another look at the jackknife",
   Annals of Statistics 7 (1979); D. B. Rubin, "The Bayesian bootstrap",
   Annals of Statistics 9 (1981).  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "../base/rng.h"
#include "draw.h"
#include "resample.h"

size_t
bd_resample_words (size_t n)
{
  return bd_draw_scratch (n);
}

static void
none_draw (size_t n, gsl_rng *r, uint32_t words[], double w[])
{
  (void)r;
  (void)words;
  for (size_t i = 0; i < n; i++)
    w[i] = 1;
}

static void
bootstrap_draw (size_t n, gsl_rng *r, uint32_t words[], double w[])
{
  bd_draw_counts (r, words, n, n, w);
}

static double
bootstrap_factor (size_t n)
{
  (void)n;
  return 1;
}

/* Half of the rows, each half equally likely (selection sampling, Knuth 1981,
   algorithm S).  */
static void
subsample_draw (size_t n, gsl_rng *r, uint32_t words[], double w[])
{
  size_t left = (n + 1) / 2;

  bd_rng_words (r, words, bd_resample_words (n) / 4);
  memset (w, 0, n * sizeof *w);
  /* Row i is taken with probability (places left) / (rows left).  */
  for (size_t i = 0; i < n; i++)
    if ((uint64_t)words[i] * (n - i) >> 32 < left)
      {
        w[i] = 1;
        left--;
      }
}

/* Exact for the mean of a = m/n of the rows: ((n - 1) / n) / (1 - a)^2.  */
static double
subsample_factor (size_t n)
{
  double a = (double)((n + 1) / 2) / (double)n;
  return ((double)n - 1) / (double)n / gsl_pow_2 (1 - a);
}

/* Exponential weights divided by their mean.  */
static void
bayes_draw (size_t n, gsl_rng *r, uint32_t words[], double w[])
{
  double sum = 0;

  bd_draw_exponential (r, words, n, w);
  for (size_t i = 0; i < n; i++)
    sum += w[i];
  for (size_t i = 0; i < n; i++)
    w[i] *= (double)n / sum;
}

static double
bayes_factor (size_t n)
{
  return gsl_pow_2 (((double)n + 1) / (double)n);
}

const bd_resample_type bd_resample_none = {
  .name = "none",
  .help = "every row once: members differ by the fitter's own seed only",
  .all_rows = true,
  .draw = none_draw,
};

const bd_resample_type bd_resample_bootstrap = {
  .name = "bootstrap",
  .help = "n rows drawn with replacement",
  .draw = bootstrap_draw,
  .ij_factor = bootstrap_factor,
};

const bd_resample_type bd_resample_bayes = {
  .name = "bayes",
  .help = "Bayesian bootstrap: smooth random weights, no row is left out",
  .all_rows = true,
  .draw = bayes_draw,
  .ij_factor = bayes_factor,
};

const bd_resample_type bd_resample_subsample = {
  .name = "subsample",
  .help = "half of the rows, drawn without replacement (subagging)",
  .draw = subsample_draw,
  .ij_factor = subsample_factor,
};

const bd_resample_type *const bd_resample_types[]
    = { &bd_resample_none, &bd_resample_bootstrap, &bd_resample_bayes,
        &bd_resample_subsample, NULL };

const bd_resample_type *
bd_resample_find (const char *name)
{
  for (size_t k = 0; bd_resample_types[k]; k++)
    if (strcmp (bd_resample_types[k]->name, name) == 0)
      return bd_resample_types[k];
  return NULL;
}
