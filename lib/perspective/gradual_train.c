#include <config.h>

#include <gsl/gsl_math.h>

#include "gradual.h"

const double bd_gradual_widths[BD_WIDTHS] = { 0.2, 0.5, 1, 2, 4 };
#define OWN 2 /* which is the network's own width */

/* Masks of another law than the cast's that act at the same times.  */
static bd_mask
masks_of (const bd_cast *c, const char *spec)
{
  bd_mask mask;

  bd_mask_choose (&mask, spec, 0, NULL);
  mask.when = c->mask.when;
  mask.turn = c->mask.turn;
  return mask;
}

bd_net_options
bd_gradual_control (const bd_cast *c, bd_gradual k, double q)
{
  bd_net_options o = c->base;
  bd_mask mask = c->mask;

  if (k == BD_SLOWER)
    {
      o.rate *= 1 - q;
      return o;
    }
  if (k == BD_PARTS)
    mask = masks_of (c, "bernoulli:share=batch,on=update");
  else if (k == BD_NOISE)
    {
      mask = masks_of (c, "gaussian");
      mask.input = c->mask.input;
    }
  else
    {
      mask.batch = true;
      mask.update = false;
    }
  return bd_cast_masked (&c->base, &mask, q);
}

bd_net_options
bd_gradual_options (const bd_cast *c, size_t arm)
{
  if (arm < BD_CAST)
    return bd_cast_options (c, arm);
  size_t k = arm - BD_GRADUAL_HALF;
  bd_net_options o = bd_gradual_control (c, (bd_gradual)(k % BD_CONTROLS),
                                         k < BD_CONTROLS ? .5 : .4);
  return bd_cast_control (c, &o);
}

bd_net_options
bd_gradual_wide (const bd_net_options *base, double share)
{
  bd_net_options o = *base;

  for (size_t l = 0; l < o.depth; l++)
    o.hidden[l] = (size_t)GSL_MAX_DBL (1, share * (double)o.hidden[l] + .5);
  return o;
}

/* Train O from the stream of an arm's number.  */
static int
train (const bd_cast *c, const bd_net_options *o, size_t arm, double *loss)
{
  bd_net_model *model;
  int code = bd_team_train (o, c->r->train, NULL, bd_cast_seed (c->r),
                            bd_cast_stream (c, arm), &model);

  if (!code)
    *loss = bd_team_loss (&(bd_team){ &model, 1 }, c->r->test);
  bd_net_model_free (model);
  return code;
}

int
bd_gradual_train (const bd_cast *c, size_t arm, bd_walk *a, double *loss)
{
  bd_net_options o = bd_gradual_options (c, arm);
  const bd_net_watch watch = { bd_walk_look, a };

  o.watch = a ? &watch : NULL;
  return train (c, &o, arm, loss);
}

int
bd_gradual_rates (const bd_cast *c, size_t k, double loss[BD_RATES + 1])
{
  int code = GSL_SUCCESS;

  for (size_t j = 0; !code && j <= BD_RATES; j++)
    {
      size_t arm = BD_ARM_SINGLE + j;
      bd_net_options o = bd_cast_options (c, arm);
      if (k == OWN)
        {
          const bd_team one = bd_cast_team (c, arm);
          loss[j] = bd_team_loss (&one, c->r->test);
          continue;
        }
      o = bd_gradual_wide (&o, bd_gradual_widths[k]);
      o = bd_cast_control (c, &o);
      code = train (c, &o, BD_GRADUAL_ARMS + k * (BD_RATES + 1) + j, &loss[j]);
    }
  return code;
}
