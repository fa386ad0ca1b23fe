/* Perspective 4: losses under masks, all subnetworks of a small network, and
   planted cases.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "perspective/universal.h"
#include "tap.h"
#include "tools.h"

#define ROWS 20
#define NUMBER 3 /* place of the experiment */
#define NETWORK "hidden=30,steps=500,rate=.02"

/* A network of UNITS units, hardly trained, with masks of rate .3.  */
static bd_net_model *
trained (const bd_dataset *d, size_t units)
{
  bd_net_options o = bd_net_options_default ();
  bd_net_model *model;

  o.hidden[0] = units;
  o.steps = 12;
  ck_assert_int_eq (bd_mask_choose (&o.mask, "bernoulli", 0.3, NULL), 0);
  ck_assert_int_eq (bd_team_train (&o, d, NULL, 12, 5, &model), 0);
  return model;
}

/* Loss of MODEL at D with the factors F of its units, by the bare network.  */
static double
loss_with (const bd_net_model *model, const bd_dataset *d, const double f[])
{
  const bd_net *net = &model->net;
  double *Z = bd_array (d->n, d->d), *out = bd_array (d->n, 1);
  double *H = bd_array (bd_net_room (net, d->n), 1), sum = 0;
  const bd_net_mask mask = { .hidden = f };

  bd_net_standardise (model, d->X, Z);
  bd_net_forward (net, model->w, d->n, Z, &mask, H, out);
  for (size_t i = 0; i < d->n; i++)
    sum += gsl_pow_2 (model->y_mean + model->y_scale * out[i]
                      - gsl_vector_get (d->y, i));
  free (Z);
  free (out);
  free (H);
  return sum / (double)d->n;
}

#define UNITS BD_UNIVERSAL_UNITS

/* By brute force over all masks, each scaled for what it lacks.  */
START_TEST (by_units_kept)
{
  bd_dataset *d = simulated ("sine", ROWS, 4);
  bd_net_model *model = trained (d, UNITS);
  double loss[UNITS + 1], sum[UNITS + 1] = { 0 }, count[UNITS + 1] = { 0 };
  double *f = bd_array (model->net.hidden, 1);

  ck_assert_int_eq (bd_universal_by_kept (model, d, loss), GSL_SUCCESS);
  for (unsigned m = 0; m < 1u << UNITS; m++)
    {
      size_t kept = 0;
      for (size_t j = 0; j < UNITS; j++)
        kept += m >> j & 1;
      for (size_t j = 0; j < UNITS; j++)
        f[j] = m >> j & 1 ? (double)UNITS / (double)kept : 0;
      sum[kept] += loss_with (model, d, f);
      count[kept]++;
    }
  for (size_t k = 0; k <= UNITS; k++)
    ck_assert_double_eq_tol (loss[k], sum[k] / count[k], 1e-10 * loss[k]);
  free (f);
  bd_net_model_free (model);
  bd_dataset_free (d);
}
END_TEST

/* Units that are copies of each other: with what is missing made up for, all
   subnetworks are the whole, but the one that has no unit.  */
START_TEST (copies)
{
  bd_dataset *d = simulated ("sine", ROWS, 4);
  bd_net_model *model = trained (d, UNITS);
  const bd_net *net = &model->net;
  double loss[UNITS + 1], *f = bd_array (net->hidden, 1);

  for (size_t j = 0; j < UNITS; j++)
    {
      model->w[net->weight[0] + j] = 1.5;
      model->w[net->bias[0] + j] = 0.2;
      model->w[net->weight[1] + j * net->padded[2]] = 0.7 / UNITS;
    }
  ck_assert_int_eq (bd_universal_by_kept (model, d, loss), GSL_SUCCESS);
  ck_assert_double_eq_tol (loss[0], loss_with (model, d, f), 1e-12);
  for (size_t j = 0; j < UNITS; j++)
    f[j] = 1;
  for (size_t k = 1; k <= UNITS; k++)
    ck_assert_double_eq_tol (loss[k], loss_with (model, d, f), 1e-12);
  ck_assert_double_gt (fabs (loss[0] - loss[1]), 1e-3);
  free (f);
  bd_net_model_free (model);
  bd_dataset_free (d);
}
END_TEST

