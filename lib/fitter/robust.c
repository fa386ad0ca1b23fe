/* Robust linear regression: Tukey's bisquare by iteratively reweighted least
   squares.

   References: P. W. Holland, R. E. Welsch, "Robust regression using
   iteratively reweighted least-squares", Comm. Statist. A6 (1977);
   W. DuMouchel, F. O'Brien, "Integrating a robust option into a multiple
   regression computing environment", Proc. 21st Interface (1989); J. O.
   Street, R. J. Carroll, D. Ruppert, "A note on computing robust regression
   estimates via iteratively reweighted least squares", Am. Statist. 42 (1988).

   The rules are those of gsl_multifit_robust with
   gsl_multifit_robust_bisquare, whose weight function is used here; with unit
   weights the results agree. The row weights enter in three places.  Leverage
   of one of the w rows that row i stands for:  h_i = min (w_i, 1) m_i'
   (M'WM)^-1 m_i.  Scale: the median of |r|/sqrt (1 - h) over 0.6745, where row
   i fills w_i of the mass and the smallest c - 1 of mass are left out (c
   coefficients); at whole weights the median of the repeated rows.  Least
   squares: the product of both weights.  */
#include <config.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_multifit.h>
#include <stdlib.h>

#include "linear.h"

enum
{
  KNOB_TUNE
};

