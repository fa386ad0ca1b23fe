/* Blocks of neighbouring rows, for data in order of time or place.

   The units of the moving and the circular blocks are the places where a block
   may begin: u counts how often each did.  For the mean, S places and k blocks
   give cov (u_s, t) = (mean of block s - mean) / S, so that S / k times the
   sum of their squares is the bootstrap's variance.

   Of the stationary bootstrap the counts N themselves have circular
   covariances, in units of their variance near r^d between rows d apart, with
   r = (1 - 1/n) phi + phi^(n-1) / n and phi = 1 - 1/length (the weights b_n of
   Politis and Romano 1994; r is theirs of d = 1, which copies their decline
   with d better than phi).  The units
     u_i = (N_i - r N_(i-1)) / sqrt (1 - r^2), row 1 following the last,
   are therefore uncorrelated and of variance 1, and the sum of their squared
   covariances with t is C' S^-1 C, C and S the covariances of the counts with
   t and among themselves: the variance of what in t is linear in the counts.
   For 30 rows in blocks of 3 the spectrum of S is copied to within .4 %, for
   more rows better.

   References: H. R. Kuensch, "The jackknife and the bootstrap for general
   stationary observations", Annals of Statistics 17 (1989); D. N. Politis,
   J. P. Romano, "A circular block-resampling procedure for stationary data"
   (1992) and "The stationary bootstrap", JASA 89 (1994).  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "schemes.h"

/* The length asked for, or the cube root of n.  */
static size_t
length_of (const bd_settings *set, const bd_rows *rows)
{
  double length = set->value[0];

  if (length == 0)
    length = floor (cbrt ((double)rows->n) + 0.5);
  return length < 1 ? 1 : (size_t)length;
}

static size_t
blocks_in (const bd_settings *set, const bd_rows *rows)
{
  size_t length = length_of (set, rows);
  return (rows->n + length - 1) / length;
}

static const char *
blocks_check (const bd_settings *set, const bd_rows *rows)
{
  return length_of (set, rows) < rows->n ? NULL
                                         : "a block is as long as the data";
}

static size_t
moving_units (const bd_settings *set, const bd_rows *rows)
{
  return rows->n - length_of (set, rows) + 1;
}

static size_t
circular_units (const bd_settings *set, const bd_rows *rows)
{
  (void)set;
  return rows->n;
}

static double
moving_factor (const bd_settings *set, const bd_rows *rows)
{
  return (double)moving_units (set, rows) / (double)blocks_in (set, rows);
}

static double
circular_factor (const bd_settings *set, const bd_rows *rows)
{
  return (double)rows->n / (double)blocks_in (set, rows);
}

/* Blocks until n rows are drawn; one that passes the end goes on at the
   first row.  */
static void
blocks_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  size_t n = s->rows.n, length = length_of (&s->set, &s->rows);
  size_t blocks = blocks_in (&s->set, &s->rows);

  (void)b;
  bd_scheme_fill (s, 0);
  for (size_t k = 0; k < s->units; k++)
    s->u[k] = 0;
  bd_scheme_draw (s, r, blocks, s->units);
  for (size_t k = 0; k < blocks; k++)
    {
      size_t first = s->words[k], rows = GSL_MIN (length, n - k * length);

      s->u[first] += 1;
      for (size_t i = 0; i < rows; i++)
        s->w[(first + i) % n] += 1;
    }
}

/* Share of a row's count that goes on to the next row.  */
static double
going_on (const bd_settings *set, const bd_rows *rows)
{
  double n = (double)rows->n, phi = 1 - 1 / (double)length_of (set, rows);
  return (1 - 1 / n) * phi + pow (phi, n - 1) / n;
}

static void
take_innovations (bd_resample *s)
{
  size_t n = s->rows.n;
  double on = going_on (&s->set, &s->rows), scale = 1 / sqrt (1 - on * on);

  for (size_t i = 0; i < n; i++)
    s->u[i] = scale * (s->w[i] - on * s->w[i ? i - 1 : n - 1]);
}

/* Geometric lengths.  */
static void
stationary_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  size_t n = s->rows.n, row = 0;
  double stop = 1 / (double)length_of (&s->set, &s->rows);

  (void)b;
  bd_scheme_fill (s, 0);
  for (size_t k = 0; k < n; k++)
    {
      if (k == 0 || gsl_rng_uniform (r) < stop)
        row = gsl_rng_uniform_int (r, n);
      s->w[row] += 1;
      row = (row + 1) % n;
    }
  take_innovations (s);
}

static const bd_knob block_knobs[]
    = { { "length", 0, 0, 1e6, true,
          "rows in a block; 0: the cube root of the number of rows", NULL },
        { .name = NULL } };

static const bd_knob mean_knobs[]
    = { { "length", 0, 0, 1e6, true,
          "rows in a block on average; 0: the cube root of the number of rows",
          NULL },
        { .name = NULL } };

const bd_resample_type bd_resample_moving
    = { .name = "moving",
        .help = "blocks of neighbouring rows, for data in order",
        .knobs = block_knobs,
        .some_left = true,
        .ordered = true,
        .check = blocks_check,
        .units = moving_units,
        .draw = blocks_draw,
        .ij_factor = moving_factor };

const bd_resample_type bd_resample_circular
    = { .name = "circular",
        .help = "blocks that go on at the first row after the last",
        .knobs = block_knobs,
        .some_left = true,
        .ordered = true,
        .check = blocks_check,
        .units = circular_units,
        .draw = blocks_draw,
        .ij_factor = circular_factor };

const bd_resample_type bd_resample_stationary
    = { .name = "stationary",
        .help = "circular blocks of random (geometric) length",
        .knobs = mean_knobs,
        .some_left = true,
        .ordered = true,
        .check = blocks_check,
        .units = circular_units,
        .draw = stationary_draw,
        .ij_factor = bd_scheme_factor_one };
