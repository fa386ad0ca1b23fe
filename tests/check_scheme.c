/* Blocks of rows, new responses and members that are fixed: what is known of
   each.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "ensemble/resample.h"
#include "tap.h"
#include "tools.h"

#define ROWS 50
#define DRAWS 20000

/* Five standard errors around MEAN when the variance is VAR.  */
static void
near (double seen, double mean, double var)
{
  ck_assert_double_eq_tol (seen, mean, 5 * sqrt (var / DRAWS));
}

static const struct
{
  const char *name, *knobs;
  size_t n, length, units;
} blocks[] = {
  { "moving", "length=5", 50, 5, 46 },   { "moving", "length=7", 50, 7, 44 },
  { "moving", "", 27, 3, 25 },           { "moving", "length=1", 20, 1, 20 },
  { "circular", "length=5", 50, 5, 50 }, { "circular", "length=7", 50, 7, 50 },
  { "circular", "", 27, 3, 27 }
};

/* Weights are blocks that begin where the units say; only the block drawn last
   may be cut.  */
static void
made_of_blocks (const bd_resample *s, size_t length)
{
  size_t n = s->rows.n, number = (n + length - 1) / length;
  double full[ROWS] = { 0 }, drawn = 0, sum = 0, more = 0;

  for (size_t k = 0; k < s->units; k++)
    {
      drawn += s->u[k];
      for (size_t i = 0; i < length; i++)
        full[(k + i) % n] += s->u[k];
    }
  ck_assert_double_eq (drawn, (double)number);
  for (size_t i = 0; i < n; i++)
    {
      sum += s->w[i];
      more += full[i] - s->w[i];
      ck_assert (full[i] == s->w[i] || full[i] == s->w[i] + 1);
    }
  ck_assert_double_eq (sum, (double)n);
  ck_assert_double_eq (more, (double)(number * length - n));
}

/* All rows LENGTH - 1 from the ends are equally likely; rows of moving blocks
   near the ends less, those of circular ones not.  */
START_TEST (in_blocks)
{
  size_t n = blocks[_i].n, length = blocks[_i].length;
  const bd_rows rows = { .n = n };
  drawer d = drawer_open (bd_resample_find (blocks[_i].name), blocks[_i].knobs,
                          &rows);
  double mean[ROWS] = { 0 };
  bool circular = blocks[_i].units == n && length > 1;

  ck_assert_uint_eq (d.s->units, blocks[_i].units);
  for (uint64_t b = 0; b < DRAWS; b++)
    {
      const double *w = draw_weights (&d, 1, b);
      if (b < 100)
        made_of_blocks (d.s, length);
      for (size_t i = 0; i < n; i++)
        mean[i] += w[i] / DRAWS;
    }
  double inside = (double)n / (double)blocks[_i].units;
  for (size_t i = circular ? 0 : length - 1; i < (circular ? n : n - length);
       i++)
    near (mean[i], inside, 2 * inside);
  if (!circular && n % length == 0)
    near (mean[0], inside / (double)length, 2 * inside);
  drawer_close (&d);
}
END_TEST

/* The rows are a Markov chain: on to the next row with probability 1 - 1/L,
   else to any.  Row i+1 comes d steps after row i with probability (1 - 1/L)^d
   [d = 1 (mod n)] + (1 - (1 - 1/L)^d) / n, and likewise before it, so that the
   mean of w_i w_i+1 is known.  */
static double
neighbours (size_t n, double length)
{
  double sum = 0, go = 1 - 1 / length;

  for (size_t k = 1; k < n; k++)
    {
      double on = pow (go, (double)k), pairs = (double)(n - k);
      double after = (k == 1) * on, before = (k == n - 1) * on;
      sum += pairs * (after + before + 2 * (1 - on) / (double)n);
    }
  return sum / (double)n;
}

