/* Training with every optimiser, unit, output and law of masks.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>

#include "base/array.h"
#include "net/fitter_net.h"
#include "tap.h"
#include "tools.h"
#include "train_tools.h"

#define CLASSES 3

/* The mean loss of the output over the rows, in the scale of the training.  */
static double
output_loss (const bd_net_model *a, const bd_dataset *s)
{
  size_t outputs = a->net.width[a->net.layers];
  double *Z = bd_array (ROWS, s->d),
         *H = bd_array (bd_net_room (&a->net, ROWS), 1);
  double *z = bd_array (ROWS, outputs), e[CLASSES], sum = 0;

  ck_assert (Z && H && z);
  bd_net_standardise (a, s->X, Z);
  bd_net_forward (&a->net, a->w, ROWS, Z, NULL, H, z);
  for (size_t i = 0; i < ROWS; i++)
    sum += a->net.output->loss (
        outputs, z + i * outputs,
        (gsl_vector_get (s->y, i) - a->y_mean) / a->y_scale, e);
  free (Z);
  free (H);
  free (z);
  return sum / ROWS;
}

/* Every optimiser with every unit, output and law of masks brings the loss
   down.  */
START_TEST (every_combination)
{
  const bd_optimiser *q = bd_optimisers[_i];
  double w[ROWS];

  ones (w);
  for (const bd_unit *unit = bd_units; unit->name; unit++)
    for (const bd_output *output = bd_outputs; output->name; output++)
      for (size_t law = 0;
           law == 0 || (!q->minimise && bd_mask_types[law - 1]); law++)
        {
          bd_dataset *s = simulated ("sine", ROWS, 3);
          bd_net_options o = bd_net_options_default ();
          o.unit = unit;
          o.output = output;
          o.classes = CLASSES;
          o.optimiser = q;
          o.rate = q == &bd_optimiser_sgd ? 0.001 : q->rate / 2;
          bd_settings_default (q->knobs, &o.tuning);
          if (law > 0)
            bd_mask_choose (&o.mask, bd_mask_types[law - 1]->name, 0.1, NULL);
          for (size_t i = 0; output->classes && i < ROWS; i++)
            gsl_vector_set (s->y, i, gsl_vector_get (s->y, i) > 0);
          o.steps = 1;
          run a = train (&o, s, w);
          o.steps = 200;
          run b = train (&o, s, w);
          ck_assert_int_eq (a.code | b.code, GSL_SUCCESS);
          ck_assert_double_lt (output_loss (b.model, s),
                               output_loss (a.model, s));
          bd_net_model_free (a.model);
          bd_net_model_free (b.model);
          bd_dataset_free (s);
        }
}
END_TEST

/* Learnt rates: low where the response is a curve of the input, high where it
   is noise.  */
START_TEST (learns_rates)
{
  static const char *const law[]
      = { "concrete:entropy=0.1", "variational:kl=0.05" };
  bd_dataset *s = simulated ("sine", ROWS, 3);
  gsl_rng *r = stream (2);
  double w[ROWS], rate[2];

  ones (w);
  for (int noise = 0; noise < 2; noise++)
    {
      bd_net_options o = bd_net_options_default ();
      ck_assert_int_eq (bd_mask_choose (&o.mask, law[_i], 0.3, NULL), 0);
      for (size_t i = 0; i < ROWS; i++)
        gsl_vector_set (s->y, i,
                        noise ? gsl_ran_ugaussian (r)
                              : sin (3 * gsl_matrix_get (s->X, i, 0)));
      run a = train (&o, s, w);
      ck_assert_int_eq (a.code, GSL_SUCCESS);
      rate[noise] = a.model->mask.rate[0];
      bd_net_model_free (a.model);
    }
  ck_assert_double_lt (rate[0], 0.3);
  ck_assert_double_gt (rate[1], 1.5 * rate[0]);
  bd_dataset_free (s);
  gsl_rng_free (r);
}
END_TEST

/* Unused places stay exactly zero through decay, dropout and Adam.  */
START_TEST (padding)
{
  bd_dataset *s = simulated ("sine", ROWS, 9);
  bd_net_options o = bd_net_options_default ();
  double w[ROWS];

  ones (w);
  bd_net_parse_hidden ("11x9x17", 1, &o, NULL);
  o.steps = 100;
  bd_mask_choose (&o.mask, "bernoulli", 0.2, NULL);
  o.decay = 0.01;
  o.unit = &bd_units[_i];
  run a = train (&o, s, w);
  const bd_net *net = &a.model->net;
  for (size_t l = 0; l < net->layers; l++)
    for (size_t k = 0; k < net->padded[l]; k++)
      for (size_t j = 0; j < net->padded[l + 1]; j++)
        {
          bool used = k < net->width[l] && j < net->width[l + 1];
          double v = a.model->w[net->weight[l] + k * net->padded[l + 1] + j];
          ck_assert (used || v == 0);
          ck_assert (j < net->width[l + 1]
                     || a.model->w[net->bias[l] + j] == 0);
        }
  bd_net_model_free (a.model);
  bd_dataset_free (s);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("train_kinds");
  TCase *c = tcase_create ("train_kinds");

  tcase_set_timeout (c, 120);
  size_t optimisers = 0;
  while (bd_optimisers[optimisers])
    optimisers++;
  tcase_add_loop_test (c, every_combination, 0, (int)optimisers);
  tcase_add_loop_test (c, learns_rates, 0, 2);
  tcase_add_loop_test (c, padding, 0, BD_UNITS);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
