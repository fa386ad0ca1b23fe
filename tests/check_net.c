#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "net/train.h"
#include "tools.h"

#define ROWS 7
#define CLASSES 3

/* Random rows, weights and masks for a network.  */
typedef struct
{
  bd_net net;
  double *w, *X, *y, *hidden, *input, *weight, *H, *G, *out;
} kit;

/* COUNT factors, 0 or 1 / 0.6.  */
static double *
factors (gsl_rng *r, size_t count)
{
  double *f = bd_array (count, 1);

  for (size_t i = 0; i < count; i++)
    f[i] = gsl_rng_uniform (r) < 0.4 ? 0 : 1 / 0.6;
  return f;
}

static kit
make (uint64_t index, size_t d, size_t width, size_t depth, int unit,
      int output)
{
  gsl_rng *r = stream (index);
  size_t hidden[BD_NET_LAYERS];

  for (size_t l = 0; l < depth; l++)
    hidden[l] = width + l;
  kit k = { .net = bd_net_shape (d, hidden, depth, &bd_units[unit],
                                 &bd_outputs[output], CLASSES) };
  k.w = bd_array (k.net.size, 1);
  k.X = normals (r, ROWS * d);
  k.y = normals (r, ROWS);
  for (size_t s = 0; k.net.output->classes && s < ROWS; s++)
    k.y[s] = (double)(s % (output == BD_OUTPUT_LOGISTIC ? 2 : CLASSES));
  bd_net_start (&k.net, k.w, r);
  /* Log variances that the output holds back have no slope.  */
  for (size_t i = k.net.weight[depth]; i < k.net.size; i++)
    k.w[i] /= 10;
  k.hidden = factors (r, ROWS * k.net.hidden);
  k.input = factors (r, ROWS * d);
  k.weight = factors (r, k.net.size);
  for (size_t l = 0; l < k.net.layers; l++)
    for (size_t j = 0; j < k.net.padded[l + 1]; j++)
      k.weight[k.net.bias[l] + j] = 1;
  k.H = bd_array (bd_net_room (&k.net, ROWS), 1);
  k.G = bd_array (k.net.size, 1);
  k.out = bd_array (ROWS, k.net.width[k.net.layers]);
  ck_assert (k.w && k.hidden && k.input && k.weight && k.H && k.G && k.out);
  gsl_rng_free (r);
  return k;
}

static void
release (kit *k)
{
  free (k->w);
  free (k->X);
  free (k->y);
  free (k->hidden);
  free (k->input);
  free (k->weight);
  free (k->H);
  free (k->G);
  free (k->out);
}

/* None, one mask for all rows, each row's, inputs as well, weights.  */
#define MASKS 5

static bd_net_mask
mask_of (const kit *k, int kind)
{
  bd_net_mask mask = { .hidden = NULL };

  if (kind >= 1 && kind <= 3)
    mask.hidden = k->hidden;
  if (kind == 2 || kind == 3)
    mask.stride = k->net.hidden;
  if (kind == 3)
    {
      mask.input = k->input;
      mask.input_stride = k->net.width[0];
    }
  if (kind == 4)
    mask.weight = k->weight;
  return mask;
}

/* Linear outputs for row S, place by place.  */
static void
naive (const kit *k, size_t s, const bd_net_mask *mask, double z[])
{
  const bd_net *net = &k->net;
  const double *m = mask->hidden ? mask->hidden + s * mask->stride : NULL;
  double a[64];

  memcpy (a, k->X + s * net->width[0], net->width[0] * sizeof *a);
  for (size_t i = 0; mask->input && i < net->width[0]; i++)
    a[i] *= mask->input[s * mask->input_stride + i];
  for (size_t l = 0; l < net->layers; l++)
    {
      bool inner = l + 1 < net->layers;
      for (size_t j = 0; j < net->width[l + 1]; j++)
        {
          size_t at = net->bias[l] + j;
          z[j] = k->w[at] * (mask->weight ? mask->weight[at] : 1);
          for (size_t i = 0; i < net->width[l]; i++)
            {
              at = net->weight[l] + i * net->padded[l + 1] + j;
              z[j] += a[i] * k->w[at] * (mask->weight ? mask->weight[at] : 1);
            }
          if (inner)
            z[j] = net->unit->value (z[j]) * (m ? m[j] : 1);
        }
      if (inner && m)
        m += net->padded[l + 1];
      memcpy (a, z, net->width[l + 1] * sizeof *a);
    }
}

static const struct
{
  size_t d, hidden, depth;
} shape[] = { { 1, 1, 1 },  { 1, 8, 1 },  { 3, 5, 2 }, { 2, 13, 3 },
              { 4, 50, 1 }, { 5, 16, 2 }, { 2, 9, 6 } };

START_TEST (forward)
{
  for (int unit = 0; unit < BD_UNITS; unit++)
    for (int kind = 0; kind < MASKS; kind++)
      for (int output = 0; output < BD_OUTPUTS; output++)
        {
          kit k = make (1, shape[_i].d, shape[_i].hidden, shape[_i].depth,
                        unit, output);
          bd_net_mask mask = mask_of (&k, kind);
          size_t outputs = k.net.width[k.net.layers];
          double z[64];
          bd_net_forward (&k.net, k.w, ROWS, k.X, kind ? &mask : NULL, k.H,
                          k.out);
          for (size_t s = 0; s < ROWS; s++)
            {
              naive (&k, s, &mask, z);
              for (size_t o = 0; o < outputs; o++)
                ck_assert_double_eq_tol (k.out[s * outputs + o], z[o],
                                         1e-12 * (1 + fabs (z[o])));
            }
          release (&k);
        }
}
END_TEST

