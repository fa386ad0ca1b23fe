#include <config.h>

#include <gsl/gsl_math.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../base/number.h"
#include "../base/text.h"
#include "model.h"
#include "model_file.h"
#include "model_lines.h"

static int
read_version (bd_lines *a)
{
  size_t length = strlen (BD_MODEL_HEAD);
  double version;
  int code = bd_lines_raw (a);

  if (code)
    return code;
  if (!a->text || strncmp (a->text, BD_MODEL_HEAD " ", length + 1) != 0)
    return BD_LINES_FAIL (a, GSL_EINVAL,
                          "this is no network of bagdrop: the first line must "
                          "be '%s %d'",
                          BD_MODEL_HEAD, BD_MODEL_VERSION);
  a->at = a->text + length;
  const char *word = bd_lines_word (a);
  if (!word || !bd_number_parse (word, &version) || version < 1)
    return BD_LINES_FAIL (a, GSL_EINVAL,
                          "the format is '%.20s'; this bagdrop "
                          "reads %d",
                          word ? word : "", BD_MODEL_VERSION);
  if (version != BD_MODEL_VERSION)
    return BD_LINES_FAIL (a, GSL_EINVAL,
                          "was written by a newer bagdrop (format %.20s; this "
                          "one reads %d)",
                          word, BD_MODEL_VERSION);
  code = bd_lines_done (a);
  return code ? code : bd_lines_next (a);
}

/* One whole number behind KEY; then the next line.  */
static int
read_whole (bd_lines *a, const char *key, size_t low, size_t high, size_t *v)
{
  int code = bd_lines_expect (a, key);

  if (!code)
    code = bd_lines_whole (a, key, low, high, v);
  if (!code)
    code = bd_lines_done (a);
  return code ? code : bd_lines_next (a);
}

static int
read_hidden (bd_lines *a, size_t hidden[], size_t *depth)
{
  int code = bd_lines_expect (a, "hidden");

  *depth = 0;
  while (!code && (*depth == 0 || a->at[strspn (a->at, " \t\r")]))
    {
      if (*depth == BD_NET_LAYERS - 1)
        return BD_LINES_FAIL (a, GSL_EINVAL,
                              "there are more than %d hidden layers",
                              BD_NET_LAYERS - 1);
      code = bd_lines_whole (a, "hidden", 1, BD_MODEL_UNITS,
                             &hidden[(*depth)++]);
    }
  return code ? code : bd_lines_next (a);
}

/* The word behind KEY, one of COUNT names; then the next line.  */
static int
read_choice (bd_lines *a, const char *key, const char *const names[],
             size_t count, size_t *place)
{
  int code = bd_lines_expect (a, key);

  if (code)
    return code;
  const char *word = bd_lines_word (a), *near;
  for (*place = 0; word && *place < count; ++*place)
    if (strcmp (word, names[*place]) == 0)
      {
        code = bd_lines_done (a);
        return code ? code : bd_lines_next (a);
      }
  near = word ? bd_text_nearest (word, names, count) : NULL;
  return BD_LINES_FAIL (a, GSL_EINVAL, "no %s is called '%.40s'%s%s%s", key,
                        word ? word : "", near ? "; did you mean '" : "",
                        near ? near : "", near ? "'?" : "");
}

static int
read_kinds (bd_lines *a, const bd_unit **unit, const bd_output **output)
{
  const char *units[BD_UNITS], *outputs[BD_OUTPUTS];
  size_t u = 0, o = 0;

  for (size_t k = 0; k < BD_UNITS; k++)
    units[k] = bd_units[k].name;
  for (size_t k = 0; k < BD_OUTPUTS; k++)
    outputs[k] = bd_outputs[k].name;
  int code = read_choice (a, "unit", units, BD_UNITS, &u);
  if (!code)
    code = read_choice (a, "output", outputs, BD_OUTPUTS, &o);
  *unit = &bd_units[u];
  *output = &bd_outputs[o];
  return code;
}

