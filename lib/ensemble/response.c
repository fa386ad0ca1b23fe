/* Schemes that keep the rows and draw a new response around the single fit.
   Their units are standardised disturbances of variance 1: for a linear fitter
   t = sum h_i y_i, cov (u_i, t) is h_i times the disturbance's size, and the
   sum of squares is the variance of t.

   References: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap
   (1993), sections 6.5 and 9.4; C. F. J. Wu, "Jackknife, bootstrap and other
   resampling methods in regression analysis", Annals of Statistics 14 (1986);
   E. Mammen, "Bootstrap and wild bootstrap for high dimensional linear
   models", Annals of Statistics 21 (1993).  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>

#include "../base/rng.h"
#include "schemes.h"

/* y_i = fitted_i + scale_i u_i.  */
static void
respond (bd_resample *s, bool own_scale)
{
  bd_scheme_fill (s, 1);
  for (size_t i = 0; i < s->rows.n; i++)
    s->y[i] = s->rows.fitted[i]
              + (own_scale ? s->residual[i] : s->sigma) * s->u[i];
}

static void
residual_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  (void)b;
  bd_scheme_draw (s, r, s->rows.n, s->rows.n);
  for (size_t i = 0; i < s->rows.n; i++)
    s->u[i] = s->sigma > 0 ? s->residual[s->words[i]] / s->sigma : 0;
  respond (s, false);
}

static void
parametric_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  (void)b;
  for (size_t i = 0; i < s->rows.n; i++)
    s->u[i] = gsl_ran_gaussian_ziggurat (r, 1);
  respond (s, false);
}

/* Rademacher's signs, or Mammen's two points, whose mean is 0 and whose
   variance and third moment are 1.  */
static void
wild_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  const double root = sqrt (5.0);
  bool mammen = s->set.value[0] > 0;
  double low = mammen ? (1 - root) / 2 : -1;
  double high = mammen ? (1 + root) / 2 : 1;
  double chance = mammen ? (root + 1) / (2 * root) : 0.5;

  (void)b;
  bd_rng_words (r, s->words, (s->rows.n + 3) / 4);
  for (size_t i = 0; i < s->rows.n; i++)
    s->u[i] = s->words[i] < chance * 0x1p32 ? low : high;
  respond (s, true);
}

static const bd_knob wild_knobs[]
    = { { "mammen", 0, 0, 1, true,
          "1: Mammen's two points instead of random signs (Rademacher)",
          NULL },
        { .name = NULL } };

const bd_resample_type bd_resample_residual
    = { .name = "residual",
        .help = "the single fit plus its residuals, drawn with replacement",
        .knobs = bd_scheme_no_knobs,
        .responds = true,
        .draw = residual_draw,
        .ij_factor = bd_scheme_factor_one };

const bd_resample_type bd_resample_wild
    = { .name = "wild",
        .help = "the single fit plus each row's residual, its sign random",
        .knobs = wild_knobs,
        .responds = true,
        .draw = wild_draw,
        .ij_factor = bd_scheme_factor_one };

const bd_resample_type bd_resample_parametric
    = { .name = "parametric",
        .help = "the single fit plus normal noise as large as its residuals",
        .knobs = bd_scheme_no_knobs,
        .responds = true,
        .draw = parametric_draw,
        .ij_factor = bd_scheme_factor_one };
