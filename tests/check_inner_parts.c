/* What is held out inside the training rows: by chance, whole groups, the
   latest times.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <string.h>

#include "base/rng.h"
#include "data/row_labels.h"
#include "net/trainer.h"
#include "study/compare.h"
#include "study/inner_parts.h"
#include "tap.h"

#define N 60
#define LEVELS 13

/* Labels in no order, some much commoner than others.  */
static void
draw (size_t label[N], uint64_t seed)
{
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);

  bd_rng_seek (r, seed, 0, 0);
  for (size_t i = 0; i < N; i++)
    label[i]
        = i < LEVELS
              ? i
              : gsl_rng_uniform_int (r, 1 + gsl_rng_uniform_int (r, LEVELS));
  gsl_rng_free (r);
}

START_TEST (by_chance)
{
  bd_inner_parts a;

  ck_assert (!bd_inner_parts_make (&a, N, 5, 3, NULL));
  ck_assert (a.parts == 5 && a.held == N);
  for (size_t f = 0; f < 5; f++)
    {
      bd_split *s = bd_split_fold (N, 5, f, 3);
      ck_assert (memcmp (s->row, a.split[f]->row, sizeof (size_t[N])) == 0);
      bd_split_free (s);
    }
  for (size_t i = 0; i < N; i++)
    ck_assert_uint_eq (a.place[i], i);
  bd_inner_parts_free (&a);
}
END_TEST

/* No group is on both sides, and each row is held out once.  */
START_TEST (groups)
{
  size_t label[N], times[N] = { 0 };
  const bd_row_labels labels = { label, LEVELS, false, NULL };
  bd_inner_parts a;

  draw (label, (uint64_t)_i);
  ck_assert (!bd_inner_parts_make (&a, N, 5, (uint64_t)_i, &labels));
  ck_assert (a.parts == 5 && a.held == N);
  for (size_t f = 0; f < a.parts; f++)
    {
      const bd_split *s = a.split[f];
      bool trained[LEVELS] = { false };
      ck_assert (s->train + s->test == N && s->test > 0);
      for (size_t i = 0; i < s->train; i++)
        trained[label[s->row[i]]] = true;
      for (size_t i = s->train; i < N; i++)
        {
          ck_assert (!trained[label[s->row[i]]]);
          times[s->row[i]]++;
        }
    }
  for (size_t i = 0; i < N; i++)
    ck_assert (times[i] == 1 && a.place[i] == i);
  bd_inner_parts_free (&a);
}
END_TEST

/* One part: about a fifth of the rows, later than all others.  */
START_TEST (latest)
{
  size_t label[N], most = 0, held = 0;
  const bd_row_labels labels = { label, LEVELS, true, NULL };
  bd_inner_parts a;

  draw (label, (uint64_t)_i);
  ck_assert (!bd_inner_parts_make (&a, N, 5, (uint64_t)_i, &labels));
  ck_assert (a.parts == 1 && a.held == a.split[0]->test);
  ck_assert (a.held >= 2 && a.held <= N / 3);
  for (size_t i = 0; i < a.split[0]->train; i++)
    most = GSL_MAX (most, label[a.split[0]->row[i]]);
  for (size_t i = 0; i < N; i++)
    if (label[i] > most)
      ck_assert_uint_eq (a.place[i], held++);
  ck_assert_uint_eq (held, a.held);
  bd_inner_parts_free (&a);
}
END_TEST

START_TEST (some_rows)
{
  static const size_t label[] = { 4, 0, 2, 2, 1, 3 }, row[] = { 5, 0, 1, 3 },
                      want[] = { 2, 3, 0, 1 };
  const bd_row_labels from = { label, 5, true, NULL };
  bd_row_labels to;

  ck_assert (!bd_row_labels_take (&from, row, 4, &to));
  ck_assert (to.levels == 4 && to.time);
  ck_assert (memcmp (to.label, want, sizeof want) == 0);
  bd_row_labels_free (&to);
}
END_TEST