static int
read_shape (bd_lines *a, bd_net *net, size_t *classes)
{
  size_t d = 0, hidden[BD_NET_LAYERS], depth = 0;
  const bd_unit *unit;
  const bd_output *output;
  int code = read_whole (a, "inputs", 1, BD_MODEL_INPUTS, &d);

  if (!code)
    code = read_hidden (a, hidden, &depth);
  if (!code)
    code = read_kinds (a, &unit, &output);
  *classes = 0;
  if (!code && output->classes)
    code = read_whole (
        a, "classes", 2,
        output == &bd_outputs[BD_OUTPUT_LOGISTIC] ? 2 : BD_MODEL_UNITS,
        classes);
  if (code)
    return code;
  *net = bd_net_shape (d, hidden, depth, unit, output, *classes);
  if (net->size > BD_MODEL_WEIGHTS)
    return BD_LINES_FAIL (a, GSL_EINVAL,
                          "the network has more than %zu weights",
                          BD_MODEL_WEIGHTS);
  return GSL_SUCCESS;
}

static void
free_names (char **names, size_t count)
{
  for (size_t k = 0; names && k < count; k++)
    free (names[k]);
  free (names);
}

/* They are read, and so checked, also when nobody wants them.  */
static int
read_names (bd_lines *a, size_t count, char ***names)
{
  int code = GSL_SUCCESS;

  if (!bd_lines_begin (a, "names"))
    return code;
  *names = calloc (count + 1, sizeof **names);
  if (!*names)
    return BD_LINES_FAIL (a, GSL_ENOMEM, "not enough memory for %zu names",
                          count);
  for (size_t k = 0; k < count && !code; k++)
    code = bd_lines_name (a, &(*names)[k]);
  if (!code)
    code = bd_lines_done (a);
  return code ? code : bd_lines_next (a);
}

static int
read_rates (bd_lines *a, bd_mask *mask, size_t depth)
{
  int code = bd_lines_expect (a, "rates");

  if (!code)
    code = bd_lines_numbers (a, "rates", depth, mask->rate);
  for (size_t l = 0; !code && l < depth; l++)
    if (!(mask->rate[l] >= 0 && mask->rate[l] < 1))
      return BD_LINES_FAIL (a, GSL_EINVAL,
                            "a rate is %.10g; it must be at least 0 and below "
                            "1",
                            mask->rate[l]);
  mask->layers = depth;
  return code ? code : bd_lines_next (a);
}

static int
read_seed (bd_lines *a, uint64_t *seed)
{
  if (!bd_lines_begin (a, "pool_seed"))
    return GSL_SUCCESS;
  const char *word = bd_lines_word (a);
  size_t digits = word ? strspn (word, "0123456789") : 0;
  if (!digits || word[digits])
    return BD_LINES_FAIL (a, GSL_EINVAL, "not a seed: '%.40s'",
                          word ? word : "");
  *seed = 0;
  for (; *word; word++)
    {
      uint64_t last = (uint64_t)(*word - '0');
      if (*seed > (UINT64_MAX - last) / 10)
        return BD_LINES_FAIL (a, GSL_EINVAL, "the seed is above %" PRIu64,
                              UINT64_MAX);
      *seed = 10 * *seed + last;
    }
  int code = bd_lines_done (a);
  return code ? code : bd_lines_next (a);
}

/* The mask, its rates and the seed of its pool.  */
static int
read_mask (bd_lines *a, size_t depth, bd_mask *mask, uint64_t *seed)
{
  bd_error why = { "" };

  memset (mask, 0, sizeof *mask);
  if (!bd_lines_begin (a, "mask"))
    return GSL_SUCCESS;
  int code = bd_mask_choose (mask, bd_lines_rest (a), 0, &why);
  if (code)
    return BD_LINES_FAIL (a, code, "%s", why.text);
  code = bd_lines_next (a);
  if (!code)
    code = read_rates (a, mask, depth);
  return code ? code : read_seed (a, seed);
}

/* COUNT numbers behind KEY, if there is such a line; those from place SCALE on
   must be above 0.  */
static int
read_line (bd_lines *a, const char *key, size_t count, size_t scale,
           double v[])
{
  if (!bd_lines_begin (a, key))
    return GSL_SUCCESS;
  int code = bd_lines_numbers (a, key, count, v);
  for (size_t k = scale; !code && k < count; k++)
    if (!(v[k] > 0))
      return BD_LINES_FAIL (a, GSL_EINVAL,
                            "a scale is %.10g; it must be above 0", v[k]);
  return code ? code : bd_lines_next (a);
}

