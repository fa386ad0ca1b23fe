/* Effective degrees of freedom by a parametric bootstrap.

   References: J. Ye, "On measuring and correcting the effects of data mining
   and model selection", JASA 93 (1998); B. Efron, "The estimation of
   prediction error", JASA 99 (2004).  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "../ensemble/resample.h"
#include "regularise.h"
#include "watch.h"

#define SEED_NOISE 100 /* derived from a repetition's */
#define DRAWS 4        /* of the noise; the repetitions average the rest out */
#define SMALL 0.05     /* noise of data without any, in standard deviations */

/* The degrees of an average are the average of its members' degrees: few
   members do.  */
#define MEMBERS 2

typedef struct
{
  const bd_cast *c;
  size_t n;
  bd_dataset *d; /* the training rows, with a response that is drawn */
  double *base;  /* n: what it is drawn around */
  double sigma;
  double *e, *t; /* DRAWS x n: noise; what was fitted */
  double *one;   /* n */
} bootstrap;

double
bd_effective_df (size_t K, size_t n, const double t[], const double e[],
                 double variance)
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    {
      double mean = 0;
      for (size_t k = 0; k < K; k++)
        mean += t[k * n + i] / (double)K;
      for (size_t k = 0; k < K; k++)
        sum += (t[k * n + i] - mean) * e[k * n + i];
    }
  return sum / ((double)(K - 1) * variance);
}

static double
variance_of (const gsl_vector *y)
{
  double mean = 0, ss = 0;

  for (size_t i = 0; i < y->size; i++)
    mean += gsl_vector_get (y, i) / (double)y->size;
  for (size_t i = 0; i < y->size; i++)
    ss += gsl_pow_2 (gsl_vector_get (y, i) - mean);
  return ss / (double)y->size;
}

/* Around the truth with its noise, or around what weight decay predicts with
   the size of its errors at the test rows.  */
static int
choose_base (bootstrap *b)
{
  const bd_repetition *r = b->c->r;
  const bd_team decay = bd_cast_team (b->c, BD_ARM_DECAY);
  double least = SMALL * sqrt (variance_of (r->train->y));

  if (r->o->scenario)
    for (size_t i = 0; i < b->n; i++)
      b->base[i] = gsl_vector_get (r->train->truth, i);
  else if (bd_team_predict (&decay, r->train->X, b->base))
    return GSL_ENOMEM;
  b->sigma
      = r->o->scenario ? r->o->noise : sqrt (bd_team_loss (&decay, r->test));
  if (!(b->sigma > least))
    b->sigma = least > 0 ? least : 1;
  return GSL_SUCCESS;
}

static int
draw_noise (bootstrap *b)
{
  gsl_rng *g = gsl_rng_alloc (bd_rng_philox);

  if (!g)
    return GSL_ENOMEM;
  bd_rng_seek (g, bd_rng_derive (b->c->r->seed, SEED_NOISE), BD_LANE_NOISE, 0);
  for (size_t k = 0; k < DRAWS * b->n; k++)
    b->e[k] = gsl_ran_gaussian_ziggurat (g, b->sigma);
  gsl_rng_free (g);
  return GSL_SUCCESS;
}

static int
begin (bootstrap *b, const bd_cast *c)
{
  size_t n = c->r->train->n;
  size_t *row = calloc (n, sizeof *row);

  for (size_t i = 0; row && i < n; i++)
    row[i] = i;
  *b = (bootstrap){ .c = c,
                    .n = n,
                    .d = row ? bd_dataset_rows (c->r->train, row, n) : NULL,
                    .base = bd_array (n, 1),
                    .e = bd_array (DRAWS, n),
                    .t = bd_array (DRAWS, n),
                    .one = bd_array (n, 1) };
  free (row);
  if (!b->d || !b->base || !b->e || !b->t || !b->one || choose_base (b))
    return GSL_ENOMEM;
  return draw_noise (b);
}

static void
end (bootstrap *b)
{
  bd_dataset_free (b->d);
  free (b->base);
  free (b->e);
  free (b->t);
  free (b->one);
}

/* Fit to all draws with the same start, and add SHARE of it to b->t.  */
static int
add_fits (bootstrap *b, const bd_net_options *o, uint64_t stream,
          const double weight[], double share)
{
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < DRAWS; k++)
    {
      bd_net_model *model;
      for (size_t i = 0; i < b->n; i++)
        gsl_vector_set (b->d->y, i, b->base[i] + b->e[k * b->n + i]);
      code = bd_team_train (o, b->d, weight, bd_cast_seed (b->c->r), stream,
                            &model);
      if (!code)
        code = bd_team_predict (&(bd_team){ &model, 1 }, b->d->X, b->one);
      for (size_t i = 0; !code && i < b->n; i++)
        b->t[k * b->n + i] += share * b->one[i];
      bd_net_model_free (model);
    }
  return code;
}

