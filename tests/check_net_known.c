#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <stdlib.h>

#include "base/array.h"
#include "net/train.h"
#include "tap.h"
#include "tools.h"

/* Two tiny networks whose subnetworks were all enumerated with numpy 1.24;
   weights by unit: those from each input, then the bias.  */
typedef struct
{
  size_t hidden, depth;
  double weight[3][4][5];
  double x[2], keep, scaled, mean, variance;
} enumerated;

#define NET_241                                                               \
  {                                                                           \
    { { 1.311, -0.738, -2.428 },                                              \
      { 1.1, 0.15, 0.911 },                                                   \
      { 1.685, -0.726, 1.696 },                                               \
      { -0.343, 0.372, 1.239 } },                                             \
    {                                                                         \
      {                                                                       \
        0.83, -0.161, 1.41, 1.181, 0.432                                      \
      }                                                                       \
    }                                                                         \
  }
#define NET_2331                                                              \
  {                                                                           \
    { { 0.006, -0.398, 0.181 },                                               \
      { -1.353, 1.349, 0.946 },                                               \
      { -2.389, -0.407, 1.938 } },                                            \
        { { 1.093, -0.321, 0.801, -0.432 },                                   \
          { -1.388, 1.573, -0.172, 2.519 },                                   \
          { -0.741, -0.703, -0.067, -0.79 } },                                \
    {                                                                         \
      {                                                                       \
        0.036, 0.031, 0.031, 0.061                                            \
      }                                                                       \
    }                                                                         \
  }

static const enumerated known[] = {
  { 4,
    1,
    NET_241,
    { 0.547, -1.339 },
    0.5,
    1.7812131819906398,
    1.7812131819906398,
    2.6178760284339595 },
  { 4,
    1,
    NET_241,
    { 0.959, 1.17 },
    0.8,
    1.8939089354823113,
    1.8939089354823115,
    0.9154706823094587 },
  { 3,
    2,
    NET_2331,
    { 0.547, -1.339 },
    0.5,
    0.07546492111306101,
    0.07150022551776997,
    0.002036206054291955 },
  { 3,
    2,
    NET_2331,
    { -0.839, -0.947 },
    0.8,
    0.08458669260198953,
    0.0819613759371115,
    0.0007284033860048965 },
};

static bd_net_model *
build (const enumerated *e)
{
  const size_t hidden[] = { e->hidden, e->hidden };
  const bd_net net = bd_net_shape (2, hidden, e->depth,
                                   &bd_units[BD_UNIT_TANH], bd_outputs, 1);
  bd_net_model *a = bd_net_model_of (&net, 1, NULL);

  ck_assert_ptr_nonnull (a);
  for (size_t l = 0; l < a->net.layers; l++)
    for (size_t j = 0; j < a->net.width[l + 1]; j++)
      {
        size_t in = a->net.width[l];
        for (size_t k = 0; k < in; k++)
          a->w[a->net.weight[l] + k * a->net.padded[l + 1] + j]
              = e->weight[l][j][k];
        a->w[a->net.bias[l] + j] = e->weight[l][j][in];
      }
  return a;
}

/* Output of the subnetwork whose kept units are the bits of CODE, and its
   probability.  */
static double
subnetwork (const bd_net_model *a, const enumerated *e, unsigned code,
            double *p)
{
  double mask[2 * BD_NET_PAD] = { 0 }, t;
  double *H = bd_array (bd_net_predict_room (a, 1), 1);
  const bd_net_mask factor = { .hidden = mask };

  *p = 1;
  for (size_t u = 0; u < e->hidden * e->depth; u++)
    {
      bool kept = code >> u & 1;
      *p *= kept ? e->keep : 1 - e->keep;
      mask[u / e->hidden * BD_NET_PAD + u % e->hidden]
          = kept ? 1 / e->keep : 0;
    }
  bd_net_predict (a, 1, e->x, &factor, H, &t);
  free (H);
  return t;
}

START_TEST (all_subnetworks)
{
  const enumerated *e = &known[_i];
  bd_net_model *a = build (e);
  double scaled, p, mean = 0, square = 0, total = 0;
  double *H = bd_array (bd_net_predict_room (a, 1), 1);

  bd_net_predict (a, 1, e->x, NULL, H, &scaled);
  free (H);
  ck_assert_double_eq_tol (scaled, e->scaled, 1e-12);
  for (unsigned code = 0; code < 1u << (e->hidden * e->depth); code++)
    {
      double t = subnetwork (a, e, code, &p);
      mean += p * t;
      square += p * t * t;
      total += p;
    }
  ck_assert_double_eq_tol (total, 1, 1e-14);
  ck_assert_double_eq_tol (mean, e->mean, 1e-12);
  ck_assert_double_eq_tol (square - mean * mean, e->variance, 1e-12);
  bd_net_model_free (a);
}
END_TEST

/* Gradient of (out - 0.7)^2 / 2 at the first row of the first network with
   all units kept, by the same program.  */
START_TEST (known_gradient)
{
  bd_net_model *a = build (&known[0]);
  const double hidden[BD_NET_PAD] = { 2, 2, 2, 2 }, y = 0.7;
  const bd_net_mask mask = { .hidden = hidden };
  double *G = bd_array (a->net.size, 1), out;
  double *H = bd_array (bd_net_room (&a->net, 1), 1);

  bd_net_forward (&a->net, a->w, 1, known[0].x, &mask, H, &out);
  ck_assert_double_eq_tol (out, 3.13042636398128, 1e-12);
  bd_net_gradient (&a->net, a->w, 1, known[0].x, &y, &mask, H, G);
  ck_assert_double_eq_tol (G[0], 1.3624352817197294, 1e-12);
  ck_assert_double_eq_tol (G[3], 2.3457618667769453, 1e-12);
  ck_assert_double_eq_tol (G[BD_NET_PAD + 1], 0.264300720213995, 1e-12);
  ck_assert_double_eq_tol (G[a->net.bias[0] + 2], 0.020857464380107497, 1e-12);
  ck_assert_double_eq_tol (G[a->net.weight[1] + 1], 4.203387237354712, 1e-12);
  ck_assert_double_eq_tol (G[a->net.bias[1]], 2.4304263639812804, 1e-12);
  free (H);
  free (G);
  bd_net_model_free (a);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("net_known");
  TCase *c = tcase_create ("net_known");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, all_subnetworks, 0, LENGTH (known));
  tcase_add_test (c, known_gradient);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
