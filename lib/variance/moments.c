/* References: T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for
   computing the sample variance", The American Statistician 37 (1983);
   P. Pebay, "Formulas for robust, one-pass parallel computation of
   covariances and arbitrary-order statistical moments", Sandia report
   SAND2008-6212.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "moments.h"
#include "moments_sums.h"

static bool
all_there (const bd_moments *a)
{
  bool self = a->self < a->m;

  return a->u && a->u2 && a->t && a->t2 && a->t3 && a->t4 && a->out_p
         && (a->summed ? a->ij && (!a->apart || a->jab) : a->ut != NULL)
         && (!self || (a->out_t && a->out_t2))
         && (!a->apart || (a->left_p && (a->summed || a->left_t)));
}

bd_moments *
bd_moments_like (const bd_moments *shape)
{
  bd_moments *a = calloc (1, sizeof *a);

  if (!a || shape->mc > shape->m)
    {
      free (a);
      return NULL;
    }
  a->n = shape->n;
  a->width = shape->width ? shape->width : shape->n;
  a->seen = shape->seen;
  a->rows = shape->width ? shape->rows : shape->n;
  a->m = shape->m;
  a->mc = shape->mc;
  a->self = shape->self;
  a->whole = shape->whole;
  a->apart = shape->apart;
  a->split = shape->split;
  a->little = shape->little;
  a->summed = shape->summed;
  a->u = bd_array (a->n, 1);
  a->u2 = bd_array (a->n, 1);
  a->t = bd_array (a->m, 1);
  a->t2 = bd_array (a->m, 1);
  a->t3 = bd_array (a->m, 1);
  a->t4 = bd_array (a->m, 1);
  a->ut = a->summed ? NULL : bd_array (a->n, a->mc);
  a->ij = a->summed ? bd_array (a->mc, 1) : NULL;
  a->out_p = bd_array (a->rows, 1);
  a->out_t = a->self < a->m ? bd_array (a->rows, 1) : NULL;
  a->out_t2 = a->self < a->m ? bd_array (a->rows, 1) : NULL;
  a->left_p = a->apart ? bd_array (a->n, 1) : NULL;
  a->left_t = a->apart && !a->summed ? bd_array (a->n, a->mc) : NULL;
  a->jab = a->apart && a->summed ? bd_array (a->mc, 1) : NULL;
  if (bd_moments_sums_alloc (a) && all_there (a))
    return a;
  bd_moments_free (a);
  return NULL;
}

bd_moments *
bd_moments_alloc (size_t n, size_t m, size_t mc, size_t self)
{
  const bd_moments shape = { .n = n, .m = m, .mc = mc, .self = self };
  return bd_moments_like (&shape);
}

void
bd_moments_free (bd_moments *a)
{
  if (!a)
    return;
  free (a->u);
  free (a->u2);
  free (a->t);
  free (a->t2);
  free (a->t3);
  free (a->t4);
  free (a->ut);
  free (a->ij);
  free (a->jab);
  free (a->left_p);
  free (a->left_t);
  free (a->out_p);
  free (a->out_t);
  free (a->out_t2);
  bd_moments_sums_free (a);
  free (a);
}

void
bd_moments_forget_sums (bd_moments *a)
{
  size_t n = a->n * sizeof (double), m = a->m * sizeof (double);
  size_t rows = a->rows * sizeof (double);

  a->members = a->failed = a->shaky = 0;
  a->p = 0;
  memset (a->u, 0, n);
  memset (a->u2, 0, n);
  memset (a->t, 0, m);
  memset (a->t2, 0, m);
  memset (a->t3, 0, m);
  memset (a->t4, 0, m);
  memset (a->out_p, 0, rows);
  if (a->out_t)
    {
      memset (a->out_t, 0, rows);
      memset (a->out_t2, 0, rows);
    }
  if (a->apart)
    memset (a->left_p, 0, n);
  bd_moments_sums_forget (a);
}

void
bd_moments_forget_products (bd_moments *a)
{
  size_t size = a->n * a->mc * sizeof (double);

  if (a->ut)
    memset (a->ut, 0, size);
  if (a->left_t)
    memset (a->left_t, 0, size);
  if (a->ij)
    memset (a->ij, 0, a->mc * sizeof (double));
  if (a->jab)
    memset (a->jab, 0, a->mc * sizeof (double));
}

void
bd_moments_reset (bd_moments *a)
{
  bd_moments_forget_sums (a);
  bd_moments_forget_products (a);
}
