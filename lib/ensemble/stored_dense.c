#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdlib.h>

#include "../base/array.h"
#include "stored_dense.h"

typedef struct
{
  const double **u, **t;
  double *zero; /* a member without perturbations */
  size_t members, shaky;
  bool unequal;
} gathered;

static size_t
count_members (const bd_stored *s)
{
  uint64_t count = 0;

  for (size_t k = 0; k < s->pieces; k++)
    count += s->piece[k].members;
  return (size_t)count;
}

static bool
gather_init (gathered *g, const bd_stored *s)
{
  size_t count = count_members (s) + 1;

  g->u = calloc (count, sizeof *g->u);
  g->t = calloc (count, sizeof *g->t);
  g->zero = bd_array (s->width, 1);
  return g->u && g->t && g->zero;
}

/* A member that could not be fitted has no predictions.  */
static void
gather (gathered *g, const bd_stored *s, const bd_stored_piece *q)
{
  for (size_t k = 0; k < q->members; k++, g->members++)
    {
      double p = q->p ? q->p[k] : 1;
      bool failed = (q->state && q->state[k] == BD_MEMBER_FAILED) || p != p;
      g->u[g->members] = q->U ? q->U + k * s->width : g->zero;
      g->t[g->members] = failed ? NULL : q->T + k * s->points;
      g->shaky += q->state && q->state[k] == BD_MEMBER_SHAKY;
      g->unequal = g->unequal || (!failed && p != 1);
    }
}

static int
fill (const gathered *g, bd_moments *a, int threads)
{
  const bd_dense_members in = { g->members, g->u, NULL, g->t };

  if (g->unequal)
    GSL_ERROR ("members of unequal probabilities need a run", GSL_EINVAL);
  int code = bd_moments_dense (a, &in, BD_FORM_AUTO, threads);
  a->shaky = g->shaky;
  return code;
}

int
bd_stored_dense (const bd_stored *s, bd_moments *a, int threads)
{
  gathered g = { .members = 0 };
  int code = GSL_ENOMEM;

  if (a->n != s->units || a->m != s->points || a->width != s->width)
    GSL_ERROR ("moments and members have different sizes", GSL_EBADLEN);
  if (gather_init (&g, s))
    {
      for (size_t k = 0; k < s->pieces; k++)
        gather (&g, s, &s->piece[k]);
      code = fill (&g, a, threads);
    }
  free (g.u);
  free (g.t);
  free (g.zero);
  if (code == GSL_ENOMEM)
    GSL_ERROR ("no memory for the list of members", GSL_ENOMEM);
  return code;
}
