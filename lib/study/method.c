#include <config.h>

#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/text.h"
#include "method.h"

#define DECAY                                                                 \
  .tuned = "decay", .grid = { 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1 },     \
  .values = 7, .inner = 3
#define RATE                                                                  \
  .tuned = "dropout",                                                         \
  .grid = { 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5 }, .values = 8,       \
  .inner = 3

const bd_method bd_methods[] = {
  { .name = "spline",
    .title = "smoothing spline",
    .kind = BD_SINGLE,
    .fitter = &bd_fitter_pspline,
    .knobs = "",
    .inner = 5 },
  { .name = "bag-spline",
    .title = "bagged splines",
    .kind = BD_BAGGING,
    .fitter = &bd_fitter_pspline,
    .knobs = "",
    .inner = 5,
    .base = "spline" },
  { .name = "tree",
    .title = "regression tree",
    .class_title = "classification tree",
    .kind = BD_SINGLE,
    .fitter = &bd_fitter_tree,
    .knobs = "min_leaf=5",
    .tuned = "cp",
    .grid = { 0, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1 },
    .values = 7,
    .inner = 5 },
  { .name = "bag-tree",
    .title = "bagged trees",
    .kind = BD_BAGGING,
    .fitter = &bd_fitter_tree,
    .knobs = "min_leaf=5",
    .inner = 5,
    .base = "tree" },
  { .name = "net",
    .title = "network",
    .kind = BD_SINGLE,
    .fitter = &bd_fitter_net,
    .knobs = "",
    .inner = 3 },
  { .name = "net-decay",
    .title = "network, weight decay",
    .kind = BD_SINGLE,
    .fitter = &bd_fitter_net,
    .knobs = "",
    .base = "net",
    DECAY },
  { .name = "net-stop",
    .title = "network, early stopping",
    .kind = BD_SINGLE,
    .fitter = &bd_fitter_net,
    .knobs = "stop=0.2",
    .inner = 3,
    .base = "net" },
  { .name = "dropout",
    .title = "dropout, weight scaling",
    .kind = BD_SCALING,
    .fitter = &bd_fitter_net,
    .knobs = "",
    .base = "net",
    RATE },
  { .name = "mc-dropout",
    .title = "dropout, random masks",
    .kind = BD_DROPOUT,
    .fitter = &bd_fitter_net,
    .knobs = "",
    .base = "net",
    RATE },
  { .name = "bag-net",
    .title = "bagged networks",
    .kind = BD_BAGGING,
    .fitter = &bd_fitter_net,
    .knobs = "",
    .inner = 3,
    .base = "net" },
  { .name = "seeds",
    .title = "networks by seed",
    .kind = BD_SEEDS,
    .fitter = &bd_fitter_net,
    .knobs = "",
    .inner = 3,
    .base = "net" },
  /* Thinned networks that share no weights: each is trained with one mask
     (Warde-Farley, Goodfellow, Courville & Bengio 2014).  */
  { .name = "untied",
    .title = "thinned networks, untied",
    .kind = BD_SEEDS,
    .fitter = &bd_fitter_net,
    .knobs = "mask=\"bernoulli:pool=1\"",
    .base = "net",
    .extra = true,
    RATE },
  { .name = "bag-dropout",
    .title = "bagged dropout networks",
    .kind = BD_BAGGING,
    .fitter = &bd_fitter_net,
    .knobs = "",
    .base = "net",
    .extra = true,
    RATE },
  { .name = NULL },
};

const bd_method *
bd_method_find (const char *name)
{
  for (const bd_method *q = bd_methods; name && q->name; q++)
    if (strcmp (q->name, name) == 0)
      return q;
  return NULL;
}

bool
bd_method_classes (const bd_method *method)
{
  return method->fitter->classes;
}

void
bd_methods_default (bool chosen[BD_METHODS])
{
  for (size_t k = 0; k < BD_METHODS; k++)
    chosen[k] = !bd_methods[k].extra;
}

static int
fail_method (const char *name, bd_error *err)
{
  const char *names[BD_METHODS];

  for (size_t k = 0; k < BD_METHODS; k++)
    names[k] = bd_methods[k].name;
  const char *near = bd_text_nearest (name, names, BD_METHODS);
  return BD_FAIL (err, GSL_EINVAL, "no method is called '%s'%s%s%s", name,
                  near ? "; did you mean '" : "", near ? near : "",
                  near ? "'?" : "");
}

int
bd_methods_parse (const char *list, bool chosen[BD_METHODS], bd_error *err)
{
  bool all = strcmp (list, "all") == 0;

  for (size_t k = 0; k < BD_METHODS; k++)
    chosen[k] = all;
  for (const char *at = list; !all; at++)
    {
      char name[64];
      size_t length = strcspn (at, ",");
      size_t copied = GSL_MIN (length, sizeof name - 1);
      memcpy (name, at, copied);
      name[copied] = '\0';
      const bd_method *q = bd_method_find (name);
      if (!q)
        return fail_method (name, err);
      chosen[q - bd_methods] = true;
      at += length;
      if (!*at)
        break;
    }
  return GSL_SUCCESS;
}

int
bd_method_settings (const bd_method *method, const char *network,
                    bd_settings *set, bd_error *err)
{
  const bd_knob *knobs = method->fitter->knobs;
  bool net = method->fitter == &bd_fitter_net && network && *network;
  size_t size = strlen (method->knobs) + (net ? strlen (network) : 0) + 2;
  char *spec = net ? malloc (size) : NULL;

  if (!net)
    return bd_knob_parse (knobs, method->knobs, set, err);
  if (!spec)
    return BD_FAIL (err, GSL_ENOMEM, "no memory");
  const char *first = method->own ? network : method->knobs;
  const char *last = method->own ? method->knobs : network;
  snprintf (spec, size, "%s%s%s", first, *first && *last ? "," : "", last);
  int code = bd_knob_parse (knobs, spec, set, err);
  free (spec);
  return code;
}

const char *
bd_kind_family (bd_kind kind)
{
  static const char *const family[] = { [BD_SINGLE] = "single",
                                        [BD_BAGGING] = "bagging",
                                        [BD_SCALING] = "dropout",
                                        [BD_DROPOUT] = "dropout",
                                        [BD_SEEDS] = "other" };
  return family[kind];
}

void
bd_answer_free (bd_answer *a)
{
  if (!a)
    return;
  free (a->mean);
  free (a->sd_mean);
  free (a->spread);
  free (a->sd_pred);
  free (a->keep);
  *a = (bd_answer){ 0 };
}
