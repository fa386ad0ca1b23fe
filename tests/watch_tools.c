#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
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

/* What of MODEL's network and data a gradient needs.  */
typedef struct
{
  double *Z, *y, *w, *G, *H;
} slow;

static slow
slow_open (const bd_dataset *s, const bd_net_model *model)
{
  const bd_net *net = &model->net;
  slow a = { .Z = bd_array (s->n, s->d),
             .y = bd_array (s->n, 1),
             .w = bd_array (net->size, 1),
             .G = bd_array (net->size, 1),
             .H = bd_array (bd_net_room (net, s->n), 1) };

  ck_assert (a.Z && a.y && a.w && a.G && a.H);
  bd_net_standardise (model, s->X, a.Z);
  for (size_t i = 0; i < s->n; i++)
    a.y[i] = (gsl_vector_get (s->y, i) - model->y_mean) / model->y_scale;
  return a;
}

static void
slow_free (slow *a)
{
  free (a->Z);
  free (a->y);
  free (a->w);
  free (a->G);
  free (a->H);
}

void
check_followed (const tape *t, const bd_net_options *o, const bd_dataset *s,
                const bd_net_model *model)
{
  const bd_net *net = &model->net;
  slow a = slow_open (s, model);

  for (size_t k = 1; k < t->count; k++)
    {
      for (size_t i = 0; i < t->size; i++)
        a.w[i] = (double)tape_row (t, t->before, k)[i];
      double loss = bd_net_gradient (net, a.w, s->n, a.Z, a.y, NULL, a.H, a.G);
      ck_assert_double_eq_tol (t->loss[k], loss, 1e-5 * loss);
      for (size_t l = 0; l < net->layers; l++)
        for (size_t i = net->weight[l]; i < net->bias[l]; i++)
          a.G[i] += o->decay * a.w[i];
      for (size_t i = 0; i < t->size; i++)
        ck_assert_double_eq_tol ((double)tape_row (t, t->gradient, k)[i],
                                 a.G[i], 1e-5);
    }
  slow_free (&a);
}
