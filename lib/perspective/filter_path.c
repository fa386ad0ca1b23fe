#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "filter_path.h"

#define STEP 1e-4 /* of the inputs' standard deviations */

typedef struct
{
  bd_path *path;
  const bd_net_watch *other;
} watcher;

static void
keep (bd_path *a, const bd_net_moment *m)
{
  double *w = a->w + a->seen++ * m->model->net.size;

  for (size_t k = 0; k < m->model->net.size; k++)
    w[k] = (double)m->w[k];
}

static bool
look (void *params, const bd_net_moment *m)
{
  watcher *w = params;
  bd_path *a = w->path;

  if (m->step == 0)
    a->seen = 0;
  else if (a->seen < a->count && a->step[a->seen] == m->step)
    keep (a, m);
  return w->other && w->other->look (w->other->params, m);
}

int
bd_path_train (bd_path *a, const bd_net_options *o, const bd_dataset *d,
               uint64_t seed, uint64_t index, size_t count,
               const size_t step[])
{
  bd_net_model *shape = bd_net_model_alloc (o, d->d);
  watcher w = { a, o->watch };
  const bd_net_watch watch = { look, &w };
  bd_net_options watched = *o;

  *a = (bd_path){ .count = count, .step = step };
  a->w = shape ? bd_array (count, shape->net.size) : NULL;
  bd_net_model_free (shape);
  if (!a->w)
    return GSL_ENOMEM;
  watched.watch = &watch;
  int code = bd_team_train (&watched, d, NULL, seed, index, &a->model);
  for (size_t k = a->seen; !code && k < count; k++)
    memcpy (a->w + k * a->model->net.size, a->model->w,
            a->model->net.size * sizeof *a->w);
  return code;
}

void
bd_path_free (bd_path *a)
{
  bd_net_model_free (a->model);
  free (a->w);
}

bd_net_model
bd_path_at (const bd_path *a, size_t k)
{
  bd_net_model at = *a->model;

  at.w = a->w + k * at.net.size;
  return at;
}

double
bd_mask_variance (double q, size_t count, size_t units, size_t stride,
                  const double H[], const double weight[])
{
  double sum = 0;

  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < units; j++)
      sum += gsl_pow_2 (H[i * stride + j] * (weight ? weight[j] : 1));
  return q / (1 - q) * sum / (double)count;
}

int
bd_signal_add_net (bd_signal layer[], const bd_net_model *model,
                   const double rate[], const gsl_matrix *P)
{
  const bd_net *net = &model->net;
  size_t m = P->size1, last = net->layers - 1;
  double *Z = bd_array (m, P->size2), *t = bd_array (m, 1);
  double *H = bd_array (bd_net_predict_room (model, m), 1), added = 0;
  bool room = Z && t && H;

  if (room)
    {
      bd_net_standardise (model, P, Z);
      bd_net_predict (model, m, Z, NULL, H, t);
    }
  for (size_t l = 0; room && l < last; l++)
    {
      const double *h = bd_net_values (net, m, l, H);
      size_t units = net->width[l + 1], stride = net->padded[l + 1];
      bd_signal_add (&layer[l], h, stride,
                     bd_mask_variance (rate[l], m, units, stride, h, NULL));
      if (l + 1 == last)
        added = bd_mask_variance (rate[l], m, units, stride, h,
                                  model->w + net->weight[last]);
    }
  if (room)
    bd_signal_add (&layer[last], t, 1, gsl_pow_2 (model->y_scale) * added);
  free (Z);
  free (t);
  free (H);
  return room ? GSL_SUCCESS : GSL_ENOMEM;
}

/* Add to *SUM the mean squared change of the prediction with input J.  */
static int
add_input (const bd_team *a, gsl_matrix *P, size_t j, double sd, double up[],
           double down[], double *sum)
{
  size_t m = P->size1;
  gsl_vector_view x = gsl_matrix_column (P, j);
  double step = STEP * sd;

  gsl_vector_add_constant (&x.vector, step);
  int code = bd_team_predict (a, P, up);
  gsl_vector_add_constant (&x.vector, -2 * step);
  if (!code)
    code = bd_team_predict (a, P, down);
  gsl_vector_add_constant (&x.vector, step);
  for (size_t i = 0; !code && i < m; i++)
    *sum += gsl_pow_2 ((up[i] - down[i]) / (2 * STEP)) / (double)m;
  return code;
}

int
bd_team_sensitivity (const bd_team *a, const gsl_matrix *P, const double sd[],
                     double *to)
{
  gsl_matrix *at = gsl_matrix_alloc (P->size1, P->size2);
  double *t = bd_array (2, P->size1);
  int code = at && t ? GSL_SUCCESS : GSL_ENOMEM;

  *to = 0;
  for (size_t j = 0; !code && j < P->size2; j++)
    {
      gsl_matrix_memcpy (at, P);
      code = add_input (a, at, j, sd[j], t, t + P->size1, to);
    }
  gsl_matrix_free (at);
  free (t);
  return code;
}
