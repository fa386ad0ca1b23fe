#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "../data/row_labels.h"
#include "../variance/estimate.h"
#include "inner.h"
#include "inner_parts.h"

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

/* What the rows that split F of PARTS holds out, of response Y, lose by the
   predictions T of E.  */
static void
lose (const bd_ensemble *e, const bd_inner_parts *parts, size_t f,
      const gsl_vector *y, const double t[], bd_residuals *out)
{
  const bd_response_type *type = bd_response_of (e->set.classes);
  const bd_split *s = parts->split[f];
  size_t places = bd_ensemble_places (e);

  for (size_t i = 0; i < s->test; i++)
    out->loss[parts->place[s->row[s->train + i]]]
        = type->lost (places, t + i * places, gsl_vector_get (y, i));
}

/* Residuals of a number from the moments A, from what weight SCALED says and
   from the members KEEP of dropout.  */
static void
put_residuals (const bd_ensemble *e, const bd_inner_parts *parts, size_t f,
               const gsl_vector *y, const bd_moments *a, const double scaled[],
               double V[], bd_residuals *out)
{
  const bd_split *s = parts->split[f];

  bd_reported_variance (e->method, a, V);
  for (size_t i = 0; i < s->test; i++)
    {
      double yi = gsl_vector_get (y, i);
      size_t place = parts->place[s->row[s->train + i]];
      out->r[place] = yi - (scaled ? scaled[i] : a->t[i]);
      out->r2[place] = yi - a->t[i];
      out->v[place] = e->members > 1 ? V[i] : 0;
      for (size_t b = 0; b < out->masks; b++)
        out->e[b * out->n + place] = e->keep[b * s->test + i] - yi;
    }
}

/* What a fit inside the rows of T is told: the rows of split S.  */
typedef struct
{
  gsl_matrix *X, *P;
  gsl_vector *y, *yp;
  bd_row_labels labels;
} fold_rows;

static int
take_fold (fold_rows *a, const bd_task *t, const bd_split *s)
{
  *a = (fold_rows){ .X = NULL };
  int code = bd_take_rows (t->X, t->y, s->row, s->train, &a->X, &a->y);

  if (!code)
    code
        = bd_take_rows (t->X, t->y, s->row + s->train, s->test, &a->P, &a->yp);
  if (!code && t->labels)
    code = bd_row_labels_take (t->labels, s->row, s->train, &a->labels);
  return code;
}

static void
free_fold (fold_rows *a)
{
  gsl_matrix_free (a->X);
  gsl_matrix_free (a->P);
  gsl_vector_free (a->y);
  gsl_vector_free (a->yp);
  bd_row_labels_free (&a->labels);
}

/* Fill what is known of the rows that split F of PARTS holds out.  */
static int
inner_fold (const bd_ensemble *whole, const bd_task *t,
            const bd_inner_parts *parts, size_t f, bd_residuals *out,
            bd_error *err)
{
  const bd_split *s = parts->split[f];
  bd_ensemble e = *whole;
  size_t points = s->test * bd_ensemble_places (&e);
  fold_rows rows;
  bd_moments *a = NULL;
  double *V = bd_array (points, 1), *scaled = bd_array (points, 1);
  double *keep = bd_array (out->masks, s->test);
  bool dropout = e.method->kind == BD_SCALING || e.method->kind == BD_DROPOUT;
  bool bag = e.method->kind == BD_BAGGING;

  if (!take_fold (&rows, t, s) && V && scaled && keep)
    {
      e.X = rows.X;
      e.y = rows.y;
      e.P = rows.P;
      e.set.rows = t->labels ? &rows.labels : NULL;
      e.co_points = bag && out->numbers ? INNER_POINTS : 0;
      e.keep = keep;
      e.kept = out->masks;
      e.keep_points = s->test;
      a = bd_ensemble_run (&e, dropout ? scaled : NULL, err);
    }
  if (a)
    lose (&e, parts, f, rows.yp, dropout ? scaled : a->t, out);
  if (a && out->numbers)
    put_residuals (&e, parts, f, rows.yp, a, dropout ? scaled : NULL, V, out);
  free (V);
  free (scaled);
  free (keep);
  free_fold (&rows);
  int code = a ? GSL_SUCCESS : GSL_EFAILED;
  bd_moments_free (a);
  return code;
}

/* This setting is the best so far.  */
static void
keep_best (bd_residuals *out, double loss)
{
  size_t n = out->numbers ? out->n : 0;

  out->mean_loss = loss;
  memcpy (out->best_r, out->r, n * sizeof (double));
  memcpy (out->best_r2, out->r2, n * sizeof (double));
  memcpy (out->best_v, out->v, n * sizeof (double));
  memcpy (out->best_e, out->e, out->masks * n * sizeof (double));
}

/* Cross-validation inside the training rows with the knobs of E.  */
static int
inner_cv (bd_ensemble *e, const bd_task *t, const bd_inner_parts *parts,
          bd_residuals *out, bd_error *err)
{
  int code = GSL_SUCCESS;
  double loss = 0;

  for (size_t f = 0; !code && f < parts->parts; f++)
    code = inner_fold (e, t, parts, f, out, err);
  for (size_t i = 0; i < out->n; i++)
    loss += out->loss[i] / (double)out->n;
  if (!code && loss < out->mean_loss)
    keep_best (out, loss);
  return code;
}

/* The value of the tuned knob of E that loses least, NaN if none could be
   tried, into *CHOSEN.  */
static int
try_values (bd_ensemble *e, const bd_task *t, const bd_inner_parts *parts,
            bd_residuals *out, double *chosen, bd_error *err)
{
  const bd_method *q = e->method;
  size_t place = bd_knob_find (q->fitter->knobs, q->tuned);
  double best = GSL_NAN;
  int code = GSL_EFAILED;

  for (size_t k = 0; k < q->values; k++)
    {
      double before = out->mean_loss;
      e->set.value[place] = q->grid[k];
      if (inner_cv (e, t, parts, out, err) == GSL_SUCCESS
          && out->mean_loss < before)
        {
          best = q->grid[k];
          code = GSL_SUCCESS;
        }
    }
  *chosen = e->set.value[place] = best;
  return code;
}

int
bd_tune (bd_ensemble *e, const bd_task *t, bd_residuals *out, double *chosen,
         bd_error *err)
{
  size_t n = t->X->size1, folds = GSL_MIN (e->method->inner, n);
  bd_inner_parts parts;
  int code = bd_inner_parts_make (&parts, n, folds, bd_rng_derive (t->seed, 1),
                                  t->labels);

  e->members = bd_members_of (e->method, t, true);
  *chosen = GSL_NAN;
  if (!code)
    out->n = parts.held;
  if (!code)
    code = e->method->tuned ? try_values (e, t, &parts, out, chosen, err)
                            : inner_cv (e, t, &parts, out, err);
  bd_inner_parts_free (&parts);
  return code;
}