static void
stationary_blocks (const char *knobs, double length)
{
  const bd_rows rows = { .n = ROWS };
  drawer d = drawer_open (bd_resample_find ("stationary"), knobs, &rows);
  double *seen = malloc (DRAWS * sizeof *seen), mean = 0;

  for (uint64_t b = 0; b < DRAWS; b++)
    {
      const double *w = draw_weights (&d, 1, b);
      ck_assert_double_eq (mean_of (w, ROWS), 1);
      mean += w[b % ROWS] / DRAWS;
      seen[b] = 0;
      for (size_t i = 0; i < ROWS; i++)
        seen[b] += w[i] * w[(i + 1) % ROWS] / ROWS;
    }
  near (mean, 1, 3);
  near (mean_of (seen, DRAWS), neighbours (ROWS, length),
        gsl_pow_2 (sd_of (seen, DRAWS)));
  free (seen);
  drawer_close (&d);
}

START_TEST (stationary)
{
  stationary_blocks ("length=5", 5);
  stationary_blocks ("length=1", 1);
  stationary_blocks ("length=12", 12);
  stationary_blocks ("", 4); /* the cube root of 50 is 3.7 */
}
END_TEST

static const struct
{
  const char *name, *knobs;
  double third; /* moment of the disturbance; NaN: that of the residuals */
} responding[] = { { "residual", "", GSL_NAN },
                   { "parametric", "", 0 },
                   { "wild", "", 0 },
                   { "wild", "mammen=1", 1 } };

/* Residuals R, centred, and a fit with an offset that is to be taken out.  */
static bd_rows
with_fit (double r[], double response[], double fitted[])
{
  gsl_rng *g = stream (3);
  double *x = normals (g, ROWS), mean = mean_of (x, ROWS);

  for (size_t i = 0; i < ROWS; i++)
    {
      r[i] = x[i] - mean;
      fitted[i] = 0.1 * (double)i;
      response[i] = fitted[i] + r[i] + 2;
    }
  gsl_rng_free (g);
  free (x);
  return (bd_rows){ .n = ROWS, .response = response, .fitted = fitted };
}

/* May E be the disturbance of row I?  */
static bool
allowed (const char *name, double third, const double r[], size_t i, double e)
{
  const double gold = (1 + sqrt (5)) / 2;
  bool is = strcmp (name, "parametric") == 0;

  if (strcmp (name, "residual") == 0)
    for (size_t k = 0; k < ROWS; k++)
      is |= fabs (e - r[k]) < 1e-12;
  else if (third > 0)
    is |= fabs (e - gold * r[i]) < 1e-12
          || fabs (e - (1 - gold) * r[i]) < 1e-12;
  else
    is |= fabs (fabs (e) - fabs (r[i])) < 1e-12;
  return is;
}

/* Responses take only the values that they may; the units are disturbances of
   mean 0 and variance 1, of their own rows or of all.  */
START_TEST (responses)
{
  const char *name = responding[_i].name;
  double r[ROWS], response[ROWS], fitted[ROWS], m[3] = { 0 };
  const bd_rows rows = with_fit (r, response, fitted);
  double third = responding[_i].third, sd = sd_of (r, ROWS), own = 0, six = 15;
  drawer d
      = drawer_open (bd_resample_find (name), responding[_i].knobs, &rows);
  bool wild = strcmp (name, "wild") == 0;

  for (size_t i = 0; i < ROWS; i++)
    own += gsl_pow_3 (r[i] / sd) / ROWS;
  if (gsl_isnan (third))
    third = own;
  for (uint64_t b = 0; b < DRAWS; b++)
    {
      const double *w = draw_weights (&d, 1, b);
      size_t at = b % ROWS;
      for (size_t i = 0; i < ROWS; i++)
        {
          double e = d.s->y[i] - fitted[i];
          if (b >= 200)
            break;
          ck_assert_double_eq (w[i], 1);
          ck_assert_double_eq_tol (e, d.s->u[i] * (wild ? r[i] : sd), 1e-12);
          ck_assert (allowed (name, responding[_i].third, r, i, e));
        }
      for (int k = 0; k < 3; k++)
        m[k] += gsl_pow_int (d.s->u[at], k + 1) / DRAWS;
    }
  near (m[0], 0, 1);
  near (m[1], 1, 3);
  near (m[2], third, six + 10);
  drawer_close (&d);
}
END_TEST

