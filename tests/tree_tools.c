#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "fitter/fitter.h"
#include "fitter/tree.h"
#include "tree_tools.h"

sample
sample_alloc (size_t n, size_t d)
{
  sample s = { .X = gsl_matrix_calloc (n, d), .y = gsl_vector_calloc (n) };

  for (size_t i = 0; i < n; i++)
    s.w[i] = 1;
  return s;
}

void
sample_free (sample *s)
{
  gsl_matrix_free (s->X);
  gsl_vector_free (s->y);
}

sample
sample_of (size_t n, const double x[], const double y[])
{
  sample s = sample_alloc (n, 1);

  for (size_t i = 0; i < n; i++)
    {
      gsl_matrix_set (s.X, i, 0, x[i]);
      gsl_vector_set (s.y, i, y[i]);
    }
  return s;
}

gsl_rng *
stream (uint64_t index)
{
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);

  bd_rng_seek (r, 1, BD_LANE_NOISE, index);
  return r;
}

static void
read_node (const tree_work *k, size_t i, tree *t)
{
  const tree_node *a = &k->node[i];

  if (a->child == i)
    return;
  t->feature[t->splits] = a->feature;
  t->at[t->splits++] = a->at;
  read_node (k, a->child, t);
  read_node (k, a->child + 1, t);
}

forest
forest_plan (const sample *s, const char *knobs, const gsl_matrix *P)
{
  const bd_fitter_type *type = &bd_fitter_tree;
  forest f = { .m = P ? P->size1 : s->X->size1, .d = s->X->size2 };
  bd_settings set;
  bd_error err = { "" };

  ck_assert_int_eq (bd_knob_parse (type->knobs, knobs, &set, &err), 0);
  set.levels = s->levels;
  f.plan = type->plan (&set, s->X, s->y, P ? P : s->X, &err);
  ck_assert_msg (f.plan != NULL, "%s", err.text);
  f.work = type->work (f.plan);
  f.r = gsl_rng_alloc (bd_rng_philox);
  return f;
}

void
forest_free (forest *f)
{
  bd_fitter_tree.free_work (f->work);
  bd_fitter_tree.free_plan (f->plan);
  gsl_rng_free (f->r);
}

void
forest_fit (const forest *f, const double w[], uint64_t member, tree *t)
{
  const bd_fitter_type *type = &bd_fitter_tree;

  bd_rng_seek (f->r, 1, BD_LANE_FIT, member);
  ck_assert_int_eq (type->fit (f->plan, f->work, w, f->r), GSL_SUCCESS);
  ck_assert_int_eq (type->predict (f->plan, f->work, t->t), GSL_SUCCESS);
  t->m = f->m;
  t->splits = 0;
  read_node (f->work, 0, t);
  for (size_t j = 0; j < f->d; j++)
    t->order[j] = ((const tree_work *)f->work)->column[j];
}

void
grow_at (const sample *s, const char *knobs, const gsl_matrix *P, tree *t)
{
  forest f = forest_plan (s, knobs, P);

  forest_fit (&f, s->w, 0, t);
  forest_free (&f);
}

void
grow (const sample *s, const char *knobs, tree *t)
{
  grow_at (s, knobs, s->X, t);
}

void
same_splits (const tree *a, const tree *b)
{
  ck_assert_uint_eq (a->splits, b->splits);
  for (size_t i = 0; i < a->splits; i++)
    {
      ck_assert_uint_eq (a->feature[i], b->feature[i]);
      ck_assert_double_eq (a->at[i], b->at[i]);
    }
}

void
near (const tree *a, const tree *b, double slope, double shift)
{
  for (size_t i = 0; i < a->m; i++)
    {
      double want = shift + slope * a->t[i];
      ck_assert_double_eq_tol (b->t[i], want, 1e-11 * (1 + fabs (want)));
    }
}

double
squares (const sample *s, const size_t row[], size_t count, double *mean)
{
  double weight = 0, sum = 0, ss = 0;

  for (size_t i = 0; i < count; i++)
    {
      weight += s->w[row[i]];
      sum += s->w[row[i]] * gsl_vector_get (s->y, row[i]);
    }
  *mean = sum / weight;
  for (size_t i = 0; i < count; i++)
    ss += s->w[row[i]] * gsl_pow_2 (gsl_vector_get (s->y, row[i]) - *mean);
  return ss;
}

static double
weight_of (const sample *s, const size_t row[], size_t count)
{
  double weight = 0;

  for (size_t i = 0; i < count; i++)
    weight += s->w[row[i]];
  return weight;
}

/* Rows with x < at in column J into L, the others into R; the number of the
   former.  */
static size_t
divide (const sample *s, const size_t row[], size_t count, size_t j, double at,
        size_t l[], size_t r[])
{
  size_t left = 0, right = 0;

  for (size_t i = 0; i < count; i++)
    if (gsl_matrix_get (s->X, row[i], j) < at)
      l[left++] = row[i];
    else
      r[right++] = row[i];
  return left;
}

