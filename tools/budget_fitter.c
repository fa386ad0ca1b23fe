/* The methods that `bagdrop budget --fitter' makes of one fitter.  */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "budget.h"
#include "net/fitter_net.h"
#include "words.h"

/* Add number K of the fitter's methods.  */
static void
add (budget_job *j, size_t k, bd_kind kind, const bd_fitter_type *fitter,
     const char *before, const char *after)
{
  static const char *const letters[BUDGET_OWN]
      = { "", "bag-", "mc-", "seeds-" };
  size_t place = kind == BD_BAGGING   ? 1
                 : kind == BD_DROPOUT ? 2
                 : kind == BD_SEEDS   ? 3
                                      : 0;
  const bd_method q = { .name = j->name[k],
                        .title = j->title[k],
                        .kind = kind,
                        .fitter = fitter,
                        .knobs = j->knobs };

  snprintf (j->name[k], sizeof j->name[k], "%s%s", letters[place],
            fitter->name);
  snprintf (j->title[k], sizeof j->title[k], "%s%s%s", before, fitter->title,
            after);
  bd_budget_add (&j->o, &q);
}

int
budget_choose_fitter (const opt_command *c, const char *spec, budget_job *j)
{
  const char *names[WORD_NAMES] = { NULL }, *knobs;
  char name[64];
  bd_settings set;
  int status = word_split (c, "fitter", spec, name, &knobs);
  const bd_fitter_type *f = bd_fitter_find (name);

  if (status >= 0)
    return status;
  for (size_t k = 0; bd_fitter_types[k] && k + 1 < WORD_NAMES; k++)
    names[k] = bd_fitter_types[k]->name;
  if (!f)
    return word_unknown (c, "fitter", name, names, "fitters");
  status = word_knobs (c, "fitter", name, f->knobs, knobs, &set);
  if (status >= 0)
    return status;
  if (strlen (knobs) >= sizeof j->knobs)
    return opt_usage_error (c, "--fitter: too long");
  strcpy (j->knobs, knobs);
  bool net = f == &bd_fitter_net;
  bool dropout = net && set.value[bd_knob_find (f->knobs, "dropout")] > 0;
  add (j, 0, dropout ? BD_SCALING : BD_SINGLE, f, "",
       dropout ? ", weight scaling" : "");
  if (dropout)
    add (j, 1, BD_DROPOUT, f, "", ", random masks");
  else if (net)
    add (j, 1, BD_SEEDS, f, "", ", by seed");
  add (j, net ? 2 : 1, BD_BAGGING, f, "bagged ", "");
  return -1;
}