/* Losses under masks: of a law that drops nothing, those of the network; else
   mean and standard deviation of the losses one by one.  */
START_TEST (losses_under_masks)
{
  bd_dataset *d = simulated ("sine", ROWS, 4);
  bd_net_model *model = trained (d, 6);
  bd_mask none = model->mask;
  bd_mask_list list;
  bd_mask_loss loss;
  double one[7], clean = bd_team_loss (&(bd_team){ &model, 1 }, d);
  double *f = bd_array (model->net.hidden, 1);

  none.rate[0] = 0;
  ck_assert_int_eq (bd_masks_new (&none, &model->net, 3, 5, &list), 0);
  ck_assert_int_eq (bd_masks_loss (model, &list, d, &loss), 0);
  ck_assert_double_eq_tol (loss.mean, clean, 1e-14);
  ck_assert_double_lt (loss.sd, 1e-14);
  free (list.factor);
  ck_assert_int_eq (bd_masks_new (&model->mask, &model->net, 3, 7, &list), 0);
  for (size_t b = 0; b < 7; b++)
    {
      for (size_t j = 0; j < model->net.hidden; j++)
        f[j] = (double)list.factor[b * list.places + j];
      one[b] = loss_with (model, d, f);
    }
  ck_assert_int_eq (bd_masks_loss (model, &list, d, &loss), 0);
  ck_assert_double_eq_tol (loss.mean, mean_of (one, 7), 1e-12);
  ck_assert_double_eq_tol (loss.sd, sd_of (one, 7) * sqrt (7. / 6), 1e-12);
  ck_assert_double_gt (loss.sd, 1e-3);
  free (list.factor);
  free (f);
  bd_net_model_free (model);
  bd_dataset_free (d);
}
END_TEST

static bd_perspective_run *
run (const char *mask, const char *network, size_t n, size_t R, int threads,
     const bd_dataset *data)
{
  bd_perspective_options o = bd_perspective_options_default ();
  const bool chosen[BD_PERSPECTIVES] = { [NUMBER] = true };
  bd_error err = { "" };

  o.n = n;
  o.R = R;
  o.nets = 2;
  o.masks = 30;
  o.mask = mask;
  o.network = network;
  o.seed = 4;
  o.threads = threads;
  if (data)
    {
      o.scenario = NULL;
      o.data = data;
    }
  bd_perspective_run *a = bd_perspectives_do (&o, chosen, NULL, &err);
  ck_assert_msg (a != NULL, "%s", err.text);
  return a;
}

/* All that a record should hold is known.  */
static void
check_known (const bd_perspective_run *a, const char *but)
{
  const bd_layout *l = &a->result[0].layout;

  for (size_t r = 0; r < a->options.R; r++)
    for (size_t s = 0; s < l->series; s++)
      for (size_t k = 0; k < l->of[s].count; k++)
        {
          double v = a->result[0].value[r * l->size + l->of[s].at + k];
          bool known = strcmp (l->of[s].measure, but) != 0;
          ck_assert_msg (known == gsl_finite (v), "%s of %s", l->of[s].measure,
                         l->arm[l->of[s].arm].name);
        }
}

/* How many half widths of its interval a contrast lies from zero.  */
static double
sureness (const bd_perspective_result *p, size_t k)
{
  const bd_interval *over = &p->contrast[k].over;
  return over->mean / (over->hi - over->mean);
}

/* Fresh masks for every row serve all subnetworks.  */
START_TEST (confirmed)
{
  bd_perspective_run *a = run ("bernoulli", NETWORK, 60, 6, 0, NULL);
  const bd_perspective_result *p = &a->result[0];

  ck_assert_str_eq (p->skipped, "");
  ck_assert_int_eq (p->word, BD_CONFIRMED);
  ck_assert_double_lt (sureness (p, 0), -1.5);
  ck_assert_double_lt (sureness (p, 1), -1.5);
  ck_assert_double_lt (bd_perspective_fact (a, p, &p->type->fact[0]), 1e-10);
  check_known (a, "");
  bd_perspective_run_free (a);
}
END_TEST