static int
read_scales (bd_lines *a, size_t d, bd_net_model *model)
{
  double response[2] = { 0, 1 };
  int code = read_line (a, "mean", d, d, model->x_mean);

  if (!code)
    code = read_line (a, "scale", d, 0, model->x_scale);
  if (!code)
    code = read_line (a, "response", 2, 1, response);
  model->y_mean = response[0];
  model->y_scale = response[1];
  return code;
}

static int
read_unit (bd_lines *a, size_t l, size_t j, bd_net_model *model, double row[])
{
  const bd_net *net = &model->net;
  char what[80];
  int code = bd_lines_next (a);

  if (code)
    return code;
  snprintf (what, sizeof what, "unit %zu of layer %zu", j + 1, l + 1);
  if (!a->text)
    return BD_LINES_FAIL (a, GSL_EINVAL, "the file ends before %s", what);
  code = bd_lines_numbers (a, what, net->width[l] + 1, row);
  if (code)
    return code;
  model->w[net->bias[l] + j] = row[0];
  for (size_t k = 0; k < net->width[l]; k++)
    model->w[net->weight[l] + k * net->padded[l + 1] + j] = row[k + 1];
  return GSL_SUCCESS;
}

static int
read_layers (bd_lines *a, bd_net_model *model)
{
  const bd_net *net = &model->net;
  size_t widest = 0, number;
  int code = GSL_SUCCESS;

  for (size_t l = 0; l < net->layers; l++)
    widest = GSL_MAX (widest, net->width[l]);
  double *row = calloc (widest + 1, sizeof *row);
  if (!row)
    return BD_LINES_FAIL (a, GSL_ENOMEM, "not enough memory for %zu weights",
                          widest);
  for (size_t l = 0; l < net->layers && !code; l++)
    {
      code = bd_lines_expect (a, "layer");
      if (!code)
        code = bd_lines_whole (a, "layer", l + 1, l + 1, &number);
      if (!code)
        code = bd_lines_done (a);
      for (size_t j = 0; j < net->width[l + 1] && !code; j++)
        code = read_unit (a, l, j, model, row);
      if (!code)
        code = bd_lines_next (a);
    }
  free (row);
  return code;
}

static int
read_end (bd_lines *a)
{
  char sum[20];
  int code = bd_lines_expect (a, "end");

  if (code)
    return code;
  const char *word = bd_lines_word (a);
  snprintf (sum, sizeof sum, "%016" PRIx64, a->before);
  if (word && strcmp (word, sum) != 0)
    return BD_LINES_FAIL (a, GSL_EINVAL,
                          "the network does not match its checksum '%.20s': "
                          "it is damaged, or was changed by hand and the "
                          "checksum left behind 'end'",
                          word);
  code = bd_lines_done (a);
  while (!code && a->text)
    {
      code = bd_lines_raw (a);
      if (!code && a->text)
        code = bd_lines_done (a);
    }
  return code;
}

/* All but the first lines, which have given the shape.  */
static int
read_rest (bd_lines *a, const bd_net *net, size_t classes,
           bd_net_model **model)
{
  bd_mask mask;
  uint64_t seed = 0;
  int code = read_mask (a, net->layers - 1, &mask, &seed);

  if (code)
    return code;
  *model = bd_net_model_of (net, classes, &mask);
  if (!*model)
    return BD_LINES_FAIL (a, GSL_ENOMEM, "not enough memory for %zu weights",
                          net->size);
  (*model)->pool_seed = seed;
  code = read_scales (a, net->width[0], *model);
  if (!code)
    code = read_layers (a, *model);
  return code ? code : read_end (a);
}

bd_net_model *
bd_net_model_read (FILE *from, const char *file, char ***names, bd_error *err)
{
  bd_lines a = { .from = from, .file = file, .err = err, .sum = BD_MODEL_SUM };
  bd_net net = { .layers = 0 };
  bd_net_model *model = NULL;
  char **found = NULL;
  size_t classes;

  int code = read_version (&a);
  if (!code)
    code = read_shape (&a, &net, &classes);
  if (!code)
    code = read_names (&a, net.width[0] + 1, &found);
  if (!code)
    code = read_rest (&a, &net, classes, &model);
  free (a.room);
  if (code)
    {
      bd_net_model_free (model);
      model = NULL;
    }
  if (names)
    *names = code ? NULL : found;
  if (code || !names)
    free_names (found, net.width[0] + 1);
  return model;
}
