#include <config.h>

#include <gsl/gsl_math.h>
#include <stdbool.h>
#include <stdint.h>

#include "finite.h"

static bool
finite_row (const gsl_matrix *X, size_t i)
{
  for (size_t j = 0; j < X->size2; j++)
    if (!gsl_finite (gsl_matrix_get (X, i, j)))
      return false;
  return true;
}

int
bd_fitter_check (const char *what, const gsl_matrix *X, const gsl_vector *y,
                 const gsl_matrix *P, bd_error *err)
{
  if (X->size1 > INT32_MAX)
    return BD_FAIL (err, GSL_EINVAL, "%s takes at most %ld rows", what,
                    (long)INT32_MAX);
  for (size_t i = 0; i < X->size1; i++)
    if (!finite_row (X, i) || !gsl_finite (gsl_vector_get (y, i)))
      return BD_FAIL (err, GSL_EINVAL, "row %zu is not finite", i + 1);
  for (size_t i = 0; i < P->size1; i++)
    if (!finite_row (P, i))
      return BD_FAIL (err, GSL_EINVAL, "prediction point %zu is not finite",
                      i + 1);
  return GSL_SUCCESS;
}
