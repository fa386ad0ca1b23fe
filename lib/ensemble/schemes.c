/* Schemes that draw rows one by one.

   References: B. Efron, "Bootstrap methods: another look at the jackknife",
   Annals of Statistics 7 (1979); D. B. Rubin, "The Bayesian bootstrap",
   Annals of Statistics 9 (1981); P. Buehlmann, B. Yu, "Analyzing bagging",
   Annals of Statistics 30 (2002), for subsamples; A. C. Davison,
   D. V. Hinkley, E. Schechtman, "Efficient bootstrap simulation", Biometrika
   73 (1986), for balance.  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "../base/rng.h"
#include "draw.h"
#include "schemes.h"

const bd_knob bd_scheme_no_knobs[] = { { .name = NULL } };

void
bd_scheme_fill (bd_resample *s, double value)
{
  for (size_t i = 0; i < s->rows.n; i++)
    s->w[i] = value;
}

void
bd_scheme_draw (bd_resample *s, gsl_rng *r, size_t count, size_t limit)
{
  bd_rng_words (r, s->words, (count + 3) / 4);
  for (size_t i = 0; i < count; i++)
    s->words[i] = (uint32_t)((uint64_t)s->words[i] * limit >> 32);
}

double
bd_scheme_factor_one (const bd_settings *set, const bd_rows *rows)
{
  (void)set;
  (void)rows;
  return 1;
}

static void
none_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  (void)b;
  (void)r;
  bd_scheme_fill (s, 1);
}

size_t
bd_scheme_drawn (const bd_settings *set, const bd_rows *rows)
{
  double m = floor (set->value[0] * (double)rows->n + 0.5);
  return m < 1 ? 1 : (size_t)m;
}

static void
bootstrap_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  (void)b;
  bd_draw_counts (r, s->words, s->rows.n, bd_scheme_drawn (&s->set, &s->rows),
                  s->w);
}

/* The first COUNT places of a random order (Fisher and Yates).  */
static void
subsample_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  size_t n = s->rows.n, count = bd_scheme_drawn (&s->set, &s->rows);

  (void)b;
  bd_rng_words (r, s->words, (count + 3) / 4);
  bd_scheme_fill (s, 0);
  for (size_t i = 0; i < n; i++)
    s->index[i] = (uint32_t)i;
  for (size_t i = 0; i < count; i++)
    {
      size_t j = i + ((uint64_t)s->words[i] * (n - i) >> 32);
      s->w[s->index[j]] = 1;
      s->index[j] = s->index[i];
    }
}

static const char *
subsample_check (const bd_settings *set, const bd_rows *rows)
{
  return bd_scheme_drawn (set, rows) < rows->n
             ? NULL
             : "the fraction takes every row, so that members do not differ";
}

/* Exact for the mean: ((n - 1) / n) / (1 - a)^2.  */
static double
subsample_factor (const bd_settings *set, const bd_rows *rows)
{
  double n = (double)rows->n, a = (double)bd_scheme_drawn (set, rows) / n;
  return (n - 1) / n / gsl_pow_2 (1 - a);
}

static void
bayes_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  (void)b;
  bd_draw_dirichlet (r, s->words, s->rows.n, s->w);
}

static double
bayes_factor (const bd_settings *set, const bd_rows *rows)
{
  (void)set;
  return gsl_pow_2 (((double)rows->n + 1) / (double)rows->n);
}

/* By inversion: how many of the probabilities P (N <= k), times 2^32, does a
   word reach?  Weights above 12 have probability 6e-11 in all and are drawn
   as 12.  */
static void
poisson_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  double p = exp (-1.0), sum = 0;

  (void)b;
  bd_rng_words (r, s->words, (s->rows.n + 3) / 4);
  bd_scheme_fill (s, 0);
  for (int k = 0; k < 12; k++)
    {
      sum += p;
      p /= k + 1;
      uint32_t limit = (uint32_t)(sum * 0x1p32);
      for (size_t i = 0; i < s->rows.n; i++)
        s->w[i] += s->words[i] >= limit;
    }
}

/* BD_BALANCED copies of every row in a random order, cut into members; the
   order belongs to the block, so that any thread can make any member.  */
static void
shuffle_block (bd_resample *s, uint64_t block, gsl_rng *r)
{
  size_t n = s->rows.n, all = n * BD_BALANCED;

  bd_rng_move (r, block * BD_BALANCED);
  for (size_t i = 0; i < all; i++)
    s->index[i] = (uint32_t)(i % n);
  for (size_t i = all - 1; i > 0; i--)
    {
      double at = gsl_rng_uniform (r) * (double)(i + 1);
      size_t j = GSL_MIN ((size_t)at, i);
      uint32_t row = s->index[i];
      s->index[i] = s->index[j];
      s->index[j] = row;
    }
  s->block = block;
}

/* Counts of n out of 64 n are hypergeometric: their covariance with the mean
   is (64 n - n) / (64 n - 1) of the multinomial one.  */
static double
balanced_factor (const bd_settings *set, const bd_rows *rows)
{
  double n = (double)rows->n;

  (void)set;
  return gsl_pow_2 ((BD_BALANCED * n - 1) / ((BD_BALANCED - 1) * n));
}

static void
balanced_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  size_t n = s->rows.n;
  const uint32_t *row = s->index + (size_t)(b % BD_BALANCED) * n;

  if (s->block != b / BD_BALANCED)
    shuffle_block (s, b / BD_BALANCED, r);
  bd_scheme_fill (s, 0);
  for (size_t i = 0; i < n; i++)
    s->w[row[i]] += 1;
}

static const bd_knob fraction_knobs[]
    = { { "fraction", 1, 1e-6, 10, false, "rows drawn, as a part of all",
          NULL },
        { .name = NULL } };

static const bd_knob half_knobs[] = { { "fraction", 0.5, 1e-6, 1, false,
                                        "rows drawn, as a part of all", NULL },
                                      { .name = NULL } };

const bd_resample_type bd_resample_none
    = { .name = "none",
        .help = "every row once: members differ by the fitter's own seed only",
        .knobs = bd_scheme_no_knobs,
        .draw = none_draw };

const bd_resample_type bd_resample_bootstrap
    = { .name = "bootstrap",
        .help = "as many rows as there are, drawn with replacement",
        .knobs = fraction_knobs,
        .some_left = true,
        .draw = bootstrap_draw,
        .ij_factor = bd_scheme_factor_one };

const bd_resample_type bd_resample_subsample
    = { .name = "subsample",
        .help = "half of the rows, drawn without replacement (subagging)",
        .knobs = half_knobs,
        .some_left = true,
        .check = subsample_check,
        .draw = subsample_draw,
        .ij_factor = subsample_factor };

const bd_resample_type bd_resample_bayes
    = { .name = "bayes",
        .help = "Bayesian bootstrap: smooth random weights, no row left out",
        .knobs = bd_scheme_no_knobs,
        .draw = bayes_draw,
        .ij_factor = bayes_factor };

const bd_resample_type bd_resample_poisson
    = { .name = "poisson",
        .help = "each row as often as a Poisson number of mean 1 says",
        .knobs = bd_scheme_no_knobs,
        .some_left = true,
        .draw = poisson_draw,
        .ij_factor = bd_scheme_factor_one };

const bd_resample_type bd_resample_balanced
    = { .name = "balanced",
        .help = "bootstrap; each 64 members hold every row 64 times in all",
        .knobs = bd_scheme_no_knobs,
        .some_left = true,
        .draw = balanced_draw,
        .ij_factor = balanced_factor };
