/* Third and fourth co-moments, u - t - t and u - u - t - t with the units
   summed: what the product of two halves' covariances needs, over all halves.

   Merging: with the members of A moved by x in u and by z in t,
     sum du dt^2     gains 2 z sum du dt + x (sum dt^2 + p z^2),
     sum |du|^2 dt   gains 2 x . sum du dt + z (sum |du|^2 + p |x|^2),
     sum |du|^2 dt^2 gains 2 x . (sum du dt^2 + 2 z sum du dt)
       + |x|^2 sum dt^2 + 2 z sum |du|^2 dt + z^2 (sum |du|^2 + p |x|^2).
   (P. Pebay, SAND2008-6212, section 3, written out for these powers.)  */
#include <config.h>

#include <gsl/gsl_cblas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "moments_sums.h"

bool
bd_moments_sums_alloc (bd_moments *a)
{
  if (a->split)
    {
      a->utt = bd_array (a->n, a->mc);
      a->uut = bd_array (a->mc, 1);
      a->uutt = bd_array (a->mc, 1);
    }
  if (a->little)
    {
      a->bag_t = bd_array (a->m, 1);
      a->bag_t2 = bd_array (a->m, 1);
      a->bag_within = bd_array (a->m, 1);
    }
  return (!a->split || (a->utt && a->uut && a->uutt))
         && (!a->little || (a->bag_t && a->bag_t2 && a->bag_within));
}

void
bd_moments_sums_free (bd_moments *a)
{
  free (a->utt);
  free (a->uut);
  free (a->uutt);
  free (a->bag_t);
  free (a->bag_t2);
  free (a->bag_within);
}

void
bd_moments_sums_forget (bd_moments *a)
{
  size_t m = a->m * sizeof (double), mc = a->mc * sizeof (double);

  a->bags = 0;
  if (a->split)
    {
      memset (a->utt, 0, a->n * mc);
      memset (a->uut, 0, mc);
      memset (a->uutt, 0, mc);
    }
  if (a->little)
    {
      memset (a->bag_t, 0, m);
      memset (a->bag_t2, 0, m);
      memset (a->bag_within, 0, m);
    }
}

int
bd_moments_split_block (bd_moments *a, size_t count, const double p[],
                        const double U[], const double T[])
{
  size_t n = a->n, mc = a->mc;
  double *S = bd_array (count, mc);

  if (!S)
    return GSL_ENOMEM;
  for (size_t b = 0; b < count; b++)
    {
      double q = 0;
      for (size_t i = 0; i < n; i++)
        q += gsl_pow_2 (U[b * a->width + i]);
      q = p[b] > 0 ? q / p[b] : 0;
      for (size_t j = 0; j < mc; j++)
        {
          double t = T[b * a->m + j];
          S[b * mc + j] = t * t;
          a->uut[j] += q * t;
          a->uutt[j] += q * t * t;
        }
    }
  if (mc && n)
    cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int)n, (int)mc,
                 (int)count, 1.0, U, (int)a->width, S, (int)mc, 0.0, a->utt,
                 (int)mc);
  free (S);
  return GSL_SUCCESS;
}

/* One of two sets of members that are brought to a common mean.  */
typedef struct
{
  const bd_moments *of;
  double from; /* its way to that mean, in ways from the first to the second */
  double uu;   /* sum of p |u - mean|^2 */
  double far;  /* squared length of the way of u */
} side;

static side
side_of (const bd_moments *of, double from, double way)
{
  side s = { of, from, 0, from * from * way };

  for (size_t i = 0; i < of->n; i++)
    s.uu += of->u2[i];
  return s;
}

/* Sums that follow no unit, of point J, whose way is D: the parts that need
   none.  */
static double
moved_uut (const side *s, size_t j, double d)
{
  return s->of->uut[j] + s->from * d * (s->uu + s->of->p * s->far);
}

static double
moved_uutt (const side *s, size_t j, double d)
{
  const bd_moments *a = s->of;
  double z = s->from * d;

  return a->uutt[j] + s->far * a->t2[j] + 2 * z * a->uut[j]
         + z * z * (s->uu + a->p * s->far);
}

/* The parts that need unit I, whose way is E, and the unit's own sum.  */
static void
merge_unit (const side *first, const side *second, size_t i, double e,
            bd_moments *to)
{
  const bd_moments *a = first->of, *b = second->of;
  const double *s = a->ut + i * a->mc, *r = b->ut + i * a->mc;
  const double *y = b->utt + i * a->mc, *at = a->t, *bt = b->t;
  double *restrict x = to->utt + i * a->mc;
  double *restrict uut = to->uut, *restrict uutt = to->uutt;
  double f = first->from * e, g = second->from * e;
  double pf = a->p * f * first->from * first->from;
  double pg = b->p * g * second->from * second->from;

  for (size_t j = 0; j < a->mc; j++)
    {
      double d = bt[j] - at[j];
      double v = 2 * first->from * d * s[j], w = 2 * second->from * d * r[j];
      uut[j] += 2 * (f * s[j] + g * r[j]);
      uutt[j] += 2 * (f * (x[j] + v) + g * (y[j] + w));
      x[j] = x[j] + v + f * a->t2[j] + pf * d * d
             + (y[j] + w + g * b->t2[j] + pg * d * d);
    }
}

void
bd_moments_split_merge (bd_moments *a, const bd_moments *b)
{
  double p = a->p + b->p, way = 0;

  for (size_t i = 0; i < a->n; i++)
    way += gsl_pow_2 (b->u[i] - a->u[i]);
  const side first = side_of (a, -b->p / p, way);
  const side second = side_of (b, a->p / p, way);
  for (size_t j = 0; j < a->mc; j++)
    {
      double d = b->t[j] - a->t[j];
      a->uutt[j] = moved_uutt (&first, j, d) + moved_uutt (&second, j, d);
      a->uut[j] = moved_uut (&first, j, d) + moved_uut (&second, j, d);
    }
  for (size_t i = 0; i < a->n; i++)
    merge_unit (&first, &second, i, b->u[i] - a->u[i], a);
}
