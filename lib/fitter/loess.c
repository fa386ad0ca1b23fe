/* Local regression (loess): a polynomial for each point, fitted to the rows
   nearest to it with tricube weights.

   References: W. S. Cleveland, "Robust locally weighted regression and
   smoothing scatterplots", J. Amer. Statist. Assoc. 74 (1979); W. S.
   Cleveland, S. J. Devlin, "Locally weighted regression", ibid. 83 (1988);
   the definition is that of R's loess (surface = "direct").

   The bandwidth at a point is the distance of the row at which the weight of
   the nearer ones, itself included, reaches span times the weight of all (its
   whole part, as R counts rows); with a span above 1 it is the farthest one,
   times the root of the span in distance as R has it.  Several inputs are
   divided once by the standard deviations of their middle 80 percent.

   Where a window has too few distinct rows for the degree, as it happens to
   resamples, its degree is lowered there.  A window of no width gives the mean
   of the rows in it.

   Distances and tricube weights change with every member's bandwidths; with
   several inputs distances are computed again, which is cheaper than to fetch
   them.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

#include "../base/array.h"
#include "fitter.h"
#include "loess.h"

#define ROUNDING 1e-9 /* of sums of weights */
#define WHOLE 1e-5    /* short of a whole row, as R allows */

enum
{
  SPAN,
  DEGREE,
  ROBUST,
  NORMALIZE
};

