/* The options of `bagdrop compare': what goes together, and how they are
   written.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "compare.h"
#include "net/fitter_net.h"
#include "words.h"

static bool
both_stdin (const char *a, const char *b)
{
  return a && b && strcmp (a, "-") == 0 && strcmp (b, "-") == 0;
}

/* One way of making splits at most, and what goes with it.  */
static int
check_splits (const compare_choices *o, const char *file, bd_error *err)
{
  const struct
  {
    const char *option, *value;
    bool folds, repeats; /* may be given, too */
  } way[] = { { "splits", o->splits, false, false },
              { "groups", o->groups, true, true },
              { "time", o->time, true, false },
              { "test", o->test, false, false } };
  const char *given = NULL;

  if (o->test && o->learning)
    return BD_FAIL (err, GSL_EINVAL,
                    "--learning needs splits of DATA; it does not go with "
                    "--test");
  if (!o->splits && o->first)
    return BD_FAIL (err, GSL_EINVAL, "--first-splits needs --splits");
  for (size_t k = 0; k < sizeof way / sizeof way[0]; k++)
    {
      if (!way[k].value)
        continue;
      if (given)
        return BD_FAIL (err, GSL_EINVAL, "--%s and --%s do not go together",
                        given, way[k].option);
      given = way[k].option;
      if ((o->folds && !way[k].folds) || (o->repeats && !way[k].repeats))
        return BD_FAIL (err, GSL_EINVAL, "--%s takes the place of --%s%s",
                        given, way[k].folds ? "" : "folds and --", "repeats");
    }
  if (o->splits && !file)
    return BD_FAIL (err, GSL_EINVAL,
                    "--splits numbers the rows of DATA, which is not there");
  if (o->test && !file)
    return BD_FAIL (err, GSL_EINVAL,
                    "--test needs DATA to train on, which is not there");
  if (both_stdin (o->splits, file) || both_stdin (o->test, file))
    return BD_FAIL (err, GSL_EINVAL,
                    "standard input cannot be both the data and the %s",
                    o->splits ? "splits" : "rows to be tested on");
  return GSL_SUCCESS;
}

/* Simulated data: what goes with them, and with them only.  */
static int
check_truth (const compare_choices *o, const bd_compare_options *options,
             const char *file, bd_error *err)
{
  const char *names[64];
  char word[80];
  size_t count = 0, least = GSL_MAX (BD_COMPARE_ROWS, 2 * options->folds);

  if (!o->truth && (o->rows || !gsl_isnan (o->noise)))
    return BD_FAIL (err, GSL_EINVAL,
                    "--%s is of simulated data: it needs "
                    "--truth",
                    o->rows ? "rows" : "noise");
  if (!o->truth)
    return GSL_SUCCESS;
  if (file)
    return BD_FAIL (err, GSL_EINVAL,
                    "--truth simulates data: it does not go with DATA");
  const bd_scenario *s = bd_scenario_find (o->truth);
  if (s && o->rows && o->rows < least)
    return BD_FAIL (err, GSL_EINVAL, "--rows: at least %zu with %zu folds",
                    least, options->folds);
  for (const bd_scenario *a = bd_scenarios; a->name && count < 64; a++)
    names[count++] = a->name;
  const char *near = s ? NULL : bd_text_nearest (o->truth, names, count);
  return s ? GSL_SUCCESS
           : BD_FAIL (err, GSL_EINVAL, "there is no scenario '%s'%s%s%s",
                      bd_text_clean (word, sizeof word, o->truth),
                      near ? "; did you mean '" : "", near ? near : "",
                      near ? "'?" : "");
}

/* The knobs must suit every network that is compared.  */
static int
check_network (const bd_compare_options *c, bd_error *err)
{
  bd_settings set;
  bd_net_options net;
  bd_error why = { "" };
  size_t networks = 0;

  for (size_t k = 0; k < BD_COMPARED; k++)
    {
      const bd_method *q = bd_own_method (c->own, k);
      if (!c->use[k] || q->fitter != &bd_fitter_net)
        continue;
      networks++;
      if (bd_method_settings (q, c->network, &set, &why)
          || bd_fitter_net_options (&set, &net, &why))
        return BD_FAIL (err, GSL_EINVAL, "--%s: %s",
                        q->own ? "methods" : "network", why.text);
    }
  if (c->network && networks == 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "--network: none of the methods is a network");
  return GSL_SUCCESS;
}

