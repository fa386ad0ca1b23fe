/* What the user chose, and the rates that follow from it.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "../base/text.h"
#include "mask_fill.h"

const bd_mask_type *const bd_mask_types[] = { &bd_mask_bernoulli,
                                              &bd_mask_gaussian,
                                              &bd_mask_block,
                                              &bd_mask_dropconnect,
                                              &bd_mask_concrete,
                                              &bd_mask_variational,
                                              NULL };
#define TYPES (sizeof bd_mask_types / sizeof bd_mask_types[0] - 1)

enum /* places of the common knobs */
{
  INPUT,
  SHARE,
  POOL,
  WHEN,
  TURN,
  ON,
  COMMON
};

const bd_knob bd_mask_common[]
    = { { "input", 0, 0, 0.999, false, "rate of the inputs", NULL },
        { "share", 0, 0, 0, false, "row or batch: who shares a mask", "row" },
        { "pool", 0, 0, 1e9, true,
          "number of masks ever used; 0: always fresh", NULL },
        { "when", 0, 0, 0, false,
          "always, early, late or rising: when it acts", "always" },
        { "turn", 0.5, 0.001, 1, false,
          "share of the training at which early, late and rising turn", NULL },
        { "on", 0, 0, 0, false,
          "forward, or update: a step leaves dropped units as they are, and "
          "nothing else is masked",
          "forward" },
        { .name = NULL } };

const bd_mask_type *
bd_mask_find (const char *name)
{
  for (size_t k = 0; k < TYPES; k++)
    if (strcmp (bd_mask_types[k]->name, name) == 0)
      return bd_mask_types[k];
  return NULL;
}

static int
find_type (bd_mask *a, const char *name, bd_error *err)
{
  const char *names[TYPES];

  a->type = bd_mask_find (name);
  if (a->type)
    return GSL_SUCCESS;
  for (size_t k = 0; k < TYPES; k++)
    names[k] = bd_mask_types[k]->name;
  const char *near = bd_text_nearest (name, names, TYPES);
  return BD_FAIL (err, GSL_EINVAL, "no mask is called '%s'%s%s%s", name,
                  near ? "; did you mean '" : "", near ? near : "",
                  near ? "'?" : "");
}

/* Its own knobs, then the common ones; returns how many are its own.  */
static size_t
all_knobs (const bd_mask_type *type, bd_knob table[BD_KNOB_MAX + 1])
{
  size_t own = 0;

  for (; type->knobs && type->knobs[own].name; own++)
    table[own] = type->knobs[own];
  memcpy (table + own, bd_mask_common, sizeof bd_mask_common);
  return own;
}

/* The place of WORD among NAMES, which end with NULL.  */
static int
choose_word (const bd_knob *knob, const char *word, const char *const names[],
             size_t *place, bd_error *err)
{
  for (*place = 0; names[*place]; ++*place)
    if (strcmp (word, names[*place]) == 0)
      return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL, "%s is '%s'; it must be %s%s%s%s%s or %s",
                  knob->name, word, names[0], *place > 2 ? ", " : "",
                  *place > 2 ? names[1] : "", *place > 3 ? ", " : "",
                  *place > 3 ? names[2] : "", names[*place - 1]);
}

/* A step moves a unit or leaves it: there is one mask for all its rows, and no
   unit is moved in part.  */
static int
check_update (const bd_mask *a, bd_error *err)
{
  if (!a->update || (a->batch && a->type->binary && !a->type->weights))
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL,
                  "on=update needs share=batch and a law that drops whole "
                  "units (bernoulli or block), not %s masks of a %s",
                  a->type->name, a->batch ? "batch" : "row");
}

/* The common settings, the first OWN being those of the type.  */
static int
take_common (bd_mask *a, size_t own, bd_error *err)
{
  static const char *const shares[] = { "row", "batch", NULL };
  static const char *const whens[]
      = { "always", "early", "late", "rising", NULL };
  const double *value = a->set.value + own;
  static const char *const ons[] = { "forward", "update", NULL };
  size_t share, when, on;

  a->input = value[INPUT];
  a->pool = (size_t)value[POOL];
  a->turn = value[TURN];
  int code = choose_word (&bd_mask_common[SHARE], a->set.word[own + SHARE],
                          shares, &share, err);
  if (!code)
    code = choose_word (&bd_mask_common[WHEN], a->set.word[own + WHEN], whens,
                        &when, err);
  if (!code)
    code = choose_word (&bd_mask_common[ON], a->set.word[own + ON], ons, &on,
                        err);
  if (code)
    return code;
  a->batch = share == 1 || a->type->weights;
  a->when = (bd_mask_when)when;
  a->update = on == 1;
  if (a->input > 0 && !a->type->inputs)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s drops weights and has no rate of the inputs",
                    a->type->name);
  return check_update (a, err);
}

int
bd_mask_choose (bd_mask *a, const char *spec, double q, bd_error *err)
{
  char name[BD_KNOB_WORD];
  const char *rest;
  bd_knob table[BD_KNOB_MAX + 1];

  memset (a, 0, sizeof *a);
  int code = bd_knob_split (spec, name, sizeof name, &rest, err);
  if (!code)
    code = find_type (a, name, err);
  if (code)
    return code;
  if (!(q >= 0 && q < 1))
    return BD_FAIL (err, GSL_EINVAL,
                    "the rate is %.10g; it must be at least 0 and below 1", q);
  size_t own = all_knobs (a->type, table);
  code = bd_knob_parse (table, rest, &a->set, err);
  if (code)
    return code;
  a->layers = BD_NET_LAYERS - 1;
  for (size_t l = 0; l < BD_NET_LAYERS; l++)
    a->rate[l] = q;
  return take_common (a, own, err);
}

static double
rounded (const bd_mask_type *law, double q)
{
  return law->binary ? bd_mask_limit (q) / 65536. : q;
}

bool
bd_mask_trains (const bd_mask *a)
{
  const bd_mask_type *type = a->type;

  if (!type)
    return false;
  bool trains = (type->inputs && rounded (type->inputs, a->input) > 0)
                || (type->weights && rounded (type, a->set.value[0]) > 0);
  for (size_t l = 0; l < a->layers; l++)
    trains = trains || rounded (type, a->rate[l]) > 0;
  return trains;
}

bool
bd_mask_acts (const bd_mask *a)
{
  return !a->update && bd_mask_trains (a);
}

/* Share of the full rate at PHASE.  */
static double
share_at (const bd_mask *a, double phase)
{
  if (phase >= 1 && a->update)
    return 0;
  if (phase >= 1 || a->when == BD_MASK_ALWAYS)
    return 1;
  if (a->when == BD_MASK_EARLY)
    return phase < a->turn;
  if (a->when == BD_MASK_LATE)
    return phase >= a->turn;
  return phase < a->turn ? -expm1 (-10 * phase / a->turn) : 1;
}

static double
rate_at (const bd_mask *a, const bd_mask_type *law, double q, double phase)
{
  return rounded (law, q * share_at (a, phase));
}

double
bd_mask_rate (const bd_mask *a, size_t layer, double phase)
{
  if (!a->type || layer >= a->layers)
    return 0;
  return rate_at (a, a->type, a->rate[layer], phase);
}

double
bd_mask_input_rate (const bd_mask *a, double phase)
{
  if (!a->type || !a->type->inputs)
    return 0;
  return rate_at (a, a->type->inputs, a->input, phase);
}

double
bd_mask_output_rate (const bd_mask *a, double phase)
{
  if (!a->type || !a->type->weights)
    return 0;
  return rate_at (a, a->type, a->set.value[0], phase);
}
