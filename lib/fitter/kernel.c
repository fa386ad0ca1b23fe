/* Kernel smoother: the mean of the responses with Gaussian weights.

   References: E. A. Nadaraya, "On estimating regression", Theory Probab.
   Appl. 9 (1964); G. S. Watson, "Smooth regression analysis", Sankhya A 26
   (1964).

   The inputs are divided by their standard deviations over all rows, and the
   bandwidth is in that unit.  Scale and bandwidth are the data set's, chosen
   once: they do not change with a member's weights or response.

   A point far from every row gets the response of the nearest one in use,
   which is the limit.  The kernel's values for a point are kept relative to
   that of the place nearest to it; when a member has nearly nothing where
   they count, they are made anew, relative to what it has.

   Memory: 8 bytes for each point and place whose weight is not negligible
   (with one input, those within about 11 bandwidths), as long as all fit in
   128 MB; the points beyond are computed member by member.  A member costs n
   steps, and two multiplications for each value kept.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "bandwidth.h"
#include "fitter.h"
#include "place.h"

#define KEEP ((size_t)1 << 24) /* kernel values kept in the plan */
#define NEGLIGIBLE 60.0        /* -log of values left out */
#define TOO_LITTLE 1e-12       /* of the weight, for what is left to count */
#define LANES 32 /* enough for the vectoriser to take the inner loop */

enum
{
  BANDWIDTH
};

