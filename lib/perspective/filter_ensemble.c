#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "../ensemble/resample.h"
#include "../net/exact.h"
#include "filter_ensemble.h"
#include "filter_path.h"

#define SEED_BAG 61
#define NETS 4   /* most members */
#define SMALL 8  /* units of the network whose masks are all tried */
#define POINTS 9 /* that it is looked at */

/* All replicates have the same starts.  */
static int
train_members (const bd_cast *c, size_t arm, const bd_dataset *d, size_t k,
               size_t count, bd_net_model *model[])
{
  const bd_rows rows = { .n = d->n };
  uint64_t bag = bd_rng_derive (bd_rng_derive (c->r->seed, SEED_BAG), k + 1);
  uint64_t stream = bd_cast_stream (c, arm);
  bd_resample *s = bd_resample_alloc (&bd_resample_bootstrap, NULL, &rows);
  gsl_rng *g = gsl_rng_alloc (bd_rng_philox);
  bool all = arm != BD_ARM_BAG || c->r->o->null;
  int code = s && g ? GSL_SUCCESS : GSL_ENOMEM;

  for (size_t b = 0; !code && b < count; b++)
    {
      bd_resample_draw (s, bag, b, g);
      code = bd_team_train (&c->base, d, all ? NULL : s->w,
                            bd_cast_seed (c->r), stream + b, &model[b]);
    }
  bd_resample_free (s);
  gsl_rng_free (g);
  return code;
}

int
bd_filter_ensemble (const bd_cast *c, size_t arm, const bd_dataset *d,
                    size_t k, const gsl_matrix *P, const double sd[],
                    bd_signal *signal, double *sensitivity)
{
  bd_net_model *model[NETS] = { NULL };
  size_t count = c->r->o->null ? 1 : GSL_MIN (c->r->o->nets, NETS);
  const bd_team team = { model, count };
  double *t = bd_array (P->size1, 1), one = 0;
  int code = t ? train_members (c, arm, d, k, count, model) : GSL_ENOMEM;

  if (!code)
    code = bd_team_predict (&team, P, t);
  if (!code)
    code = bd_team_sensitivity (&team, P, sd, &one);
  if (!code)
    bd_signal_add (signal, t, 1, 0);
  *sensitivity += one;
  for (size_t b = 0; b < count; b++)
    bd_net_model_free (model[b]);
  free (t);
  return code;
}

/* At the one point of Z and P.  */
static int
compare_at (const bd_net_model *model, bd_subnets *all, const gsl_matrix *P,
            double Z[], double *worst)
{
  const bd_rates q = bd_rates_same (&model->net, .5, 0);
  bd_signal layer[2] = { { .m = 0 }, { .m = 0 } };
  int code = bd_signal_init (&layer[0], 1, SMALL)
             || bd_signal_init (&layer[1], 1, 1);

  bd_net_standardise (model, P, Z);
  if (!code)
    code = bd_subnets_fill (all, model, &q, Z, NULL);
  if (!code)
    code = bd_signal_add_net (layer, model, q.hidden, P);
  if (!code)
    {
      double off = layer[1].added / all->variance[0] - 1;
      *worst = GSL_MAX_DBL (*worst, fabs (off));
    }
  bd_signal_free (&layer[0]);
  bd_signal_free (&layer[1]);
  return code ? GSL_ENOMEM : GSL_SUCCESS;
}

int
bd_filter_added (const bd_cast *c, uint64_t seed, const gsl_matrix *P,
                 double *worst)
{
  bd_net_options o = bd_cast_masked (&c->base, &c->mask, .5);
  bd_net_model *model = NULL;
  bd_subnets *all = NULL;
  double *Z = bd_array (P->size2, 1);

  o.hidden[0] = SMALL;
  o.depth = 1;
  bd_mask_choose (&o.mask, "bernoulli", .5, NULL);
  int code = bd_team_train (&o, c->r->train, NULL, seed, 0, &model);
  if (!code && (!Z || !(all = bd_subnets_alloc (model, 1, 0, NULL))))
    code = GSL_ENOMEM;
  *worst = 0;
  for (size_t i = 0; !code && i < POINTS && i < P->size1; i++)
    {
      const gsl_matrix_const_view row
          = gsl_matrix_const_submatrix (P, i, 0, 1, P->size2);
      code = compare_at (model, all, &row.matrix, Z, worst);
    }
  bd_subnets_free (all);
  bd_net_model_free (model);
  free (Z);
  return code;
}