static const bd_knob robust_knobs[] = {
  { "tune", 4.685, 0.5, 1000, false,
    "residuals beyond so many scales count nothing (4.685: 95 % efficient)",
    NULL },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

#define ITERATIONS 200
#define HELD 60 /* from here on the scale stays: it may go in circles */
#define TOLERANCE 1e-10 /* of the largest coefficient, all standardised */

typedef struct
{
  linear_plan *linear;
  double tune;
} robust_plan;

typedef struct
{
  linear_work *linear;
  gsl_matrix *T;          /* n x c: M L'^-1, whose rows' squares are h */
  gsl_vector *r, *factor; /* n: residuals, 1/sqrt (1 - h) */
  gsl_vector *v;          /* n: robustness weights */
  gsl_vector *from, *step, *last_step, *last_fit; /* c */
  double least;                                   /* scale allowed */
  double *product;                                /* n: w v */
  double *size, *mass; /* n: |r| and w of the rows with weight */
} robust_work;

static void
robust_free_plan (void *plan)
{
  robust_plan *a = plan;

  if (!a)
    return;
  bd_linear_free_plan (a->linear);
  free (a);
}

static void *
robust_make_plan (const bd_settings *set, const gsl_matrix *X,
                  const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  robust_plan *a = calloc (1, sizeof *a);

  if (!a)
    {
      BD_FAIL (err, GSL_ENOMEM, "out of memory");
      return NULL;
    }
  a->tune = set->value[KNOB_TUNE];
  a->linear = bd_linear_plan ((linear_kind){ 0, true }, X, y, P, err);
  if (a->linear)
    return a;
  robust_free_plan (a);
  return NULL;
}

static void
robust_free_work (void *work)
{
  robust_work *w = work;

  if (!w)
    return;
  bd_linear_free_work (w->linear);
  gsl_matrix_free (w->T);
  gsl_vector_free (w->r);
  gsl_vector_free (w->factor);
  gsl_vector_free (w->v);
  gsl_vector_free (w->from);
  gsl_vector_free (w->step);
  gsl_vector_free (w->last_step);
  gsl_vector_free (w->last_fit);
  free (w->product);
  free (w->size);
  free (w->mass);
  free (w);
}

static void *
robust_make_work (const void *plan)
{
  const linear_plan *a = ((const robust_plan *)plan)->linear;
  robust_work *w = calloc (1, sizeof *w);

  if (!w)
    return NULL;
  w->linear = bd_linear_work (a);
  w->T = gsl_matrix_alloc (a->n, a->c);
  w->r = gsl_vector_alloc (a->n);
  w->factor = gsl_vector_alloc (a->n);
  w->v = gsl_vector_alloc (a->n);
  w->from = gsl_vector_alloc (a->c);
  w->step = gsl_vector_alloc (a->c);
  w->last_step = gsl_vector_calloc (a->c);
  w->last_fit = gsl_vector_calloc (a->c);
  w->product = calloc (a->n, sizeof *w->product);
  w->size = calloc (a->n, sizeof *w->size);
  w->mass = calloc (a->n, sizeof *w->mass);
  if (w->linear && w->T && w->r && w->factor && w->v && w->from && w->step
      && w->last_step && w->last_fit && w->product && w->size && w->mass)
    return w;
  robust_free_work (w);
  return NULL;
}

/* From the factor L that the first fit left behind.  */
static void
leverage (const linear_plan *a, robust_work *w, const double weight[])
{
  gsl_matrix_memcpy (w->T, a->M);
  gsl_blas_dtrsm (CblasRight, CblasLower, CblasTrans, CblasNonUnit, 1,
                  w->linear->G, w->T);
  for (size_t i = 0; i < a->n; i++)
    {
      gsl_vector_const_view t = gsl_matrix_const_row (w->T, i);
      double h;
      gsl_blas_ddot (&t.vector, &t.vector, &h);
      h = GSL_MIN (h * GSL_MIN (weight[i], 1), 0.9999);
      gsl_vector_set (w->factor, i, 1 / sqrt (1 - h));
    }
}

/* Standard deviation of the response, the unit of the least scale allowed: a
   fit that is nearly exact has no outliers to speak of.  */
static double
spread (const gsl_vector *y, const double weight[])
{
  double total = 0, mean = 0, squares = 0;

  for (size_t i = 0; i < y->size; i++)
    {
      double d = gsl_vector_get (y, i) - mean;
      if (!(weight[i] > 0))
        continue;
      total += weight[i];
      mean += weight[i] / total * d;
      squares += weight[i] * d * (gsl_vector_get (y, i) - mean);
    }
  return sqrt (squares / (total > 1 ? total - 1 : total));
}

static void
residuals (const linear_plan *a, robust_work *w)
{
  gsl_vector_memcpy (w->r, w->linear->y);
  gsl_blas_dgemv (CblasNoTrans, -1, a->M, w->linear->beta, 1, w->r);
}

static void
exchange (robust_work *w, size_t i, size_t j)
{
  double size = w->size[i], mass = w->mass[i];

  w->size[i] = w->size[j];
  w->mass[i] = w->mass[j];
  w->size[j] = size;
  w->mass[j] = mass;
}

/* The least size[] up to which TARGET of the mass lies, and in UPTO the mass
   that does.  Quickselect; both arrays are reordered.  */
static double
select_by_mass (robust_work *w, size_t count, double target, double *upto)
{
  double base = 0, pivot = w->size[0];

  for (size_t lo = 0, hi = count; lo < hi;)
    {
      double a = w->size[lo], b = w->size[(lo + hi) / 2], c = w->size[hi - 1];
      double below = 0, equal = 0;
      size_t less = lo, more = hi;
      pivot = GSL_MAX (GSL_MIN (a, b), GSL_MIN (GSL_MAX (a, b), c));
      for (size_t i = lo; i < more;)
        if (w->size[i] < pivot)
          {
            below += w->mass[i];
            exchange (w, i++, less++);
          }
        else if (w->size[i] > pivot)
          exchange (w, i, --more);
        else
          equal += w->mass[i++];
      *upto = base + below + equal;
      if (base + below >= target)
        hi = less;
      else if (*upto >= target)
        break;
      else
        {
          base = *upto;
          lo = more;
        }
    }
  return pivot;
}

/* The median of size[] by mass[], COUNT of them, without the smallest SKIP of
   mass; between two values their mean.  */
static double
median_by_mass (robust_work *w, size_t count, double skip)
{
  double total = 0, upto = 0, next = GSL_POSINF;

  for (size_t i = 0; i < count; i++)
    total += w->mass[i];
  double half = (total + GSL_MIN (skip, total)) / 2, hair = 1e-12 * total;
  double lower = select_by_mass (w, count, half - hair, &upto);
  if (upto > half + hair)
    return lower;
  for (size_t i = 0; i < count; i++)
    if (w->size[i] > lower)
      next = GSL_MIN (next, w->size[i]);
  return next < GSL_POSINF ? (lower + next) / 2 : lower;
}

/* Scale of the residuals w->r, which leverage has been taken out of.  */
static double
scale_of (robust_work *w, const double weight[], double skip)
{
  size_t count = 0;

  for (size_t i = 0; i < w->r->size; i++)
    if (weight[i] > 0)
      {
        w->size[count] = fabs (gsl_vector_get (w->r, i));
        w->mass[count++] = weight[i];
      }
  return median_by_mass (w, count, skip) / 0.6745;
}

/* One fit more, from the residuals of w->linear->beta; *SCALE is measured
   anew unless HOLD.  */
static int
refit (const robust_plan *a, robust_work *w, const double weight[], bool hold,
       double *scale)
{
  residuals (a->linear, w);
  gsl_vector_mul (w->r, w->factor);
  if (!hold)
    *scale = scale_of (w, weight, (double)(a->linear->c - 1));
  gsl_vector_scale (w->r, 1 / (GSL_MAX (*scale, w->least) * a->tune));
  gsl_multifit_robust_bisquare->wfun (w->r, w->v);
  for (size_t i = 0; i < a->linear->n; i++)
    w->product[i] = weight[i] * gsl_vector_get (w->v, i);
  return bd_linear_fit (a->linear, w->linear, w->product, NULL);
}

/* Reweighting converges by about the same factor in each step, often a slow
   one.  From the last two steps Anderson's secant rule sees where that leads
   to; it is trusted near the end only, while the steps shrink.  Returns
   whether the last step was negligible.  */
static bool
advance (robust_work *w, bool first)
{
  gsl_vector *beta = w->linear->beta, *step = w->step, *last = w->last_step;
  double now, before, both, size = gsl_blas_dnrm2 (beta);

  gsl_vector_memcpy (step, beta);
  gsl_vector_sub (step, w->from);
  now = gsl_blas_dnrm2 (step);
  if (now <= TOLERANCE * size + 1e-15) /* or all are zero */
    return true;
  before = gsl_blas_dnrm2 (last);
  gsl_blas_ddot (step, last, &both);
  double change = now * now - 2 * both + before * before;
  double gamma = change > 0 ? (now * now - both) / change : 0;
  bool trusted
      = !first && now < before && before < 0.1 * size && fabs (gamma) < 20;
  gsl_vector_memcpy (last, step);
  gsl_vector_memcpy (step, beta); /* now the fit, not its change */
  if (trusted)
    {
      gsl_vector_sub (beta, w->last_fit);
      gsl_vector_scale (beta, -gamma);
      gsl_vector_add (beta, step);
    }
  gsl_vector_memcpy (w->last_fit, step);
  return false;
}

static int
robust_fit (const void *plan, void *work, const double weight[], gsl_rng *r)
{
  const robust_plan *a = plan;
  robust_work *w = work;
  double scale = 0;
  int code = bd_linear_fit (a->linear, w->linear, weight, r);

  if (code)
    return code;
  leverage (a->linear, w, weight);
  w->least = 1e-6 * spread (w->linear->y, weight);
  if (!(w->least > 0))
    w->least = 1;
  for (int k = 0; k < ITERATIONS; k++)
    {
      gsl_vector_memcpy (w->from, w->linear->beta);
      code = refit (a, w, weight, k >= HELD, &scale);
      if (code)
        return code;
      if (advance (w, k == 0))
        return GSL_SUCCESS;
    }
  GSL_ERROR ("the reweighted fits did not settle", GSL_EMAXITER);
}

static int
robust_respond (const void *plan, void *work, const double y[])
{
  const robust_plan *a = plan;
  robust_work *w = work;

  return bd_linear_respond (a->linear, w->linear, y);
}

static int
robust_predict (const void *plan, void *work, double t[])
{
  const robust_plan *a = plan;
  robust_work *w = work;

  return bd_linear_predict (a->linear, w->linear, t);
}

const bd_fitter_type bd_fitter_robust = {
  .name = "robust",
  .title = "robust linear regression",
  .help = "linear regression that outliers do not move: Tukey's bisquare",
  .knobs = robust_knobs,
  .resample = "bayes",
  .inputs = 0,
  .plan = robust_make_plan,
  .free_plan = robust_free_plan,
  .work = robust_make_work,
  .free_work = robust_free_work,
  .fit = robust_fit,
  .respond = robust_respond,
  .predict = robust_predict,
};
