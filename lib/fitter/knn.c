/* k nearest neighbours: the mean response of the nearest rows.

   References: E. Fix, J. L. Hodges, "Discriminatory analysis; nonparametric
   discrimination: consistency properties" (1951); T. M. Cover, P. E. Hart,
   "Nearest neighbor pattern classification", IEEE Trans. Inf. Theory 13
   (1967).

   Neighbours are counted by weight: rows at the same distance come together,
   and those at the distance where the weight reaches k share what is missing
   to k in proportion to their weights.  Distances are the same when they
   differ by rounding only.  When all rows in use weigh less than k, all count.
   The inputs are divided by their standard deviations over all rows, once.

   For each point the plan keeps its nearest places in order, 32 k + 64 of
   them or as many as fit in 64 MB of memory; a member in which these weigh
   less than k has all places sorted for that point.  A member costs n steps
   and about k for each point.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "fitter.h"
#include "place.h"

#define KEEP                                                                  \
  ((size_t)1 << 24) /* neighbours kept in the plan, of all points             \
                     */
#define TIED UINT32_C (0x80000000) /* as far as the one before */
#define ROUNDING 2e-9              /* of squared distances that are equal */

enum
{
  K
};

static const bd_knob knobs[] = {
  [K] = { "k", 5, 1, 1e6, true, "neighbours", NULL },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

typedef struct
{
  double far; /* squared distance */
  uint32_t place;
} neighbour;

typedef struct
{
  bd_places places;
  double k;
  size_t length;   /* room for the list of a point */
  uint32_t *list;  /* m x length: places, nearest first */
  uint32_t *count; /* m */
} knn_plan;

typedef struct
{
  double *W, *S;          /* places->count */
  uint32_t *list;         /* places->count */
  neighbour *heap;        /* places->count */
  double weight, sum;     /* totals */
  const double *response; /* NULL: the plan's */
} knn_work;

/* Nearest places  */

static bool
before (const neighbour *a, const neighbour *b)
{
  return a->far < b->far || (!(b->far < a->far) && a->place < b->place);
}

/* Let ITEM sink from the top of the heap (farthest on top) of COUNT.  */
static void
sink (neighbour heap[], size_t count, neighbour item)
{
  size_t at = 0, child;

  while ((child = 2 * at + 1) < count)
    {
      if (child + 1 < count && before (&heap[child], &heap[child + 1]))
        child++;
      if (!before (&item, &heap[child]))
        break;
      heap[at] = heap[child];
      at = child;
    }
  heap[at] = item;
}

static void
rise (neighbour heap[], size_t at, neighbour item)
{
  while (at > 0 && before (&heap[(at - 1) / 2], &item))
    {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
  heap[at] = item;
}

/* The MOST places nearest to Z into HEAP, nearest first; how many.  */
static size_t
nearest (const bd_places *s, const double z[], size_t most, neighbour heap[])
{
  size_t lo = 0, hi = s->count, count = 0;

  if (s->d == 1)
    {
      size_t at = bd_places_find (s, z[0]);
      lo = at > most ? at - most : 0;
      hi = GSL_MIN (hi, at + most);
    }
  for (size_t g = lo; g < hi; g++)
    {
      neighbour item = { bd_places_distance (s, g, z), (uint32_t)g };
      if (count < most)
        rise (heap, count++, item);
      else if (before (&item, &heap[0]))
        sink (heap, count, item);
    }
  for (size_t end = count; end > 1; end--)
    {
      neighbour last = heap[end - 1];
      heap[end - 1] = heap[0];
      sink (heap, end - 1, last);
    }
  return count;
}

static void
mark (const neighbour sorted[], size_t count, uint32_t list[])
{
  for (size_t i = 0; i < count; i++)
    {
      bool tied
          = i > 0
            && sorted[i].far - sorted[i - 1].far <= ROUNDING * sorted[i].far;
      list[i] = sorted[i].place | (tied ? TIED : 0);
    }
}

/* Plan  */

static void
knn_free_plan (void *plan)
{
  knn_plan *a = plan;

  if (!a)
    return;
  bd_places_free (&a->places);
  free (a->list);
  free (a->count);
  free (a);
}

/* One more than is kept tells whether the last ones are complete.  */
static int
make_lists (knn_plan *a)
{
  const bd_places *s = &a->places;
  const size_t most = GSL_MIN (a->length + 1, s->count);
  neighbour *heap = calloc (most, sizeof *heap);
  uint32_t *list = calloc (most, sizeof *list);

  a->list = calloc (GSL_MAX (s->m, 1), a->length * sizeof *a->list);
  a->count = calloc (GSL_MAX (s->m, 1), sizeof *a->count);
  bool memory = heap && list && a->list && a->count;
  for (size_t i = 0; memory && i < s->m; i++)
    {
      size_t count = nearest (s, s->p + i * s->d, most, heap);
      mark (heap, count, list);
      if (count > a->length)
        {
          while (count > 0 && list[count - 1] & TIED)
            count--;
          count -= count > 0;
        }
      for (size_t l = 0; l < count; l++)
        a->list[i * a->length + l] = list[l];
      a->count[i] = (uint32_t)count;
    }
  free (heap);
  free (list);
  return memory ? GSL_SUCCESS : GSL_ENOMEM;
}

static void *
knn_make_plan (const bd_settings *set, const gsl_matrix *X,
               const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  const double k = set->value[K];

  if (k > (double)X->size1)
    {
      BD_FAIL (err, GSL_EINVAL,
               "%.0f neighbours need at least %.0f rows; there are %zu", k, k,
               X->size1);
      return NULL;
    }
  knn_plan *a = calloc (1, sizeof *a);
  if (!a)
    goto memory;
  if (bd_places_init (&a->places, PLACE_SD, X, y, P, err))
    goto fail;
  a->k = k;
  a->length = GSL_MIN (a->places.count, 32 * (size_t)k + 64);
  a->length = GSL_MIN (a->length, KEEP / GSL_MAX (a->places.m, 1) + 1);
  if (make_lists (a))
    goto memory;
  return a;
memory:
  BD_FAIL (err, GSL_ENOMEM,
           "not enough memory for the neighbours of %zu "
           "points",
           P->size1);
fail:
  knn_free_plan (a);
  return NULL;
}

/* Work space  */

static void
knn_free_work (void *work)
{
  knn_work *w = work;

  if (!w)
    return;
  free (w->W);
  free (w->list);
  free (w->heap);
  free (w);
}

static void *
knn_make_work (const void *plan)
{
  const knn_plan *a = plan;
  const size_t count = a->places.count;
  knn_work *w = calloc (1, sizeof *w);

  if (!w)
    goto fail;
  w->W = bd_array (2, count);
  w->list = calloc (count, sizeof *w->list);
  w->heap = calloc (count, sizeof *w->heap);
  if (!w->W || !w->list || !w->heap)
    goto fail;
  w->S = w->W + count;
  return w;
fail:
  knn_free_work (w);
  GSL_ERROR_NULL ("not enough memory for neighbours", GSL_ENOMEM);
}

/* Fit  */

static int
knn_fit (const void *plan, void *work, const double weight[], gsl_rng *r)
{
  const knn_plan *a = plan;
  knn_work *w = work;

  (void)r;
  w->weight = bd_places_sum (&a->places, weight, w->response, w->W, w->S);
  if (!(w->weight > 0))
    GSL_ERROR ("all weights are zero", GSL_EDOM);
  w->sum = 0;
  for (size_t g = 0; g < a->places.count; g++)
    w->sum += w->S[g];
  return GSL_SUCCESS;
}

static int
knn_respond (const void *plan, void *work, const double y[])
{
  knn_work *w = work;

  (void)plan;
  w->response = y;
  return GSL_SUCCESS;
}

/* Predict  */

/* The mean over the first K neighbours of LIST, false when its COUNT places
   weigh less than that.  */
static bool
average (const knn_work *w, double k, const uint32_t list[], size_t count,
         double *mean)
{
  double weight = 0, sum = 0;

  for (size_t i = 0; i < count;)
    {
      double W = 0, S = 0;
      do
        {
          W += w->W[list[i] & ~TIED];
          S += w->S[list[i++] & ~TIED];
        }
      while (i < count && list[i] & TIED);
      if (weight + W >= k)
        {
          *mean = (sum + S * ((k - weight) / W)) / k;
          return true;
        }
      weight += W;
      sum += S;
    }
  return false;
}

static double
at_point (const knn_plan *a, knn_work *w, size_t i)
{
  const bd_places *s = &a->places;
  const double all = w->sum / w->weight;
  double mean;

  if (w->weight <= a->k
      || average (w, a->k, a->list + i * a->length, a->count[i], &mean))
    return w->weight <= a->k ? all : mean;
  size_t count = nearest (s, s->p + i * s->d, s->count, w->heap);
  mark (w->heap, count, w->list);
  return average (w, a->k, w->list, count, &mean) ? mean : all;
}

static int
knn_predict (const void *plan, void *work, double t[])
{
  const knn_plan *a = plan;

  for (size_t i = 0; i < a->places.m; i++)
    t[i] = at_point (a, work, i);
  return bd_places_finish (&a->places, t);
}

/* Type  */

const bd_fitter_type bd_fitter_knn = {
  .name = "knn",
  .title = "nearest neighbours",
  .help = "mean response of the k nearest rows, counted by weight",
  .knobs = knobs,
  .resample = "bootstrap",
  .plan = knn_make_plan,
  .free_plan = knn_free_plan,
  .work = knn_make_work,
  .free_work = knn_free_work,
  .fit = knn_fit,
  .respond = knn_respond,
  .predict = knn_predict,
};
