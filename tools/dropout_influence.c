/* Which units of a network carry the spread between its masks.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/text.h"
#include "data/levels.h"
#include "dropout.h"
#include "influence.h"

/* What the printers are told.  */
typedef struct
{
  const drop_choices *q;
  const drop_job *j;
  bd_net net;
  bd_dataset *inputs; /* as numbers */
} told;

/* Hidden layer of unit I, from 1, and its number there; 0: it is an input.  */
static size_t
layer_of (const bd_net *net, size_t i, size_t *unit)
{
  for (size_t l = 1; l < net->layers; l++)
    {
      if (i < net->width[l])
        {
          *unit = i + 1;
          return l;
        }
      i -= net->width[l];
    }
  *unit = i + 1;
  return 0;
}

static void
put_origin (const void *params, FILE *to)
{
  const told *a = params;

  drop_put_origin (to, a->q, a->j);
}

static void
put_header (const void *params, FILE *to)
{
  (void)params;
  fputs ("layer\tunit\tname\t", to);
}

static void
put_unit (const void *params, size_t i, FILE *to)
{
  const told *a = params;
  char name[256];
  size_t unit, layer = layer_of (&a->net, i, &unit);

  fprintf (to, "%zu\t%zu\t", layer, unit);
  if (layer > 0)
    fprintf (to, "hidden %zu.%zu\t", layer, unit);
  else
    fprintf (to, "%s\t", tool_cell (name, a->inputs->x_name[unit - 1]));
}

static int
told_init (told *a, const drop_choices *q, const drop_job *j)
{
  const bd_net_options *o = &j->o.net;

  *a = (told){ .q = q, .j = j };
  a->net = j->given ? j->given->net
                    : bd_net_shape (j->Z->size2, o->hidden, o->depth, o->unit,
                                    o->output, o->classes);
  a->inputs = bd_dataset_numeric (j->inputs);
  return a->inputs ? GSL_SUCCESS : GSL_ENOMEM;
}

/* Bars, one unit's place free between two layers.  */
static int
fill_figure (const influence_table *t, bd_figure *f)
{
  const told *a = t->params;
  size_t n = t->parts->n;
  double *value = bd_array (n, 3);
  char text[400];

  if (!value)
    return GSL_ENOMEM;
  for (size_t i = 0; i < n; i++)
    {
      size_t unit, layer = layer_of (&a->net, i, &unit);
      value[3 * i] = (double)unit;
      value[3 * i + 2] = (double)layer;
    }
  bd_figure_text (f, "form", "units");
  bd_figure_text (f, "kind_1", "dropout");
  bd_figure_text (f, "units", t->units);
  bd_figure_number (f, "nlayer", (double)(a->net.layers - 1));
  for (size_t l = 1; l < a->net.layers; l++)
    {
      char name[32];
      snprintf (name, sizeof name, "width_%zu", l);
      bd_figure_number (f, name, (double)a->net.width[l]);
    }
  snprintf (text, sizeof text,
            "What each of the %zu units carries of the part of the variance "
            "between masks that is linear in the units (mean over %zu "
            "points); dark: the %zu that carry most%s. Seed %llu.",
            n, t->points, influence_top (t->parts),
            t->members ? "; lines: one Monte Carlo standard error to either "
                         "side"
                       : "",
            (unsigned long long)a->q->seed);
  bd_figure_caption (f, text);
  int code = influence_figure_data (f, t->parts, value, false);
  free (value);
  return code;
}

static influence_table
table_of (const told *a, const bd_dropped *from)
{
  return (influence_table){
    .parts = &from->at.parts,
    .units = "units",
    .what = "the part of the variance between masks that is linear in units",
    .explain = "layer: hidden layer, 0 for inputs; unit: its number there",
    .points = from->m,
    .members = from->at.masks,
    .origin = put_origin,
    .header = put_header,
    .unit = put_unit,
    .params = a,
    .figure = fill_figure,
  };
}

int
drop_influence (const drop_choices *q, const drop_job *j, const bd_dropped *a,
                bd_error *err)
{
  told params;

  if (!j->o.influence)
    return GSL_SUCCESS;
  if (told_init (&params, q, j))
    return BD_FAIL (err, GSL_ENOMEM, "no memory for names");
  influence_table t = table_of (&params, a);
  int code = influence_write (&t, q->influence, q->figures, err);
  bd_dataset_free (params.inputs);
  return code;
}

void
drop_put_influence (const drop_choices *q, const drop_job *j,
                    const bd_dropped *a)
{
  told params = { .q = q, .j = j };
  influence_table t = table_of (&params, a);

  if (j->o.influence)
    influence_note (&t, stdout);
}
