/* The distributions of masks.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "mask_tools.h"
#include "tap.h"
#include "tools.h"

static const double rates[] = { 1e-4, 0.02, 0.1, 0.5, 0.9, 0.99 };

/* Each place is dropped as often as it should be.  */
START_TEST (frequencies)
{
  bd_mask a = mask_of ("bernoulli", rates[_i]);
  const size_t rows = 30000;
  float *factor = mask_rows (&a, rows, 5, 1);
  double q = bd_mask_rate (&a, 0, 1), chi = 0;
  size_t wrong = 0;

  ck_assert_double_eq_tol (q, rates[_i], 0.5 / 65536);
  for (size_t i = 0; i < MASK_HIDDEN; i++)
    {
      double dropped = 0;
      for (size_t r = 0; r < rows; r++)
        {
          double f = factor[r * MASK_HIDDEN + i];
          wrong += f != 0 && fabs (f * (1 - q) - 1) > 1e-7;
          dropped += f == 0;
        }
      chi += gsl_pow_2 (dropped - (double)rows * q)
             / ((double)rows * q * (1 - q));
    }
  ck_assert_uint_eq (wrong, 0);
  ck_assert_double_lt (chi, gsl_cdf_chisq_Qinv (1e-9, MASK_HIDDEN));
  ck_assert_double_gt (chi, gsl_cdf_chisq_Pinv (1e-9, MASK_HIDDEN));
  free (factor);
}
END_TEST

/* Mean and variance of a concrete factor: the midpoint rule over u.  */
static void
concrete_moments (double q, double t, double *mean, double *var)
{
  const size_t points = 200000;
  double sum = 0, square = 0;

  for (size_t k = 0; k < points; k++)
    {
      double u = ((double)k + 0.5) / (double)points;
      double x = (log (q / (1 - q)) + log (u / (1 - u))) / t;
      double f = 1 / (1 + exp (x)) / (1 - q);
      sum += f;
      square += f * f;
    }
  *mean = sum / (double)points;
  *var = square / (double)points - *mean * *mean;
}

static const struct
{
  const char *spec;
  double q, temperature;
  size_t size; /* of a run */
} laws[] = {
  { "bernoulli", 0.5, 0, 1 },    { "bernoulli", 0.125, 0, 1 },
  { "gaussian", 0.5, 0, 1 },     { "gaussian", 0.1, 0, 1 },
  { "block:size=5", 0.5, 0, 5 }, { "block:size=3", 0.25, 0, 3 },
  { "concrete", 0.2, 0.1, 1 },   { "concrete:temperature=0.5", 0.3, 0.5, 1 },
  { "variational", 0.3, 0, 1 },
};
#define MOMENT_ROWS 40000

/* Mean and variance over all places within six standard errors, as if there
   were one independent number for each run.  */
START_TEST (moments)
{
  double q = laws[_i].q, mean = 1, var = q / (1 - q);
  bd_mask a = mask_of (laws[_i].spec, q);
  float *factor = mask_rows (&a, MOMENT_ROWS, 6, 1);
  const size_t n = (size_t)MOMENT_ROWS * MASK_HIDDEN;
  double sum = 0, square = 0, fourth = 0;

  if (laws[_i].temperature > 0)
    concrete_moments (q, laws[_i].temperature, &mean, &var);
  for (size_t i = 0; i < n; i++)
    {
      double x = factor[i] - mean;
      sum += x;
      square += x * x;
      fourth += x * x * x * x;
    }
  double free_numbers = (double)n / (double)laws[_i].size;
  fourth /= (double)n;
  square /= (double)n;
  ck_assert_double_eq_tol (sum / (double)n, 0, 6 * sqrt (var / free_numbers));
  ck_assert_double_eq_tol (
      square, var,
      6 * sqrt (fabs (fourth - square * square) / free_numbers) + 1e-6);
  free (factor);
}
END_TEST

#define PAIR_ROWS 4000
#define WIDE (2 * MASK_HIDDEN)

/* Whether places of two rows belong to the same run.  */
static bool
together (size_t i, size_t j, size_t size)
{
  size_t row = i / MASK_HIDDEN, a = i % MASK_HIDDEN, b = j % MASK_HIDDEN;
  size_t first = a < MASK_SECOND ? 0 : MASK_SECOND;

  return row == j / MASK_HIDDEN && (a < MASK_SECOND) == (b < MASK_SECOND)
         && (a - first) / size == (b - first) / size;
}

/* Correlations of all places of two rows that follow each other, and of their
   squares where these vary: 0 within six standard errors, 1 within a run.  */