static double
degrees (bootstrap *b)
{
  double df = bd_effective_df (DRAWS, b->n, b->t, b->e, gsl_pow_2 (b->sigma));

  memset (b->t, 0, DRAWS * b->n * sizeof *b->t);
  return df;
}

static int
measure_one (bootstrap *b, const bd_net_options *o, uint64_t stream,
             double *df)
{
  int code = add_fits (b, o, stream, NULL, 1);

  *df = degrees (b);
  return code;
}

static int
measure_stopped (bootstrap *b, double *df)
{
  size_t steps = b->c->steps;
  const bd_net_watch watch = { bd_watch_stop_at, &steps };
  bd_net_options o = b->c->base;

  if (!b->c->r->o->null)
    o.watch = &watch;
  return measure_one (b, &o, bd_cast_stream (b->c, BD_ARM_STOP), df);
}

/* Bags or, without SCHEME, networks by seed.  */
static int
measure_members (bootstrap *b, size_t arm, bd_resample *scheme, double *df)
{
  const bd_cast *c = b->c;
  gsl_rng *g = gsl_rng_alloc (bd_rng_philox);
  int code = g ? GSL_SUCCESS : GSL_ENOMEM;

  for (size_t k = 1; !code && k <= MEMBERS; k++)
    {
      const double *w = NULL;
      if (scheme && !c->r->o->null)
        {
          bd_resample_draw (scheme, bd_cast_seed (c->r), k, g);
          w = scheme->w;
        }
      code = add_fits (b, &c->base, bd_cast_stream (c, arm) + 100 * k, w,
                       1. / MEMBERS);
    }
  *df = degrees (b);
  gsl_rng_free (g);
  return code;
}

static int
measure_ensembles (bootstrap *b, const bd_layout *l, double v[])
{
  const bd_rows rows = { .n = b->n };
  bd_resample *s = bd_resample_alloc (&bd_resample_bootstrap, NULL, &rows);
  int code = s ? GSL_SUCCESS : GSL_ENOMEM;

  if (!code)
    code = measure_members (b, BD_ARM_BAG, s,
                            bd_layout_in (l, v, "df", BD_ARM_BAG));
  if (!code)
    code = measure_members (b, BD_ARM_SEEDS, NULL,
                            bd_layout_in (l, v, "df", BD_ARM_SEEDS));
  bd_resample_free (s);
  return code;
}

/* Along the rates and the sizes of weight decay; the tuned ones are among
   them.  */
static int
measure_paths (bootstrap *b, const bd_layout *l, double v[])
{
  const bd_cast *c = b->c;
  double *rates = bd_layout_in (l, v, "df", BD_REG_RATES);
  double *decays = bd_layout_in (l, v, "df", BD_REG_DECAYS);
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < BD_RATES; k++)
    {
      const bd_net_options o = bd_cast_options (c, BD_ARM_RATE + k);
      code = measure_one (b, &o, bd_cast_stream (c, BD_ARM_RATE + k),
                          rates + k);
      *bd_layout_in (l, v, "df", BD_ARM_RATE + k) = rates[k];
    }
  for (size_t k = 0; !code && k < BD_DECAYS; k++)
    {
      bd_net_options o = c->base;
      o.decay = bd_cast_decays[k];
      o = bd_cast_control (c, &o);
      code = measure_one (b, &o, bd_cast_stream (c, BD_REG_ARMS + k),
                          decays + k);
    }
  *bd_layout_in (l, v, "df", BD_ARM_TUNED) = rates[c->rate];
  *bd_layout_in (l, v, "df", BD_ARM_DECAY) = decays[c->decay];
  return code;
}

int
bd_regularise_df (const bd_cast *c, const bd_layout *l, double v[])
{
  bootstrap b;
  int code = begin (&b, c);

  if (!code)
    code = measure_one (&b, &c->base, bd_cast_stream (c, BD_ARM_SINGLE),
                        bd_layout_in (l, v, "df", BD_ARM_SINGLE));
  if (!code)
    code = measure_paths (&b, l, v);
  if (!code)
    code = measure_stopped (&b, bd_layout_in (l, v, "df", BD_ARM_STOP));
  if (!code)
    code = measure_ensembles (&b, l, v);
  end (&b);
  return code;
}
