/* What every source must do: a member depends on the seed and its number.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <stdlib.h>

#include "base/array.h"
#include "ensemble/source.h"
#include "net/fitter_net.h"
#include "tap.h"
#include "tools.h"

#define ROWS 40

/* Members 0 to 9 forwards from one work space, backwards and twice from
   another: the same bits.  */
static void
same_members (const bd_source *s)
{
  double u[10][ROWS], t[10][ROWS], p[10], again_u[ROWS], again_t[ROWS], q;
  void *one = s->type->work (s->setup), *two = s->type->work (s->setup);

  ck_assert (one && two && s->units <= ROWS && s->points <= ROWS);
  for (uint64_t b = 0; b < 10; b++)
    ck_assert_int_eq (s->type->draw (s->setup, one, b, &p[b], u[b], t[b]),
                      GSL_SUCCESS);
  for (uint64_t k = 0; k < 20; k++)
    {
      uint64_t b = (27 - k) % 10;
      void *work = k % 3 ? two : one;
      ck_assert_int_eq (
          s->type->draw (s->setup, work, b, &q, again_u, again_t),
          GSL_SUCCESS);
      ck_assert_double_eq (p[b], q);
      ck_assert_mem_eq (u[b], again_u, s->units * sizeof (double));
      ck_assert_mem_eq (t[b], again_t, s->points * sizeof (double));
    }
  ck_assert_mem_ne (t[0], t[1], s->points * sizeof (double));
  ck_assert_mem_ne (u[0], u[1], s->units * sizeof (double));
  s->type->free_work (one);
  s->type->free_work (two);
  s->type->free_work (NULL);
}

START_TEST (bags)
{
  const bd_fitter_type *type = bd_fitter_types[_i];
  /* Local quadratics of ten inputs need more rows than there are.  */
  bool one = type->inputs == 1 || type == &bd_fitter_loess;
  bd_dataset *s = simulated (one ? "sine" : "friedman1", ROWS, 8);
  const char *formula = "formula=\"b1+b2*x1\",start=\"b1=0,b2=1\"";
  bd_settings knob;

  bd_knob_parse (type->knobs, type == &bd_fitter_nls ? formula : "", &knob,
                 NULL);
  if (type == &bd_fitter_net)
    knob.value[BD_NET_STEPS] = 60;
  void *plan = type->plan (&knob, s->X, s->y, s->X, NULL);
  ck_assert_ptr_nonnull (plan);
  const bd_bag bag = { .fitter = type,
                       .plan = plan,
                       .resample = bd_resample_find (type->resample),
                       .n = ROWS,
                       .m = ROWS,
                       .seed = 3 };
  bd_source source = bd_bag_source (&bag);

  same_members (&source);
  type->free_plan (plan);
  bd_dataset_free (s);
}
END_TEST

/* The units that a member says it kept are those that it predicted with: its
   curve made again from them.  */
static void
kept_units (const bd_dropout *a, const bd_source *s)
{
  const bd_net *net = &a->model->net;
  double u[ROWS], t[ROWS], again[ROWS], p;
  double *hidden = bd_array (net->hidden, 1);
  double *H = bd_array (bd_net_predict_room (a->model, ROWS), 1);
  const bd_net_mask mask = { .hidden = hidden };
  void *work = s->type->work (s->setup);

  ck_assert (hidden && H && work);
  for (uint64_t b = 0; b < 20; b++)
    {
      const double *unit = u;
      s->type->draw (s->setup, work, b, &p, u, t);
      for (size_t l = 1, before = 0; l < net->layers;
           before += net->padded[l++])
        for (size_t j = 0; j < net->width[l]; j++)
          hidden[before + j] = *unit++ / (1 - bd_mask_rate (a->mask, 0, 1));
      bd_net_predict (a->model, ROWS, a->Z, &mask, H, again);
      for (size_t i = 0; i < ROWS; i++)
        ck_assert_double_eq_tol (t[i], again[i], 1e-5);
    }
  s->type->free_work (work);
  free (hidden);
  free (H);
}

START_TEST (dropouts)
{
  const size_t hidden[] = { 9, 9, 9, 9 };
  const bd_net net
      = bd_net_shape (2, hidden, (size_t)_i, bd_units, bd_outputs, 1);
  gsl_rng *r = stream (3);
  bd_mask mask;

  bd_mask_choose (&mask, "bernoulli", 0.4, NULL);
  bd_net_model *model = bd_net_model_of (&net, 1, &mask);
  double *Z = normals (r, 2 * ROWS);
  bd_net_start (&model->net, model->w, r);
  const bd_dropout dropout = { model, Z, ROWS, &mask, 3, NULL };
  bd_source source = bd_dropout_source (&dropout);
  ck_assert_uint_eq (source.units, 9 * (size_t)_i);
  same_members (&source);
  kept_units (&dropout, &source);
  free (Z);
  bd_net_model_free (model);
  gsl_rng_free (r);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("source");
  TCase *c = tcase_create ("source");

  tcase_set_timeout (c, 120);
  size_t types = 0;
  while (bd_fitter_types[types])
    types++;
  tcase_add_loop_test (c, bags, 0, (int)types);
  tcase_add_loop_test (c, dropouts, 1, 5);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