/* What it chooses itself cannot be chosen by others.  */
static int
check_budget (const compare_choices *o, const bd_compare_options *options,
              bd_error *err)
{
  const bd_compare_options usual = bd_compare_options_default ();
  double seconds;

  if (o->resume)
    return BD_FAIL (err, GSL_EINVAL,
                    "--budget measures anew in every run: give the numbers "
                    "that it chose to --resume");
  if (o->repeats || o->nets || options->members != usual.members
      || options->masks != usual.masks)
    return BD_FAIL (err, GSL_EINVAL,
                    "--budget chooses --members, --networks, --masks and "
                    "--repeats itself");
  if (o->learning)
    return BD_FAIL (err, GSL_EINVAL,
                    "--learning takes its own time: it does not go with "
                    "--budget");
  return compare_seconds (o->budget, &seconds, err);
}

int
compare_choose (const compare_choices *o, const char *file,
                bd_compare_options *options, bd_own *own, bd_error *err)
{
  bd_error why = { "" };
  int code = check_splits (o, file, err);

  if (code)
    return code;
  if (o->folds)
    options->folds = o->folds;
  if (o->repeats)
    options->repeats = o->repeats;
  if ((code = check_truth (o, options, file, err)))
    return code;
  options->nets = o->nets ? o->nets : GSL_MAX (options->members / 5, 2);
  options->network = o->network;
  if (o->budget && (code = check_budget (o, options, err)))
    return code;
  options->own = own;
  if (o->methods && bd_own_parse (o->methods, options->use, own, &why))
    return BD_FAIL (err, GSL_EINVAL, "--methods: %s", why.text);
  return o->network || own->count ? check_network (options, err) : GSL_SUCCESS;
}

static void
put_command (FILE *to, const char *file, const compare_choices *o,
             const bd_compare_options *c)
{
  char number[BD_NUMBER_SIZE];

  fputs ("bagdrop compare", to);
  if (file)
    word_put (to, file[0] == '-' && file[1] ? " ./" : " ", file);
  if (o->truth)
    word_put (to, " --truth ", o->truth);
  if (o->rows)
    fprintf (to, " --rows %zu", o->rows);
  if (!gsl_isnan (o->noise))
    fprintf (to, " --noise %s", bd_number_print (number, o->noise, 17));
  if (o->y)
    word_put (to, " -y ", o->y);
  if (o->x)
    word_put (to, " -x ", o->x);
  if (o->classes)
    fputs (" --classes", to);
  if (o->methods)
    word_put (to, " --methods ", o->methods);
  if (o->network)
    word_put (to, " --network ", o->network);
  if (o->splits)
    word_put (to, " --splits ", o->splits);
  if (o->groups)
    word_put (to, " --groups ", o->groups);
  if (o->time)
    word_put (to, " --time ", o->time);
  if (o->test)
    word_put (to, " --test ", o->test);
  if (o->first)
    fprintf (to, " --first-splits %zu", o->first);
  fprintf (to, " --seed %llu", (unsigned long long)c->seed);
  if (!o->splits && !o->test)
    fprintf (to, " --folds %zu", c->folds);
  if (!o->splits && !o->test && !o->time)
    fprintf (to, " --repeats %zu", c->repeats);
  fprintf (to, " --members %zu --networks %zu --masks %zu", c->members,
           c->nets, c->masks);
}

char *
compare_command (const char *file, const compare_choices *o,
                 const bd_compare_options *c)
{
  char *raw = NULL;
  size_t size;
  FILE *to = open_memstream (&raw, &size);

  if (!to)
    return NULL;
  put_command (to, file, o, c);
  return word_finish (to, &raw, &size);
}
