#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "bag_tools.h"
#include "tools.h"

static void
label_rows (bag_job *a)
{
  size_t n = a->s->n;
  const bd_rows alone = { .n = n };
  drawer d = drawer_open (&bd_resample_bootstrap, "", &alone);

  a->label = malloc (n * sizeof *a->label);
  a->given = malloc (GIVEN * n * sizeof *a->given);
  ck_assert (a->label && a->given);
  for (size_t i = 0; i < n; i++)
    a->label[i] = i / 3 - (i == n - 1 && i % 3 == 0);
  for (uint64_t b = 0; b < GIVEN; b++)
    memcpy (a->given + b * n, draw_weights (&d, 77, b), n * sizeof *a->given);
  drawer_close (&d);
  a->o.rows = (bd_rows){ .n = n,
                         .label = a->label,
                         .labels = a->label[n - 1] + 1,
                         .given = a->given,
                         .given_members = GIVEN };
}

bag_job
bag_open (const bd_fitter_type *fitter, const char *knobs,
          const char *scenario, size_t n, const char *spec)
{
  bag_job a = { .s = simulated (scenario, n, 5) };
  char name[32];
  const char *rest;
  bd_error err = { "" };

  bd_knob_split (spec, name, sizeof name, &rest, &err);
  a.o = (bd_bagging){ .fitter = fitter,
                      .resample = bd_resample_find (name),
                      .X = a.s->X,
                      .y = a.s->y,
                      .P = a.s->X,
                      .seed = 6,
                      .threads = 1,
                      .members = 200,
                      .places = 1000000 };
  ck_assert_ptr_nonnull (a.o.resample);
  ck_assert_int_eq (bd_knob_parse (fitter->knobs, knobs, &a.o.set, &err), 0);
  ck_assert_int_eq (
      bd_knob_parse (a.o.resample->knobs, rest, &a.o.scheme, &err), 0);
  for (size_t k = 0; bd_estimators[k]; k++)
    a.o.estimator[k] = bd_estimators[k];
  label_rows (&a);
  return a;
}

void
bag_close (bag_job *a)
{
  bd_dataset_free (a->s);
  free (a->label);
  free (a->given);
}

bd_bagged
bag_run (const bag_job *a)
{
  bd_bagged b;
  bd_error err = { "" };
  int code = bd_bagging_run (&a->o, &b, &err);

  ck_assert_msg (code == 0, "%s: %s", a->o.resample->name, err.text);
  return b;
}

static void
same_column (const double a[], const double b[], size_t m)
{
  ck_assert_int_eq (a == NULL, b == NULL);
  if (a)
    ck_assert_mem_eq (a, b, m * sizeof *a);
}

void
same_bagged (const bd_bagged *a, const bd_bagged *b)
{
  ck_assert_uint_eq (a->m, b->m);
  ck_assert_uint_eq (a->mc, b->mc);
  ck_assert_uint_eq (a->members, b->members);
  ck_assert_uint_eq (a->failed, b->failed);
  ck_assert_uint_eq (a->shaky, b->shaky);
  ck_assert_uint_eq (a->never_out, b->never_out);
  same_column (a->mean, b->mean, a->m);
  same_column (a->sd_member, b->sd_member, a->m);
  same_column (a->sd_mean, b->sd_mean, a->m);
  same_column (a->sd_error, b->sd_error, a->m);
  same_column (a->sd_pred, b->sd_pred, a->m);
  for (size_t k = 0; k < BD_ESTIMATORS; k++)
    same_column (a->estimate[k], b->estimate[k], a->m);
  same_column (&a->noise, &b->noise, 1);
  same_column (&a->share, &b->share, 1);
  same_column (&a->oob, &b->oob, 1);
  same_column (&a->error, &b->error, 1);
}
