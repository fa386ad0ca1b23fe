#include <config.h>

#include <gsl/gsl_math.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../base/number.h"
#include "../base/text.h"
#include "model.h"
#include "model_file.h"

typedef struct
{
  FILE *to;
  uint64_t sum;
} writer;

static void
put (writer *a, const char *text)
{
  fputs (text, a->to);
  for (; *text; text++)
    a->sum = bd_model_sum (a->sum, *text);
}

static void
put_number (writer *a, double value)
{
  char text[BD_NUMBER_SIZE];

  put (a, bd_number_print (text, value, 17));
}

static void
put_whole (writer *a, uint64_t value)
{
  char text[BD_NUMBER_SIZE];

  snprintf (text, sizeof text, "%" PRIu64, value);
  put (a, text);
}

/* KEY and COUNT numbers STRIDE places apart.  */
static void
put_line (writer *a, const char *key, size_t count, const double *v,
          size_t stride)
{
  put (a, key);
  for (size_t k = 0; k < count; k++)
    {
      put (a, " ");
      put_number (a, v[k * stride]);
    }
  put (a, "\n");
}

static void
put_byte (writer *a, char byte, bool text)
{
  unsigned char c = (unsigned char)byte;
  char out[8] = { byte };

  if (c == '"' || c == '\\')
    snprintf (out, sizeof out, "\\%c", byte);
  else if (c < 0x20 || c == 0x7F || (c >= 0x80 && !text))
    snprintf (out, sizeof out, "\\x%02x", c);
  put (a, out);
}

/* Bytes beyond ASCII stand as they are where cleaning leaves them alone: in
   well-formed UTF-8 without controls.  */
static int
put_name (writer *a, const char *name)
{
  size_t size = 3 * strlen (name) + 1;
  char *clean = malloc (size), *plain = malloc (size);

  if (clean && plain)
    {
      strcpy (plain, name);
      for (char *s = plain; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7F)
          *s = ' ';
      bool text = strcmp (bd_text_clean (clean, size, plain), plain) == 0;
      put (a, " \"");
      for (; *name; name++)
        put_byte (a, *name, text);
      put (a, "\"");
    }
  int code = clean && plain ? GSL_SUCCESS : GSL_ENOMEM;
  free (clean);
  free (plain);
  return code;
}

static int
put_names (writer *a, size_t count, const char *const names[])
{
  int code = GSL_SUCCESS;

  if (!names)
    return code;
  put (a, "names");
  for (size_t k = 0; k < count && !code; k++)
    code = put_name (a, names[k]);
  put (a, "\n");
  return code;
}

static void
put_word (writer *a, const char *word)
{
  put (a, "\"");
  for (; *word; word++)
    {
      char out[3] = { *word, *word == '"' ? '"' : '\0' };
      put (a, out);
    }
  put (a, "\"");
}

/* A knob that takes text, quoted as bd_knob_parse reads it; one with a control
   character cannot come from there.  */
static void
put_own_knobs (writer *a, const bd_mask *mask)
{
  const bd_knob *knob = mask->type->knobs;

  for (size_t k = 0; knob && knob[k].name; k++)
    {
      put (a, knob[k].name);
      put (a, "=");
      if (knob[k].word)
        put_word (a, mask->set.word[k]);
      else
        put_number (a, mask->set.value[k]);
      put (a, ",");
    }
}

static void
put_mask (writer *a, const bd_net_model *model)
{
  static const char *const when[] = { "always", "early", "late", "rising" };
  const bd_mask *mask = &model->mask;
  size_t depth = model->net.layers - 1;
  double rate[BD_NET_LAYERS] = { 0 };

  if (!mask->type)
    return;
  put (a, "mask ");
  put (a, mask->type->name);
  put (a, ":");
  put_own_knobs (a, mask);
  put (a, "input=");
  put_number (a, mask->input);
  put (a, mask->batch ? ",share=batch,pool=" : ",share=row,pool=");
  put_whole (a, mask->pool);
  put (a, ",when=");
  put (a, when[mask->when]);
  put (a, ",turn=");
  put_number (a, mask->turn);
  put (a, mask->update ? ",on=update\n" : "\n");
  for (size_t l = 0; l < GSL_MIN (depth, mask->layers); l++)
    rate[l] = mask->rate[l];
  put_line (a, "rates", depth, rate, 1);
  put (a, "pool_seed ");
  put_whole (a, model->pool_seed);
  put (a, "\n");
}

static void
put_shape (writer *a, const bd_net_model *model)
{
  const bd_net *net = &model->net;

  put (a, BD_MODEL_HEAD " ");
  put_whole (a, BD_MODEL_VERSION);
  put (a, "\ninputs ");
  put_whole (a, net->width[0]);
  put (a, "\nhidden");
  for (size_t l = 1; l < net->layers; l++)
    {
      put (a, " ");
      put_whole (a, net->width[l]);
    }
  put (a, "\nunit ");
  put (a, net->unit->name);
  put (a, "\noutput ");
  put (a, net->output->name);
  put (a, "\n");
  if (!net->output->classes)
    return;
  put (a, "classes ");
  put_whole (a, model->classes);
  put (a, "\n");
}

static void
put_layer (writer *a, const bd_net_model *model, size_t l)
{
  const bd_net *net = &model->net;

  put (a, "layer ");
  put_whole (a, l + 1);
  put (a, l ? "\n" : "\n# a line for each unit: its bias, then its weights\n");
  for (size_t j = 0; j < net->width[l + 1]; j++)
    {
      put_number (a, model->w[net->bias[l] + j]);
      put_line (a, "", net->width[l], model->w + net->weight[l] + j,
                net->padded[l + 1]);
    }
}

static bool
all_finite (const double v[], size_t count)
{
  for (size_t k = 0; k < count; k++)
    if (!gsl_finite (v[k]))
      return false;
  return true;
}

static bool
writable (const bd_net_model *model)
{
  size_t d = model->net.width[0];

  return all_finite (model->w, model->net.size)
         && all_finite (model->x_mean, d) && all_finite (model->x_scale, d)
         && all_finite (&model->y_mean, 1) && all_finite (&model->y_scale, 1);
}

int
bd_net_model_write (const bd_net_model *model, const char *const names[],
                    FILE *to)
{
  writer a = { to, BD_MODEL_SUM };
  size_t d = model->net.width[0];

  if (!writable (model))
    GSL_ERROR ("the network has a weight that is no finite number", GSL_EDOM);
  put_shape (&a, model);
  if (put_names (&a, d + 1, names))
    GSL_ERROR ("not enough memory to write the network", GSL_ENOMEM);
  put_mask (&a, model);
  put_line (&a, "mean", d, model->x_mean, 1);
  put_line (&a, "scale", d, model->x_scale, 1);
  put_line (&a, "response", 2, (double[]){ model->y_mean, model->y_scale }, 1);
  for (size_t l = 0; l < model->net.layers; l++)
    put_layer (&a, model, l);
  fprintf (to, "end %016" PRIx64 "\n", a.sum);
  if (fflush (to) || ferror (to))
    GSL_ERROR ("the network could not be written", GSL_EFAILED);
  return GSL_SUCCESS;
}
