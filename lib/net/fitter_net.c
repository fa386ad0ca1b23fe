/* The network as a fitter, so that it can be bagged like any other.
   References stand in net.h and train.h.  */
#include <config.h>

#include <stdlib.h>

#include "../base/array.h"
#include "../fitter/fitter.h"
#include "fitter_net.h"

static const bd_knob net_knobs[] = {
  { "hidden", 50, 1, 1000, true, "units in each hidden layer", NULL },
  { "layers", 1, 1, BD_NET_LAYERS - 1, true, "hidden layers", NULL },
  { "steps", 2000, 1, 1e7, true, "steps of Adam", NULL },
  { "batch", 128, 1, 1e6, true, "rows in a step", NULL },
  { "rate", 0.0125, 1e-7, 10, false, "learning rate at the start", NULL },
  { "decay", 0, 0, 1e3, false, "weight decay", NULL },
  { "dropout", 0, 0, 0.99, false, "dropout rate while training", NULL },
  { "stop", 0, 0, 0.5, false, "share of rows held out for early stopping",
    NULL },
  { "relu", 0, 0, 1, true, "1: rectifiers instead of tanh units", NULL },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

typedef struct
{
  bd_net_options o;
  const gsl_matrix *X, *P;
  const gsl_vector *y;
} net_plan;

typedef struct
{
  bd_net_model *model;
  bd_net_trainer *trainer;
  double *Z, *H;
} net_work;

bd_net_options
bd_fitter_net_options (const bd_settings *set)
{
  bd_net_options o = {
    .hidden = (size_t)set->value[BD_NET_HIDDEN],
    .depth = (size_t)set->value[BD_NET_DEPTH],
    .steps = (size_t)set->value[BD_NET_STEPS],
    .batch = (size_t)set->value[BD_NET_BATCH],
    .rate = set->value[BD_NET_RATE],
    .decay = set->value[BD_NET_DECAY],
    .dropout = set->value[BD_NET_DROPOUT],
    .stop = set->value[BD_NET_STOP],
    .unit
    = &bd_units[set->value[BD_NET_RELU] > 0 ? BD_UNIT_RELU : BD_UNIT_TANH],
  };
  return o;
}

static void *
net_make_plan (const bd_settings *set, const gsl_matrix *X,
               const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  net_plan *a = calloc (1, sizeof *a);

  if (!a)
    {
      BD_FAIL (err, GSL_ENOMEM, "no memory for a network");
      return NULL;
    }
  a->o = bd_fitter_net_options (set);
  a->X = X;
  a->P = P;
  a->y = y;
  return a;
}

static void
net_free_plan (void *plan)
{
  free (plan);
}

static void
net_free_work (void *work)
{
  net_work *w = work;

  if (!w)
    return;
  bd_net_model_free (w->model);
  bd_net_trainer_free (w->trainer);
  free (w->Z);
  free (w->H);
  free (w);
}

static void *
net_make_work (const void *plan)
{
  const net_plan *a = plan;
  size_t m = a->P->size1, d = a->X->size2;
  net_work *w = calloc (1, sizeof *w);

  if (!w)
    return NULL;
  w->model = bd_net_model_alloc (&a->o, d);
  w->trainer = bd_net_trainer_alloc (&a->o, a->X->size1, d);
  w->Z = bd_array (m, d);
  if (w->model)
    w->H = bd_array (2 * m, w->model->net.hidden);
  if (w->model && w->trainer && w->Z && w->H)
    return w;
  net_free_work (w);
  return NULL;
}

static int
net_fit (const void *plan, void *work, const double weight[], gsl_rng *r)
{
  const net_plan *a = plan;
  net_work *w = work;

  return bd_net_train (w->trainer, &a->o, a->X, a->y, weight, r, w->model);
}

static int
net_predict (const void *plan, void *work, double t[])
{
  const net_plan *a = plan;
  net_work *w = work;

  bd_net_standardise (w->model, a->P, w->Z);
  bd_net_predict (w->model, a->P->size1, w->Z, NULL, w->H, t);
  return GSL_SUCCESS;
}

const bd_net_model *
bd_fitter_net_model (const void *work)
{
  const net_work *w = work;
  return w->model;
}

const bd_fitter_type bd_fitter_net = {
  .name = "net",
  .title = "network",
  .help = "dense network trained by Adam, with weight decay, early stopping "
          "or dropout; predicts by weight scaling",
  .knobs = net_knobs,
  .resample = "bootstrap",
  .plan = net_make_plan,
  .free_plan = net_free_plan,
  .work = net_make_work,
  .free_work = net_free_work,
  .fit = net_fit,
  .predict = net_predict,
};