/* The largest x below AT.  */
static double
below (const sample *s, const size_t row[], size_t count, size_t j, double at)
{
  double most = -INFINITY;

  for (size_t i = 0; i < count; i++)
    {
      double x = gsl_matrix_get (s->X, row[i], j);
      if (x < at && x > most)
        most = x;
    }
  return most;
}

/* Tries to split at each x, all from their definitions.  */
static void
slow (const sample *s, const rule *q, const size_t row[], size_t count,
      unsigned depth, double scale, tree *t)
{
  size_t *l = calloc (count, sizeof *l), *r = calloc (count, sizeof *r);
  double mean, ml, mr, all = squares (s, row, count, &mean);
  double best = 1e-12 * scale, at = 0, hi = 0;
  size_t feature = 0;
  bool found = false;

  for (size_t v = 0; v < s->X->size2 && depth < q->depth; v++)
    for (size_t i = 0; i < count; i++)
      {
        const size_t j = q->order[v];
        double x = gsl_matrix_get (s->X, row[i], j);
        size_t left = divide (s, row, count, j, x, l, r);

        if (left == 0 || weight_of (s, l, left) < q->least - 1e-9
            || weight_of (s, r, count - left) < q->least - 1e-9)
          continue;
        double gain = all - squares (s, l, left, &ml)
                      - squares (s, r, count - left, &mr);
        bool same = found && fabs (gain - best) < 1e-9 * best;
        if (same ? j == feature && x < hi : gain > best)
          {
            best = same ? best : gain;
            feature = j;
            hi = x;
            found = true;
          }
      }
  if (found)
    {
      at = (below (s, row, count, feature, hi) + hi) / 2;
      t->feature[t->splits] = feature;
      t->at[t->splits++] = at;
      size_t left = divide (s, row, count, feature, at, l, r);
      slow (s, q, l, left, depth + 1, scale, t);
      slow (s, q, r, count - left, depth + 1, scale, t);
    }
  else
    for (size_t i = 0; i < count; i++)
      t->t[row[i]] = mean;
  free (l);
  free (r);
}

void
slow_tree (const sample *s, const rule *q, tree *t)
{
  static size_t row[MOST];
  size_t count = 0;
  double mean;

  for (size_t i = 0; i < s->X->size1; i++)
    if (s->w[i] > 0)
      row[count++] = i;
  t->splits = 0;
  slow (s, q, row, count, 0, squares (s, row, count, &mean), t);
}

static double
draw_weight (gsl_rng *r, weights kind)
{
  if (kind == COUNTS)
    return (double)gsl_ran_poisson (r, 1);
  return kind == BAYES ? gsl_ran_exponential (r, 1) : 1;
}

sample
random_sample (gsl_rng *r, size_t n, size_t d, unsigned levels, bool coarse,
               weights kind)
{
  sample s = sample_alloc (n, d);

  for (size_t i = 0; i < n; i++)
    {
      for (size_t j = 0; j < d; j++)
        gsl_matrix_set (s.X, i, j,
                        levels ? (double)gsl_rng_uniform_int (r, levels)
                               : gsl_ran_gaussian (r, 1));
      double y = gsl_matrix_get (s.X, i, 0) + 2 * gsl_ran_gaussian (r, 1);
      gsl_vector_set (s.y, i, coarse ? floor (y) : y);
      s.w[i] = draw_weight (r, kind);
    }
  s.w[0] = 1;
  return s;
}

sample
written_out (const sample *s)
{
  size_t n = 0, to = 0;

  for (size_t i = 0; i < s->X->size1; i++)
    n += (size_t)s->w[i];
  sample out = sample_alloc (n, s->X->size2);
  out.levels = s->levels;
  for (size_t i = 0; i < s->X->size1; i++)
    for (size_t copy = 0; copy < (size_t)s->w[i]; copy++, to++)
      {
        gsl_vector_const_view x = gsl_matrix_const_row (s->X, i);
        gsl_matrix_set_row (out.X, to, &x.vector);
        gsl_vector_set (out.y, to, gsl_vector_get (s->y, i));
      }
  return out;
}

sample
friedman (uint64_t seed, size_t n)
{
  gsl_rng *r = stream (seed);
  sample s = sample_alloc (n, 6);

  for (size_t i = 0; i < n; i++)
    {
      double *x = gsl_matrix_ptr (s.X, i, 0);
      for (size_t j = 0; j < 6; j++)
        x[j] = gsl_rng_uniform (r);
      gsl_vector_set (s.y, i,
                      10 * sin (M_PI * x[0] * x[1]) + 20 * x[2] * x[2]
                          + 10 * x[3] + gsl_ran_gaussian (r, 1));
    }
  gsl_rng_free (r);
  return s;
}

FILE *
golden (const char *name)
{
  const char *dir = getenv ("srcdir");
  char path[4096];

  snprintf (path, sizeof path, "%s/tests/golden/%s", dir ? dir : ".", name);
  FILE *f = fopen (path, "r");
  ck_assert_msg (f != NULL, "%s", path);
  return f;
}
