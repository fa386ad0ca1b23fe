/* The network as a fitter, so that it can be bagged like any other.
   References stand in net.h and train.h.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/text.h"
#include "../fitter/fitter.h"
#include "fitter_net.h"

#define UNITS 10000 /* most in a layer */

static const bd_knob net_knobs[] = {
  { "hidden", 0, 0, 0, false, "units of the hidden layers, 50 or 100x50",
    "50" },
  { "layers", 1, 1, BD_NET_LAYERS - 1, true,
    "hidden layers, where hidden is one number", NULL },
  { "units", 0, 0, 0, false, "tanh, relu, gelu, logistic or linear", "tanh" },
  { "steps", 2000, 1, 1e9, true, "steps of the optimiser", NULL },
  { "epochs", 0, 0, 1e7, true, "passes over the rows instead; 0: steps",
    NULL },
  { "batch", 128, 1, 1e6, true, "rows in a step", NULL },
  { "rate", 0.0125, 1e-7, 10, false, "learning rate at the start", NULL },
  { "decay", 0, 0, 1e3, false, "weight decay", NULL },
  { "max_norm", 0, 0, 1e6, false,
    "largest norm of the weights into a unit; 0: any", NULL },
  { "dropout", 0, 0, 0.99, false, "dropout rate while training", NULL },
  { "mask", 0, 0, 0, false,
    "law of the masks with its knobs, see bagdrop list masks", "bernoulli" },
  { "stop", 0, 0, 0.5, false, "share of rows held out for early stopping",
    NULL },
  { "output", 0, 0, 0, false, "real, gaussian, or logistic for a 0/1 response",
    "real" },
  { "optimiser", 0, 0, 0, false, "adam, adamw, sgd or lbfgs", "adam" },
  { "schedule", 0, 0, 0, false, "course of the learning rate", "halfcosine" },
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
  float *factor;
  uint32_t *words;
  double *mask;
} net_work;

int
bd_net_parse_hidden (const char *text, size_t layers, bd_net_options *o,
                     bd_error *err)
{
  const char *at = text;

  o->depth = 0;
  do
    {
      char *end;
      unsigned long units = strtoul (at, &end, 10);
      if (*at < '0' || *at > '9' || units < 1 || units > UNITS
          || (*end && *end != 'x' && *end != ',')
          || o->depth + 1 == BD_NET_LAYERS)
        return BD_FAIL (err, GSL_EINVAL,
                        "hidden layers '%s': units from 1 to %d are wanted, "
                        "as in 50 or 100x50, in at most %d layers",
                        text, UNITS, BD_NET_LAYERS - 1);
      o->hidden[o->depth++] = units;
      at = *end ? end + 1 : NULL;
    }
  while (at);
  for (; o->depth < layers; o->depth++)
    o->hidden[o->depth] = o->hidden[0];
  return GSL_SUCCESS;
}

static int
unknown (const char *what, const char *word, bd_error *err)
{
  char name[64];
  return BD_FAIL (err, GSL_EINVAL, "there is no %s '%s'", what,
                  bd_text_clean (name, sizeof name, word));
}

/* The output that suits a response of CLASSES classes, 0 for a number.  The
   knob says which of two there are for a number.  */
static const bd_output *
choose_output (const char *word, size_t classes)
{
  const bd_output *o = bd_output_find (word);

  if (!o || o == &bd_outputs[BD_OUTPUT_SOFTMAX])
    return NULL;
  if (classes == 0)
    return o;
  if (o == &bd_outputs[BD_OUTPUT_GAUSSIAN] || (o->classes && classes > 2))
    return NULL;
  return &bd_outputs[classes > 2 ? BD_OUTPUT_SOFTMAX : BD_OUTPUT_LOGISTIC];
}

