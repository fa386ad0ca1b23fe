#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "dropping_there.h"

double
bd_there_variance (const bd_predicted *a, size_t i)
{
  return gsl_isnan (a->sd[i]) ? 0 : gsl_pow_2 (a->sd[i]);
}

double
bd_there_noise (const bd_predicted *a, size_t i)
{
  return gsl_isnan (a->noise[i]) ? 0 : a->noise[i];
}

void
bd_there_put (const bd_predicted *a, const bd_split *s, size_t m, double t[])
{
  double sum = 0;

  for (size_t i = 0; i < m + s->train; i++)
    {
      size_t at = s->test + i;
      double spread
          = sqrt (bd_there_variance (a, at) + bd_there_noise (a, at));
      if (i < m)
        {
          t[i] = a->mean[at];
          t[m + i] = spread;
        }
      else
        sum += spread;
    }
  t[2 * m] = sum / (double)s->train;
}

gsl_matrix *
bd_there_rows (const bd_dropping *o, const bd_split *s, size_t m)
{
  gsl_matrix *P = gsl_matrix_alloc (m ? m + s->n : s->test, o->X->size2);

  for (size_t i = 0; P && i < P->size1; i++)
    {
      bool point = i >= s->test && i < s->test + m;
      size_t row = point ? 0 : i < s->test ? s->train + i : i - s->test - m;
      gsl_vector_const_view from
          = point ? gsl_matrix_const_row (o->P, i - s->test)
                  : gsl_matrix_const_row (o->X, s->row[row]);
      gsl_matrix_set_row (P, i, &from.vector);
    }
  return P;
}

void
bd_there_keep (bd_held_out *to, size_t part, const bd_split *s,
               const double t[])
{
  size_t m = to->m;

  memcpy (to->there_mean + part * m, t, m * sizeof *t);
  memcpy (to->there_spread + part * m, t + m, m * sizeof *t);
  to->usual[part] = t[2 * m];
  for (size_t i = s->train; i < s->n; i++)
    to->part[s->row[i]] = part;
}

int
bd_there_want (bd_held_out *a, const bd_dropping *o)
{
  a->m = o->P->size1;
  a->part = calloc (a->n, sizeof *a->part);
  a->there_mean = bd_array (a->folds, a->m);
  a->there_spread = bd_array (a->folds, a->m);
  a->usual = bd_array (a->folds, 1);
  for (size_t i = 0; a->part && i < a->n; i++)
    a->part[i] = a->folds;
  return a->part && a->there_mean && a->there_spread && a->usual ? GSL_SUCCESS
                                                                 : GSL_ENOMEM;
}

void
bd_there_free (bd_held_out *a)
{
  free (a->part);
  free (a->there_mean);
  free (a->there_spread);
  free (a->usual);
}
