/* Trainings that are watched through masks, and a small network of which all
   subnetworks are tried.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "../net/exact.h"
#include "universal.h"
#include "watch.h"

enum /* seeds that are derived from a repetition's */
{
  SEED_ALONG = 90,
  SEED_SMALL
};

#define RATE 0.5     /* of the masks that a training is watched through */
#define MASKS 32     /* of them */
#define FIRST 20     /* step of the first look */
#define KEPT_ROWS 50 /* of a response of classes, whose losses cost more */

size_t
bd_universal_looks (size_t steps, double at[BD_UNIVERSAL_LOOKS])
{
  bd_watch_curve c;

  bd_watch_checkpoints (&c, FIRST, steps, BD_UNIVERSAL_LOOKS);
  for (size_t k = 0; k < c.count; k++)
    at[k] = (double)c.step[k];
  return c.count;
}

/* Mean and spread of the loss over new masks at each look, and over the masks
   used until then where they are asked for.  */
typedef struct
{
  const bd_dataset *held;
  const double *at;
  size_t looks;
  bd_mask_list fresh;
  const bd_mask_stream *stream; /* NULL: used masks are of no interest */
  double *mean, *spread, *used; /* at the looks; NULL: not asked for */
  int code;
} eye;

/* The pool's masks are known before the first step; others once drawn.  */
static int
look_at_used (eye *e, const bd_net_moment *m, size_t k)
{
  bd_mask_stream s = *e->stream;
  bd_mask_list used = { .factor = NULL };
  bd_mask_loss loss;

  s.net = &m->model->net;
  s.pool_seed = m->model->pool_seed;
  int code = bd_mask_stream_replay (&s, m->step, MASKS, &used, NULL, NULL);
  if (!code)
    code = bd_masks_loss_at (m->model, m->w, &used, e->held, &loss);
  free (used.factor);
  e->used[k] = code ? GSL_NAN : loss.mean;
  return code;
}

static bool
look (void *params, const bd_net_moment *m)
{
  eye *e = params;
  bd_mask_loss loss;

  for (size_t k = 0; !e->code && k < e->looks; k++)
    if ((size_t)e->at[k] == m->step)
      {
        e->code = bd_masks_loss_at (m->model, m->w, &e->fresh, e->held, &loss);
        if (e->code)
          break;
        e->mean[k] = loss.mean;
        if (e->spread)
          e->spread[k] = loss.sd / loss.mean;
        if (e->used)
          e->code = look_at_used (e, m, k);
      }
  return e->code != GSL_SUCCESS;
}

static double *
along (const bd_universal *u, const char *measure, size_t arm)
{
  const bd_series *s = bd_layout_find (u->l, measure, arm);

  return s ? u->v + s->at : NULL;
}

/* Train with O as ARM, whose masks have the law LAW, and watch; the masks that
   it uses go to the series of arm USED, unless that is BD_ARMS.  */
static int
watch_one (const bd_universal *u, const bd_net_options *o, size_t arm,
           const bd_mask *law, size_t used)
{
  const bd_cast *c = u->c;
  const bd_series *s = bd_layout_find (u->l, "along", arm);
  const bd_mask masks = bd_universal_law (c, RATE);
  bd_net_options own = *o;
  bd_net_model *like = bd_net_model_alloc (o, u->held->d), *model = NULL;
  eye e = { .held = u->held,
            .at = s->x,
            .looks = s->count,
            .mean = u->v + s->at,
            .spread = along (u, "along_spread", arm),
            .used = used < BD_ARMS ? along (u, "along", used) : NULL };
  const bd_net_watch watch = { look, &e };

  if (!like)
    return GSL_ENOMEM;
  const bd_mask_stream stream
      = bd_mask_stream_of (o, law, like, c->r->train->n, bd_cast_seed (c->r),
                           bd_cast_stream (c, arm));
  e.stream = &stream;
  own.watch = &watch;
  int code
      = bd_universal_new (u, &masks, &like->net, SEED_ALONG, MASKS, &e.fresh);
  if (!code)
    code = bd_universal_train (u, &own, arm, &model);
  bd_net_model_free (like);
  bd_net_model_free (model);
  free (e.fresh.factor);
  return code ? code : e.code;
}

/* Rate .5 with few masks.  */
static int
watch_few (const bd_universal *u)
{
  bd_net_options o = u->c->base;

  o.mask = bd_universal_law (u->c, RATE);
  o.mask.pool = BD_UNIVERSAL_FEW;
  const bd_mask law = o.mask;
  o = bd_cast_control (u->c, &o);
  return watch_one (u, &o, BD_UNIVERSAL_NEW, &law, BD_UNIVERSAL_OWN);
}

