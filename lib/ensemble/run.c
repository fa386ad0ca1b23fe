#include <config.h>

#include <gsl/gsl_math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "../base/array.h"
#include "../base/blas.h"
#include "../base/kernel.h"
#include "run.h"

#define FEW_BLOCKS                                                            \
  4 /* for each thread: below it whole blocks would leave                     \
       some of them idle at the end */

/* One block of members being made; there are as many as threads.  */
typedef struct
{
  double *U, *T, p[BD_BLOCK_MOST];
  bool shaky[BD_BLOCK_MOST];
  double *shown_U, *shown_T; /* copies for o->each, or NULL */
  bd_moments *moments;
} slot;

typedef struct
{
  const bd_source *source;
  const bd_run_options *o;
  size_t block; /* members in one */
  size_t slots;
  slot *slot;
} run;

static void
run_free (run *r)
{
  for (size_t k = 0; r->slot && k < r->slots; k++)
    {
      free (r->slot[k].U);
      free (r->slot[k].T);
      free (r->slot[k].shown_U);
      free (r->slot[k].shown_T);
      bd_moments_free (r->slot[k].moments);
    }
  free (r->slot);
}

static bool
slot_init (slot *w, const run *r, const bd_moments *a)
{
  size_t count = GSL_MIN (r->o->members, r->block);
  bool shown = r->o->each;

  w->U = bd_array (count, r->source->width);
  w->T = bd_array (count, r->source->points);
  w->shown_U = shown ? bd_array (count, r->source->width) : NULL;
  w->shown_T = shown ? bd_array (count, r->source->points) : NULL;
  w->moments = bd_moments_like (a);
  return w->U && w->T && w->moments && (!shown || (w->shown_U && w->shown_T));
}

static int
run_init (run *r, const bd_source *s, const bd_run_options *o, size_t slots,
          const bd_moments *a)
{
  bool all = true;

  *r = (run){
    .source = s, .o = o, .block = bd_moments_members (a), .slots = slots
  };
  r->slot = calloc (slots, sizeof *r->slot);
  for (size_t k = 0; r->slot && k < slots; k++)
    all = slot_init (&r->slot[k], r, a) && all;
  return r->slot && all ? GSL_SUCCESS : GSL_ENOMEM;
}

BD_KERNEL static bool
all_finite (const double t[], size_t m)
{
  int bad = 0;

  for (size_t j = 0; j < m; j++)
    bad |= !(fabs (t[j]) <= GSL_DBL_MAX);
  return bad == 0;
}

/* Member B as the K-th of W; a failed one gets probability NaN.  */
static void
draw_one (const run *r, void *work, slot *w, uint64_t b, size_t k)
{
  const bd_source *s = r->source;
  const bd_run_options *o = r->o;
  double *t = w->T + k * s->points;
  int code
      = s->type->draw (s->setup, work, b, &w->p[k], w->U + k * s->width, t);

  w->shaky[k] = code == BD_SHAKY;
  if ((code && code != BD_SHAKY) || !all_finite (t, s->points))
    w->p[k] = GSL_NAN;
  if (b >= o->kept)
    return;
  double *to = o->keep + b * o->keep_points;
  memcpy (to, t, o->keep_points * sizeof *t);
  for (size_t j = 0; gsl_isnan (w->p[k]) && j < o->keep_points; j++)
    to[j] = GSL_NAN;
}

/* The moments of the COUNT members of W, whose U and T are lost.  */
static int
finish_block (const run *r, slot *w, size_t count)
{
  const bd_source *s = r->source;

  if (r->o->each)
    {
      memcpy (w->shown_U, w->U, count * s->width * sizeof (double));
      memcpy (w->shown_T, w->T, count * s->points * sizeof (double));
    }
  int code = bd_moments_block (w->moments, count, w->p, w->U, w->T);
  for (size_t k = 0; k < count; k++)
    w->moments->shaky += w->shaky[k];
  return code;
}

/* Tell of the COUNT members of W, of which the first is DONE, and merge
   them.  */
