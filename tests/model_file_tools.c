#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "model_file_tools.h"
#include "tools.h"

static const char *const masks[] = { "bernoulli:input=0.1,share=batch",
                                     "bernoulli:pool=64",
                                     "gaussian:when=rising,turn=0.3",
                                     "block:size=5",
                                     "block:on=update,share=batch,pool=3",
                                     "dropconnect",
                                     "concrete:temperature=0.2",
                                     "variational",
                                     NULL };

const char *const hostile[HOSTILE]
    = { "x1\nend 0", "\"", "a\\\" b", "\xC3\xA9t\xC3\xA9 \xC2\x85", "" };

/* A number of any size, of either sign, sometimes 0.  */
static double
any (gsl_rng *r)
{
  double size = ldexp (gsl_rng_uniform (r) - 0.5,
                       (int)gsl_rng_uniform_int (r, 80) - 40);
  switch (gsl_rng_uniform_int (r, 12))
    {
    case 0:
      return 0x1p-1074;
    case 1:
      return -GSL_DBL_MAX;
    case 2:
      return -0.0;
    default:
      return size;
    }
}

static void
fill (bd_net_model *a, gsl_rng *r)
{
  const bd_net *net = &a->net;

  for (size_t l = 0; l < net->layers; l++)
    for (size_t j = 0; j < net->width[l + 1]; j++)
      {
        a->w[net->bias[l] + j] = any (r);
        for (size_t k = 0; k < net->width[l]; k++)
          a->w[net->weight[l] + k * net->padded[l + 1] + j] = any (r);
      }
  for (size_t j = 0; j < net->width[0]; j++)
    {
      a->x_mean[j] = any (r);
      a->x_scale[j] = gsl_rng_uniform (r) + 0x1p-30;
    }
  a->y_mean = any (r);
  a->y_scale = gsl_rng_uniform (r) + 1;
  a->pool_seed = ~(uint64_t)gsl_rng_get (r);
  a->mask.layers = net->layers - 1;
  for (size_t l = 0; a->mask.type && l + 1 < net->layers; l++)
    a->mask.rate[l] = gsl_rng_uniform (r);
}

bd_net_model *
network (size_t k)
{
  gsl_rng *r = stream (k);
  const bd_unit *unit = &bd_units[k % BD_UNITS];
  const bd_output *output = &bd_outputs[k / BD_UNITS % BD_OUTPUTS];
  const char *spec = masks[k % LENGTH (masks)];
  size_t hidden[3] = { 3 + k % 17, 1 + k % 3, 16 };
  size_t classes = !output->classes                            ? 0
                   : output == &bd_outputs[BD_OUTPUT_LOGISTIC] ? 2
                                                               : 3 + k % 15;
  bd_mask mask = { .type = NULL };
  bd_error err = { "" };

  bd_net net
      = bd_net_shape (1 + k % 4, hidden, 1 + k % 3, unit, output, classes);
  if (spec)
    ck_assert_msg (!bd_mask_choose (&mask, spec, 0.5, &err), "%s", err.text);
  bd_net_model *a = bd_net_model_of (&net, classes, &mask);
  ck_assert_ptr_nonnull (a);
  fill (a, r);
  gsl_rng_free (r);
  return a;
}

size_t
write_to (char text[ROOM], const bd_net_model *a, const char *const names[])
{
  FILE *f = tmpfile ();

  ck_assert_ptr_nonnull (f);
  ck_assert_int_eq (bd_net_model_write (a, names, f), 0);
  rewind (f);
  size_t length = fread (text, 1, ROOM - 1, f);
  ck_assert_uint_lt (length, ROOM - 1);
  text[length] = '\0';
  fclose (f);
  return length;
}

bd_net_model *
read_from (const char text[], size_t length, char ***names, bd_error *err)
{
  FILE *f = length ? fmemopen ((void *)(size_t)text, length, "r")
                   : fopen ("/dev/null", "r");

  ck_assert_ptr_nonnull (f);
  bd_net_model *a = bd_net_model_read (f, "net.txt", names, err);
  fclose (f);
  return a;
}

static void
same_mask (const bd_net_model *a, const bd_net_model *b)
{
  ck_assert_ptr_eq (a->mask.type, b->mask.type);
  if (!a->mask.type)
    return;
  ck_assert_uint_eq (a->pool_seed, b->pool_seed);
  ck_assert_uint_eq (a->mask.layers, b->mask.layers);
  ck_assert_mem_eq (a->mask.rate, b->mask.rate,
                    a->mask.layers * sizeof (double));
  ck_assert (a->mask.input == b->mask.input && a->mask.batch == b->mask.batch
             && a->mask.update == b->mask.update
             && a->mask.pool == b->mask.pool && a->mask.when == b->mask.when
             && a->mask.turn == b->mask.turn);
  const bd_knob *knob = a->mask.type->knobs;
  for (size_t k = 0; knob && knob[k].name; k++)
    {
      ck_assert (a->mask.set.value[k] == b->mask.set.value[k]);
      ck_assert_str_eq (a->mask.set.word[k], b->mask.set.word[k]);
    }
}

void
same (const bd_net_model *a, const bd_net_model *b)
{
  size_t bytes = a->net.width[0] * sizeof (double);

  ck_assert_mem_eq (a->net.width, b->net.width, sizeof a->net.width);
  ck_assert_uint_eq (a->net.layers, b->net.layers);
  ck_assert_uint_eq (a->classes, b->classes);
  ck_assert_ptr_eq (a->net.unit, b->net.unit);
  ck_assert_ptr_eq (a->net.output, b->net.output);
  ck_assert_mem_eq (a->w, b->w, a->net.size * sizeof (double));
  ck_assert_mem_eq (a->x_mean, b->x_mean, bytes);
  ck_assert_mem_eq (a->x_scale, b->x_scale, bytes);
  ck_assert (a->y_mean == b->y_mean && a->y_scale == b->y_scale);
  same_mask (a, b);
}

void
free_names (char **names)
{
  for (char **name = names; name && *name; name++)
    free (*name);
  free (names);
}