START_TEST (jackknife)
{
  const bd_resample_type *type = bd_resample_find ("jackknife");
  const bd_rows rows = { .n = ROWS };
  drawer d = drawer_open (type, "", &rows);

  ck_assert_uint_eq (type->members (&d.s->set, &rows), ROWS);
  for (uint64_t b = 0; b < ROWS; b++)
    {
      const double *w = draw_weights (&d, 1, b);
      for (size_t i = 0; i < ROWS; i++)
        ck_assert_double_eq (w[i], i != b);
    }
  drawer_close (&d);
}
END_TEST

START_TEST (given)
{
  const double weights[6] = { 0, 2, 1, 1.5, 0.25, 3 };
  const bd_rows rows = { .n = 2, .given = weights, .given_members = 3 };
  drawer d = drawer_open (&bd_resample_given, "", &rows);

  ck_assert_uint_eq (bd_resample_given.members (&d.s->set, &rows), 3);
  for (uint64_t b = 0; b < 3; b++)
    ck_assert_mem_eq (draw_weights (&d, 1, b), weights + 2 * b,
                      2 * sizeof *weights);
  drawer_close (&d);
}
END_TEST

#define SMALL 7
#define SEQUENCES 823543 /* 7^7 */

/* How many of all sequences of seven draws have the counts that are the base-8
   digits of the place.  */
static unsigned *
tally (void)
{
  unsigned *seen = calloc (1 << 3 * SMALL, sizeof *seen);

  ck_assert_ptr_nonnull (seen);
  for (unsigned k = 0; k < SEQUENCES; k++)
    {
      unsigned code = 0;
      for (unsigned i = 0, rest = k; i < SMALL; i++, rest /= SMALL)
        code += 1u << 3 * (rest % SMALL);
      seen[code]++;
    }
  return seen;
}

/* All 1716 ways to draw seven of seven rows, each once, with the probability
   that the sequences give.  (All draws of one row would carry in the code, but
   seven fits into three bits.)  */
START_TEST (exact)
{
  const bd_rows rows = { .n = SMALL };
  drawer d = drawer_open (&bd_resample_exact, "", &rows);
  uint64_t count = bd_resample_exact.members (&d.s->set, &rows);
  unsigned *seen = tally ();
  double total = 0;

  ck_assert_uint_eq (count, 1716);
  for (uint64_t b = 0; b < count; b++)
    {
      const double *w = draw_weights (&d, 1, b);
      unsigned code = 0;
      for (unsigned i = 0; i < SMALL; i++)
        code += (unsigned)w[i] << 3 * i;
      ck_assert_double_eq (mean_of (w, SMALL) * SMALL, SMALL);
      ck_assert_uint_gt (seen[code], 0);
      ck_assert_double_eq_tol (d.s->p * SEQUENCES, seen[code],
                               1e-12 * seen[code]);
      total += d.s->p;
      seen[code] = 0;
    }
  ck_assert_double_eq_tol (total, 1, 1e-13);
  free (seen);
  drawer_close (&d);
}
END_TEST

/* The number of members up to 12 rows: C (2n - 1, n).  */
START_TEST (exact_members)
{
  const uint64_t want[]
      = { 1, 3, 10, 35, 126, 462, 1716, 6435, 24310, 92378, 352716, 1352078 };
  bd_settings set;

  bd_settings_default (bd_resample_exact.knobs, &set);
  for (size_t n = 1; n <= 12; n++)
    {
      const bd_rows rows = { .n = n };
      drawer d = drawer_open (&bd_resample_exact, "", &rows);
      ck_assert_uint_eq (bd_resample_exact.members (&set, &rows), want[n - 1]);
      const double *w = draw_weights (&d, 1, want[n - 1] - 1);
      ck_assert_double_eq (w[0], (double)n);
      w = draw_weights (&d, 1, 0);
      ck_assert_double_eq (w[n - 1], (double)n);
      drawer_close (&d);
    }
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("scheme");
  TCase *c = tcase_create ("scheme");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, in_blocks, 0, LENGTH (blocks));
  tcase_add_test (c, stationary);
  tcase_add_loop_test (c, responses, 0, LENGTH (responding));
  tcase_add_test (c, jackknife);
  tcase_add_test (c, given);
  tcase_add_test (c, exact);
  tcase_add_test (c, exact_members);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
