#include <config.h>

#include <check.h>

#include "study_tools.h"

bd_compare_options
study_small (int threads)
{
  bd_compare_options o = bd_compare_options_default ();

  o.folds = 2;
  o.repeats = 1;
  o.members = 8;
  o.nets = 2;
  o.masks = 8;
  o.threads = threads;
  ck_assert_int_eq (bd_methods_parse ("all", o.use, NULL), GSL_SUCCESS);
  return o;
}

void
same_numbers (const double *a, const double *b, size_t count)
{
  ck_assert (!a == !b);
  if (a)
    ck_assert_mem_eq (a, b, count * sizeof *a);
}

void
same_answer (const bd_answer *a, const bd_answer *b)
{
  ck_assert_uint_eq (a->m, b->m);
  ck_assert_uint_eq (a->members, b->members);
  ck_assert_uint_eq (a->kept, b->kept);
  same_numbers (a->mean, b->mean, a->m);
  same_numbers (a->sd_mean, b->sd_mean, a->m);
  same_numbers (a->spread, b->spread, a->m);
  same_numbers (a->sd_pred, b->sd_pred, a->m);
  same_numbers (a->keep, b->keep, a->kept * a->keep_points);
  same_numbers (&a->noise, &b->noise, 1);
  same_numbers (&a->tuned, &b->tuned, 1);
}
