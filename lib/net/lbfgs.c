/* Reference: D. C. Liu, J. Nocedal, "On the limited memory BFGS method for
   large scale optimization", Mathematical Programming 45 (1989).  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "line_search.h"
#include "net.h"
#include "optimiser.h"

#define STALE 3 /* iterations without a gain that end it */

enum /* knobs */
{
  MEMORY,
  TOLERANCE
};

typedef struct
{
  size_t size, pad;
  size_t memory, held, next; /* pairs: room, in use, place of the next */
  double *room;              /* all vectors */
  double *S, *Y;             /* steps and changes of the gradient */
  double *rho, *alpha;       /* 1 / s y; work space */
  double *w, *G;             /* where it stands */
  double *w2, *G2;           /* where it looks */
  double *p;                 /* direction */
  double f, scale;           /* loss; first guess of the inverse Hessian */
} state;

static bool
state_alloc (state *a, size_t size, size_t memory)
{
  size_t pad = bd_net_padded (size);

  *a = (state){ .size = size, .pad = pad, .memory = memory };
  a->room = bd_array (2 * memory + 5, pad);
  a->rho = bd_array (2, memory);
  if (!a->room || !a->rho)
    {
      free (a->room);
      free (a->rho);
      return false;
    }
  a->alpha = a->rho + memory;
  a->S = a->room;
  a->Y = a->S + memory * pad;
  a->w = a->Y + memory * pad;
  a->G = a->w + pad;
  a->w2 = a->G + pad;
  a->G2 = a->w2 + pad;
  a->p = a->G2 + pad;
  return true;
}

/* Place of the pair that is BACK pairs old, 1 being the newest.  */
static size_t
pair (const state *a, size_t back)
{
  return (a->next + a->memory - back) % a->memory;
}

/* p = - H G by the two loops.  */
static void
direction (state *a)
{
  for (size_t k = 0; k < a->size; k++)
    a->p[k] = -a->G[k];
  for (size_t back = 1; back <= a->held; back++)
    {
      size_t i = pair (a, back);
      a->alpha[i] = a->rho[i] * bd_line_dot (a->size, a->S + i * a->pad, a->p);
      bd_line_add (a->size, -a->alpha[i], a->Y + i * a->pad, a->p);
    }
  for (size_t k = 0; k < a->size; k++)
    a->p[k] *= a->scale;
  for (size_t back = a->held; back > 0; back--)
    {
      size_t i = pair (a, back);
      double beta = a->rho[i] * bd_line_dot (a->size, a->Y + i * a->pad, a->p);
      bd_line_add (a->size, a->alpha[i] - beta, a->S + i * a->pad, a->p);
    }
}

/* The steepest way down, about 1 long at first.  */
static void
forget (state *a)
{
  double norm = sqrt (bd_line_dot (a->size, a->G, a->G));

  a->held = a->next = 0;
  a->scale = norm > 1 ? 1 / norm : 1;
}

/* Go to where it looks and keep the pair; one without curvature would spoil
   the guess.  */
static void
move (state *a, double f)
{
  double *s = a->S + a->next * a->pad, *y = a->Y + a->next * a->pad, *swap;

  for (size_t k = 0; k < a->size; k++)
    {
      s[k] = a->w2[k] - a->w[k];
      y[k] = a->G2[k] - a->G[k];
    }
  double sy = bd_line_dot (a->size, s, y), yy = bd_line_dot (a->size, y, y);
  if (sy > GSL_DBL_EPSILON * yy)
    {
      a->rho[a->next] = 1 / sy;
      a->scale = sy / yy;
      a->next = (a->next + 1) % a->memory;
      a->held = GSL_MIN (a->held + 1, a->memory);
    }
  swap = a->w, a->w = a->w2, a->w2 = swap;
  swap = a->G, a->G = a->G2, a->G2 = swap;
  a->f = f;
}

/* One iteration.  GSL_ENOPROG when no step is better than none.  */
static int
iterate (state *a, bd_loss loss, void *params)
{
  direction (a);
  double slope = bd_line_dot (a->size, a->G, a->p);
  if (!(slope < 0))
    return GSL_ENOPROG;
  bd_line line = { loss,  params, a->size, a->w, a->p, { 0, a->f, slope },
                   a->w2, a->G2 };
  bd_line_place at = bd_line_search (&line, 1);
  if (at.f == GSL_POSINF)
    return GSL_ERUNAWAY;
  if (at.step == 0)
    return GSL_ENOPROG;
  move (a, at.f);
  return GSL_SUCCESS;
}

static bool
flat (const state *a, double tolerance)
{
  double length = sqrt (bd_line_dot (a->size, a->w, a->w));

  return sqrt (bd_line_dot (a->size, a->G, a->G))
         <= tolerance * GSL_MAX (length, 1);
}

/* Until nothing is left to gain.  What has gone nowhere is tried once more
   along the steepest way.  */
static int
descend (state *a, bd_loss loss, void *params, double tolerance, size_t steps,
         size_t *done)
{
  int stale = 0;

  forget (a);
  while (*done < steps && stale < STALE && !flat (a, tolerance))
    {
      double before = a->f;
      int code = iterate (a, loss, params);
      if (code && a->held == 0)
        return code == GSL_ENOPROG ? GSL_SUCCESS : code;
      if (code)
        {
          forget (a);
          continue;
        }
      ++*done;
      stale = before - a->f <= bd_line_noise (before) ? stale + 1 : 0;
    }
  return GSL_SUCCESS;
}

static int
lbfgs_minimise (const bd_settings *set, bd_loss loss, void *params,
                size_t size, size_t steps, double w[], size_t *done)
{
  state a;

  *done = 0;
  if (!state_alloc (&a, size, (size_t)set->value[MEMORY]))
    GSL_ERROR ("not enough memory to minimise", GSL_ENOMEM);
  memcpy (a.w, w, size * sizeof *w);
  a.f = loss (params, a.w, a.G);
  int code = GSL_ERUNAWAY;
  if (gsl_finite (a.f) && gsl_finite (bd_line_dot (size, a.G, a.G)))
    code = descend (&a, loss, params, set->value[TOLERANCE], steps, done);
  memcpy (w, a.w, size * sizeof *w);
  free (a.room);
  free (a.rho);
  if (code)
    GSL_ERROR ("the loss is not finite", code);
  return code;
}

static const bd_knob knobs[]
    = { { "memory", 20, 1, 1000, true, "steps that the curvature is made of",
          NULL },
        { "tolerance", 1e-10, 0, 1, false,
          "gradient's length at the end, for weights of length 1", NULL },
        { NULL, 0, 0, 0, false, NULL, NULL } };

const bd_optimiser bd_optimiser_lbfgs
    = { .name = "lbfgs",
        .help = "the whole sample at once, with curvature (no masks)",
        .knobs = knobs,
        .minimise = lbfgs_minimise };
