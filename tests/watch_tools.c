#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "watch_tools.h"

static void
keep (const tape *t, float *to, const float *from)
{
  if (from)
    memcpy (to + t->count * t->size, from, t->size * sizeof *to);
}

static bool
write_down (void *params, const bd_net_moment *m)
{
  tape *t = params;
  size_t k = t->count;

  ck_assert_uint_lt (k, MOMENTS);
  ck_assert_uint_eq (m->model->net.size, t->size);
  ck_assert (!m->before == !m->gradient);
  t->step[k] = m->step;
  t->steps[k] = m->steps;
  t->loss[k] = m->loss;
  t->pair[k] = m->before;
  keep (t, t->w, m->w);
  keep (t, t->before, m->before);
  keep (t, t->gradient, m->gradient);
  t->count++;
  return m->step == t->stop;
}

run
train_watched (bd_net_options o, const bd_dataset *s, const double w[],
               size_t stop, tape *to)
{
  bd_net_model *shape = bd_net_model_alloc (&o, s->d);
  size_t size = shape->net.size;

  bd_net_model_free (shape);
  *to = (tape){ .size = size,
                .stop = stop,
                .w = bd_floats (MOMENTS * size),
                .before = bd_floats (MOMENTS * size),
                .gradient = bd_floats (MOMENTS * size) };
  ck_assert (to->w && to->before && to->gradient);
  const bd_net_watch watch = { write_down, to };
  o.watch = &watch;
  return train (&o, s, w);
}

void
tape_free (tape *t)
{
  free (t->w);
  free (t->before);
  free (t->gradient);
}

const float *
tape_row (const tape *t, const float *of, size_t k)
{
  return of + k * t->size;
}
