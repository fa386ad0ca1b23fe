/* Bags a polynomial; prints its mean and the infinitesimal-jackknife error.
     cc bag.c $(pkg-config --cflags --libs bagdrop) && ./a.out  */
#include <bagdrop.h>
#include <gsl/gsl_randist.h>
#include <math.h>
int
main (void)
{
  double x[50], y[50], at[] = { 0.1, 0.3, 0.5, 0.7, 0.9 };
  gsl_matrix_view X = gsl_matrix_view_array (x, 50, 1);
  gsl_vector_view Y = gsl_vector_view_array (y, 50);
  gsl_matrix_view P = gsl_matrix_view_array (at, 5, 1);
  gsl_rng *r = gsl_rng_alloc (gsl_rng_mt19937);
  for (int i = 0; i < 50; i++)
    x[i] = gsl_rng_uniform (r);
  for (int i = 0; i < 50; i++)
    y[i] = sin (6 * x[i]) + gsl_ran_gaussian (r, 0.3);
  gsl_rng_free (r);
  bd_bagging o
      = bd_bagging_default (&bd_fitter_poly, &X.matrix, &Y.vector, &P.matrix);
  bd_bagged a;
  if (bd_knob_parse (o.fitter->knobs, "degree=3", &o.set, NULL)
      || bd_bagging_run (&o, &a, NULL))
    return 1;
  for (size_t j = 0; j < a.m; j++)
    printf ("%.1f: %.3f +- %.3f (Monte Carlo error %.3f)\n", at[j], a.mean[j],
            a.sd_mean[j], a.sd_error[j]);
  bd_bagged_free (&a);
  return 0;
}