static const bd_knob knobs[] = {
  [SPAN] = { "span", 0.75, 0.001, 100, false,
             "part of the rows that count at a point", NULL },
  [DEGREE]
  = { "degree", 2, 0, 2, true, "degree of the local polynomials", NULL },
  [ROBUST] = { "robust", 0, 0, 20, true,
               "times that outlying rows are weighted down (R's "
               "family = \"symmetric\": 3)",
               NULL },
  [NORMALIZE]
  = { "normalize", 1, 0, 1, true,
      "1: several inputs on a common scale; 0: as they are", NULL },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

/* Plan  */

static void
loess_free_plan (void *plan)
{
  loess_plan *a = plan;

  if (!a)
    return;
  bd_places_free (&a->places);
  free (a);
}

/* Rows that count of a weight of ALL.  */
static double
reach (const loess_plan *a, double all)
{
  return floor (all * GSL_MIN (a->span, 1) + WHOLE);
}

static int
check (const loess_plan *a, const gsl_matrix *X, bd_error *err)
{
  const size_t d = X->size2;

  if (d == 0 || d > LOESS_INPUTS)
    return BD_FAIL (err, GSL_EINVAL,
                    "loess takes 1 to %d inputs; there are %zu", LOESS_INPUTS,
                    d);
  double rows = reach (a, (double)X->size1);
  if (rows < (double)a->terms)
    return BD_FAIL (err, GSL_EINVAL,
                    "span %g takes %.0f of %zu rows; degree %zu in %zu "
                    "input%s needs at least %zu",
                    a->span, rows, X->size1, a->degree, d, d > 1 ? "s" : "",
                    a->terms);
  return GSL_SUCCESS;
}

static void *
loess_make_plan (const bd_settings *set, const gsl_matrix *X,
                 const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  const size_t d = X->size2;
  bool scale = d > 1 && set->value[NORMALIZE] > 0;
  loess_plan *a = calloc (1, sizeof *a);

  if (!a)
    {
      BD_FAIL (err, GSL_ENOMEM, "not enough memory for loess");
      return NULL;
    }
  a->span = set->value[SPAN];
  a->degree = (size_t)set->value[DEGREE];
  a->robust = (size_t)set->value[ROBUST];
  a->terms
      = 1 + (a->degree > 0 ? d : 0) + (a->degree > 1 ? d * (d + 1) / 2 : 0);
  if (check (a, X, err) == GSL_SUCCESS
      && bd_places_init (&a->places, scale ? PLACE_TRIMMED : PLACE_RAW, X, y,
                         P, err)
             == GSL_SUCCESS)
    return a;
  loess_free_plan (a);
  return NULL;
}

/* Work space  */

static void
loess_free_work (void *work)
{
  loess_work *w = work;

  if (!w)
    return;
  free (w->W);
  free (w->row);
  free (w->block);
  free (w);
}

static void *
loess_make_work (const void *plan)
{
  const loess_plan *a = plan;
  const size_t n = a->places.n, count = a->places.count + 1;
  loess_work *w = calloc (1, sizeof *w);

  if (!w)
    goto fail;
  w->W = bd_array (10, count);
  w->block = bd_array (LOESS_BLOCK, a->terms + 1);
  w->row = bd_array (4, n);
  if (!w->W || !w->row || !w->block)
    goto fail;
  double **place[]
      = { &w->V,     &w->S,    &w->cumulative, &w->far,   &w->far2,
          &w->heavy, &w->last, &w->sums,       &w->fitted };
  for (size_t k = 0; k < 9; k++)
    *place[k] = w->W + (k + 1) * count;
  double **row[] = { &w->robust, &w->size, &w->copy };
  for (size_t k = 0; k < 3; k++)
    *row[k] = w->row + (k + 1) * n;
  return w;
fail:
  loess_free_work (w);
  GSL_ERROR_NULL ("not enough memory for loess", GSL_ENOMEM);
}

/* Fit  */

/* The median of the COUNT numbers x, each as often as its weight says; sorts
   both.  */
static double
median (double x[], double weight[], size_t count, double total)
{
  double sum = 0, half = total / 2;

  gsl_sort2 (x, 1, weight, 1, count);
  for (size_t i = 0; i < count; i++)
    {
      sum += weight[i];
      if (sum > half * (1 + ROUNDING))
        return x[i];
      if (sum >= half * (1 - ROUNDING) && i + 1 < count)
        return x[i] + (x[i + 1] - x[i]) / 2;
    }
  return x[count - 1];
}

/* Bisquare weight of a residual, where SCALE is six medians.  */
static double
bisquare (double size, double scale)
{
  if (!(size > 0.001 * scale))
    return 1;
  return size > 0.999 * scale ? 0 : gsl_pow_2 (1 - gsl_pow_2 (size / scale));
}

/* Weight the rows anew by their residuals from the fit as it stands.  */
static int
weigh_anew (const loess_plan *a, loess_work *w)
{
  const bd_places *s = &a->places;
  double *size = w->size, *heavy = w->copy;
  size_t count = 0;

  for (size_t g = 0; g < s->count; g++)
    {
      int code = w->W[g] > 0
                     ? bd_loess_at (a, w, s->z + g * s->d, &w->fitted[g])
                     : GSL_SUCCESS;
      if (code)
        return code;
    }
  for (size_t i = 0; i < s->n; i++)
    {
      double y = w->response ? w->response[i] - s->y0 : s->y[i];
      w->robust[i] = fabs (y - w->fitted[s->of[i]]);
      if (w->row[i] > 0)
        {
          size[count] = w->robust[i];
          heavy[count++] = w->row[i];
        }
    }
  double scale = 6 * median (size, heavy, count, w->total);
  for (size_t i = 0; i < s->n; i++)
    w->robust[i]
        = w->row[i] > 0 ? w->row[i] * bisquare (w->robust[i], scale) : 0;
  bd_places_sum (s, w->robust, w->response, w->V, w->S);
  return GSL_SUCCESS;
}

static int
loess_fit (const void *plan, void *work, const double weight[], gsl_rng *r)
{
  const loess_plan *a = plan;
  const bd_places *s = &a->places;
  loess_work *w = work;
  int code = GSL_SUCCESS;

  (void)r;
  w->total = bd_places_sum (s, weight, w->response, w->W, w->S);
  w->reach = reach (a, w->total);
  if (!(w->total > 0) || w->reach < (double)a->terms)
    GSL_ERROR ("a window has fewer rows than its polynomial terms", GSL_EDOM);
  w->reach *= 1 - ROUNDING;
  for (size_t g = 0; g < s->count; g++)
    {
      w->V[g] = w->W[g];
      w->cumulative[g + 1] = w->cumulative[g] + w->W[g];
    }
  if (s->d == 1)
    bd_loess_windows (a, w);
  for (size_t i = 0; i < s->n && a->robust > 0; i++)
    w->row[i] = weight[i];
  for (size_t k = 0; k < a->robust && !code; k++)
    code = weigh_anew (a, w);
  return code;
}

static int
loess_respond (const void *plan, void *work, const double y[])
{
  loess_work *w = work;

  (void)plan;
  w->response = y;
  return GSL_SUCCESS;
}

/* Predict  */

static int
loess_predict (const void *plan, void *work, double t[])
{
  const loess_plan *a = plan;

  for (size_t i = 0; i < a->places.m; i++)
    {
      int code = bd_loess_at (a, work, a->places.p + i * a->places.d, &t[i]);
      if (code)
        return code;
    }
  return bd_places_finish (&a->places, t);
}

/* Type  */

const bd_fitter_type bd_fitter_loess = {
  .name = "loess",
  .title = "local regression",
  .help = "local polynomials with tricube weights on the nearest rows, as R's "
          "loess with surface = \"direct\"",
  .knobs = knobs,
  .resample = "bayes",
  .inputs = LOESS_INPUTS,
  .plan = loess_make_plan,
  .free_plan = loess_free_plan,
  .work = loess_make_work,
  .free_work = loess_free_work,
  .fit = loess_fit,
  .respond = loess_respond,
  .predict = loess_predict,
};
