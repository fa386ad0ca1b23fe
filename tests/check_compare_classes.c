/* Comparisons of a response of classes, against scores made by hand.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "net/fitter_net.h"
#include "class_tools.h"
#include "study/verdict.h"
#include "tap.h"

#define MEMBERS 4

static bd_comparison *
compare (const bd_dataset *s, const bd_splits *splits, bd_own *own,
         const char *methods, bd_error *err)
{
  bd_compare_options o = bd_compare_options_default ();
  bd_error why = { "" };

  o.splits = splits;
  o.members = o.nets = o.masks = MEMBERS;
  o.threads = 1;
  o.network = "hidden=4,steps=60";
  o.own = own;
  ck_assert_msg (!bd_own_parse (methods, o.use, own, &why), "%s", why.text);
  return bd_compare (s, &o, err);
}

static bd_comparison *
compared (const bd_dataset *s, const bd_splits *splits, bd_own *own,
          const char *methods)
{
  bd_error err = { "" };
  bd_comparison *c = compare (s, splits, own, methods, &err);

  ck_assert_msg (c != NULL, "%s", err.text);
  return c;
}

/* Trees with one split, and with none, which is the share of each class.  */
START_TEST (trees_by_hand)
{
  const struct
  {
    const char *method;
    double least;
  } tree[] = { { "single:tree,depth=1,min_leaf=3", 3 },
               { "single:tree,min_leaf=1000", 1000 } };
  size_t K = (size_t)_i;
  bd_dataset *s = classes_made (K, 3, 0.3);
  bd_splits *splits = classes_thirds ();

  for (size_t q = 0; q < 2; q++)
    {
      bd_own own = { .count = 0 };
      bd_comparison *c = compared (s, splits, &own, tree[q].method);
      const bd_compare_row *row = &c->row[BD_METHODS];
      double mean = 0;
      ck_assert_uint_eq (c->splits, SPLITS);
      ck_assert (strncmp (row->method->title, "classification tree", 19) == 0);
      for (size_t j = 0; j < SPLITS; j++)
        {
          double score[3];
          classes_by_hand (s, j, tree[q].least, score);
          ck_assert_double_eq_tol (row->fold[j].loss, score[0], 1e-12);
          ck_assert_double_eq_tol (row->fold[j].accuracy, score[1], 1e-12);
          ck_assert_double_eq_tol (row->fold[j].brier, score[2], 1e-12);
          mean += score[0] / SPLITS;
        }
      ck_assert_double_eq_tol (row->error, mean, 1e-12);
      ck_assert (gsl_isnan (row->rmse) && gsl_isnan (row->crps)
                 && gsl_isnan (row->cover) && gsl_isnan (row->fold[0].mse));
      bd_comparison_free (c);
    }
  bd_splits_free (splits);
  bd_dataset_free (s);
}
END_TEST

/* The training rows of split J, and those that it holds out.  */
static void
take (const bd_dataset *s, size_t j, bd_dataset *part[2])
{
  size_t row[2][ROWS], count[2] = { 0, 0 };

  for (size_t i = 0; i < ROWS; i++)
    {
      int held = i % 3 == j;
      row[held][count[held]++] = i;
    }
  for (int q = 0; q < 2; q++)
    part[q] = bd_dataset_rows (s, row[q], count[q]);
}

/* The log loss of COUNT networks of split J, trained one by one and averaged
   here; of one network with a dropout rate by weight scaling.  */