/* Every unit, output and kind of mask.  The fixed rows and weights keep off
   the kinks of rectifiers.  */
START_TEST (gradient)
{
  for (int unit = 0; unit < BD_UNITS; unit++)
    for (int kind = 0; kind < MASKS; kind++)
      for (int output = 0; output < BD_OUTPUTS; output++)
        {
          kit k = make (2, shape[_i].d, shape[_i].hidden, shape[_i].depth,
                        unit, output);
          bd_net_mask mask = mask_of (&k, kind);
          double worst = bd_net_check_gradient (&k.net, k.w, ROWS, k.X, k.y,
                                                kind ? &mask : NULL, 1e-6);
          ck_assert_double_lt (worst, 2e-7);
          release (&k);
        }
}
END_TEST

/* A mask of every law, drawn as for training.  */
START_TEST (gradient_of_laws)
{
  const bd_mask_type *type = bd_mask_types[_i];
  gsl_rng *r = stream (6);
  bd_mask law;

  ck_assert_int_eq (bd_mask_choose (&law, type->name, 0.4, NULL), GSL_SUCCESS);
  for (int unit = 0; unit < BD_UNITS; unit++)
    for (int output = 0; output < BD_OUTPUTS; output++)
      {
        kit k = make (2, 3, 9, 2, unit, output);
        size_t places = bd_mask_places (&law, &k.net);
        float *f = (void *)bd_array (places, 1);
        double *factor = bd_array (places, 1);
        uint32_t *words = calloc (bd_mask_words (places), sizeof *words);
        ck_assert (f && factor && words);
        bd_mask_draw (&law, &k.net, r, 1, 1, 1, words, f);
        for (size_t j = 0; j < places; j++)
          factor[j] = (double)f[j];
        bd_net_mask mask = bd_net_mask_of (&law, &k.net, factor);
        ck_assert_double_lt (
            bd_net_check_gradient (&k.net, k.w, ROWS, k.X, k.y, &mask, 1e-6),
            2e-7);
        free (f);
        free (factor);
        free (words);
        release (&k);
      }
  gsl_rng_free (r);
}
END_TEST

/* One mask for all rows is that mask in every row.  */
START_TEST (shared_mask)
{
  kit k = make (3, 2, 13, 3, BD_UNIT_TANH, BD_OUTPUT_REAL);
  double *G = bd_array (k.net.size, 1);

  for (size_t s = 1; s < ROWS; s++)
    memcpy (k.hidden + s * k.net.hidden, k.hidden,
            k.net.hidden * sizeof *k.hidden);
  for (int each = 0; each < 2; each++)
    {
      bd_net_mask mask = mask_of (&k, 1 + each);
      bd_net_gradient (&k.net, k.w, ROWS, k.X, k.y, &mask, k.H,
                       each ? k.G : G);
    }
  ck_assert_mem_eq (G, k.G, k.net.size * sizeof *G);
  free (G);
  release (&k);
}
END_TEST

/* Starting weights: zero padding, the stated variances (five standard
   errors).  */
START_TEST (start)
{
  const size_t hidden[] = { 300, 300 };
  bd_net net = bd_net_shape (400, hidden, 2, &bd_units[_i], bd_outputs, 1);
  double *w = bd_array (net.size, 1), gain = net.unit->gain;
  gsl_rng *r = stream (4);

  bd_net_start (&net, w, r);
  for (size_t l = 0; l < 2; l++)
    {
      double in = (double)net.width[l], used = 0, sum = 0;
      double want
          = (l ? 1 : gsl_pow_2 (1 + (net.unit->spread - 1) / in)) * gain / in;
      for (size_t k = 0; k < net.padded[l]; k++)
        for (size_t j = 0; j < net.padded[l + 1]; j++)
          {
            double v = w[net.weight[l] + k * net.padded[l + 1] + j];
            bool inside = k < net.width[l] && j < net.width[l + 1];
            ck_assert (inside || v == 0);
            ck_assert (fabs (v) <= sqrt (3 * want));
            used += inside;
            sum += v * v;
          }
      ck_assert_double_eq_tol (sum / used / want, 1, 5 / sqrt (used));
    }
  gsl_rng_free (r);
  free (w);
}
END_TEST

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
  Suite *s = suite_create ("net");
  TCase *c = tcase_create ("net");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, forward, 0, LENGTH (shape));
  size_t laws = 0;
  while (bd_mask_types[laws])
    laws++;
  tcase_add_loop_test (c, gradient_of_laws, 0, (int)laws);
  tcase_add_loop_test (c, gradient, 0, LENGTH (shape));
  tcase_add_test (c, shared_mask);
  tcase_add_loop_test (c, start, 0, BD_UNITS);
  tcase_add_loop_test (c, all_subnetworks, 0, LENGTH (known));
  tcase_add_test (c, known_gradient);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  SRunner *sr = srunner_create (suite ());

  gsl_set_error_handler_off ();
  srunner_set_tap (sr, "-");
  srunner_run_all (sr, CK_SILENT);
  srunner_free (sr);
  return EXIT_SUCCESS;
}
