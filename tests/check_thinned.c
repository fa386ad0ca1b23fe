/* Many subnetworks at once against one forward pass after the other in double
   precision, and against all masks enumerated.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_rng.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "net/kernels.h"
#include "net/thinned.h"
#include "tap.h"
#include "tools.h"

#define MOST 40 /* units of a layer */

/* A model of random weights whose padding is 0; D inputs, DEPTH hidden layers
   of the widths HIDDEN.  */
static bd_net_model
model_of (size_t d, const size_t hidden[], size_t depth, int unit)
{
  bd_net_model a = { .y_mean = 3, .y_scale = 2 };
  bd_net *net = &a.net;
  gsl_rng *r = gsl_rng_alloc (gsl_rng_taus2);

  net->layers = depth + 1;
  net->unit = bd_units + unit;
  net->width[0] = net->padded[0] = d;
  net->width[depth + 1] = net->padded[depth + 1] = 1;
  for (size_t l = 1; l <= depth; l++)
    {
      net->width[l] = hidden[l - 1];
      net->padded[l] = (hidden[l - 1] + 15) / 16 * 16;
      net->hidden += net->padded[l];
    }
  for (size_t l = 0; l <= depth; l++)
    {
      net->weight[l] = net->size;
      net->bias[l] = net->size + net->padded[l] * net->padded[l + 1];
      net->size = net->bias[l] + net->padded[l + 1];
    }
  a.w = calloc (net->size, sizeof *a.w);
  for (size_t l = 0; l <= depth; l++)
    for (size_t k = 0; k <= net->width[l]; k++)
      for (size_t j = 0; j < net->width[l + 1]; j++)
        a.w[(k < net->width[l] ? net->weight[l] + k * net->padded[l + 1]
                               : net->bias[l])
            + j]
            = (2 * gsl_rng_uniform (r) - 1) / sqrt ((double)net->width[l]);
  gsl_rng_free (r);
  return a;
}

static double
unit_value (const bd_net *net, double z)
{
  switch (net->unit - bd_units)
    {
    case BD_UNIT_TANH:
      return tanh (z);
    case BD_UNIT_RELU:
      return GSL_MAX (z, 0);
    case BD_UNIT_GELU:
      return z * erfc (-z / M_SQRT2) / 2;
    case BD_UNIT_LOGISTIC:
      return 1 / (1 + exp (-z));
    default:
      return z;
    }
}

/* The prediction at x with the factors of net->hidden places.  */
static double
naive (const bd_net_model *a, const double x[], const float factor[])
{
  const bd_net *net = &a->net;
  double h[MOST], z[MOST];

  memcpy (h, x, net->width[0] * sizeof *h);
  for (size_t l = 0; l < net->layers; l++)
    {
      for (size_t j = 0; j < net->width[l + 1]; j++)
        {
          z[j] = a->w[net->bias[l] + j];
          for (size_t k = 0; k < net->width[l]; k++)
            z[j] += h[k] * a->w[net->weight[l] + k * net->padded[l + 1] + j];
          if (l + 1 < net->layers)
            z[j] = unit_value (net, z[j]) * (double)factor[j];
        }
      factor += l + 1 < net->layers ? net->padded[l + 1] : 0;
      memcpy (h, z, net->width[l + 1] * sizeof *h);
    }
  return a->y_mean + a->y_scale * h[0];
}

static const size_t shapes[][3]
    = { { 5 }, { 17, 33 }, { 32, 16 }, { 3, 40, 18 } };
static const size_t depths[] = { 1, 2, 2, 3 };
#define M 131 /* points, more than two blocks */
#define D 3

static double *
inputs (void)
{
  gsl_rng *r = stream (7);
  double *Z = normals (r, M * D);

  gsl_rng_free (r);
  return Z;
}

/* Masks of 0 and 2, then of any factors, then of nothing and of everything. */
START_TEST (curves)
{
  double *Z = inputs (), t[M];
  gsl_rng *r = stream (8);

  for (int unit = 0; unit < BD_UNITS; unit++)
    {
      bd_net_model a = model_of (D, shapes[_i], depths[_i], unit);
      bd_thinned *plan = bd_thinned_alloc (&a, M, Z);
      bd_thinned_work *work = bd_thinned_work_alloc (plan);
      float *factor = calloc (a.net.hidden, sizeof *factor);
      for (int k = 0; k < 12; k++)
        {
          for (size_t j = 0; j < a.net.hidden; j++)
            factor[j] = k == 0   ? 1
                        : k == 1 ? 0
                        : k % 2  ? 2 * (float)gsl_rng_uniform_int (r, 2)
                                 : (float)gsl_rng_uniform (r) - 0.3f;
          bd_thinned_curve (plan, work, factor, t);
          for (size_t i = 0; i < M; i++)
            {
              double want = naive (&a, Z + i * D, factor);
              ck_assert_double_eq_tol (t[i], want, 1e-5 * (1 + fabs (want)));
            }
        }
      free (factor);
      free (a.w);
      bd_thinned_work_free (work);
      bd_thinned_free (plan);
    }
  free (Z);
  gsl_rng_free (r);
}
END_TEST