static double
networks (const bd_dataset *s, size_t j, size_t count, const char *knobs)
{
  size_t places = s->classes == 2 ? 1 : s->classes;
  double sum[3 * HELD] = { 0 }, t[3 * HELD], loss = 0;
  uint64_t seed = bd_rng_derive (1, 1000 + j);
  bd_dataset *part[2];
  bd_settings set;
  bd_net_options o;

  take (s, j, part);
  ck_assert (!bd_knob_parse (bd_fitter_net.knobs, knobs, &set, NULL));
  set.classes = s->classes;
  ck_assert (!bd_fitter_net_options (&set, &o, NULL));
  ck_assert (o.output
             == &bd_outputs[s->classes == 2 ? BD_OUTPUT_LOGISTIC
                                            : BD_OUTPUT_SOFTMAX]);
  for (size_t b = 0; b < count; b++)
    {
      bd_net_model *m = NULL;
      ck_assert (
          !bd_net_fit (&o, part[0]->X, part[0]->y, NULL, seed, b, NULL, &m));
      ck_assert (!bd_net_predict_rows (m, part[1]->X, t));
      for (size_t i = 0; i < HELD * places; i++)
        sum[i] += t[i] / (double)count;
      bd_net_model_free (m);
    }
  for (size_t i = 0; i < HELD; i++)
    {
      size_t k = (size_t)gsl_vector_get (part[1]->y, i);
      double p = places > 1 ? sum[i * places + k] : k ? sum[i] : 1 - sum[i];
      loss -= log (p) / HELD;
    }
  bd_dataset_free (part[0]);
  bd_dataset_free (part[1]);
  return loss;
}

START_TEST (networks_one_by_one)
{
  static const char usual[] = "hidden=4,steps=60";
  bd_dataset *s = classes_made ((size_t)_i, 5, 0.3);
  bd_splits *splits = classes_thirds ();
  bd_own own = { .count = 0 };
  bd_comparison *c
      = compared (s, splits, &own, "net,seeds,dropout:rate=0.2,steps=60");

  for (size_t k = 0; k < BD_COMPARED; k++)
    if (c->options.use[k])
      {
        const bd_compare_row *row = &c->row[k];
        bool many = row->method->kind == BD_SEEDS;
        if (row->method->kind == BD_DROPOUT) /* its masks are drawn there */
          continue;
        for (size_t j = 0; j < SPLITS; j++)
          ck_assert_double_eq_tol (
              row->fold[j].loss,
              networks (s, j, many ? MEMBERS : 1,
                        row->method->own ? "hidden=4,steps=60,dropout=0.2"
                                         : usual),
              1e-12);
      }
  bd_comparison_free (c);
  bd_splits_free (splits);
  bd_dataset_free (s);
}
END_TEST

/* The same rows with class k called K - 1 - k.  */
START_TEST (names_tell_nothing)
{
  static const char list[] = "tree,bag-tree,bag:tree,split=random,min_leaf=3";
  size_t K = (size_t)_i;
  bd_dataset *s = classes_made (K, 7, 0.4), *other = classes_made (K, 7, 0.4);
  bd_splits *splits = classes_thirds ();
  bd_own own[2] = { { .count = 0 }, { .count = 0 } };

  for (size_t i = 0; i < ROWS; i++)
    gsl_vector_set (other->y, i, (double)K - 1 - gsl_vector_get (s->y, i));
  bd_comparison *a = compared (s, splits, &own[0], list),
                *b = compared (other, splits, &own[1], list);
  for (size_t k = 0; k < BD_COMPARED; k++)
    for (size_t j = 0; a->options.use[k] && j < SPLITS; j++)
      {
        const bd_fold_result *p = &a->row[k].fold[j], *q = &b->row[k].fold[j];
        ck_assert_double_eq_tol (p->loss, q->loss, 1e-10);
        ck_assert_double_eq_tol (p->brier, q->brier, 1e-10);
        ck_assert (p->tuned == q->tuned
                   || (gsl_isnan (p->tuned) && gsl_isnan (q->tuned)));
      }
  bd_comparison_free (a);
  bd_comparison_free (b);
  bd_splits_free (splits);
  bd_dataset_free (s);
  bd_dataset_free (other);
}
END_TEST

