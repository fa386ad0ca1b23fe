#include <config.h>

#include <gsl/gsl_math.h>

#include "watch.h"

bool
bd_watch_stop_at (void *params, const bd_net_moment *m)
{
  const size_t *at = params;
  return m->step >= *at;
}

void
bd_watch_checkpoints (bd_watch_curve *c, size_t first, size_t steps,
                      size_t count)
{
  size_t from = GSL_MIN (GSL_MAX (first, 1), steps), used = 0;
  double ratio = log ((double)steps / (double)from);

  for (size_t k = 0; k < count; k++)
    {
      double part = count > 1 ? (double)k / (double)(count - 1) : 1;
      size_t at = (size_t)((double)from * exp (part * ratio) + 0.5);
      at = k + 1 == count ? steps : at;
      if (used == 0 || at > c->step[used - 1])
        c->step[used++] = at;
    }
  c->count = used;
  for (size_t k = 0; k < used; k++)
    c->loss[k] = GSL_NAN;
}

bool
bd_watch_curve_look (void *params, const bd_net_moment *m)
{
  bd_watch_curve *c = params;

  for (size_t k = 0; k < c->count; k++)
    if (c->step[k] == m->step)
      c->loss[k] = bd_weights_loss (m->model, m->w, c->held);
  return false;
}
