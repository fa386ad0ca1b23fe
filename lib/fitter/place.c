#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

#include "../base/array.h"
#include "finite.h"
#include "place.h"

typedef struct
{
  const double *z;
  size_t d;
  uint32_t row;
} item;

static int
compare (const void *a, const void *b)
{
  const item *left = a, *right = b;

  for (size_t j = 0; j < left->d; j++)
    if (left->z[j] < right->z[j] || left->z[j] > right->z[j])
      return left->z[j] < right->z[j] ? -1 : 1;
  return (left->row > right->row) - (left->row < right->row);
}

/* Standard deviation of increasing numbers, through their largest magnitude
   so that no square overflows.  */
static double
deviation (const double x[], size_t n)
{
  double most = n ? GSL_MAX (fabs (x[0]), fabs (x[n - 1])) : 0;
  double mean = 0, sum = 0;

  if (n < 2 || !(x[0] < x[n - 1]))
    return 0;
  for (size_t i = 0; i < n; i++)
    mean += (x[i] / most - mean) / (double)(i + 1);
  for (size_t i = 0; i < n; i++)
    sum += gsl_pow_2 (x[i] / most - mean);
  return most * sqrt (sum / (double)(n - 1));
}

static double
divisor (const gsl_matrix *X, size_t j, place_scale how, double sorted[])
{
  size_t n = X->size1, trim = (n + 9) / 10;
  double sd = 0;

  if (how == PLACE_RAW)
    return 1;
  for (size_t i = 0; i < n; i++)
    sorted[i] = gsl_matrix_get (X, i, j);
  gsl_sort (sorted, 1, n);
  if (how == PLACE_TRIMMED && n > 2 * trim)
    sd = deviation (sorted + trim, n - 2 * trim);
  if (!(sd > 0))
    sd = deviation (sorted, n);
  return sd > 0 && gsl_finite (sd) ? sd : 1;
}

static double *
scaled (const bd_places *s, const gsl_matrix *X)
{
  double *z = bd_array (X->size1, s->d);

  for (size_t i = 0; z && i < X->size1; i++)
    for (size_t j = 0; j < s->d; j++)
      z[i * s->d + j] = gsl_matrix_get (X, i, j) / s->scale[j];
  return z;
}

/* Sort the rows and keep one of each kind.  */
static void
gather (bd_places *s, const double rows[], item list[])
{
  const size_t d = s->d;

  for (size_t i = 0; i < s->n; i++)
    list[i] = (item){ rows + i * d, d, (uint32_t)i };
  qsort (list, s->n, sizeof *list, compare);
  for (size_t i = 0; i < s->n; i++)
    {
      const double *z = list[i].z;
      size_t j = 0;
      while (s->count > 0 && j < d && z[j] == s->z[(s->count - 1) * d + j])
        j++;
      if (s->count == 0 || j < d)
        for (j = 0, s->count++; j < d; j++)
          s->z[(s->count - 1) * d + j] = z[j];
      s->of[list[i].row] = (uint32_t)(s->count - 1);
    }
}

static void
centre (bd_places *s, const gsl_vector *y)
{
  for (size_t i = 0; i < s->n; i++)
    s->y0 += gsl_vector_get (y, i) / (double)s->n;
  for (size_t i = 0; i < s->n; i++)
    s->y[i] = gsl_vector_get (y, i) - s->y0;
}

int
bd_places_init (bd_places *s, place_scale how, const gsl_matrix *X,
                const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  const size_t n = X->size1, d = X->size2;
  double *rows = NULL;
  item *list = NULL;
  int code = bd_fitter_check ("a smoother", X, y, P, err);

  *s = (bd_places){ .n = n, .d = d, .m = P->size1 };
  if (code)
    return code;
  s->scale = bd_array (1, d);
  s->y = bd_array (n, 1);
  s->z = bd_array (n, d);
  s->of = calloc (n, sizeof *s->of);
  list = calloc (n, sizeof *list);
  code = GSL_ENOMEM;
  if (!s->scale || !s->y || !s->z || !s->of || !list)
    goto fail;
  for (size_t j = 0; j < d; j++) /* s->y serves to sort for now */
    s->scale[j] = divisor (X, j, how, s->y);
  rows = scaled (s, X);
  s->p = scaled (s, P);
  if (!rows || !s->p)
    goto fail;
  gather (s, rows, list);
  centre (s, y);
  code = GSL_SUCCESS;
fail:
  free (rows);
  free (list);
  if (code)
    BD_FAIL (err, code, "not enough memory for %zu rows of %zu inputs", n, d);
  return code;
}

void
bd_places_free (bd_places *s)
{
  free (s->z);
  free (s->p);
  free (s->scale);
  free (s->of);
  free (s->y);
}

double
bd_places_sum (const bd_places *s, const double w[], const double y[],
               double W[], double S[])
{
  double total = 0;

  for (size_t g = 0; g < s->count; g++)
    W[g] = S[g] = 0;
  for (size_t i = 0; i < s->n; i++)
    {
      const uint32_t g = s->of[i];
      W[g] += w[i];
      S[g] += w[i] * (y ? y[i] - s->y0 : s->y[i]);
      total += w[i];
    }
  return total;
}

double
bd_places_distance (const bd_places *s, size_t g, const double z[])
{
  const double *at = s->z + g * s->d;
  double sum = 0;

  for (size_t j = 0; j < s->d; j++)
    sum += (at[j] - z[j]) * (at[j] - z[j]);
  return sum;
}

size_t
bd_places_find (const bd_places *s, double z)
{
  size_t lo = 0, hi = s->count;

  while (lo < hi)
    {
      size_t mid = lo + (hi - lo) / 2;
      if (s->z[mid] < z)
        lo = mid + 1;
      else
        hi = mid;
    }
  return lo;
}

int
bd_places_finish (const bd_places *s, double t[])
{
  for (size_t i = 0; i < s->m; i++)
    {
      t[i] += s->y0;
      if (!gsl_finite (t[i]))
        GSL_ERROR ("a prediction is not finite", GSL_EOVRFLW);
    }
  return GSL_SUCCESS;
}