/* The log loss of split IN of the rows of PART by a tree with CP.  */
static double
inner_loss (const bd_dataset *part, const bd_split *in, double cp,
            uint64_t seed)
{
  const bd_fitter_type *f = &bd_fitter_class_tree;
  size_t places = bd_class_places (part->classes);
  bd_dataset *train = bd_dataset_rows (part, in->row, in->train),
             *held = bd_dataset_rows (part, in->row + in->train, in->test);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  double w[ROWS], t[3 * ROWS], loss = 0;
  char knobs[64];
  bd_settings set;

  snprintf (knobs, sizeof knobs, "min_leaf=5,cp=%g", cp);
  ck_assert (!bd_knob_parse (bd_fitter_tree.knobs, knobs, &set, NULL));
  set.classes = part->classes;
  for (size_t i = 0; i < ROWS; i++)
    w[i] = 1;
  bd_rng_seek (r, seed, BD_LANE_FIT, 0);
  void *plan = f->plan (&set, train->X, train->y, held->X, NULL);
  void *work = f->work (plan);
  ck_assert (!f->fit (plan, work, w, r) && !f->predict (plan, work, t));
  for (size_t i = 0; i < held->n; i++)
    {
      size_t k = (size_t)gsl_vector_get (held->y, i);
      loss -= log (places > 1 ? t[i * places + k] : k ? t[i] : 1 - t[i]);
    }
  f->free_work (work);
  f->free_plan (plan);
  gsl_rng_free (r);
  bd_dataset_free (train);
  bd_dataset_free (held);
  return loss;
}

/* What the single tree is pruned by: five folds inside the rows that it is
   trained on, and their log loss.  */
START_TEST (pruned_by_log_loss)
{
  bd_dataset *s = classes_made ((size_t)_i, 9, 0.4);
  bd_splits *splits = classes_thirds ();
  const bd_method *q = bd_method_find ("tree");
  bd_own own = { .count = 0 };
  bd_comparison *c = compared (s, splits, &own, "tree");

  for (size_t j = 0; j < SPLITS; j++)
    {
      uint64_t seed = bd_rng_derive (1, 1000 + j);
      double best = GSL_POSINF, cp = GSL_NAN;
      bd_dataset *part[2];
      take (s, j, part);
      for (size_t k = 0; k < q->values; k++)
        {
          double loss = 0;
          for (size_t f = 0; f < 5; f++)
            {
              bd_split *in
                  = bd_split_fold (part[0]->n, 5, f, bd_rng_derive (seed, 1));
              loss += inner_loss (part[0], in, q->grid[k], seed);
              bd_split_free (in);
            }
          if (loss < best - 1e-9)
            {
              best = loss;
              cp = q->grid[k];
            }
        }
      ck_assert_double_eq (c->row[q - bd_methods].fold[j].tuned, cp);
      bd_dataset_free (part[0]);
      bd_dataset_free (part[1]);
    }
  bd_comparison_free (c);
  bd_splits_free (splits);
  bd_dataset_free (s);
}
END_TEST

static bool
says (const bd_comparison *c, const char *words)
{
  bd_verdict v;
  bool said = false;

  bd_compare_verdict (c, &v);
  for (size_t k = 0; k < v.count; k++)
    said = said || strstr (v.text[k], words);
  return said;
}

/* Where x tells the class, many trees beat the share of each class.  */
START_TEST (a_clear_verdict)
{
  bd_dataset *s = classes_made (2, 11, 0.05);
  bd_own own = { .count = 0 };
  bd_comparison *c
      = compared (s, NULL, &own, "single:tree,min_leaf=1000,bag-tree");

  ck_assert (says (c, "Best single fit: classification tree (min_leaf=1000) "
                      "(log loss 0."));
  ck_assert_double_eq_tol (c->row[c->best].error, log (2), 0.05);
  ck_assert (says (c, "Clearly better than it: bagged trees."));
  ck_assert (!says (c, "MSE") && !says (c, "RMSE"));
  ck_assert (c->row[3].diff.hi < 0 && c->row[3].accuracy > 0.85);
  bd_comparison_free (c);
  bd_dataset_free (s);
}
END_TEST

