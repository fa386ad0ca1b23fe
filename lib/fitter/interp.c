/* Interpolation: a curve through the rows in use.  Bagged over small random
   subsets of the rows it is the picture that this project began with: many
   thin curves, each through a few points, and their mean.

   References: H. Akima, "A new method of interpolation and smooth curve
   fitting based on local procedures", J. ACM 17 (1970); M. Steffen, "A simple
   method for monotonic interpolation in one dimension", Astron. Astrophys.
   239 (1990), with the end slopes of GSL.

   Every kind but the straight one is a piecewise cubic that is given by its
   values and slopes at the places.  Outside their range the curve goes on as
   a straight line with the slope of its end.

   A curve passes through its points however light they are.  Weights
   therefore matter in two ways only: rows of equal x are averaged by weight,
   and a row of weight zero is absent.  Resampling that leaves no row out, such
   as the Bayesian bootstrap, gives the same curve for every member unless
   there are ties.  A member costs a few steps for each row and point.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/text.h"
#include "fitter.h"
#include "place.h"

enum
{
  KIND
};

static const bd_knob knobs[] = {
  [KIND] = { "kind", 0, 0, 0, false,
             "cubic (natural spline), akima, steffen (monotone between "
             "neighbours) or linear",
             "cubic" },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

/* Slope b of the curve at the COUNT >= 3 places, from the lengths h and the
   slopes s of the COUNT - 1 straight pieces; SCRATCH has room for COUNT.  */
typedef void slopes (const double h[], const double s[], size_t count,
                     double b[], double scratch[]);

typedef struct
{
  const char *word;
  slopes *slopes; /* NULL: straight pieces */
} interp_kind;

typedef struct
{
  bd_places places;
  size_t *order; /* m: prediction points by increasing x */
  const interp_kind *kind;
} interp_plan;

typedef struct
{
  size_t count; /* places in use */
  double *W, *S, *x, *y, *h, *s, *b, *scratch;
  const double *response; /* NULL: the plan's */
} interp_work;

/* Kinds  */

/* Continuous second derivatives, zero at the ends: a tridiagonal system.  */
static void
natural (const double h[], const double s[], size_t count, double b[],
         double ratio[])
{
  const size_t end = count - 1;

  ratio[0] = 0.5;
  b[0] = 1.5 * s[0];
  for (size_t i = 1; i < count; i++)
    {
      /* Row i times h[i-1], so that only ratios of lengths enter.  */
      double up = i < end ? h[i - 1] / h[i] : 0;
      double right = i < end ? 3 * (s[i - 1] + up * s[i]) : 3 * s[i - 1];
      double pivot = 2 + 2 * up - ratio[i - 1];
      ratio[i] = up / pivot;
      b[i] = (right - b[i - 1]) / pivot;
    }
  for (size_t i = end; i-- > 0;)
    b[i] -= ratio[i] * b[i + 1];
}

/* Slope of straight piece I, which may lie up to two beyond either end.  */
static double
beyond (const double s[], size_t pieces, ptrdiff_t i)
{
  const ptrdiff_t last = (ptrdiff_t)pieces - 1;

  if (i < 0)
    return s[0] + (double)-i * (s[0] - s[1]);
  if (i > last)
    return s[last] + (double)(i - last) * (s[last] - s[last - 1]);
  return s[i];
}

static void
akima (const double h[], const double s[], size_t count, double b[],
       double scratch[])
{
  (void)h;
  (void)scratch;
  for (size_t k = 0; k < count; k++)
    {
      const ptrdiff_t i = (ptrdiff_t)k;
      double left = beyond (s, count - 1, i - 1);
      double right = beyond (s, count - 1, i);
      double u = fabs (beyond (s, count - 1, i + 1) - right);
      double v = fabs (left - beyond (s, count - 1, i - 2));
      b[k] = u + v > 0 ? left * (u / (u + v)) + right * (v / (u + v))
                       : (left + right) / 2;
    }
}

static void
steffen (const double h[], const double s[], size_t count, double b[],
         double scratch[])
{
  (void)scratch;
  b[0] = s[0];
  b[count - 1] = s[count - 2];
  for (size_t i = 1; i + 1 < count; i++)
    {
      double parabola
          = s[i - 1] + (s[i] - s[i - 1]) * (h[i - 1] / (h[i - 1] + h[i]));
      double least = GSL_MIN (fabs (s[i - 1]), fabs (s[i]));
      bool turns = !(s[i - 1] > 0 && s[i] > 0) && !(s[i - 1] < 0 && s[i] < 0);
      least = 2 * GSL_MIN (least, 0.5 * fabs (parabola));
      b[i] = turns ? 0 : copysign (least, s[i]);
    }
}

static const interp_kind kinds[] = {
  { "cubic", natural },
  { "akima", akima },
  { "steffen", steffen },
  { "linear", NULL },
};

#define KINDS (sizeof kinds / sizeof *kinds)

/* Plan  */

static void
interp_free_plan (void *plan)
{
  interp_plan *a = plan;

  if (!a)
    return;
  bd_places_free (&a->places);
  free (a->order);
  free (a);
}

static const interp_kind *
find_kind (const char *word, bd_error *err)
{
  const char *names[KINDS];

  for (size_t k = 0; k < KINDS; k++)
    {
      names[k] = kinds[k].word;
      if (strcmp (word, kinds[k].word) == 0)
        return &kinds[k];
    }
  const char *near = bd_text_nearest (word, names, KINDS);
  BD_FAIL (err, GSL_EINVAL,
           "kind is '%s'; it must be cubic, akima, steffen or linear%s%s%s",
           word, near ? " (did you mean '" : "", near ? near : "",
           near ? "'?)" : "");
  return NULL;
}

