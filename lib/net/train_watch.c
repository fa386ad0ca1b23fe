/* A training that is watched.  */
#include <config.h>

#include <string.h>

#include "trainer.h"

void
bd_train_remember (bd_net_trainer *t, const bd_net_options *o,
                   const bd_net *net)
{
  if (o->watch || (t->masked && t->mask.update))
    memcpy (t->before, t->w, net->size * sizeof *t->w);
}

bool
bd_train_look (bd_net_trainer *t, const bd_net_options *o,
               const bd_net_model *model, size_t step, size_t steps,
               double loss)
{
  if (!o->watch)
    return false;
  bd_net_moment m = { .step = step,
                      .steps = steps,
                      .model = model,
                      .w = t->w,
                      .before = step ? t->before : NULL,
                      .gradient = step ? t->G : NULL,
                      .loss = loss };
  return o->watch->look (o->watch->params, &m);
}
