/* A fitter of one's own, bagged: c0 + c1 sin (2 pi x / T) + c2 cos (...).
     cc own_fitter.c $(pkg-config --cflags --libs bagdrop) && ./a.out  */
#include <bagdrop.h>
#include <gsl/gsl_blas.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_randist.h>

static gsl_matrix *
waves (double period, const gsl_matrix *X)
{
  gsl_matrix *Z = gsl_matrix_alloc (X->size1, 3);
  for (size_t i = 0; i < X->size1; i++)
    for (size_t k = 0; k < 3; k++)
      {
        double at = 2 * M_PI * gsl_matrix_get (X, i, 0) / period;
        gsl_matrix_set (Z, i, k, k == 0 ? 1 : k == 1 ? sin (at) : cos (at));
      }
  return Z;
}

static int
fit_predict (void *params, const gsl_matrix *X, const gsl_vector *y,
             const gsl_vector *w, gsl_rng *r, const gsl_matrix *P,
             gsl_vector *t)
{
  double period = *(double *)params, cov[9], c[3], chisq;
  gsl_matrix *Z = waves (period, X), *Q = waves (period, P);
  gsl_matrix_view V = gsl_matrix_view_array (cov, 3, 3);
  gsl_vector_view C = gsl_vector_view_array (c, 3);
  gsl_multifit_linear_workspace *a = gsl_multifit_linear_alloc (X->size1, 3);
  int code = gsl_multifit_wlinear (Z, w, y, &C.vector, &V.matrix, &chisq, a);
  if (!code)
    code = gsl_blas_dgemv (CblasNoTrans, 1, Q, &C.vector, 0, t);
  gsl_multifit_linear_free (a);
  gsl_matrix_free (Z);
  gsl_matrix_free (Q);
  (void)r; /* nothing is left to chance here */
  return code;
}

int
main (void)
{
  bd_dataset *s = bd_scenario_draw (bd_scenario_find ("sine"), 40, 0.3, 1);
  double period = 4 * M_PI / 3;
  const bd_user_fitter mine = { fit_predict, &period };
  bd_bagging o = bd_bagging_default (&bd_fitter_user, s->X, s->y, s->X);
  bd_bagged a;
  o.set.user = &mine;
  if (bd_bagging_run (&o, &a, NULL))
    return 1;
  printf ("of %d members failed: %d\n", (int)a.members, (int)a.failed);
  for (size_t i = 0; i < s->n; i += 8)
    printf ("%.3f: %.3f +- %.3f\n", s->X->data[i], a.mean[i], a.sd_mean[i]);
  bd_bagged_free (&a);
  bd_dataset_free (s);
  return 0;
}