/* The knobs that are names.  */
static int
take_names (const bd_settings *set, bd_net_options *o, bd_error *err)
{
  o->unit = bd_unit_find (set->word[BD_NET_UNITS]);
  if (!o->unit)
    return unknown ("unit", set->word[BD_NET_UNITS], err);
  o->output = choose_output (set->word[BD_NET_OUTPUT], set->classes);
  if (!o->output && set->classes && bd_output_find (set->word[BD_NET_OUTPUT]))
    return BD_FAIL (err, GSL_EINVAL,
                    "output=%s does not suit a response of %zu classes; "
                    "leave it out",
                    set->word[BD_NET_OUTPUT], set->classes);
  if (!o->output)
    return unknown ("output", set->word[BD_NET_OUTPUT], err);
  o->optimiser = bd_optimiser_find (set->word[BD_NET_OPTIMISER]);
  if (!o->optimiser)
    return unknown ("optimiser", set->word[BD_NET_OPTIMISER], err);
  bd_settings_default (o->optimiser->knobs, &o->tuning);
  o->schedule = bd_schedule_find (set->word[BD_NET_SCHEDULE]);
  return o->schedule ? GSL_SUCCESS
                     : unknown ("schedule", set->word[BD_NET_SCHEDULE], err);
}

int
bd_fitter_net_options (const bd_settings *set, bd_net_options *o,
                       bd_error *err)
{
  *o = (bd_net_options){
    .steps = (size_t)set->value[BD_NET_STEPS],
    .epochs = (size_t)set->value[BD_NET_EPOCHS],
    .batch = (size_t)set->value[BD_NET_BATCH],
    .rate = set->value[BD_NET_RATE],
    .decay = set->value[BD_NET_DECAY],
    .max_norm = set->value[BD_NET_MAX_NORM],
    .stop = set->value[BD_NET_STOP],
    .labels = set->rows,
    .classes = set->classes ? set->classes : 2,
  };
  int code = bd_net_parse_hidden (set->word[BD_NET_HIDDEN],
                                  (size_t)set->value[BD_NET_DEPTH], o, err);
  if (!code)
    code = take_names (set, o, err);
  if (!code)
    code = bd_mask_choose (&o->mask, set->word[BD_NET_MASK],
                           set->value[BD_NET_DROPOUT], err);
  return code ? code : bd_net_options_check (o, err);
}

/* A logistic output learns from 0 and 1, a softmax from 0 .. classes - 1.  */
static int
check_response (const bd_net_options *o, const gsl_vector *y, bd_error *err)
{
  bool logistic = o->output == &bd_outputs[BD_OUTPUT_LOGISTIC];

  for (size_t i = 0; logistic && i < y->size; i++)
    {
      double v = gsl_vector_get (y, i);
      if (v != 0 && v != 1)
        return BD_FAIL (err, GSL_EINVAL,
                        "output=logistic learns from a response of 0 and 1, "
                        "but there is %g",
                        v);
    }
  return GSL_SUCCESS;
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
  if (bd_fitter_net_options (set, &a->o, err)
      || check_response (&a->o, y, err))
    {
      free (a);
      return NULL;
    }
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
  free (w->factor);
  free (w->words);
  free (w->mask);
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
    {
      size_t places = bd_mask_places (&a->o.mask, &w->model->net);
      w->H = bd_array (bd_net_predict_room (w->model, m), 1);
      w->factor = bd_floats (places);
      w->words = calloc (bd_mask_words (places) + 4, sizeof *w->words);
      w->mask = bd_array (places, 1);
    }
  if (w->model && w->trainer && w->Z && w->H && w->factor && w->words
      && w->mask)
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
  const bd_net_model *model = w->model;
  bd_net_mask room;
  const bd_net_mask *mask
      = bd_net_only_mask (&model->mask, &model->net, model->pool_seed,
                          w->words, w->factor, w->mask, &room);

  bd_net_standardise (model, a->P, w->Z);
  bd_net_predict (model, a->P->size1, w->Z, mask, w->H, t);
  return GSL_SUCCESS;
}

const bd_net_model *
bd_fitter_net_model (const void *work)
{
  const net_work *w = work;
  return w->model;
}

bd_net_trouble
bd_fitter_net_trouble (const void *work)
{
  const net_work *w = work;
  return bd_net_diverged (w->trainer);
}

const bd_fitter_type bd_fitter_net = {
  .name = "net",
  .title = "network",
  .help = "dense network, with weight decay, early stopping or dropout; "
          "predicts by weight scaling",
  .knobs = net_knobs,
  .resample = "bootstrap",
  .plan = net_make_plan,
  .free_plan = net_free_plan,
  .work = net_make_work,
  .free_work = net_free_work,
  .fit = net_fit,
  .predict = net_predict,
  .classes = &bd_fitter_net,
};
