#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "../base/array.h"
#include "../base/blas.h"
#include "run.h"

typedef struct
{
  const bd_source *source;
  void *work;
  double *U, *T, p[BD_BLOCK];
  double *shown_U, *shown_T; /* copies for o->each, or NULL */
  bd_moments *block;
  uint64_t shaky;
} lane;

static void
lane_free (lane *w)
{
  w->source->type->free_work (w->work);
  free (w->U);
  free (w->T);
  free (w->shown_U);
  free (w->shown_T);
  bd_moments_free (w->block);
}

static int
lane_init (lane *w, const bd_source *s, const bd_run_options *o,
           const bd_moments *a)
{
  size_t count = GSL_MIN (o->members, BD_BLOCK);

  *w = (lane){ .source = s };
  w->work = s->type->work (s->setup);
  w->U = bd_array (count, s->width);
  w->T = bd_array (count, s->points);
  w->block = bd_moments_like (a);
  if (o->each)
    {
      w->shown_U = bd_array (count, s->width);
      w->shown_T = bd_array (count, s->points);
      if (!w->shown_U || !w->shown_T)
        return GSL_ENOMEM;
    }
  return w->work && w->U && w->T && w->block ? GSL_SUCCESS : GSL_ENOMEM;
}

static int
all_finite (const double t[], size_t m)
{
  double sum = 0;

  for (size_t j = 0; j < m; j++)
    sum += 0 * t[j];
  return sum == 0;
}

/* One member; a failed one gets probability NaN.  */
static void
draw_one (lane *w, const bd_run_options *o, uint64_t b, size_t k)
{
  const bd_source *s = w->source;
  double *t = w->T + k * s->points;
  int code
      = s->type->draw (s->setup, w->work, b, &w->p[k], w->U + k * s->width, t);

  w->shaky += code == BD_SHAKY;
  if ((code && code != BD_SHAKY) || !all_finite (t, s->points))
    w->p[k] = GSL_NAN;
  if (b >= o->kept)
    return;
  double *to = o->keep + b * o->keep_points;
  memcpy (to, t, o->keep_points * sizeof *t);
  for (size_t j = 0; gsl_isnan (w->p[k]) && j < o->keep_points; j++)
    to[j] = GSL_NAN;
}

static int
fill_block (lane *w, const bd_run_options *o, uint64_t first, size_t count)
{
  const bd_source *s = w->source;

  w->shaky = 0;
  for (size_t k = 0; k < count; k++)
    draw_one (w, o, first + k, k);
  if (o->each)
    {
      memcpy (w->shown_U, w->U, count * s->width * sizeof (double));
      memcpy (w->shown_T, w->T, count * s->points * sizeof (double));
    }
  int code = bd_moments_block (w->block, count, w->p, w->U, w->T);
  w->block->shaky = w->shaky;
  return code;
}

static void
show_block (const lane *w, const bd_run_options *o, uint64_t first,
            size_t count)
{
  const bd_source *s = w->source;

  for (size_t k = 0; o->each && k < count; k++)
    o->each (o->params, first + k, w->p[k], w->shown_U + k * s->width,
             w->shown_T + k * s->points);
}

int
bd_run_threads (void)
{
#ifdef _OPENMP
  return omp_get_max_threads ();
#else
  return 1;
#endif
}

int
bd_run (const bd_source *s, const bd_run_options *o, bd_moments *a)
{
  size_t blocks = (o->members + BD_BLOCK - 1) / BD_BLOCK;
  int failed = GSL_SUCCESS;
  int threads = o->threads < 1 ? bd_run_threads () : o->threads;

  bd_blas_one_thread ();
  (void)threads;
#pragma omp parallel num_threads(threads) if (threads > 1 && blocks > 1)
  {
    lane w;
    int mine = lane_init (&w, s, o, a);
#pragma omp for ordered schedule(dynamic, 1)
    for (size_t block = 0; block < blocks; block++)
      {
        size_t done = block * BD_BLOCK;
        size_t count = GSL_MIN (o->members - done, BD_BLOCK);
        if (!mine)
          mine = fill_block (&w, o, o->first + done, count);
#pragma omp ordered
        {
          if (!mine)
            show_block (&w, o, o->first + done, count);
          if (!mine)
            mine = bd_moments_merge (a, w.block);
          if (o->progress.tell)
            o->progress.tell (o->progress.params, (double)(done + count),
                              (double)o->members);
          if (mine)
            failed = mine;
        }
      }
    lane_free (&w);
  }
  if (failed)
    GSL_ERROR ("an ensemble could not be run: no memory", failed);
  return GSL_SUCCESS;
}