static void *
interp_make_plan (const bd_settings *set, const gsl_matrix *X,
                  const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  const interp_kind *kind = find_kind (set->word[KIND], err);

  if (!kind)
    return NULL;
  if (X->size2 != 1)
    {
      BD_FAIL (err, GSL_EINVAL, "interpolation takes one input; there are %zu",
               X->size2);
      return NULL;
    }
  interp_plan *a = calloc (1, sizeof *a);
  if (!a)
    goto memory;
  a->kind = kind;
  if (bd_places_init (&a->places, PLACE_SD, X, y, P, err))
    goto fail;
  if (a->places.count < 2)
    {
      BD_FAIL (err, GSL_EINVAL,
               "interpolation needs at least 2 distinct values of x; there "
               "is %zu",
               a->places.count);
      goto fail;
    }
  a->order = calloc (GSL_MAX (P->size1, 1), sizeof *a->order);
  if (!a->order)
    goto memory;
  gsl_sort_index (a->order, a->places.p, 1, P->size1);
  return a;
memory:
  BD_FAIL (err, GSL_ENOMEM, "not enough memory to interpolate %zu rows",
           X->size1);
fail:
  interp_free_plan (a);
  return NULL;
}

/* Work space  */

static void
interp_free_work (void *work)
{
  interp_work *w = work;

  if (!w)
    return;
  free (w->W);
  free (w);
}

static void *
interp_make_work (const void *plan)
{
  const interp_plan *a = plan;
  const size_t count = a->places.count;
  interp_work *w = calloc (1, sizeof *w);

  if (w)
    w->W = bd_array (8, count);
  if (!w || !w->W)
    {
      interp_free_work (w);
      GSL_ERROR_NULL ("not enough memory to interpolate", GSL_ENOMEM);
    }
  double **part[] = { &w->S, &w->x, &w->y, &w->h, &w->s, &w->b, &w->scratch };
  for (size_t k = 0; k < 7; k++)
    *part[k] = w->W + (k + 1) * count;
  return w;
}

/* Fit  */

static int
interp_fit (const void *plan, void *work, const double weight[], gsl_rng *r)
{
  const interp_plan *a = plan;
  interp_work *w = work;

  (void)r;
  bd_places_sum (&a->places, weight, w->response, w->W, w->S);
  w->count = 0;
  for (size_t g = 0; g < a->places.count; g++)
    if (w->W[g] > 0)
      {
        w->x[w->count] = a->places.z[g];
        w->y[w->count++] = w->S[g] / w->W[g];
      }
  if (w->count < 2)
    GSL_ERROR ("fewer than two distinct values of x have weight", GSL_EDOM);
  for (size_t i = 0; i + 1 < w->count; i++)
    {
      w->h[i] = w->x[i + 1] - w->x[i];
      w->s[i] = (w->y[i + 1] - w->y[i]) / w->h[i];
    }
  if (a->kind->slopes && w->count > 2)
    a->kind->slopes (w->h, w->s, w->count, w->b, w->scratch);
  else
    w->b[0] = w->b[w->count - 1] = w->s[0];
  return GSL_SUCCESS;
}

static int
interp_respond (const void *plan, void *work, const double y[])
{
  interp_work *w = work;

  (void)plan;
  w->response = y;
  return GSL_SUCCESS;
}

/* Predict  */

/* The curve at DX beyond the left end of piece I.  */
static double
piece (const interp_work *w, size_t i, double dx)
{
  double u = dx / w->h[i], v = 1 - u;

  return w->y[i] + w->s[i] * dx
         + u * v * w->h[i]
               * (v * (w->b[i] - w->s[i]) - u * (w->b[i + 1] - w->s[i]));
}

static double
curve (const interp_work *w, bool straight, size_t i, double x)
{
  const size_t last = w->count - 1;

  if (straight)
    return w->y[i] + w->s[i] * (x - w->x[i]);
  if (x < w->x[0])
    return w->y[0] + w->b[0] * (x - w->x[0]);
  if (x > w->x[last])
    return w->y[last] + w->b[last] * (x - w->x[last]);
  return piece (w, i, x - w->x[i]);
}

static int
interp_predict (const void *plan, void *work, double t[])
{
  const interp_plan *a = plan;
  const interp_work *w = work;
  const bool straight = !a->kind->slopes || w->count == 2;

  for (size_t k = 0, i = 0; k < a->places.m; k++)
    {
      const double x = a->places.p[a->order[k]];
      while (i + 2 < w->count && x >= w->x[i + 1])
        i++;
      t[a->order[k]] = curve (w, straight, i, x);
    }
  return bd_places_finish (&a->places, t);
}

/* Type  */

const bd_fitter_type bd_fitter_interp = {
  .name = "interp",
  .title = "interpolation",
  .help = "a curve through the rows in use, straight beyond their ends; "
          "for small random subsets of the rows",
  .knobs = knobs,
  .resample = "subsample",
  .inputs = 1,
  .plan = interp_make_plan,
  .free_plan = interp_free_plan,
  .work = interp_make_work,
  .free_work = interp_free_work,
  .fit = interp_fit,
  .respond = interp_respond,
  .predict = interp_predict,
};