static const bd_knob knobs[] = {
  [BANDWIDTH] = { "bandwidth", 0, 0, 1e6, false,
                  "standard deviation of the kernel, in standard deviations "
                  "of each input (0: chosen by leaving one row out)",
                  NULL },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

typedef struct
{
  bd_places places;
  double rate;       /* 1/(2 h^2) */
  double *value;     /* kernel values, point after point */
  size_t *start;     /* m: where those of a point begin */
  uint32_t *lo, *hi; /* m: its places, lo..hi-1 */
  size_t kept;       /* the first points, whose values are kept */
} kernel_plan;

typedef struct
{
  double *W, *S, *value; /* count */
  double total;
  const double *response; /* NULL: the plan's */
} kernel_work;

/* Plan  */

static void
kernel_free_plan (void *plan)
{
  kernel_plan *a = plan;

  if (!a)
    return;
  bd_places_free (&a->places);
  free (a->value);
  free (a->start);
  free (a->lo);
  free (a->hi);
  free (a);
}

/* Squared distance from point I to the nearest place with weight W (NULL: to
   the nearest place).  */
static double
nearest (const bd_places *s, size_t i, const double W[])
{
  double least = GSL_POSINF;
  size_t lo = 0, hi = s->count;

  if (!W && s->d == 1)
    {
      size_t at = bd_places_find (s, s->p[i]);
      lo = at > 0 ? at - 1 : 0;
      hi = GSL_MIN (at + 1, hi);
    }
  for (size_t g = lo; g < hi; g++)
    if (!W || W[g] > 0)
      {
        double far = bd_places_distance (s, g, s->p + i * s->d);
        if (far < least)
          least = far;
      }
  return least;
}

/* Values for point I of the places lo..hi-1, relative to one at a squared
   distance of LEAST.  */
static void
values (const kernel_plan *a, size_t i, size_t lo, size_t hi, double least,
        double value[])
{
  const double *z = a->places.p + i * a->places.d;

  for (size_t g = lo; g < hi; g++)
    {
      double more = bd_places_distance (&a->places, g, z) - least;
      value[g - lo] = exp (-a->rate * GSL_MAX (more, 0));
    }
}

/* With one input the places are in order: those that count for point I.  */
static void
window (kernel_plan *a, size_t i)
{
  const bd_places *s = &a->places;

  a->lo[i] = 0;
  a->hi[i] = (uint32_t)s->count;
  if (s->d > 1)
    return;
  double z = s->p[i], far = sqrt (nearest (s, i, NULL) + NEGLIGIBLE / a->rate);
  a->lo[i] = (uint32_t)bd_places_find (s, z - far);
  a->hi[i] = (uint32_t)bd_places_find (s, z + far);
  if (a->lo[i] > 0)
    a->lo[i]--;
  if (a->hi[i] < s->count)
    a->hi[i]++;
}

static int
keep_values (kernel_plan *a)
{
  const size_t m = a->places.m;
  size_t total = 0;

  a->start = calloc (m + 1, sizeof *a->start);
  a->lo = calloc (m + 1, sizeof *a->lo);
  a->hi = calloc (m + 1, sizeof *a->hi);
  if (!a->start || !a->lo || !a->hi)
    return GSL_ENOMEM;
  for (size_t i = 0; i < m; i++)
    {
      window (a, i);
      a->start[i] = total;
      total += a->hi[i] - a->lo[i];
      if (total <= KEEP)
        a->kept = i + 1;
    }
  a->value = bd_array (1, GSL_MIN (total, KEEP));
  if (!a->value)
    return GSL_ENOMEM;
  for (size_t i = 0; i < a->kept; i++)
    values (a, i, a->lo[i], a->hi[i], nearest (&a->places, i, NULL),
            a->value + a->start[i]);
  return GSL_SUCCESS;
}

static void *
kernel_make_plan (const bd_settings *set, const gsl_matrix *X,
                  const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  kernel_plan *a = calloc (1, sizeof *a);
  double h = set->value[BANDWIDTH];

  if (!a)
    goto memory;
  if (bd_places_init (&a->places, PLACE_SD, X, y, P, err))
    goto fail;
  if (!(h > 0) && bd_kernel_bandwidth (&a->places, &h))
    goto memory;
  a->rate = GSL_MIN (0.5 / h / h, 1e300);
  if (keep_values (a))
    goto memory;
  return a;
memory:
  BD_FAIL (err, GSL_ENOMEM, "not enough memory to smooth %zu rows", X->size1);
fail:
  kernel_free_plan (a);
  return NULL;
}

/* Work space  */

static void
kernel_free_work (void *work)
{
  kernel_work *w = work;

  if (!w)
    return;
  free (w->W);
  free (w);
}

static void *
kernel_make_work (const void *plan)
{
  const kernel_plan *a = plan;
  kernel_work *w = calloc (1, sizeof *w);

  if (w)
    w->W = bd_array (3, a->places.count);
  if (!w || !w->W)
    {
      kernel_free_work (w);
      GSL_ERROR_NULL ("not enough memory for a kernel smoother", GSL_ENOMEM);
    }
  w->S = w->W + a->places.count;
  w->value = w->S + a->places.count;
  return w;
}

/* Fit  */

static int
kernel_fit (const void *plan, void *work, const double weight[], gsl_rng *r)
{
  const kernel_plan *a = plan;
  kernel_work *w = work;

  (void)r;
  w->total = bd_places_sum (&a->places, weight, w->response, w->W, w->S);
  if (!(w->total > 0))
    GSL_ERROR ("all weights are zero", GSL_EDOM);
  return GSL_SUCCESS;
}

static int
kernel_respond (const void *plan, void *work, const double y[])
{
  kernel_work *w = work;

  (void)plan;
  w->response = y;
  return GSL_SUCCESS;
}

/* Predict  */

static inline void
tally (double u[], double v[], size_t count, const double value[],
       const double W[], const double S[])
{
  for (size_t l = 0; l < count; l++)
    {
      u[l] += value[l] * W[l];
      v[l] += value[l] * S[l];
    }
}

/* Both weighted sums of the COUNT values in one pass.  */
BD_KERNEL static void
sums (const double value[], const double W[], const double S[], size_t count,
      double *weight, double *sum)
{
  double u[LANES] = { 0 }, v[LANES] = { 0 };
  size_t i = 0;

  for (; i + LANES <= count; i += LANES)
    tally (u, v, LANES, value + i, W + i, S + i);
  tally (u, v, count - i, value + i, W + i, S + i);
  *weight = *sum = 0;
  for (size_t l = 0; l < LANES; l++)
    {
      *weight += u[l];
      *sum += v[l];
    }
}

static double
at_point (const kernel_plan *a, kernel_work *w, size_t i)
{
  const size_t lo = a->lo[i], count = a->hi[i] - lo;
  const double *value = i < a->kept ? a->value + a->start[i] : w->value;
  double weight, sum;

  if (i >= a->kept)
    values (a, i, lo, a->hi[i], nearest (&a->places, i, NULL), w->value);
  sums (value, w->W + lo, w->S + lo, count, &weight, &sum);
  if (weight < TOO_LITTLE * w->total)
    {
      values (a, i, 0, a->places.count, nearest (&a->places, i, w->W),
              w->value);
      sums (w->value, w->W, w->S, a->places.count, &weight, &sum);
    }
  return sum / weight;
}

static int
kernel_predict (const void *plan, void *work, double t[])
{
  const kernel_plan *a = plan;

  for (size_t i = 0; i < a->places.m; i++)
    t[i] = at_point (a, work, i);
  return bd_places_finish (&a->places, t);
}

/* Type  */

const bd_fitter_type bd_fitter_kernel = {
  .name = "kernel",
  .title = "kernel smoother",
  .help = "mean of the responses with Gaussian weights (Nadaraya-Watson); "
          "bandwidth by leave-one-out cross-validation",
  .knobs = knobs,
  .resample = "bayes",
  .plan = kernel_make_plan,
  .free_plan = kernel_free_plan,
  .work = kernel_make_work,
  .free_work = kernel_free_work,
  .fit = kernel_fit,
  .respond = kernel_respond,
  .predict = kernel_predict,
};
