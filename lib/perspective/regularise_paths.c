/* Losses along the rates, the length of training, the number of rows and the
   width of the network.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "regularise.h"

#define MOST_STEPS 20000 /* of the longest training */

size_t
bd_regularise_passes (const bd_net_options *base, size_t n,
                      double pass[BD_REG_LENGTHS])
{
  static const double wanted[BD_REG_LENGTHS]
      = { 30, 100, 300, 1000, 3000, 10000 };
  size_t count = 0;
  double steps;

  bd_net_steps (base, n, &steps);
  while (count < BD_REG_LENGTHS)
    {
      pass[count] = GSL_MIN_DBL (wanted[count], MOST_STEPS / steps);
      if (pass[count++] * steps >= MOST_STEPS)
        break;
    }
  return count;
}

size_t
bd_regularise_rows (const bd_perspective_options *o, size_t n,
                    double rows[BD_REG_SIZES])
{
  const size_t first = o->scenario ? n / 2 : n / 4;

  rows[0] = (double)first;
  rows[1] = (double)(o->scenario ? n : n / 2);
  rows[2] = (double)(o->scenario ? 2 * n : n);
  return 3;
}

size_t
bd_regularise_widths (const bd_net_options *base, double width[BD_REG_SIZES])
{
  size_t own = base->hidden[0], count = 0;
  const size_t wanted[BD_REG_SIZES] = { own / 5, own / 2, own, 2 * own };

  for (size_t k = 0; k < BD_REG_SIZES; k++)
    if (wanted[k] > (k ? wanted[k - 1] : 0))
      width[count++] = (double)wanted[k];
  return count;
}

double
bd_regularise_noise (const bd_perspective_options *o)
{
  return o->scenario ? gsl_pow_2 (o->noise) : 0;
}

/* What is measured for all, and where it is filed.  */
typedef struct
{
  const bd_cast *c;
  const bd_layout *l;
  double *v;
  const char *measure;
  size_t k; /* which place of the series */
} sheet;

/* The error for new data of an arm, and for some that on the training rows
   D.  */
static void
file_losses (const sheet *s, size_t arm, const bd_team *a, const bd_dataset *d)
{
  double noise = bd_regularise_noise (s->c->r->o);
  size_t train = arm == BD_ARM_SINGLE  ? BD_REG_TRAIN_SINGLE
                 : arm == BD_ARM_TUNED ? BD_REG_TRAIN_DROPOUT
                                       : BD_REG_ARMS;

  bd_layout_in (s->l, s->v, s->measure, arm)[s->k]
      = noise + bd_team_loss (a, s->c->r->test);
  if (train < BD_REG_ARMS)
    bd_layout_in (s->l, s->v, s->measure, train)[s->k] = bd_team_loss (a, d);
}

/* The arms that are looked at along paths, in the shape and for the steps of
   LIKE, trained on D; OWN: the cast has them.  */
static int
try_all (const sheet *s, const bd_net_options *like, const bd_dataset *d,
         bool own)
{
  static const size_t arms[]
      = { BD_ARM_SINGLE, BD_ARM_TUNED, BD_ARM_HALF, BD_ARM_DECAY };
  const bd_cast *c = s->c;
  int code = GSL_SUCCESS;

  for (size_t i = 0; !code && i < sizeof arms / sizeof *arms; i++)
    {
      bd_net_options o = bd_cast_options (c, arms[i]);
      bd_team a = bd_cast_team (c, arms[i]);
      bd_net_model *model = NULL;
      for (size_t h = 0; h < o.depth; h++)
        o.hidden[h] = like->hidden[h];
      o.steps = like->steps;
      o.epochs = like->epochs;
      if (!own)
        {
          code = bd_team_train (&o, d, NULL, bd_cast_seed (c->r),
                                bd_cast_stream (c, arms[i]), &model);
          a = (bd_team){ &model, 1 };
        }
      if (!code)
        file_losses (s, arms[i], &a, d);
      bd_net_model_free (model);
    }
  return code;
}

/* Each length is a training of its own, so that its learning rate goes the
   whole course.  */
static int
try_lengths (const bd_cast *c, const bd_layout *l, double v[])
{
  const bd_series *s = bd_layout_find (l, "by_passes", BD_ARM_SINGLE);
  double steps;
  int code = GSL_SUCCESS;

  bd_net_steps (&c->base, c->r->train->n, &steps);
  for (size_t k = 0; !code && k < s->count; k++)
    {
      bd_net_options like = c->base;
      like.steps = (size_t)lround (s->x[k] * steps);
      like.epochs = 0;
      code = try_all (&(sheet){ c, l, v, "by_passes", k }, &like, c->r->train,
                      false);
    }
  return code;
}

