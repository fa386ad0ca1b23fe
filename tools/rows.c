#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>

#include "rows.h"

#define POINTS 2000 /* most circles in a panel */

double
rows_grid_x (const report *r, size_t i)
{
  return gsl_matrix_get (r->c->F, i, r->c->along);
}

size_t
rows_points (const report *r)
{
  return GSL_MIN (r->c->data->n, POINTS);
}

/* The row shown as circle I: of a long table one from each stretch of equal
   length, shifted by the golden ratio lest it keep step with a table that
   repeats itself.  */
static size_t
point (const report *r, size_t i)
{
  size_t n = r->c->data->n;
  double shift = fmod ((double)i * (sqrt (5) - 1) / 2, 1);

  return n == rows_points (r)
             ? i
             : (size_t)(((double)i + shift) * (double)n / POINTS);
}

size_t
rows_choose_class (const bd_dataset *s)
{
  size_t rows[BD_DATASET_LEVELS] = { 0 }, most = 0;

  if (s->classes == 2)
    return 1;
  for (size_t i = 0; s->classes && i < s->n; i++)
    rows[(size_t)gsl_vector_get (s->y, i)]++;
  for (size_t k = 1; k < s->classes; k++)
    most = rows[k] > rows[most] ? k : most;
  return most;
}

/* Which of the numbers of a prediction is drawn.  */
static size_t
place (const report *r)
{
  return r->c->data->classes > 2 ? r->drawn_class : 0;
}

void
rows_point (const report *r, size_t method, size_t i, double to[])
{
  const bd_dataset *s = r->c->data;
  double y = gsl_vector_get (s->y, point (r, i));

  (void)method;
  to[0] = gsl_matrix_get (s->X, point (r, i), r->c->along);
  to[1] = s->classes ? y == (double)r->drawn_class : y;
}

void
rows_truth (const report *r, size_t method, size_t i, double to[])
{
  (void)method;
  to[0] = rows_grid_x (r, i);
  to[1] = r->scenario
              ? r->scenario->truth (gsl_matrix_const_ptr (r->c->F, i, 0))
              : GSL_NAN;
}

void
rows_member (const report *r, size_t method, size_t i, double to[])
{
  const bd_answer *a = &r->c->full[method];
  size_t at = i * a->places + place (r);

  to[0] = rows_grid_x (r, i);
  to[1] = a->mean[at];
  for (size_t b = 0; b < a->kept; b++)
    to[2 + b] = a->keep[b * a->keep_points * a->places + at];
}

void
rows_band (const report *r, size_t method, size_t i, double to[])
{
  const bd_answer *a = &r->c->full[method];
  double z = gsl_cdf_ugaussian_Pinv ((1 + BD_LEVEL) / 2);

  to[0] = rows_grid_x (r, i);
  to[1] = a->mean[i];
  to[2] = a->mean[i] - z * a->sd_mean[i];
  to[3] = a->mean[i] + z * a->sd_mean[i];
  to[4] = a->mean[i] - z * a->sd_pred[i];
  to[5] = a->mean[i] + z * a->sd_pred[i];
}

/* Along the input where there is one, else against the predicted value.  */
void
rows_variance (const report *r, size_t method, size_t i, double to[])
{
  bool curve = r->c->data->d == 1;
  size_t at = curve ? i : r->c->grid + i;

  to[0] = curve ? rows_grid_x (r, i) : r->c->full[method].mean[at];
  to[1] = r->c->full[method].spread[at];
}

void
rows_growth (const report *r, size_t method, size_t i, double to[])
{
  to[0] = (double)((size_t)1 << i);
  to[1] = r->c->row[method].growth[i];
}
