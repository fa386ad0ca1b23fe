#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "../data/split.h"
#include "../variance/estimate.h"
#include "inner.h"

/* Members inside the inner cross-validation: of a bag of curves or trees, of
   networks, of masks.  */
#define INNER_BAGS 25
#define INNER_NETS 4
#define INNER_MASKS 50
#define INNER_POINTS 64 /* with a variance of their own; a sample will do */

int
bd_take_rows (const gsl_matrix *from, const gsl_vector *response,
              const size_t row[], size_t count, gsl_matrix **X, gsl_vector **y)
{
  *X = gsl_matrix_alloc (count, from->size2);
  *y = gsl_vector_alloc (count);
  if (!*X || !*y)
    return GSL_ENOMEM;
  for (size_t i = 0; i < count; i++)
    {
      gsl_vector_const_view one = gsl_matrix_const_row (from, row[i]);
      gsl_matrix_set_row (*X, i, &one.vector);
      gsl_vector_set (*y, i, gsl_vector_get (response, row[i]));
    }
  return GSL_SUCCESS;
}

void
bd_residuals_free (bd_residuals *a)
{
  free (a->loss);
  free (a->r);
  free (a->v);
  free (a->r2);
  free (a->best_r);
  free (a->best_v);
  free (a->best_r2);
  free (a->e);
  free (a->best_e);
}

int
bd_residuals_init (bd_residuals *a, size_t n, size_t classes, size_t masks)
{
  size_t rows = classes ? 0 : n;

  *a = (bd_residuals){
    .n = n, .numbers = rows, .masks = masks, .mean_loss = GSL_POSINF
  };
  a->loss = bd_array (n, 1);
  a->r = bd_array (rows, 1);
  a->v = bd_array (rows, 1);
  a->r2 = bd_array (rows, 1);
  a->best_r = bd_array (rows, 1);
  a->best_v = bd_array (rows, 1);
  a->best_r2 = bd_array (rows, 1);
  a->e = bd_array (masks, rows);
  a->best_e = bd_array (masks, rows);
  return a->loss && a->r && a->v && a->r2 && a->best_r && a->best_v
                 && a->best_r2 && a->e && a->best_e
             ? GSL_SUCCESS
             : GSL_ENOMEM;
}

size_t
bd_members_of (const bd_method *q, const bd_task *t, bool inner)
{
  bool net = q->fitter == &bd_fitter_net;

  bool masks = q->kind == BD_SCALING || q->kind == BD_DROPOUT;
  size_t usual = masks ? t->masks : net ? t->nets : t->members;
  size_t most = masks ? INNER_MASKS : net ? INNER_NETS : INNER_BAGS;
  size_t members = q->members ? q->members : usual;

  if (q->kind == BD_SINGLE)
    return 1;
  return inner ? GSL_MIN (members, most) : members;
}

void
bd_reported_variance (const bd_method *q, const bd_moments *a, double V[])
{
  if (q->kind != BD_BAGGING)
    {
      bd_variance_spread (a, V);
      return;
    }
  double mean = 0;

  bd_variance_ij_steady (a, bd_ensemble_factor (q, a->n), V);
  for (size_t j = 0; j < a->mc; j++)
    mean += V[j] / (double)a->mc;
  for (size_t j = a->mc; j < a->m; j++)
    V[j] = a->mc ? mean : GSL_NAN;
}

/* What the rows that split S holds out, of response Y, lose by the predictions
   T of E.  */
static void
lose (const bd_ensemble *e, const bd_split *s, const gsl_vector *y,
      const double t[], bd_residuals *out)
{
  const bd_response_type *type = bd_response_of (e->set.classes);
  size_t places = bd_ensemble_places (e);

  for (size_t i = 0; i < s->test; i++)
    out->loss[s->row[s->train + i]]
        = type->lost (places, t + i * places, gsl_vector_get (y, i));
}

/* Residuals of a number from the moments A, from what weight SCALED says and
   from the members KEEP of dropout.  */
