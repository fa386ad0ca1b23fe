/* Nonlinear least squares with a formula typed by the user.

   References: J. J. More, "The Levenberg-Marquardt algorithm: implementation
   and theory", Lecture Notes in Mathematics 630 (1978); M. K. Transtrum,
   J. P. Sethna, "Improvements to the Levenberg-Marquardt algorithm for
   nonlinear least-squares minimization", arXiv:1201.5885 (2012), for geodesic
   acceleration; D. M. Bates, D. G. Watts, "A relative offset orthogonality
   convergence criterion for nonlinear least squares", Technometrics 23 (1981).

   gsl_multifit_nlinear does the iterations; it allocates when its work space
   is made and not after.  Rows without weight keep their place there with
   residual and derivatives zero.  Derivatives are differences over two points
   on each side, of error h^4: with the usual two points ill-conditioned
   problems end in the eighth digit.  Members begin at the fit to all rows and,
   where that leads nowhere, at the user's start.  */
#include <config.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "nls.h"

static const bd_knob nls_knobs[] = {
  { "formula", 0, 0, 0, false,
    "y as a formula of x (or x1, x2 ...) and parameters, in quotes", "" },
  { "start", 0, 0, 0, false, "where the parameters begin, as \"b1=1,b2=0.1\"",
    "" },
  { "iterations", 1000, 1, 1e6, true, "most steps of a fit", NULL },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

#define OFFSET_TOLERANCE 1e-7  /* cosine of the residuals with the tangents */
#define SETTLED_TOLERANCE 1e-9 /* the same, below which steps do nothing */
#define STALLED_TOLERANCE 1e-4 /* the same where no step is found any more */
#define EXACT_TOLERANCE 1e-10  /* residuals so small beside y are rounding */
#define PIVOT_TOLERANCE 1e-14  /* of the cosines between the derivatives */
#define FAR 1e100              /* stands for a residual that is no number */

void
bd_nls_free_work (void *work)
{
  nls_work *w = work;

  if (!w)
    return;
  bd_formula_free (w->formula);
  free (w->x);
  free (w->y);
  free (w->row);
  gsl_vector_free (w->weight);
  gsl_vector_free (w->from);
  gsl_vector_free (w->step);
  gsl_matrix_free (w->C);
  for (int k = 0; k < NLS_SOLVERS; k++)
    if (w->solver[k])
      gsl_multifit_nlinear_free (w->solver[k]);
  free (w);
}

double
bd_nls_value (nls_work *w, const gsl_matrix *X, size_t i)
{
  const double *x = gsl_matrix_const_ptr (X, i, 0);

  for (size_t j = 0; j < X->size2; j++)
    w->x[j] = x[j];
  return bd_formula_value (w->formula);
}

static void
read_parameters (nls_work *w, const gsl_vector *b)
{
  for (size_t j = 0; j < b->size; j++)
    w->b[j] = gsl_vector_get (b, j) * w->plan->size[j];
}

static int
residuals (const gsl_vector *b, void *params, gsl_vector *f)
{
  nls_work *w = params;

  read_parameters (w, b);
  gsl_vector_set_zero (f);
  for (size_t k = 0; k < w->rows; k++)
    {
      size_t i = w->row[k];
      double r = (bd_nls_value (w, w->plan->X, i) - w->y[i]) * w->plan->unit;
      gsl_vector_set (f, i, gsl_finite (r) ? r : FAR);
    }
  return GSL_SUCCESS;
}

/* Slope over b - h and b + h of the value for the inputs now in place, from
   one side where the other has no value.  */
static double
slope (nls_work *w, size_t j, double b, double h)
{
  double ahead = b + h, behind = b - h;

  w->b[j] = ahead;
  double high = bd_formula_value (w->formula);
  w->b[j] = behind;
  double low = bd_formula_value (w->formula);
  if (gsl_finite (high) && gsl_finite (low))
    return (high - low) / (ahead - behind);
  w->b[j] = b;
  double here = bd_formula_value (w->formula);
  double side = gsl_finite (high) ? (high - here) / (ahead - b)
                                  : (here - low) / (b - behind);
  return gsl_finite (side) ? side : 0;
}

/* Derivative by parameter J.  The step follows the parameter, but not to
   nothing when that passes through zero.  */
static double
derivative (nls_work *w, size_t j)
{
  double b = w->b[j], start = fabs (w->plan->start[j]);
  double size = GSL_MAX (fabs (b), 0.01 * start);
  double h = 1e-4 * (size > 0 ? size : 1);
  double d = (4 * slope (w, j, b, h) - slope (w, j, b, 2 * h)) / 3;

  w->b[j] = b;
  return d * w->plan->size[j] * w->plan->unit;
}

static int
derivatives (const gsl_vector *b, void *params, gsl_matrix *J)
{
  nls_work *w = params;

  read_parameters (w, b);
  gsl_matrix_set_zero (J);
  for (size_t k = 0; k < w->rows; k++)
    {
      size_t i = w->row[k];
      bd_nls_value (w, w->plan->X, i);
      for (size_t j = 0; j < b->size; j++)
        gsl_matrix_set (J, i, j, derivative (w, j));
    }
  return GSL_SUCCESS;
}

static void
use_response (nls_work *w, const double *y)
{
  for (size_t i = 0; i < w->plan->n; i++)
    w->y[i] = y ? y[i] : gsl_vector_get (w->plan->y, i);
}

/* Two scales for the trust region: More's suits most problems, Levenberg's the
   few where the first step of a parameter decides about the valley.  */
static bool
add_solvers (const nls_plan *a, nls_work *w)
{
  gsl_multifit_nlinear_parameters how
      = gsl_multifit_nlinear_default_parameters ();

  how.trs = gsl_multifit_nlinear_trs_lmaccel;
  how.solver = gsl_multifit_nlinear_solver_qr;
  how.scale = gsl_multifit_nlinear_scale_more;
  w->solver[0] = gsl_multifit_nlinear_alloc (gsl_multifit_nlinear_trust, &how,
                                             a->n, a->p);
  how.scale = gsl_multifit_nlinear_scale_levenberg;
  w->solver[1] = gsl_multifit_nlinear_alloc (gsl_multifit_nlinear_trust, &how,
                                             a->n, a->p);
  return w->solver[0] && w->solver[1];
}

void *
bd_nls_work (const void *plan)
{
  const nls_plan *a = plan;
  nls_work *w = calloc (1, sizeof *w);

  if (!w)
    return NULL;
  w->plan = a;
  w->x = calloc (a->d, sizeof *w->x);
  w->y = calloc (a->n, sizeof *w->y);
  w->row = calloc (a->n, sizeof *w->row);
  w->weight = gsl_vector_alloc (a->n);
  w->from = gsl_vector_alloc (a->p);
  w->step = gsl_vector_alloc (a->p);
  w->C = gsl_matrix_alloc (a->p, a->p);
  if (w->x)
    w->formula = bd_nls_formula (a, w->x, w->b, NULL);
  w->fdf = (gsl_multifit_nlinear_fdf){
    .f = residuals, .df = derivatives, .n = a->n, .p = a->p, .params = w
  };
  if (w->x && w->y && w->row && w->weight && w->from && w->step && w->C
      && w->formula && add_solvers (a, w))
    {
      use_response (w, NULL);
      return w;
    }
  bd_nls_free_work (w);
  return NULL;
}

/* Whether nothing but rounding is left of the residuals.  */
static bool
exact (const nls_work *w, double f)
{
  double most = 0;

  for (size_t k = 0; k < w->rows; k++)
    most = GSL_MAX (most, fabs (w->y[w->row[k]] * w->plan->unit));
  return f <= EXACT_TOLERANCE * most;
}

/* The Gauss-Newton step into w->step by the cosines between the columns of J,
   in OFFSET its length |J step| in units of |f|: the cosine between the
   residuals and the tangent plane.  GSL_ESING when the rows do not determine
   all parameters.  */
static int
gauss_newton (nls_work *w, const gsl_multifit_nlinear_workspace *s,
              double *offset)
{
  gsl_vector *length = w->from;
  size_t p = w->C->size1;
  double f = gsl_blas_dnrm2 (s->f), square;

  gsl_blas_dsyrk (CblasLower, CblasTrans, 1, s->J, 0, w->C);
  for (size_t j = 0; j < p; j++)
    gsl_vector_set (length, j, sqrt (gsl_matrix_get (w->C, j, j)));
  for (size_t j = 0; j < p; j++)
    for (size_t k = 0; k <= j; k++)
      *gsl_matrix_ptr (w->C, j, k)
          /= gsl_vector_get (length, j) * gsl_vector_get (length, k);
  if (gsl_linalg_cholesky_decomp1 (w->C))
    return GSL_ESING;
  for (size_t j = 0; j < p; j++)
    if (!(gsl_pow_2 (gsl_matrix_get (w->C, j, j)) > PIVOT_TOLERANCE))
      return GSL_ESING;
  gsl_vector_memcpy (w->step, s->g);
  gsl_vector_div (w->step, length);
  gsl_blas_dtrsv (CblasLower, CblasNoTrans, CblasNonUnit, w->C, w->step);
  gsl_blas_ddot (w->step, w->step, &square);
  gsl_blas_dtrsv (CblasLower, CblasTrans, CblasNonUnit, w->C, w->step);
  gsl_vector_div (w->step, length);
  *offset = exact (w, f) ? 0 : sqrt (square) / f;
  return GSL_SUCCESS;
}

/* The last steps are taken unseen: what they gain is lost in the rounding of
   the sum of squares, on which the solver decides.  A step multiplies the
   offset by about RATE.  */
static void
settle (nls_work *w, gsl_multifit_nlinear_workspace *s, double offset,
        double rate)
{
  for (int k = 0; k < 6; k++)
    {
      double before = offset;
      gsl_vector_sub (s->x, w->step);
      if (before * rate <= SETTLED_TOLERANCE)
        break;
      gsl_multifit_nlinear_eval_f (&w->fdf, s->x, s->sqrt_wts, s->f);
      gsl_multifit_nlinear_eval_df (s->x, s->f, s->sqrt_wts, 0,
                                    s->params.fdtype, &w->fdf, s->J, NULL);
      gsl_blas_dgemv (CblasTrans, 1, s->J, s->f, 0, s->g);
      if (gauss_newton (w, s, &offset) || offset >= before)
        break;
      rate = offset / before;
    }
  read_parameters (w, s->x);
}

/* Iterate from the parameters FROM; they end in w->b.  */
static int
descend (nls_work *w, const double from[], gsl_multifit_nlinear_workspace *s)
{
  double offset = 1, before = 1;
  int last = GSL_CONTINUE;

  for (size_t j = 0; j < w->from->size; j++)
    gsl_vector_set (w->from, j, from[j] / w->plan->size[j]);
  int code = gsl_multifit_nlinear_winit (w->from, w->weight, &w->fdf, s);
  for (size_t k = 0; k < w->plan->iterations && !code; k++)
    {
      before = offset;
      code = gsl_multifit_nlinear_iterate (s);
      last = gauss_newton (w, s, &offset);
      if (!last && offset <= OFFSET_TOLERANCE)
        break;
    }
  if (code && code != GSL_ENOPROG)
    return code;
  if (last == GSL_ESING)
    return last;
  if (!(offset <= (code ? STALLED_TOLERANCE : OFFSET_TOLERANCE)))
    return GSL_EMAXITER;
  settle (w, s, offset, GSL_MIN (offset / before, 1));
  return GSL_SUCCESS;
}

int
bd_nls_fit (const void *plan, void *work, const double weight[], gsl_rng *r)
{
  const nls_plan *a = plan;
  nls_work *w = work;

  (void)r;
  w->rows = 0;
  for (size_t i = 0; i < a->n; i++)
    {
      gsl_vector_set (w->weight, i, weight[i]);
      if (weight[i] > 0)
        w->row[w->rows++] = i;
    }
  if (w->rows < a->p)
    GSL_ERROR ("fewer rows than parameters", GSL_ESING);
  int code = descend (w, a->first, w->solver[0]);
  if (code && memcmp (a->first, a->start, sizeof a->first) != 0)
    code = descend (w, a->start, w->solver[0]);
  if (code)
    code = descend (w, a->start, w->solver[1]);
  if (code)
    GSL_ERROR ("the parameters could not be fitted", code);
  return GSL_SUCCESS;
}

static int
nls_respond (const void *plan, void *work, const double y[])
{
  (void)plan;
  use_response (work, y);
  return GSL_SUCCESS;
}

static int
nls_predict (const void *plan, void *work, double t[])
{
  const nls_plan *a = plan;
  nls_work *w = work;

  for (size_t i = 0; i < a->m; i++)
    {
      t[i] = bd_nls_value (w, a->P, i);
      if (!gsl_finite (t[i]))
        GSL_ERROR ("the formula has no value at a prediction point", GSL_EDOM);
    }
  return GSL_SUCCESS;
}

const bd_fitter_type bd_fitter_nls = {
  .name = "nls",
  .title = "nonlinear least squares",
  .help = "a formula of your own, such as "
          "nls:formula=\"b1*(1-exp(-b2*x))\",start=\"b1=500,b2=0.0001\"",
  .knobs = nls_knobs,
  .resample = "bayes",
  .inputs = 0,
  .plan = bd_nls_plan,
  .free_plan = bd_nls_free_plan,
  .work = bd_nls_work,
  .free_work = bd_nls_free_work,
  .fit = bd_nls_fit,
  .respond = nls_respond,
  .predict = nls_predict,
};