/* The first rows; of a scenario as many as there must be, beginning with
   those that there are.  */
static bd_dataset *
some_rows (const bd_repetition *r, size_t n)
{
  const bd_perspective_options *o = r->o;
  size_t *row;
  bd_dataset *d = NULL;

  if (o->scenario)
    return bd_scenario_draw (o->scenario, n, o->noise, r->seed);
  row = calloc (n, sizeof *row);
  for (size_t i = 0; row && i < n; i++)
    row[i] = i;
  if (row)
    d = bd_dataset_rows (r->train, row, n);
  free (row);
  return d;
}

static int
try_rows (const bd_cast *c, const bd_layout *l, double v[])
{
  const bd_series *s = bd_layout_find (l, "by_rows", BD_ARM_SINGLE);
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < s->count; k++)
    {
      size_t n = (size_t)s->x[k];
      bd_dataset *d = some_rows (c->r, n);
      code = d ? try_all (&(sheet){ c, l, v, "by_rows", k }, &c->base, d,
                          n == c->r->train->n)
               : GSL_ENOMEM;
      bd_dataset_free (d);
    }
  return code;
}

static int
try_widths (const bd_cast *c, const bd_layout *l, double v[])
{
  const bd_series *s = bd_layout_find (l, "by_width", BD_ARM_SINGLE);
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < s->count; k++)
    {
      bd_net_options like = c->base;
      double share = s->x[k] / (double)c->base.hidden[0];
      for (size_t h = 0; h < like.depth; h++)
        like.hidden[h]
            = GSL_MAX ((size_t)lround (share * (double)like.hidden[h]), 1);
      code = try_all (&(sheet){ c, l, v, "by_width", k }, &like, c->r->train,
                      like.hidden[0] == c->base.hidden[0]);
    }
  return code;
}

int
bd_regularise_paths (const bd_cast *c, const bd_layout *l, double v[])
{
  int code = try_lengths (c, l, v);

  if (!code)
    code = try_rows (c, l, v);
  return code ? code : try_widths (c, l, v);
}

/* The same at all places of the series.  */
static void
fill_level (const bd_layout *l, double v[], const char *measure, size_t arm,
            double value)
{
  const bd_series *s = bd_layout_find (l, measure, arm);

  for (size_t k = 0; k < s->count; k++)
    v[s->at + k] = value;
}

void
bd_regularise_rates (const bd_cast *c, const bd_layout *l, double v[])
{
  static const size_t levels[] = { BD_ARM_SINGLE, BD_ARM_DECAY, BD_ARM_STOP };
  double noise = bd_regularise_noise (c->r->o);

  for (size_t k = 0; k < BD_RATES; k++)
    {
      double own = bd_layout_get (l, v, "loss", BD_ARM_RATE + k, 0);
      bd_layout_in (l, v, "loss", BD_REG_RATES)[k] = own;
      bd_layout_in (l, v, "by_rate", BD_REG_RATES)[k] = noise + own;
      bd_layout_in (l, v, "by_rate", BD_REG_TRAIN_DROPOUT)[k]
          = bd_layout_get (l, v, "train", BD_ARM_RATE + k, 0);
    }
  for (size_t k = 0; k < BD_DECAYS; k++)
    bd_layout_in (l, v, "loss", BD_REG_DECAYS)[k]
        = bd_team_loss (&(bd_team){ &c->path[k], 1 }, c->r->test);
  for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
    fill_level (l, v, "by_rate", levels[i],
                noise + bd_layout_get (l, v, "loss", levels[i], 0));
  fill_level (l, v, "by_rate", BD_REG_TRAIN_SINGLE,
              bd_layout_get (l, v, "train", BD_ARM_SINGLE, 0));
  fill_level (l, v, "df_by_rate", BD_ARM_SINGLE,
              bd_layout_get (l, v, "df", BD_ARM_SINGLE, 0));
  for (size_t k = 0; k < BD_RATES; k++)
    bd_layout_in (l, v, "df_by_rate", BD_REG_RATES)[k]
        = bd_layout_get (l, v, "df", BD_REG_RATES, k);
}