static void
put_residuals (const bd_ensemble *e, const bd_split *s, const gsl_vector *y,
               const bd_moments *a, const double scaled[], double V[],
               bd_residuals *out)
{
  const size_t *held = s->row + s->train;

  bd_reported_variance (e->method, a, V);
  for (size_t i = 0; i < s->test; i++)
    {
      double yi = gsl_vector_get (y, i);
      out->r[held[i]] = yi - (scaled ? scaled[i] : a->t[i]);
      out->r2[held[i]] = yi - a->t[i];
      out->v[held[i]] = e->members > 1 ? V[i] : 0;
      for (size_t b = 0; b < out->masks; b++)
        out->e[b * out->n + held[i]] = e->keep[b * s->test + i] - yi;
    }
}

/* Fill what is known of the rows that split S holds out.  */
static int
inner_fold (const bd_ensemble *whole, const bd_task *t, const bd_split *s,
            bd_residuals *out, bd_error *err)
{
  const size_t *held = s->row + s->train;
  bd_ensemble e = *whole;
  size_t points = s->test * bd_ensemble_places (&e);
  gsl_matrix *X = NULL, *P = NULL;
  gsl_vector *y = NULL, *yp = NULL;
  bd_moments *a = NULL;
  double *V = bd_array (points, 1), *scaled = bd_array (points, 1);
  double *keep = bd_array (out->masks, s->test);
  bool dropout = e.method->kind == BD_SCALING || e.method->kind == BD_DROPOUT;
  bool bag = e.method->kind == BD_BAGGING;

  if (V && scaled && keep
      && !bd_take_rows (t->X, t->y, s->row, s->train, &X, &y)
      && !bd_take_rows (t->X, t->y, held, s->test, &P, &yp))
    {
      e.X = X;
      e.y = y;
      e.P = P;
      e.co_points = bag && out->numbers ? INNER_POINTS : 0;
      e.keep = keep;
      e.kept = out->masks;
      e.keep_points = s->test;
      a = bd_ensemble_run (&e, dropout ? scaled : NULL, err);
    }
  if (a)
    lose (&e, s, yp, dropout ? scaled : a->t, out);
  if (a && out->numbers)
    put_residuals (&e, s, yp, a, dropout ? scaled : NULL, V, out);
  free (V);
  free (scaled);
  free (keep);
  gsl_matrix_free (X);
  gsl_matrix_free (P);
  gsl_vector_free (y);
  gsl_vector_free (yp);
  int code = a ? GSL_SUCCESS : GSL_EFAILED;
  bd_moments_free (a);
  return code;
}

/* Cross-validation inside the training rows with the knobs of E.  */
static int
inner_cv (bd_ensemble *e, const bd_task *t, bd_residuals *out, bd_error *err)
{
  size_t n = t->X->size1, folds = GSL_MIN (e->method->inner, n);
  uint64_t seed = bd_rng_derive (t->seed, 1);
  int code = GSL_SUCCESS;
  double loss = 0;

  for (size_t f = 0; !code && f < folds; f++)
    {
      bd_split *s = bd_split_fold (n, folds, f, seed);
      code = s ? inner_fold (e, t, s, out, err) : GSL_ENOMEM;
      bd_split_free (s);
    }
  for (size_t i = 0; i < n; i++)
    loss += out->loss[i] / (double)n;
  if (code || !(loss < out->mean_loss))
    return code;
  out->mean_loss = loss;
  memcpy (out->best_r, out->r, out->numbers * sizeof (double));
  memcpy (out->best_r2, out->r2, out->numbers * sizeof (double));
  memcpy (out->best_v, out->v, out->numbers * sizeof (double));
  memcpy (out->best_e, out->e, out->masks * out->numbers * sizeof (double));
  return GSL_SUCCESS;
}

int
bd_tune (bd_ensemble *e, const bd_task *t, bd_residuals *out, double *chosen,
         bd_error *err)
{
  const bd_method *q = e->method;
  size_t place = q->tuned ? bd_knob_find (q->fitter->knobs, q->tuned) : 0;
  double best = GSL_NAN;
  int code = GSL_EFAILED;

  e->members = bd_members_of (q, t, true);
  if (!q->tuned)
    {
      *chosen = GSL_NAN;
      return inner_cv (e, t, out, err);
    }
  for (size_t k = 0; k < q->values; k++)
    {
      double before = out->mean_loss;
      e->set.value[place] = q->grid[k];
      if (inner_cv (e, t, out, err) == GSL_SUCCESS && out->mean_loss < before)
        {
          best = q->grid[k];
          code = GSL_SUCCESS;
        }
    }
  *chosen = e->set.value[place] = best;
  return code;
}