/* Where it does not, nothing is better than these shares, or than a bag of
   them, which by chance is a little better or worse: an interval of 95 % lies
   below zero in one of 40.  */
START_TEST (nothing_in_noise)
{
  size_t better = 0;

  for (uint64_t seed = 0; seed < 40; seed++)
    {
      bd_dataset *s = classes_made (2, 100 + seed, 1);
      bd_own own = { .count = 0 };
      bd_comparison *c = compared (
          s, NULL, &own,
          "single:tree,min_leaf=1000;bag:tree,min_leaf=1000;bag-tree;net");
      better += says (c, "Clearly better") || says (c, "lowers");
      bd_comparison_free (c);
      bd_dataset_free (s);
    }
  ck_assert_uint_le (better, 3);
}
END_TEST

/* Folds have their share of each class.  */
START_TEST (equal_shares)
{
  size_t label[ROWS];
  char *name[] = { "p", "q", "r" };
  const bd_labels g = { label, ROWS, 3, "y" };
  bd_error err = { "" };

  for (size_t i = 0; i < ROWS; i++)
    label[i] = i < 7 ? 0 : i < 9 ? 1 : 2;
  bd_splits *a = bd_splits_strata (&g, 3, 2, 5, name, &err);
  ck_assert_msg (a != NULL, "%s", err.text);
  ck_assert_uint_eq (a->count, 6);
  for (size_t j = 0; j < 6; j++)
    {
      bd_split *s = bd_splits_get (a, j);
      size_t count[3] = { 0 };
      ck_assert_uint_eq (s->test, ROWS / 3);
      for (size_t i = s->train; i < ROWS; i++)
        count[label[s->row[i]]]++;
      ck_assert (count[0] == 2 || count[0] == 3);
      ck_assert (count[1] <= 1 && (count[2] == 17 || count[2] == 18));
      bd_split_free (s);
    }
  ck_assert (memcmp (a->row, a->row + ROWS, ROWS * sizeof *a->row) != 0);
  bd_splits_free (a);
  label[8] = 2;
  ck_assert_ptr_null (bd_splits_strata (&g, 3, 2, 5, name, &err));
  ck_assert (strstr (err.text, "class 'q' of 'y' has one row only"));
}
END_TEST

START_TEST (refusals)
{
  bd_dataset *s = classes_made (3, 3, 0.3);
  bd_splits *splits = classes_thirds ();
  bd_own own = { .count = 0 };
  bd_error err = { "" };

  ck_assert_ptr_null (compare (s, splits, &own, "tree,spline", &err));
  ck_assert (strstr (err.text, "spline (smoothing spline) predicts numbers"));
  for (size_t i = 0; i < ROWS; i++)
    if (gsl_vector_get (s->y, i) == 1)
      gsl_vector_set (s->y, i, i % 3 == 1 ? 1 : 0);
  ck_assert_ptr_null (compare (s, splits, &own, "tree", &err));
  ck_assert (strstr (err.text, "split 2 holds out all rows of class 'b'"));
  ck_assert_ptr_null (
      compare (s, splits, &own, "single:net,output=logistic", &err));
  bd_splits_free (splits);
  bd_dataset_free (s);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("compare_classes");
  TCase *c = tcase_create ("compare_classes");

  tcase_add_loop_test (c, trees_by_hand, 2, 4);
  tcase_add_loop_test (c, networks_one_by_one, 2, 4);
  tcase_add_loop_test (c, names_tell_nothing, 2, 4);
  tcase_add_loop_test (c, pruned_by_log_loss, 2, 4);
  tcase_add_test (c, a_clear_verdict);
  tcase_add_test (c, nothing_in_noise);
  tcase_add_test (c, equal_shares);
  tcase_add_test (c, refusals);
  suite_add_tcase (s, c);
  return tap_run (s);
}
