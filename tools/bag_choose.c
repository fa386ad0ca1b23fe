/* From the words of the command line to fitter, resampling and estimators.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <string.h>

#include "bag.h"
#include "base/number.h"
#include "intervals.h"
#include "part.h"
#include "words.h"

#define MEMBERS 200
#define MOST 100000 /* members with --target-mc-error */
#define PLACES 20000000

static int
choose_fitter (const opt_command *c, const char *spec, bd_bagging *o)
{
  const char *names[WORD_NAMES] = { NULL }, *knobs;
  char name[64];
  int status = word_split (c, "fitter", spec, name, &knobs);

  if (status >= 0)
    return status;
  for (size_t k = 0; bd_fitter_types[k] && k + 1 < WORD_NAMES; k++)
    names[k] = bd_fitter_types[k]->name;
  o->fitter = bd_fitter_find (name);
  if (!o->fitter)
    return word_unknown (c, "fitter", name, names, "fitters");
  return word_knobs (c, "fitter", name, o->fitter->knobs, knobs, &o->set);
}

/* An option that says by itself how rows are resampled.  */
static int
implied (const opt_command *c, const bag_choices *q, const char **name)
{
  const struct
  {
    const char *option, *resample;
    bool there;
  } row[] = { { "strata", "stratified", q->strata },
              { "groups", "groups", q->groups },
              { "counts", "given", q->counts },
              { "index", "given", q->index },
              { "exact", "exact", q->exact } };
  const char *first = NULL;

  *name = NULL;
  for (size_t k = 0; k < sizeof row / sizeof row[0]; k++)
    {
      if (!row[k].there)
        continue;
      if (first)
        return opt_usage_error (c, "--%s and --%s do not go together", first,
                                row[k].option);
      first = row[k].option;
      *name = row[k].resample;
    }
  return -1;
}

static int
choose_resample (const opt_command *c, const bag_choices *q, bd_bagging *o)
{
  const char *by_option, *spec = q->resample;
  int status = implied (c, q, &by_option);

  if (status >= 0)
    return status;
  if (!spec)
    spec = by_option ? by_option : o->fitter->resample;
  status = word_resampling (c, spec, &o->resample, &o->scheme);
  if (status >= 0)
    return status;
  const char *name = o->resample->name;
  if (by_option && strcmp (name, by_option) != 0)
    return opt_usage_error (c,
                            "--resample %s: another option asks for the "
                            "resampling '%s'",
                            name, by_option);
  if (o->resample->labels && !q->strata && !q->groups)
    return opt_usage_error (c, "--resample %s: name the column with --%s",
                            name, o->resample->units ? "groups" : "strata");
  if (o->resample->given && !q->counts && !q->index)
    return opt_usage_error (c,
                            "--resample %s: name the file with --counts or "
                            "--index",
                            name);
  return -1;
}

/* "none" or names with commas.  */
static int
choose_estimators (const opt_command *c, const char *list, bd_bagging *o)
{
  bool none = list && strcmp (list, "none") == 0;
  int status = none ? -1 : word_estimators (c, list, o->estimator);

  o->places = none ? 0 : PLACES;
  for (size_t k = 0; status < 0 && o->estimator[k]; k++)
    if (o->estimator[k]->little != (o->resample->little != NULL))
      status = opt_usage_error (
          c,
          o->estimator[k]->little
              ? "--estimators %s: only with --resample little"
              : "--estimators %s: not with --resample little, "
                "whose members are not independent; 'little' is",
          o->estimator[k]->name);
  return status;
}

static int
choose_members (const opt_command *c, const bag_choices *q, bd_bagging *o)
{
  const part_clash clash[] = { { "target-mc-error", q->target },
                               { "dump-members", q->dump },
                               { "dry-run", q->dry },
                               { NULL, false } };

  o->members = q->members.total ? q->members.total
               : q->target      ? MOST
                                : MEMBERS;
  return part_choose (c, q->part, &q->members, clash);
}

/* "5%" or "0.05".  */
static int
choose_target (const opt_command *c, const char *target, bd_bagging *o)
{
  char number[64];
  double share;

  if (!target)
    return -1;
  size_t length = strlen (target);
  bool percent = length > 0 && target[length - 1] == '%';
  snprintf (number, sizeof number, "%.*s", (int)(length - percent), target);
  if (!bd_number_parse (number, &share)
      || (o->target = percent ? share / 100 : share) < 1e-4 || o->target > 1)
    return opt_usage_error (c,
                            "--target-mc-error %s: a share from 0.01%% to "
                            "100%% is wanted",
                            target);
  if (o->places == 0)
    return opt_usage_error (c, "--target-mc-error needs sd_mean; leave out "
                               "--estimators none");
  if (!o->resample->members && !o->resample->ij_factor && !o->resample->little)
    return opt_usage_error (c,
                            "--target-mc-error: sd_mean cannot be "
                            "estimated with --resample %s",
                            o->resample->name);
  return -1;
}

/* Files and columns that are made from the variance of the mean.  */
static int
choose_parts (const opt_command *c, const bag_choices *q, bd_bagging *o)
{
  const char *option = q->influence      ? "influence"
                       : q->figures      ? "figures"
                       : q->simultaneous ? "simultaneous"
                                         : NULL;

  o->influence = q->influence || q->figures;
  o->level = q->simultaneous ? BAND_LEVEL : 0;
  if (option && o->places == 0)
    return opt_usage_error (c,
                            "--%s needs sd_mean; leave out "
                            "--estimators none",
                            option);
  if (option && o->resample->little)
    return opt_usage_error (c,
                            "--%s: little bags do not tell single rows apart; "
                            "leave out --resample little",
                            option);
  if (option && !o->resample->ij_factor)
    return opt_usage_error (c,
                            "--%s: sd_mean cannot be estimated with "
                            "--resample %s",
                            option, o->resample->name);
  return -1;
}

static int
choose_interval (const opt_command *c, const bag_choices *q, bd_bagging *o)
{
  int status = interval_choose (c, q->interval, &o->interval);
  const bd_interval_type *type = o->interval.type;
  bd_error err = { "" };

  if (status >= 0)
    return status;
  if (bd_interval_check (type, o->resample, &err))
    return opt_usage_error (c, "--interval: %s", err.text);
  if (type && type->apart && o->places == 0)
    return opt_usage_error (c,
                            "--interval %s needs the sums that --estimators "
                            "none leaves out",
                            type->name);
  return -1;
}

int
bag_choose (const opt_command *c, const bag_choices *q, bag_job *j)
{
  bd_bagging *o = &j->o;
  int status = choose_fitter (c, q->fitter, o);

  if (status < 0)
    status = choose_resample (c, q, o);
  if (status < 0)
    status = choose_estimators (c, q->estimators, o);
  if (status < 0)
    status = choose_members (c, q, o);
  if (status < 0)
    status = choose_target (c, q->target, o);
  if (status < 0)
    status = choose_parts (c, q, o);
  if (status < 0)
    status = choose_interval (c, q, o);
  o->seed = q->seed;
  o->threads = q->threads;
  o->features = q->features;
  return status;
}
