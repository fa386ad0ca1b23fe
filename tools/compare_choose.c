/* The options of `bagdrop compare': what goes together, and how they are
   written.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "compare.h"
#include "net/fitter_net.h"
#include "words.h"

static int
check_splits (const compare_choices *o, const char *file, bd_error *err)
{
  if (!o->splits && o->first)
    return BD_FAIL (err, GSL_EINVAL, "--first-splits needs --splits");
  if (!o->splits)
    return GSL_SUCCESS;
  if (!file)
    return BD_FAIL (err, GSL_EINVAL,
                    "--splits numbers the rows of DATA, which is not there");
  if (o->folds || o->repeats)
    return BD_FAIL (err, GSL_EINVAL,
                    "--splits takes the place of --folds and --repeats");
  if (strcmp (o->splits, "-") == 0 && strcmp (file, "-") == 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "standard input cannot be both the data and the splits");
  return GSL_SUCCESS;
}

/* The knobs must suit every network that is compared.  */
static int
check_network (const bd_compare_options *c, bd_error *err)
{
  bd_settings set;
  bd_net_options net;
  bd_error why = { "" };
  size_t networks = 0;

  for (size_t k = 0; k < BD_METHODS; k++)
    {
      if (!c->use[k] || bd_methods[k].fitter != &bd_fitter_net)
        continue;
      networks++;
      if (bd_method_settings (&bd_methods[k], c->network, &set, &why)
          || bd_fitter_net_options (&set, &net, &why))
        return BD_FAIL (err, GSL_EINVAL, "--network: %s", why.text);
    }
  if (networks == 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "--network: none of the methods is a network");
  return GSL_SUCCESS;
}

int
compare_choose (const compare_choices *o, const char *file,
                bd_compare_options *options, bd_error *err)
{
  bd_error why = { "" };
  int code = check_splits (o, file, err);

  if (code)
    return code;
  if (o->folds)
    options->folds = o->folds;
  if (o->repeats)
    options->repeats = o->repeats;
  options->nets = o->nets ? o->nets : GSL_MAX (options->members / 5, 2);
  options->network = o->network;
  if (o->methods && bd_methods_parse (o->methods, options->use, &why))
    return BD_FAIL (err, GSL_EINVAL, "--methods: %s", why.text);
  return o->network ? check_network (options, err) : GSL_SUCCESS;
}

static void
put_command (FILE *to, const char *file, const compare_choices *o,
             const bd_compare_options *c)
{
  fputs ("bagdrop compare", to);
  if (file)
    word_put (to, file[0] == '-' && file[1] ? " ./" : " ", file);
  if (o->y)
    word_put (to, " -y ", o->y);
  if (o->x)
    word_put (to, " -x ", o->x);
  if (o->methods)
    word_put (to, " --methods ", o->methods);
  if (o->network)
    word_put (to, " --network ", o->network);
  if (o->splits)
    word_put (to, " --splits ", o->splits);
  if (o->first)
    fprintf (to, " --first-splits %zu", o->first);
  fprintf (to, " --seed %llu", (unsigned long long)c->seed);
  if (!o->splits)
    fprintf (to, " --folds %zu --repeats %zu", c->folds, c->repeats);
  fprintf (to, " --members %zu --networks %zu --masks %zu", c->members,
           c->nets, c->masks);
}

char *
compare_command (const char *file, const compare_choices *o,
                 const bd_compare_options *c)
{
  char *raw = NULL, *clean = NULL;
  size_t size;
  FILE *to = open_memstream (&raw, &size);

  if (!to)
    return NULL;
  put_command (to, file, o, c);
  if (fclose (to) == 0 && raw && (clean = malloc (3 * size + 1)))
    bd_text_clean (clean, 3 * size + 1, raw);
  free (raw);
  return clean;
}
