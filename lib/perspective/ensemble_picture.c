#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "../data/split.h"
#include "cast.h"
#include "ensemble_contrasts.h"
#include "ensemble_picture.h"
#include "masked.h"

#define MEMBERS 40
#define GRID 120

enum /* seeds that are derived from a repetition's */
{
  SEED_HALVES = 30,
  SEED_MASKS,
  SEED_APART
};

/* Points over the range of the single input, as a matrix.  */
static gsl_matrix *
make_grid (const bd_dataset *d)
{
  gsl_matrix *P = gsl_matrix_alloc (GRID, 1);
  double lo, hi;

  gsl_matrix_minmax (d->X, &lo, &hi);
  for (size_t i = 0; P && i < GRID; i++)
    gsl_matrix_set (P, i, 0, lo + (hi - lo) * (double)i / (GRID - 1));
  return P;
}

/* Arrays, the grid, what is true there, and the points trained on.  */
static int
begin (bd_picture *p, const bd_repetition *r, const gsl_matrix *P,
       const char *title, size_t arm)
{
  const bd_scenario *s = r->o->scenario;

  p->m = GRID;
  p->members = MEMBERS;
  p->title = title;
  p->arm = arm;
  p->points = r->train->n;
  p->x = bd_array (GRID, 1);
  p->truth = bd_array (GRID, 1);
  p->mean = bd_array (GRID, 1);
  p->member = bd_array (MEMBERS, GRID);
  p->point = bd_array (p->points, 2);
  if (!p->x || !p->truth || !p->mean || !p->member || !p->point)
    return GSL_ENOMEM;
  for (size_t i = 0; i < GRID; i++)
    {
      p->x[i] = gsl_matrix_get (P, i, 0);
      p->truth[i] = s ? s->truth (&p->x[i]) : GSL_NAN;
    }
  for (size_t i = 0; i < p->points; i++)
    {
      p->point[2 * i] = gsl_matrix_get (r->train->X, i, 0);
      p->point[2 * i + 1] = gsl_vector_get (r->train->y, i);
    }
  return GSL_SUCCESS;
}

static void
average (bd_picture *p)
{
  for (size_t b = 0; b < MEMBERS; b++)
    for (size_t i = 0; i < GRID; i++)
      p->mean[i] += p->member[b * GRID + i] / MEMBERS;
}

/* Member B of the networks on random halves.  */
static int
fit_half (const bd_cast *c, const gsl_matrix *P, size_t b, double t[])
{
  uint64_t seed = bd_rng_derive (c->r->seed, SEED_HALVES);
  const bd_dataset *d = c->r->train;
  bd_split *s = bd_split_fold (d->n, 2, 0, bd_rng_derive (seed, b + 1));
  bd_dataset *half = s ? bd_dataset_rows (d, s->row, s->train) : NULL;
  bd_net_model *model = NULL;
  int code = half ? bd_team_train (&c->base, half, NULL, seed, b, &model)
                  : GSL_ENOMEM;

  if (!code)
    code = bd_team_predict (&(bd_team){ &model, 1 }, P, t);
  bd_net_model_free (model);
  bd_dataset_free (half);
  bd_split_free (s);
  return code;
}

/* Member B of the thinned networks that share nothing.  */
static int
fit_apart (const bd_cast *c, const gsl_matrix *P, size_t b, double t[])
{
  bd_net_options o = bd_cast_options (c, BD_ARM_TUNED);
  uint64_t seed = bd_rng_derive (c->r->seed, SEED_APART);
  bd_net_model *model = NULL;

  o.mask.pool = 1;
  int code = bd_team_train (&o, c->r->train, NULL, seed, b, &model);
  if (!code)
    code = bd_team_predict (&(bd_team){ &model, 1 }, P, t);
  bd_net_model_free (model);
  return code;
}

static int
fill (const bd_cast *c, const gsl_matrix *P, bd_picture p[BD_PICTURES])
{
  const bd_mask mask = bd_cast_options (c, BD_ARM_TUNED).mask;
  int code = bd_masked_many (c->one[BD_ARM_RATE + c->rate], &mask,
                             bd_rng_derive (c->r->seed, SEED_MASKS), 0,
                             MEMBERS, P, p[1].member);

  for (size_t b = 0; !code && b < MEMBERS; b++)
    {
      code = fit_half (c, P, b, p[0].member + b * GRID);
      if (!code)
        code = fit_apart (c, P, b, p[2].member + b * GRID);
    }
  for (size_t k = 0; !code && k < BD_PICTURES; k++)
    average (&p[k]);
  return code;
}

int
bd_ensemble_picture (const bd_repetition *r, const bd_layout *l,
                     bd_picture p[BD_PICTURES], bd_error *err)
{
  static const char *const title[BD_PICTURES]
      = { "networks on random halves", "masks of one dropout network",
          "thinned networks, trained apart" };
  const size_t arm[BD_PICTURES] = { BD_ARM_BAG, BD_ARM_MASKS, BD_ARM_APART };
  gsl_matrix *P = make_grid (r->train);
  bd_cast c;
  int code = P ? GSL_SUCCESS : GSL_ENOMEM;

  (void)l;
  (void)err;
  for (size_t k = 0; !code && k < BD_PICTURES; k++)
    code = begin (&p[k], r, P, title[k], arm[k]);
  if (!code && !(code = bd_cast_init (&c, r, false)))
    {
      code = fill (&c, P, p);
      bd_cast_free (&c);
    }
  for (size_t k = 0; code && k < BD_PICTURES; k++)
    bd_picture_free (&p[k]);
  gsl_matrix_free (P);
  return code;
}