/* A training that only ever has two masks knows those and no others.  */
START_TEST (refuted)
{
  bd_perspective_run *a = run ("bernoulli:pool=2", NETWORK, 60, 6, 0, NULL);
  const bd_perspective_result *p = &a->result[0];

  ck_assert_int_eq (p->word, BD_REFUTED);
  ck_assert_double_gt (sureness (p, 1), 1.5);
  check_known (a, "");
  bd_perspective_run_free (a);
}
END_TEST

/* All subnetworks of 5 units are trained: nothing is known of others.  */
START_TEST (few_units)
{
  bd_perspective_run *a
      = run ("bernoulli", "hidden=5,steps=200,rate=.02", 60, 3, 0, NULL);
  const bd_perspective_result *p = &a->result[0];

  ck_assert_uint_eq (p->contrast[1].used, 0);
  ck_assert_int_ne (p->word, BD_CONFIRMED);
  ck_assert_double_eq (
      bd_layout_get (&p->layout, p->value, "distinct", BD_ARM_HALF, 0), 5);
  bd_perspective_run_free (a);
}
END_TEST

/* Classes by the terciles, or the median, of what a scenario gives.  */
static bd_dataset *
with_classes (size_t classes)
{
  bd_dataset *d = simulated ("sine", 90, 6);

  for (size_t i = 0; i < d->n; i++)
    {
      double y = gsl_vector_get (d->y, i);
      double class = classes == 2 ? y > 0 : (double)((y > -0.5) + (y > 0.5));
      gsl_vector_set (d->y, i, class);
    }
  d->classes = classes;
  d->class_name = calloc (classes, sizeof *d->class_name);
  for (size_t k = 0; k < classes; k++)
    {
      d->class_name[k] = calloc (2, 1);
      d->class_name[k][0] = (char)('a' + k);
    }
  return d;
}

START_TEST (of_classes)
{
  bd_dataset *d = with_classes ((size_t)_i);
  bd_perspective_run *a = run ("bernoulli", NETWORK, 60, 2, 0, d);

  ck_assert_str_eq (a->result[0].skipped, "");
  check_known (a, "theorem");
  ck_assert_double_lt (a->result[0].contrast[0].over.mean, 0);
  bd_perspective_run_free (a);
  bd_dataset_free (d);
}
END_TEST

START_TEST (threads_change_nothing)
{
  bd_perspective_run *a = run ("bernoulli", NETWORK, 30, 3, 1, NULL);
  bd_perspective_run *b = run ("bernoulli", NETWORK, 30, 3, 3, NULL);
  size_t size = 3 * a->result[0].layout.size;

  ck_assert_mem_eq (a->result[0].value, b->result[0].value,
                    size * sizeof (double));
  bd_perspective_run_free (a);
  bd_perspective_run_free (b);
}
END_TEST

START_TEST (too_few_rows)
{
  bd_perspective_run *a = run ("bernoulli", NETWORK, 19, 1, 1, NULL);

  ck_assert_ptr_nonnull (strstr (a->result[0].skipped, "20"));
  bd_perspective_run_free (a);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("universal");
  TCase *t = tcase_create ("universal");

  tcase_set_timeout (t, 60);
  tcase_add_test (t, by_units_kept);
  tcase_add_test (t, copies);
  tcase_add_test (t, losses_under_masks);
  tcase_add_test (t, confirmed);
  tcase_add_test (t, refuted);
  tcase_add_test (t, few_units);
  tcase_add_loop_test (t, of_classes, 2, 4);
  tcase_add_test (t, threads_change_nothing);
  tcase_add_test (t, too_few_rows);
  suite_add_tcase (s, t);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
