#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "walk.h"

/* Fill PLACE, unless NULL, with the places that are not padding, and count
   them.  */
static size_t
list_places (const bd_net *net, size_t place[])
{
  size_t count = 0;

  for (size_t l = 0; l < net->layers; l++)
    for (size_t k = 0; k <= net->width[l]; k++)
      {
        size_t at = k < net->width[l] ? net->weight[l] + k * net->padded[l + 1]
                                      : net->bias[l];
        for (size_t j = 0; j < net->width[l + 1]; j++, count++)
          if (place)
            place[count] = at + j;
      }
  return count;
}

int
bd_walk_init (bd_walk *a, const bd_net *net, const bd_dataset *held,
              size_t first, size_t steps, size_t count)
{
  *a = (bd_walk){ .curve.held = held, .count = list_places (net, NULL) };
  bd_watch_checkpoints (&a->curve, first, steps, count);
  a->place = calloc (a->count, sizeof *a->place);
  a->start = bd_floats (a->count);
  a->last = bd_array (a->count, 1);
  if (!a->place || !a->start || !a->last)
    return GSL_ENOMEM;
  list_places (net, a->place);
  return GSL_SUCCESS;
}

void
bd_walk_free (bd_walk *a)
{
  free (a->place);
  free (a->start);
  free (a->last);
}

static void
begin (bd_walk *a, const float w[])
{
  const struct bd_walk_sums none = { .steps = 0 };

  for (size_t i = 0; i < a->count; i++)
    {
      a->start[i] = w[a->place[i]];
      a->last[i] = 0;
    }
  a->since = a->all = none;
  a->length = a->last_length = 0;
  a->at = 0;
}

static void
add (struct bd_walk_sums *to, double size, double share, double cosine)
{
  to->steps++;
  to->size += size;
  to->share += share;
  if (gsl_isnan (cosine))
    return;
  to->turns++;
  to->cosine += cosine;
}

/* Take in the step that M has made.  */
static void
take_step (bd_walk *a, const bd_net_moment *m)
{
  double u2 = 0, w2 = 0, product = 0;
  size_t learn = 0;

  for (size_t i = 0; i < a->count; i++)
    {
      size_t k = a->place[i];
      double from = (double)m->before[k], u = (double)m->w[k] - from;
      u2 += u * u;
      w2 += from * from;
      product += u * a->last[i];
      learn += u != 0 && m->gradient[k] != 0;
      a->last[i] = u;
    }
  double length = sqrt (u2), both = length * a->last_length;
  double size = w2 > 0 ? length / sqrt (w2) : 0;
  double share = (double)learn / (double)a->count;
  double cosine = both > 0 ? product / both : GSL_NAN;
  add (&a->since, size, share, cosine);
  add (&a->all, size, share, cosine);
  a->length += length;
  a->last_length = length;
}

static double
ratio (double sum, size_t count)
{
  return count ? sum / (double)count : GSL_NAN;
}

static void
file_checkpoint (bd_walk *a, const bd_net_moment *m)
{
  const struct bd_walk_sums none = { .steps = 0 }, *s = &a->since;
  size_t k = a->at++;
  double d2 = 0;

  for (size_t i = 0; i < a->count; i++)
    d2 += gsl_pow_2 ((double)m->w[a->place[i]] - (double)a->start[i]);
  a->size[k] = ratio (s->size, s->steps);
  a->share[k] = ratio (s->share, s->steps);
  a->cosine[k] = ratio (s->cosine, s->turns);
  a->path[k] = a->length;
  a->displacement[k] = sqrt (d2);
  a->curve.loss[k] = bd_weights_loss (m->model, m->w, a->curve.held);
  a->all_share = ratio (a->all.share, a->all.steps);
  a->all_cosine = ratio (a->all.cosine, a->all.turns);
  a->since = none;
}

bool
bd_walk_look (void *params, const bd_net_moment *m)
{
  bd_walk *a = params;

  if (m->step == 0)
    begin (a, m->w);
  else
    take_step (a, m);
  if (a->at < a->curve.count && a->curve.step[a->at] == m->step)
    file_checkpoint (a, m);
  return false;
}

double
bd_walk_least (const bd_walk *a)
{
  double least = GSL_POSINF;

  for (size_t k = 0; k < a->curve.count; k++)
    least = GSL_MIN_DBL (least, a->curve.loss[k]);
  return least;
}