/* Early stopping: what it holds out of the rows whose weight is above 0.  */
START_TEST (stopping)
{
  size_t label[N], most = 0;
  bool trained[LEVELS] = { false };
  const bd_row_labels labels = { label, LEVELS, _i % 2 == 1, NULL };
  bd_net_options o = bd_net_options_default ();
  gsl_matrix *X = gsl_matrix_calloc (N, 1);
  gsl_vector *y = gsl_vector_calloc (N);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  double w[N];
  bd_train_rows a;

  draw (label, (uint64_t)_i);
  for (size_t i = 0; i < N; i++)
    w[i] = i % 7 > 0;
  o.stop = 0.2;
  o.labels = &labels;
  bd_net_model *model = bd_net_model_alloc (&o, 1);
  bd_rng_seek (r, (uint64_t)_i, BD_LANE_FIT, 0);
  ck_assert (!bd_train_rows_alloc (&a, N, 1));
  ck_assert (!bd_train_rows_take (&a, &o, 8, X, y, w, r, model));
  ck_assert (a.held > 0 && a.held < N / 2 && a.rows + a.held == 51);
  for (size_t i = 0; i < a.rows; i++)
    {
      trained[label[a.from[i]]] = true;
      most = GSL_MAX (most, label[a.from[i]]);
    }
  for (size_t i = a.rows; i < a.rows + a.held; i++)
    {
      ck_assert (w[a.from[i]] > 0 && !trained[label[a.from[i]]]);
      ck_assert (!labels.time || label[a.from[i]] > most);
    }
  bd_train_rows_free (&a);
  bd_net_model_free (model);
  gsl_rng_free (r);
  gsl_matrix_free (X);
  gsl_vector_free (y);
}
END_TEST

/* Groups of ten rows at nearly one x, each with a level of its own and no
   trend.  */
static bd_dataset *
levels_of_groups (const size_t label[N], uint64_t seed)
{
  bd_dataset *s = bd_dataset_alloc (N, 1);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  double level = 0;

  bd_rng_seek (r, seed, 0, 0);
  for (size_t i = 0; i < N; i++)
    {
      if (i % 10 == 0)
        level = gsl_rng_uniform (r);
      gsl_matrix_set (s->X, i, 0, (double)label[i] + 0.01 * (double)(i % 10));
      gsl_vector_set (s->y, i, level + 0.05 * gsl_rng_uniform (r));
    }
  gsl_rng_free (r);
  return s;
}

/* Rows by chance ask for a tree that learns the levels, whole groups for one
   that does not.  */
START_TEST (planted)
{
  size_t label[N];
  const bd_row_labels labels = { label, N / 10, false, NULL };
  const bd_labels g = { label, N, N / 10, "g" };
  bd_compare_options o = bd_compare_options_default ();
  double cp[2] = { 0, 0 };

  for (size_t i = 0; i < N; i++)
    label[i] = i / 10;
  bd_splits *splits = bd_splits_groups (&g, 3, 1, 1, 10, NULL);
  o.splits = splits;
  o.threads = 1;
  ck_assert (!bd_methods_parse ("tree", o.use, NULL));
  for (int k = 0; k < 20; k++)
    {
      bd_dataset *s = levels_of_groups (label, (uint64_t)k / 2);
      o.labels = k % 2 ? &labels : NULL;
      bd_comparison *c = bd_compare (s, &o, NULL);
      ck_assert_ptr_nonnull (c);
      for (size_t j = 0; j < 3; j++)
        cp[k % 2] += c->row[2].fold[j].tuned / 30;
      bd_comparison_free (c);
      bd_dataset_free (s);
    }
  ck_assert_msg (cp[0] < 0.01 && cp[1] > 0.02, "%g %g", cp[0], cp[1]);
  bd_splits_free (splits);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("inner_parts");
  TCase *c = tcase_create ("inner_parts");

  tcase_add_test (c, by_chance);
  tcase_add_loop_test (c, groups, 0, 20);
  tcase_add_loop_test (c, latest, 0, 20);
  tcase_add_test (c, some_rows);
  tcase_add_loop_test (c, stopping, 0, 20);
  tcase_add_test (c, planted);
  suite_add_tcase (s, c);
  return tap_run (s);
}