static int
merge_block (const run *r, const slot *w, size_t done, size_t count,
             bd_moments *a)
{
  const bd_source *s = r->source;
  const bd_run_options *o = r->o;

  for (size_t k = 0; o->each && k < count; k++)
    o->each (o->params, o->first + done + k, w->p[k],
             w->shown_U + k * s->width, w->shown_T + k * s->points);
  int code = bd_moments_merge (a, w->moments);
  if (o->progress.tell)
    o->progress.tell (o->progress.params, (double)(done + count),
                      (double)o->members);
  return code;
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

static size_t
own_thread (void)
{
#ifdef _OPENMP
  return (size_t)omp_get_thread_num ();
#else
  return 0;
#endif
}

/* Finish the block of COUNT members from DONE on in W and merge it when its
   turn comes; within an ordered loop.  */
static void
finish_in_turn (const run *r, slot *w, size_t done, size_t count,
                bd_moments *a, int *failed)
{
  int code = finish_block (r, w, count);

#pragma omp ordered
  {
    if (!code && !*failed)
      code = merge_block (r, w, done, count, a);
    if (code)
      *failed = code;
  }
}

/* Many blocks: each thread makes whole ones in a slot of its own, and merges
   while others make theirs.  All threads of a team come here.  */
static void
run_blocks (const run *r, void *work, bd_moments *a, int *failed)
{
  size_t members = r->o->members;
  slot *w = &r->slot[own_thread ()];

#pragma omp for ordered schedule(dynamic, 1)
  for (size_t done = 0; done < members; done += r->block)
    {
      size_t count = GSL_MIN (members - done, r->block);
      for (size_t k = 0; k < count; k++)
        draw_one (r, work, w, r->o->first + done + k, k);
      finish_in_turn (r, w, done, count, a, failed);
    }
}

/* Few blocks: the threads share the members of as many blocks as there are
   slots, then the blocks, until none is left.  */
static void
run_members (const run *r, void *work, bd_moments *a, int *failed)
{
  size_t members = r->o->members, step = r->slots * r->block;

  for (size_t done = 0; done < members && !*failed; done += step)
    {
      size_t end = GSL_MIN (members, done + step);
#pragma omp for schedule(dynamic, 1)
      for (size_t b = done; b < end; b++)
        draw_one (r, work, &r->slot[(b - done) / r->block], r->o->first + b,
                  (b - done) % r->block);
#pragma omp for ordered schedule(static, 1)
      for (size_t b = done; b < end; b += r->block)
        finish_in_turn (r, &r->slot[(b - done) / r->block], b,
                        GSL_MIN (end - b, r->block), a, failed);
    }
}

/* Everything that a team of threads does, each with a work space.  */
static void
run_team (const run *r, bool few, bd_moments *a, int *failed)
{
  const bd_source *s = r->source;
  void *work = s->type->work ? s->type->work (s->setup) : NULL;
  bool ready;

#pragma omp critical
  if (!work && s->type->work)
    *failed = GSL_ENOMEM;
#pragma omp barrier
  ready = !*failed;
  /* All have looked before one of them can fail: they go the same way.  */
#pragma omp barrier
  if (ready && few)
    run_members (r, work, a, failed);
  else if (ready)
    run_blocks (r, work, a, failed);
  if (work)
    s->type->free_work (work);
}

int
bd_run (const bd_source *s, const bd_run_options *o, bd_moments *a)
{
  size_t block = bd_moments_members (a);
  size_t blocks = (o->members + block - 1) / block;
  int threads = o->threads < 1 ? bd_run_threads () : o->threads;
  bool few = blocks < FEW_BLOCKS * (size_t)threads;
  run r;
  int failed = run_init (&r, s, o, GSL_MIN (blocks, (size_t)threads), a);

  bd_blas_one_thread ();
  if (!failed)
    {
#pragma omp parallel num_threads(threads) if (threads > 1 && o->members > 1)
      run_team (&r, few, a, &failed);
    }
  run_free (&r);
  if (failed)
    GSL_ERROR ("an ensemble could not be run: no memory", failed);
  return GSL_SUCCESS;
}