static void
check_pairs (const float factor[], size_t size, bool squares)
{
  static double x[PAIR_ROWS][WIDE], all[WIDE][WIDE];

  memset (all, 0, sizeof all);
  for (size_t r = 0; r < PAIR_ROWS; r++)
    for (size_t i = 0; i < WIDE; i++)
      {
        double f = factor[r * WIDE + i] - 1;
        x[r][i] = squares ? f * f : f;
      }
  for (size_t i = 0; i < WIDE; i++)
    {
      double mean = 0;
      for (size_t r = 0; r < PAIR_ROWS; r++)
        mean += x[r][i] / PAIR_ROWS;
      for (size_t r = 0; r < PAIR_ROWS; r++)
        x[r][i] -= mean;
    }
  for (size_t r = 0; r < PAIR_ROWS; r++)
    for (size_t i = 0; i < WIDE; i++)
      for (size_t j = 0; j <= i; j++)
        all[i][j] += x[r][i] * x[r][j];
  for (size_t i = 0; i < WIDE; i++)
    for (size_t j = 0; j < i; j++)
      {
        double c = all[i][j] / sqrt (all[i][i] * all[j][j]);
        bool one = together (i, j, size);
        if (fabs (c - one) > (one ? 1e-6 : 0.095))
          ck_abort_msg ("places %zu and %zu: %g", i, j, c);
      }
}

START_TEST (pairs)
{
  bd_mask a = mask_of (laws[_i].spec, laws[_i].q);
  float *factor = mask_rows (&a, 2 * PAIR_ROWS, 7, 1);

  check_pairs (factor, laws[_i].size, false);
  if (laws[_i].q != 0.5 || !a.type->binary)
    check_pairs (factor, laws[_i].size, true);
  free (factor);
}
END_TEST

/* Equal shares of the normal distribution, and its tails.  */
START_TEST (normal_shape)
{
  static const double tails[] = { 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1 };
  enum
  {
    BINS = 200,
    ENDS = 2 * LENGTH (tails) + 1
  };
  bd_mask a = mask_of ("gaussian", 0.5);
  const size_t rows = 50000;
  double count[BINS] = { 0 }, p[BINS], end[ENDS] = { 0 }, share[ENDS] = { 0 };
  float *factor = mask_rows (&a, rows, 8, 1);

  for (size_t i = 0; i < rows * MASK_HIDDEN; i++)
    {
      double z = factor[i] - 1, low = gsl_cdf_ugaussian_P (z);
      double small = GSL_MIN_DBL (low, gsl_cdf_ugaussian_Q (z));
      int k = 0;
      count[(int)(low * BINS) - (low == 1)]++;
      while (k < LENGTH (tails) && small >= tails[k])
        k++;
      end[z < 0 ? k : ENDS - 1 - k]++;
    }
  for (int k = 0; k < BINS; k++)
    p[k] = 1. / BINS;
  for (int k = 0; k < LENGTH (tails); k++)
    share[k] = share[ENDS - 1 - k] = tails[k] - (k ? tails[k - 1] : 0);
  share[LENGTH (tails)] = 1 - 2 * tails[LENGTH (tails) - 1];
  check_counts (BINS, count, p);
  check_counts (ENDS, end, share);
  free (factor);
}
END_TEST

/* A pool has only its own masks, all of them equally often, and they are not
   the same.  Each row takes the next two words, of which the first says which;
   a batch ends with a block of four words.  */
START_TEST (pools)
{
  static const char *const specs[]
      = { "bernoulli:pool=7", "gaussian:pool=7", "block:pool=7,input=0.2" };
  enum
  {
    POOL = 7,
    ROWS = 333,
    BATCHES = 40
  };
  bd_mask a = mask_of (specs[_i], 0.3);
  bd_net net = mask_net ();
  size_t places = bd_mask_places (&a, &net);
  float *pool = malloc (POOL * places * sizeof *pool);
  float *factor = malloc (ROWS * places * sizeof *factor);
  uint32_t *words = malloc (bd_mask_words (0) * sizeof *words);
  double count[POOL] = { 0 }, p[POOL];
  uint32_t *choice = mask_stream (BATCHES * (2 * ROWS + 2), 10);
  gsl_rng *r = stream (10);

  for (size_t k = 0; k < POOL; k++)
    {
      p[k] = 1. / POOL;
      bd_mask_of_pool (&a, &net, 9, k, words, pool + k * places);
      for (size_t j = 0; j < k; j++)
        ck_assert (memcmp (pool + k * places, pool + j * places,
                           places * sizeof *pool));
    }
  for (size_t i = 0; i < BATCHES * ROWS; i++)
    {
      size_t k = 0;
      if (i % ROWS == 0)
        bd_mask_draw (&a, &net, r, 9, 1, ROWS, words, factor);
      while (k < POOL
             && memcmp (factor + i % ROWS * places, pool + k * places,
                        places * sizeof *pool))
        k++;
      size_t at = i / ROWS * (2 * ROWS + 2) + i % ROWS * 2;
      ck_assert_uint_eq (k, (uint64_t)choice[at] * POOL >> 32);
      count[k]++;
    }
  check_counts (POOL, count, p);
  gsl_rng_free (r);
  free (pool);
  free (factor);
  free (choice);
  free (words);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("mask_law");
  TCase *c = tcase_create ("mask_law");

  tcase_set_timeout (c, 120);
  tcase_add_loop_test (c, frequencies, 0, LENGTH (rates));
  tcase_add_loop_test (c, moments, 0, LENGTH (laws));
  tcase_add_loop_test (c, pairs, 0, LENGTH (laws));
  tcase_add_test (c, normal_shape);
  tcase_add_loop_test (c, pools, 0, 3);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
