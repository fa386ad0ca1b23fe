/* Local means and local straight lines with Epanechnikov's kernel and a fixed
   bandwidth.

   References: J. Fan, I. Gijbels, "Local Polynomial Modelling and Its
   Applications", Chapman & Hall 1996, chapters 2 and 3; B. Seifert, M.
   Brockmann, J. Engel, T. Gasser, "Fast algorithms for nonparametric curve
   estimation", J. Comp. Graph. Stat. 3 (1994).

   The kernel 1 - u^2 is a polynomial, so that sums of w u^k (k to 4) and w y
   u^k (k to 3) over a window hold the whole fit; they are carried from one
   prediction point to the next, whatever the width of the window.

   Near-empty windows.  A line is fitted in a window when the variance of x
   in it, with kernel and weights, is at least h^2/100 (for evenly spread rows
   it is h^2/5), a mean when it has rows not only at its edge.  Otherwise
   the half-width becomes twice the distance of the third nearest value of x
   whose weight is not zero, if that is more than h; and when the rows found
   then still do not determine a slope their mean is taken.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "locpoly.h"

static const bd_knob loc_knobs[] = {
  { "bandwidth", 0, 0, 100, false,
    "half-width of the window in ranges of x (0: by leave-one-out "
    "cross-validation)",
    NULL },
  { "degree", 1, 0, 1, true, "1: local lines; 0: local means", NULL },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

void
bd_loc_clear_work (loc_work *w)
{
  free (w->w);
  free (w->wy);
  free (w->v);
  free (w->own);
  free (w->bin);
  free (w->sum);
  free (w->t);
}

bool
bd_loc_init_work (loc_work *w, const loc_plan *a, const loc_windows *at)
{
  w->w = bd_array (a->places, 1);
  w->wy = bd_array (a->places, 1);
  w->v = bd_array (a->n, 1);
  w->own = bd_array (a->n + LOC_LANES, 1);
  w->bin = calloc (at->most + 1, sizeof *w->bin);
  w->sum = bd_array (2 * LOC_SUMS, at->m);
  w->t = bd_array (at->m, 1);
  w->y = a->y;
  w->y0 = a->y0;
  return w->w && w->wy && w->v && w->own && w->bin && w->sum && w->t;
}

static void
loc_free_work (void *work)
{
  loc_work *w = work;

  if (!w)
    return;
  bd_loc_clear_work (w);
  free (w);
}

static void *
loc_make_work (const void *plan)
{
  const loc_plan *a = plan;
  loc_work *w = calloc (1, sizeof *w);

  if (!w || bd_loc_init_work (w, a, &a->at))
    return w;
  loc_free_work (w);
  return NULL;
}

/* Weights of the places: rows of equal x are one.  */
static void
weigh_places (const loc_plan *a, const double weight[], loc_work *w)
{
  for (size_t g = 0; g < a->places; g++)
    {
      size_t end = a->first ? a->first[g + 1] : g + 1;

      w->w[g] = w->wy[g] = 0;
      for (size_t i = a->first ? a->first[g] : g; i < end; i++)
        {
          double wi = weight[a->rows.from[i]];
          w->w[g] += wi;
          w->wy[g] += wi * w->y[i];
        }
    }
}

/* All is done here, while the weights are at hand.  */
static int
loc_fit (const void *plan, void *work, const double weight[], gsl_rng *r)
{
  const loc_plan *a = plan;
  loc_work *w = work;
  bool weighed = false;
  size_t i = 0;

  (void)r;
  while (i < a->n && !(weight[i] > 0))
    i++;
  if (i == a->n)
    GSL_ERROR ("all weights are zero", GSL_EDOM);
  bd_loc_sums (a, &a->at, w, weight);
  bd_loc_solve (a, &a->at, w, w->t);
  for (size_t q = 0; q < a->m; q++)
    if (isnan (w->t[q]))
      {
        if (!weighed)
          weigh_places (a, weight, w);
        weighed = true;
        w->t[q] = bd_loc_widened (a, w, a->at.h, a->at.x[q]);
      }
  return GSL_SUCCESS;
}

static int
loc_respond (const void *plan, void *work, const double y[])
{
  const loc_plan *a = plan;
  loc_work *w = work;

  w->y = y ? w->own : a->y;
  w->y0 = y ? bd_loc_response (a, y, 1, w->own) : a->y0;
  return GSL_SUCCESS;
}

static int
loc_predict (const void *plan, void *work, double t[])
{
  const loc_plan *a = plan;
  loc_work *w = work;
  bool finite = true;

  for (size_t q = 0; q < a->m; q++)
    {
      t[a->point[q]] = w->y0 + w->t[q];
      finite = finite && isfinite (t[a->point[q]]);
    }
  if (!finite)
    GSL_ERROR ("a local regression overflows", GSL_EOVRFLW);
  return GSL_SUCCESS;
}

const bd_fitter_type bd_fitter_locpoly = {
  .name = "locpoly",
  .title = "local regression",
  .help = "local lines or means with Epanechnikov's kernel and a fixed "
          "bandwidth",
  .knobs = loc_knobs,
  .resample = "bayes",
  .inputs = 1,
  .plan = bd_loc_plan,
  .free_plan = bd_loc_free_plan,
  .work = loc_make_work,
  .free_work = loc_free_work,
  .fit = loc_fit,
  .respond = loc_respond,
  .predict = loc_predict,
};
