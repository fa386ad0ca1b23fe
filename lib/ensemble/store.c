/* Members that are kept instead of going into moments.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/blas.h"
#include "run.h"
#include "stored.h"

#define NUMBERS ((size_t)1 << 22) /* in a piece, about */
#define LEAST 16                  /* members in one, so that threads share */
#define MOST 4096

typedef struct
{
  const bd_source *source;
  const bd_store_options *o;
  size_t room; /* members of a piece */
  double *p, *U, *T;
  unsigned char *state;
} store;

static size_t
piece_room (const bd_source *s, uint64_t members)
{
  size_t room = NUMBERS / GSL_MAX (s->width + s->points, 1);

  room = GSL_MIN (GSL_MAX (room, LEAST), MOST);
  return members < room ? (size_t)members : room;
}

static int
store_init (store *r, const bd_source *s, const bd_store_options *o)
{
  size_t room = piece_room (s, o->members);

  *r = (store){ .source = s, .o = o, .room = room };
  r->p = bd_array (room, 1);
  r->U = bd_array (room, s->width);
  r->T = bd_array (room, s->points);
  r->state = calloc (room, 1);
  return r->p && r->U && r->T && r->state ? GSL_SUCCESS : GSL_ENOMEM;
}

static void
store_free (store *r)
{
  free (r->p);
  free (r->U);
  free (r->T);
  free (r->state);
}

/* Member B as the K-th of a piece.  What a failed one leaves behind is not
   kept: it could be anything.  */
static void
draw_one (const store *r, void *work, uint64_t b, size_t k)
{
  const bd_source *s = r->source;
  double *u = r->U + k * s->width, *t = r->T + k * s->points;

  r->p[k] = 1;
  memset (u, 0, s->width * sizeof *u);
  int code = s->type->draw (s->setup, work, b, &r->p[k], u, t);
  r->state[k] = code == GSL_SUCCESS ? BD_MEMBER_GOOD
                : code == BD_SHAKY  ? BD_MEMBER_SHAKY
                                    : BD_MEMBER_FAILED;
  for (size_t i = 0; r->state[k] == BD_MEMBER_FAILED && i < s->points; i++)
    t[i] = GSL_NAN;
}

/* Hand over the first COUNT members of the room, of which DONE came before. */
static int
put (const store *r, uint64_t done, size_t count)
{
  const bd_source *s = r->source;
  const bd_store_options *o = r->o;
  const bd_stored_piece piece = { .first = o->first + done,
                                  .members = count,
                                  .p = r->p,
                                  .state = r->state,
                                  .U = r->U,
                                  .T = r->T };
  const bd_stored a = { &piece, 1, s->units, s->width, s->points };
  int code = o->put (o->params, &a);

  if (o->progress.tell)
    o->progress.tell (o->progress.params, (double)(done + count),
                      (double)o->members);
  return code;
}

/* Everything that a team of threads does, each with a work space.  */
static void
run_team (const store *r, int *failed)
{
  const bd_source *s = r->source;
  void *work = s->type->work ? s->type->work (s->setup) : NULL;
  uint64_t members = r->o->members;

#pragma omp critical
  if (!work && s->type->work)
    *failed = GSL_ENOMEM;
#pragma omp barrier
  bool go = !*failed;
#pragma omp barrier
  for (uint64_t done = 0; go && done < members; done += r->room)
    {
      size_t count = (size_t)GSL_MIN (members - done, r->room);
#pragma omp for schedule(dynamic, 1)
      for (size_t k = 0; k < count; k++)
        draw_one (r, work, r->o->first + done + k, k);
#pragma omp single
      *failed = put (r, done, count);
      go = !*failed;
#pragma omp barrier
    }
  if (work)
    s->type->free_work (work);
}

int
bd_store_members (const bd_source *s, const bd_store_options *o)
{
  int threads = o->threads < 1 ? bd_run_threads () : o->threads;
  store r;
  int failed = store_init (&r, s, o);

  bd_blas_one_thread ();
  if (!failed)
    {
#pragma omp parallel num_threads(threads) if (threads > 1)
      run_team (&r, &failed);
    }
  store_free (&r);
  if (failed)
    GSL_ERROR ("members could not be kept", failed);
  return GSL_SUCCESS;
}