int
bd_universal_along (const bd_universal *u)
{
  const bd_mask law = bd_universal_law (u->c, RATE);
  int code = GSL_SUCCESS;

  for (size_t arm = 0; !code && arm < BD_CAST; arm++)
    if (bd_layout_find (u->l, "along", arm))
      {
        const bd_net_options o = bd_cast_options (u->c, arm);
        code = watch_one (u, &o, arm, &law,
                          arm == BD_ARM_HALF ? BD_UNIVERSAL_USED : BD_ARMS);
      }
  return code ? code : watch_few (u);
}

/* Those that keep k of H are subnetworks at rate 1 - k / H.  */
int
bd_universal_by_kept (const bd_net_model *model, const bd_dataset *d,
                      double loss[BD_UNIVERSAL_UNITS + 1])
{
  const size_t H = BD_UNIVERSAL_UNITS;
  bd_kept_loss kept[BD_UNIVERSAL_UNITS + 1];
  bd_net_model copy = *model, *one = &copy;
  double *Z = bd_array (d->n, d->d);
  int code = Z ? GSL_SUCCESS : GSL_ENOMEM;

  if (Z)
    bd_net_standardise (model, d->X, Z);
  for (size_t k = 1; !code && k < H; k++)
    {
      double q = 1 - (double)k / (double)H;
      const bd_rates rates = bd_rates_same (&model->net, q, 0);
      code
          = bd_subnets_losses (model, &rates, d->n, Z, d->y->data, kept, NULL);
      loss[k] = kept[k].mean;
      loss[0] = kept[0].mean;
    }
  copy.mask.pool = 0;
  loss[H] = bd_team_loss (&(bd_team){ &one, 1 }, d);
  free (Z);
  return code;
}

/* The loss averaged over all subnetworks at rate .5 is the loss with all units
   and the mean variance between subnetworks: how far off, as a share.  */
static int
measure_theorem (const bd_net_model *model, const bd_dataset *d, double *off)
{
  const bd_rates rates = bd_rates_same (&model->net, 0.5, 0);
  bd_kept_loss kept[BD_UNIVERSAL_UNITS + 1];
  double *Z = bd_array (d->n, d->d), *variance = bd_array (d->n, 1);
  int code = Z && variance ? GSL_SUCCESS : GSL_ENOMEM;
  double sum = 0, want = 0;

  if (!code)
    {
      bd_net_standardise (model, d->X, Z);
      code
          = bd_subnets_losses (model, &rates, d->n, Z, d->y->data, kept, NULL);
    }
  if (!code)
    code
        = bd_exact_closed (model, &rates, d->n, Z, NULL, variance, NULL, NULL);
  if (!code)
    {
      bd_net_model copy = *model, *one = &copy;
      copy.mask.pool = 0;
      want = bd_team_loss (&(bd_team){ &one, 1 }, d);
      for (size_t i = 0; i < d->n; i++)
        want += variance[i] / (double)d->n;
      for (size_t k = 0; k <= BD_UNIVERSAL_UNITS; k++)
        sum += kept[k].probability * kept[k].mean;
      *off = fabs (sum / want - 1);
    }
  free (Z);
  free (variance);
  return code;
}

static int
kept_of (const bd_universal *u, size_t arm)
{
  const bd_cast *c = u->c;
  bd_net_options o = bd_cast_options (c, arm);
  bd_net_model *model = NULL;

  o.hidden[0] = BD_UNIVERSAL_UNITS;
  o.depth = 1;
  int code = bd_team_train (&o, c->r->train, NULL,
                            bd_rng_derive (c->r->seed, SEED_SMALL),
                            bd_cast_stream (c, arm), &model);
  if (!code)
    code = bd_universal_by_kept (model, u->held, along (u, "kept", arm));
  if (!code && arm == BD_ARM_HALF && !c->r->train->classes)
    code = measure_theorem (model, u->held, along (u, "theorem", arm));
  bd_net_model_free (model);
  return code;
}

int
bd_universal_kept (const bd_universal *u)
{
  int code = GSL_SUCCESS;
  bd_universal part = *u;
  size_t row[KEPT_ROWS];

  if (u->held->classes && u->held->n > KEPT_ROWS)
    {
      for (size_t i = 0; i < KEPT_ROWS; i++)
        row[i] = i;
      part.held = bd_dataset_rows (u->held, row, KEPT_ROWS);
    }
  if (!part.held)
    return GSL_ENOMEM;
  for (size_t arm = 0; !code && arm < BD_CAST; arm++)
    if (bd_layout_find (u->l, "kept", arm))
      code = kept_of (&part, arm);
  if (part.held != u->held)
    bd_dataset_free (part.held);
  return code;
}
