#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "net/train.h"
#include "tap.h"
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
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
