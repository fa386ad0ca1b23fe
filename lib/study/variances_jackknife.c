/* Monte Carlo errors of what has no formula for it: a jackknife over groups of
   members.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../ensemble/run.h"
#include "../ensemble/stored.h"
#include "../variance/jackknife.h"
#include "../variance/mean.h"
#include "variances_job.h"

#define WORK 2e8 /* products of units, points and members that are worth it   \
                  */

bool
bd_variances_even (const bd_variances_job *q)
{
  const bd_members *a = q->o->members;
  bool even = a->count == q->moments->members;

  for (size_t b = 0; even && a->p && b < a->count; b++)
    even = a->p[b] == 1;
  return even;
}

typedef struct
{
  const bd_variances_job *q;
  const double *U;
  bd_moments *moments;
  double factor, *u, *t, *V, *e;
} shares;

/* The additive share by the members in use, in their order.  */
static double
share_of (void *params, const bool use[], size_t B)
{
  shares *s = params;
  size_t n = s->q->units, m = s->moments->m, used = 0;

  for (size_t b = 0; b < B; b++)
    if (use[b])
      {
        memcpy (s->u + used * n, s->U + b * n, n * sizeof *s->u);
        memcpy (s->t + used++ * m, s->q->o->members->T + b * m,
                m * sizeof *s->t);
      }
  const bd_stored_piece piece = { .members = used, .U = s->u, .T = s->t };
  const bd_stored stored
      = { .piece = &piece, .pieces = 1, .units = n, .width = n, .points = m };
  const bd_source source = bd_stored_source (&stored);
  const bd_run_options run = { .members = used, .threads = s->q->o->threads };
  bd_moments_reset (s->moments);
  if (bd_run (&source, &run, s->moments))
    return GSL_NAN;
  return bd_variance_mean (s->moments, s->factor, s->V, s->e);
}

int
bd_variances_share_error (bd_variances_job *q, double factor)
{
  const bd_moments *a = q->moments;
  const bd_members *from = q->o->members;
  size_t B = from->count, n = q->units, m = a->m;
  bd_moments shape = { .n = n, .m = m, .mc = a->mc, .self = m };
  int code = GSL_ENOMEM;

  q->r->share_error = GSL_NAN;
  if (gsl_isnan (q->r->share) || a->whole || !bd_variances_even (q)
      || (double)B * (double)n * (double)(m + a->mc) > WORK)
    return GSL_SUCCESS;
  shares s = { .q = q,
               .U = q->o->counts ? q->o->counts : from->U,
               .factor = factor,
               .moments = bd_moments_like (&shape),
               .u = bd_array (B, n),
               .t = bd_array (B, m),
               .V = bd_array (m, 1),
               .e = bd_array (m, 1) };
  if (s.moments && s.u && s.t && s.V && s.e)
    code = bd_jackknife (B, BD_JACKKNIFE_GROUPS, share_of, &s,
                         &q->r->share_error);
  bd_moments_free (s.moments);
  free (s.u);
  free (s.t);
  free (s.V);
  free (s.e);
  return code;
}
