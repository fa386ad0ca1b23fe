/* Training by methods that look at the whole sample.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "trainer.h"

#define ROUNDS 20 /* iterations between looks at the rows held out */

typedef struct
{
  const bd_net *net;
  const bd_train_rows *rows;
  size_t strip;
  double decay;
  double *w; /* aligned */
  bd_pass_double pass;
} sample;

/* The mean loss and its gradient, decay included.  */
static double
loss (void *params, const double w[], double G[])
{
  sample *a = params;
  const bd_net *net = a->net;
  const bd_train_rows *b = a->rows;
  double sum = 0, ss = 0;

  memcpy (a->w, w, net->size * sizeof *w);
  bd_pass_double_weights (&a->pass, a->w, 1);
  double *g = a->w + bd_net_padded (net->size);
  memset (g, 0, net->size * sizeof *g);
  for (size_t at = 0, count; at < b->rows; at += count)
    {
      const double *X = b->X + at * b->d;
      count = GSL_MIN (a->strip, b->rows - at);
      bd_pass_double_forward (&a->pass, count, X);
      sum += bd_pass_double_loss (&a->pass, count, b->y + at, b->share + at);
      bd_pass_double_backward (&a->pass, count, X, g);
    }
  for (size_t l = 0; a->decay > 0 && l < net->layers; l++)
    for (size_t k = net->weight[l]; k < net->bias[l]; k++)
      {
        ss += w[k] * w[k];
        g[k] += a->decay * w[k];
      }
  memcpy (G, g, net->size * sizeof *g);
  return sum + a->decay * ss / 2;
}

/* Whether the rows held out like W better than all before.  */
static void
look (bd_net_trainer *t, const bd_net_model *model, double *least)
{
  for (size_t k = 0; k < model->net.size; k++)
    t->w[k] = (float)model->w[k];
  double now = bd_train_held_out (t, t->w);
  if (now < *least)
    {
      *least = now;
      memcpy (t->best, t->w, model->net.size * sizeof *t->best);
    }
}

static int
minimise (bd_net_trainer *t, const bd_net_options *o, sample *a,
          bd_net_model *model)
{
  double least = GSL_POSINF;
  size_t left = o->steps;
  int code = GSL_SUCCESS;

  while (left > 0 && !code)
    {
      size_t part = t->rows.held ? GSL_MIN (left, ROUNDS) : left, done = 0;
      code = o->optimiser->minimise (&o->tuning, loss, a, model->net.size,
                                     part, model->w, &done);
      if (!code && t->rows.held)
        look (t, model, &least);
      left = done < part ? 0 : left - part;
    }
  for (size_t k = 0; !code && t->rows.held && k < model->net.size; k++)
    model->w[k] = (double)t->best[k];
  return code;
}

int
bd_train_whole (bd_net_trainer *t, const bd_net_options *o,
                bd_net_model *model)
{
  const bd_net *net = &model->net;
  sample a = { .net = net,
               .rows = &t->rows,
               .strip = t->strip,
               .decay = o->decay,
               .w = bd_array (2, bd_net_padded (net->size)) };
  double *room = bd_array (bd_pass_double_room (net, t->strip, 0), 1);
  int code = GSL_ENOMEM;

  if (a.w && room)
    {
      bd_pass_double_open (&a.pass, net, t->strip, 0, room);
      code = minimise (t, o, &a, model);
    }
  free (a.w);
  free (room);
  return code;
}