/* Without dropout each mask gives the whole network.  */
START_TEST (nothing_dropped)
{
  static const double rate[3] = { 0 };
  double *Z = inputs (), mean[M], var[M];
  float factor[3 * 48];
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);

  for (size_t j = 0; j < 3 * 48; j++)
    factor[j] = 1;
  for (int unit = 0; unit < BD_UNITS; unit++)
    {
      bd_net_model a = model_of (D, shapes[_i], depths[_i], unit);
      bd_thinned *plan = bd_thinned_alloc (&a, M, Z);
      bd_thinned_work *work = bd_thinned_work_alloc (plan);
      bd_thinned_each (plan, work, r, 1, rate, 67, 0, M, mean, var);
      for (size_t i = 0; i < M; i++)
        {
          double want = naive (&a, Z + i * D, factor);
          ck_assert_double_eq_tol (mean[i], want, 1e-5 * (1 + fabs (want)));
          ck_assert_double_eq (var[i], 0);
        }
      free (a.w);
      bd_thinned_work_free (work);
      bd_thinned_free (plan);
    }
  free (Z);
  gsl_rng_free (r);
}
END_TEST

typedef struct
{
  double mean, var, fourth;
} law;

/* Mean, variance and fourth central moment over all masks at x.  */
static law
enumerate (const bd_net_model *a, const double x[], const double rate[])
{
  const bd_net *net = &a->net;
  static double t[4096], p[4096];
  size_t units = 0;
  law out = { 0 };

  for (size_t l = 1; l < net->layers; l++)
    units += net->width[l];
  for (size_t s = 0; s < (size_t)1 << units; s++)
    {
      float factor[3 * 48] = { 0 };
      size_t bit = 0, at = 0;
      p[s] = 1;
      for (size_t l = 1; l < net->layers; at += net->padded[l++])
        for (size_t j = 0; j < net->width[l]; j++, bit++)
          {
            bool kept = s >> bit & 1;
            factor[at + j] = kept ? (float)(1 / (1 - rate[l - 1])) : 0;
            p[s] *= kept ? 1 - rate[l - 1] : rate[l - 1];
          }
      t[s] = naive (a, x, factor);
      out.mean += p[s] * t[s];
    }
  for (size_t s = 0; s < (size_t)1 << units; s++)
    {
      out.var += p[s] * gsl_pow_2 (t[s] - out.mean);
      out.fourth += p[s] * gsl_pow_4 (t[s] - out.mean);
    }
  return out;
}

#define COUNT 100000

/* Means and variances are those of all masks: six standard errors.  */
START_TEST (all_masks)
{
  static const size_t small[][3] = { { 7 }, { 5, 6 }, { 3, 4, 5 } };
  static const double rates[][3] = { { .5, .5, .5 }, { .25, .6875, .1 } };
  double *Z = inputs (), mean[4], var[4];
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);

  for (int k = 0; k < 2; k++)
    {
      bd_net_model a = model_of (D, small[_i], (size_t)_i + 1,
                                 k ? BD_UNIT_TANH : BD_UNIT_RELU);
      bd_thinned *plan = bd_thinned_alloc (&a, 4, Z);
      bd_thinned_work *work = bd_thinned_work_alloc (plan);
      bd_thinned_each (plan, work, r, 5, rates[k], COUNT, 0, 4, mean, var);
      for (size_t i = 0; i < 4; i++)
        {
          law want = enumerate (&a, Z + i * D, rates[k]);
          ck_assert_double_eq_tol (mean[i], want.mean,
                                   6 * sqrt (want.var / COUNT));
          ck_assert_double_eq_tol (
              var[i], want.var,
              6 * sqrt ((want.fourth - gsl_pow_2 (want.var)) / COUNT));
        }
      free (a.w);
      bd_thinned_work_free (work);
      bd_thinned_free (plan);
    }
  free (Z);
  gsl_rng_free (r);
}
END_TEST

/* A point's masks are its own: any part of the points, any set of
   instructions, the same bits.  */
START_TEST (same_masks)
{
  static const double rate[] = { .5, .3, .1 };
  static const char *const sets[] = { "plain", "avx2", "avx512" };
  double *Z = inputs (), mean[2][M], var[2][M], t[2][M];
  float factor[3 * 48];
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  bd_net_model a = model_of (D, shapes[_i], depths[_i], BD_UNIT_TANH);

  for (size_t j = 0; j < 3 * 48; j++)
    factor[j] = (float)(j * 7 % 3);
  for (int k = 0; k < 3; k++)
    {
      size_t cut = 50 * (size_t)k;
      int at = k > 0;
      setenv ("BAGDROP_KERNELS", sets[k], 1);
      bd_thinned *plan = bd_thinned_alloc (&a, M, Z);
      bd_thinned_work *work = bd_thinned_work_alloc (plan);
      bd_thinned_each (plan, work, r, 9, rate, 100, cut, M, mean[at], var[at]);
      bd_thinned_each (plan, work, r, 9, rate, 100, 0, cut, mean[at], var[at]);
      bd_thinned_curve (plan, work, factor, t[at]);
      bd_thinned_work_free (work);
      bd_thinned_free (plan);
      ck_assert (!at || memcmp (mean[0], mean[1], sizeof mean[0]) == 0);
      ck_assert (!at || memcmp (var[0], var[1], sizeof var[0]) == 0);
      ck_assert (!at || memcmp (t[0], t[1], sizeof t[0]) == 0);
    }
  unsetenv ("BAGDROP_KERNELS");
  free (a.w);
  free (Z);
  gsl_rng_free (r);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("thinned");
  TCase *c = tcase_create ("thinned");

  tcase_set_timeout (c, 120);
  tcase_add_loop_test (c, curves, 0, LENGTH (shapes));
  tcase_add_loop_test (c, nothing_dropped, 0, LENGTH (shapes));
  tcase_add_loop_test (c, all_masks, 0, 3);
  tcase_add_loop_test (c, same_masks, 0, LENGTH (shapes));
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
