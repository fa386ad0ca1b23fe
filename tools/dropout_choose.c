/* From the words of the command line to network, mask and prediction.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "base/number.h"
#include "dropout.h"
#include "net/fitter_net.h"
#include "intervals.h"
#include "part.h"
#include "words.h"

#define MASKS 1000
#define STEPS 2000
#define BATCH 128
#define RATE 0.1

static int
choose_shape (const opt_command *c, const drop_choices *q, bd_net_options *o)
{
  const char *names[WORD_NAMES] = { NULL };
  bd_error err = { "" };

  if (q->hidden && bd_net_parse_hidden (q->hidden, 1, o, &err))
    return opt_usage_error (c, "--hidden: %s", err.text);
  if (!q->units)
    return -1;
  o->unit = bd_unit_find (q->units);
  if (o->unit)
    return -1;
  for (size_t k = 0; bd_units[k].name && k + 1 < WORD_NAMES; k++)
    names[k] = bd_units[k].name;
  return word_unknown (c, "unit", q->units, names, "units");
}

static int
choose_output (const opt_command *c, const drop_choices *q, drop_job *j)
{
  const char *names[WORD_NAMES] = { NULL };

  if (!q->output)
    return -1;
  j->output = bd_output_find (q->output);
  if (j->output)
    return -1;
  for (size_t k = 0; bd_outputs[k].name && k + 1 < WORD_NAMES; k++)
    names[k] = bd_outputs[k].name;
  return word_unknown (c, "output", q->output, names, "outputs");
}

static int
choose_optimiser (const opt_command *c, const drop_choices *q,
                  bd_net_options *o)
{
  const char *names[WORD_NAMES] = { NULL }, *knobs;
  char name[64];

  if (q->optimiser)
    {
      int status = word_split (c, "optimiser", q->optimiser, name, &knobs);
      if (status >= 0)
        return status;
      o->optimiser = bd_optimiser_find (name);
      for (size_t k = 0; bd_optimisers[k] && k + 1 < WORD_NAMES; k++)
        names[k] = bd_optimisers[k]->name;
      if (!o->optimiser)
        return word_unknown (c, "optimiser", name, names, "optimisers");
      status = word_knobs (c, "optimiser", name, o->optimiser->knobs, knobs,
                           &o->tuning);
      if (status >= 0)
        return status;
    }
  if (o->optimiser->rate > 0)
    o->rate = o->optimiser->rate;
  if (!q->schedule)
    return -1;
  o->schedule = bd_schedule_find (q->schedule);
  for (size_t k = 0; bd_schedules[k].name && k + 1 < WORD_NAMES; k++)
    names[k] = bd_schedules[k].name;
  return o->schedule
             ? -1
             : word_unknown (c, "schedule", q->schedule, names, "schedules");
}

static double
given (double value)
{
  return gsl_isnan (value) ? 0 : value;
}

static int
choose_training (const opt_command *c, const drop_choices *q,
                 bd_net_options *o)
{
  if (q->steps && q->epochs)
    return opt_usage_error (c, "--steps and --epochs do not go together");
  o->steps = q->steps ? q->steps : STEPS;
  o->epochs = q->epochs;
  o->batch = q->batch ? q->batch : BATCH;
  o->decay = given (q->decay);
  o->max_norm = given (q->max_norm);
  o->stop = given (q->stop);
  if (!gsl_isnan (q->learning_rate))
    o->rate = q->learning_rate;
  if (o->optimiser->minimise
      && (q->batch || q->schedule || !gsl_isnan (q->learning_rate)))
    return opt_usage_error (c,
                            "--%s does nothing with %s, which works on all "
                            "rows and finds the length of its steps",
                            q->batch      ? "batch"
                            : q->schedule ? "schedule"
                                          : "learning-rate",
                            o->optimiser->name);
  return -1;
}

/* "0.1", or a rate for each of LAYERS hidden layers, into RATE; the rest gets
   0 where there are several.  */
static int
parse_rates (const opt_command *c, const char *text, size_t layers,
             double rate[BD_NET_LAYERS])
{
  size_t count = 0;

  for (const char *word = text; word; word = strchr (word, ','))
    {
      char number[64];
      word += *word == ',';
      snprintf (number, sizeof number, "%.*s", (int)strcspn (word, ","), word);
      if (count == layers)
        return opt_usage_error (c,
                                "--rate %s: more rates than hidden layers "
                                "(%zu)",
                                text, layers);
      if (!bd_number_parse (number, &rate[count]) || !(rate[count] >= 0)
          || !(rate[count] < 1))
        return opt_usage_error (c,
                                "--rate %s: a rate is at least 0 and below 1, "
                                "or auto",
                                text);
      count++;
    }
  for (size_t l = count; l < BD_NET_LAYERS; l++)
    rate[l] = count == 1 ? rate[0] : 0;
  if (count == 1 || count == layers)
    return -1;
  return opt_usage_error (c,
                          "--rate %s: %zu rates for %zu hidden layers; give "
                          "one, or one for each",
                          text, count, layers);
}

