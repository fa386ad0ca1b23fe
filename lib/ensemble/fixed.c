/* Schemes whose members are fixed: nothing, or nothing more, is drawn.

   References: B. Efron, The Jackknife, the Bootstrap and Other Resampling
   Plans (1982); N. I. Fisher, P. Hall, "Bootstrap algorithms for small
   samples", J. Statist. Plann. Inference 27 (1991), for the enumeration of
   all resamples.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <string.h>

#include "../base/rng.h"
#include "schemes.h"

static uint64_t
jackknife_members (const bd_settings *set, const bd_rows *rows)
{
  (void)set;
  return rows->n;
}

/* Member b leaves out row b.  */
static void
jackknife_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  (void)r;
  bd_scheme_fill (s, 1);
  s->w[b % s->rows.n] = 0;
}

/* C_i = -(t without i - mean) / n, and the jackknife's variance is (n - 1)/n
   times the sum of squares of those differences.  */
static double
jackknife_factor (const bd_settings *set, const bd_rows *rows)
{
  (void)set;
  return (double)rows->n * ((double)rows->n - 1);
}

static size_t
folds_of (const bd_settings *set, const bd_rows *rows)
{
  return (size_t)GSL_MIN (set->value[0], (double)rows->n);
}

static uint64_t
folds_members (const bd_settings *set, const bd_rows *rows)
{
  return folds_of (set, rows);
}

/* The rows in a random order that all members share.  */
static void
shuffle_rows (bd_resample *s, gsl_rng *r)
{
  bd_rng_move (r, 0);
  for (size_t i = 0; i < s->rows.n; i++)
    s->index[i] = (uint32_t)i;
  gsl_ran_shuffle (r, s->index, s->rows.n, sizeof *s->index);
  s->block = 0;
}

/* Member b leaves out part b of k.  */
static void
folds_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  size_t n = s->rows.n, k = folds_of (&s->set, &s->rows);

  if (s->block != 0)
    shuffle_rows (s, r);
  bd_scheme_fill (s, 1);
  for (size_t i = (size_t)b % k; i < n; i += k)
    s->w[s->index[i]] = 0;
}

/* The jackknife's variance by parts, (k - 1)/k sum of (t without the part -
   mean)^2: here n/k rows share each part's covariance.  */
static double
folds_factor (const bd_settings *set, const bd_rows *rows)
{
  double k = (double)folds_of (set, rows);
  return k * k * (k - 1) / (double)rows->n;
}

/* C (n, k) for the small numbers that are asked for here.  */
static uint64_t
choose (size_t n, size_t k)
{
  uint64_t ways = 1;

  for (size_t i = 1; i <= k; i++)
    ways = ways * (n - k + i) / i;
  return ways;
}

static uint64_t
exact_members (const bd_settings *set, const bd_rows *rows)
{
  (void)set;
  return choose (2 * rows->n - 1, rows->n);
}

static const char *
exact_check (const bd_settings *set, const bd_rows *rows)
{
  (void)set;
  return rows->n <= BD_EXACT_ROWS
             ? NULL
             : "all resamples can be enumerated for 12 rows at most";
}

/* The B-th way to share n draws among the rows, those that give the first rows
   least coming first, and its multinomial probability.  */
static void
exact_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  size_t n = s->rows.n, left = n;

  (void)r;
  s->p = gsl_sf_fact ((unsigned)n) / gsl_pow_int ((double)n, (int)n);
  for (size_t i = 0; i + 1 < n; i++)
    {
      size_t rest = n - 1 - i, count = 0;
      uint64_t ways;
      /* Ways to share left - count draws among the rest.  */
      while (b >= (ways = choose (left - count + rest - 1, rest - 1)))
        {
          b -= ways;
          count++;
        }
      s->w[i] = (double)count;
      left -= count;
    }
  s->w[n - 1] = (double)left;
  for (size_t i = 0; i < n; i++)
    s->p /= gsl_sf_fact ((unsigned)s->w[i]);
}

static uint64_t
given_members (const bd_settings *set, const bd_rows *rows)
{
  (void)set;
  return rows->given_members;
}

static void
given_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  size_t n = s->rows.n;

  (void)r;
  memcpy (s->w, s->rows.given + (b % s->rows.given_members) * n,
          n * sizeof *s->w);
}

const bd_resample_type bd_resample_jackknife
    = { .name = "jackknife",
        .help = "each member leaves out one row",
        .knobs = bd_scheme_no_knobs,
        .some_left = true,
        .whole = true,
        .members = jackknife_members,
        .draw = jackknife_draw,
        .ij_factor = jackknife_factor };

static const bd_knob folds_knobs[]
    = { { "k", 10, 2, 1e6, true, "parts", NULL }, { .name = NULL } };

const bd_resample_type bd_resample_folds
    = { .name = "folds",
        .help = "each member leaves out one of k parts (cross-validation)",
        .knobs = folds_knobs,
        .some_left = true,
        .whole = true,
        .members = folds_members,
        .draw = folds_draw,
        .ij_factor = folds_factor };

const bd_resample_type bd_resample_exact
    = { .name = "exact",
        .help = "all resamples with their probabilities, for 12 rows at most",
        .knobs = bd_scheme_no_knobs,
        .some_left = true,
        .whole = true,
        .check = exact_check,
        .members = exact_members,
        .draw = exact_draw,
        .ij_factor = bd_scheme_factor_one };

const bd_resample_type bd_resample_given
    = { .name = "given",
        .help = "weights from a file (--counts, --index)",
        .knobs = bd_scheme_no_knobs,
        .given = true,
        .some_left = true,
        .members = given_members,
        .draw = given_draw,
        .ij_factor = bd_scheme_factor_one };