/* The mask of Q over that of a given network, if there is one.  */
static int
choose_mask (const opt_command *c, const drop_choices *q, size_t layers,
             drop_job *j)
{
  bd_net_options *o = &j->o.net;
  bd_mask before = o->mask;
  bd_error err = { "" };

  j->search = q->rate && strcmp (q->rate, "auto") == 0;
  bool fresh = q->mask || !j->given || !before.type;
  if (fresh
      && bd_mask_choose (&o->mask, q->mask ? q->mask : "bernoulli",
                         j->given ? 0 : RATE, &err))
    return opt_usage_error (c, "--mask: %s", err.text);
  if (q->mask && before.type && j->given)
    memcpy (o->mask.rate, before.rate, sizeof before.rate);
  if (j->search && o->mask.type->learnt)
    return opt_usage_error (c,
                            "--rate auto: %s masks learn their rates; give "
                            "one to start from",
                            o->mask.type->name);
  if (!q->rate || j->search)
    return -1;
  int status = parse_rates (c, q->rate, layers, o->mask.rate);
  for (size_t l = 0; status < 0 && o->mask.type->learnt && l < layers; l++)
    if (!(o->mask.rate[l] > 0))
      status = opt_usage_error (c,
                                "--rate %s: %s masks learn their rates from "
                                "one above 0",
                                q->rate, o->mask.type->name);
  return status;
}

static int
choose_prediction (const opt_command *c, const drop_choices *q, drop_job *j)
{
  const char *names[WORD_NAMES] = { NULL };

  if (q->untied && (q->predict || q->dump || q->save))
    return opt_usage_error (c,
                            "--untied trains networks that predict together, "
                            "each in its own way; --%s is for one dropout "
                            "network",
                            q->predict ? "predict"
                            : q->dump  ? "dump-members"
                                       : "save");
  const part_clash clash[] = { { "untied", q->untied },
                               { "dump-members", q->dump },
                               { "save", q->save },
                               { "dry-run", q->dry },
                               { NULL, false } };
  int status = part_choose (c, q->part, &q->members, clash);
  if (status >= 0)
    return status;
  if (q->members.total)
    return opt_usage_error (c, "--members names masks FROM:TO; how many there "
                               "are says --masks");
  if (!q->predict)
    return -1;
  j->prediction = bd_prediction_find (q->predict);
  for (size_t k = 0; bd_predictions[k] && k + 1 < WORD_NAMES; k++)
    names[k] = bd_predictions[k]->name;
  if (!j->prediction)
    return word_unknown (c, "prediction", q->predict, names, "predictions");
  if (q->dump && !j->prediction->members)
    return opt_usage_error (c,
                            "--dump-members writes masks that are drawn; use "
                            "--predict mc");
  return -1;
}

/* Options that belong to training.  */
static int
check_given (const opt_command *c, const drop_choices *q)
{
  const struct
  {
    const char *name;
    bool there;
  } row[] = { { "hidden", q->hidden },
              { "units", q->units },
              { "output", q->output },
              { "optimiser", q->optimiser },
              { "schedule", q->schedule },
              { "steps", q->steps },
              { "epochs", q->epochs },
              { "batch", q->batch },
              { "learning-rate", !gsl_isnan (q->learning_rate) },
              { "decay", !gsl_isnan (q->decay) },
              { "max-norm", !gsl_isnan (q->max_norm) },
              { "stop", !gsl_isnan (q->stop) },
              { "untied", q->untied } };

  for (size_t k = 0; k < sizeof row / sizeof row[0]; k++)
    if (row[k].there)
      return opt_usage_error (c,
                              "--%s belongs to training, and --net reads a "
                              "network that is trained",
                              row[k].name);
  if (q->rate && strcmp (q->rate, "auto") == 0)
    return opt_usage_error (c, "--rate auto trains networks, and --net reads "
                               "one that is trained; give a number");
  return -1;
}

static int
choose_network (const opt_command *c, const drop_choices *q, drop_job *j)
{
  int status = choose_shape (c, q, &j->o.net);

  if (status < 0)
    status = choose_output (c, q, j);
  if (status < 0)
    status = choose_optimiser (c, q, &j->o.net);
  return status < 0 ? choose_training (c, q, &j->o.net) : status;
}

int
drop_choose (const opt_command *c, const drop_choices *q, drop_job *j)
{
  int status;

  j->o.net = bd_net_options_default ();
  j->o.masks = q->masks ? q->masks : MASKS;
  j->o.seed = q->seed;
  j->o.untied = q->untied;
  j->o.threads = q->threads;
  if (j->given)
    {
      j->o.net.depth = j->given->net.layers - 1;
      j->o.net.mask = j->given->mask;
    }
  status = q->net ? check_given (c, q) : choose_network (c, q, j);
  if (status < 0)
    status = choose_mask (c, q, j->o.net.depth, j);
  if (status < 0)
    status = choose_prediction (c, q, j);
  if (status < 0)
    status = interval_choose (c, q->interval, &j->o.interval);
  return status;
}
