/* Which rows, groups or blocks carry the variance of a bag's mean.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../plots/figure.h"
#include "bag.h"
#include "base/array.h"
#include "base/text.h"
#include "influence.h"

/* What the printers are told.  */
typedef struct
{
  const bag_choices *q;
  const bag_job *j;
} told;

static bool
grouped (const bag_job *j)
{
  return j->o.resample->labels && j->o.resample->units;
}

static void
put_origin (const void *params, FILE *to)
{
  const told *a = params;

  bag_put_origin (to, a->q, a->j);
}

static void
put_header (const void *params, FILE *to)
{
  const bag_job *j = ((const told *)params)->j;
  char name[256];

  fputs (grouped (j) ? "group\trows\t" : "row\t", to);
  if (grouped (j))
    return;
  for (size_t k = 0; k < j->data->d; k++)
    fprintf (to, "%s\t", tool_cell (name, j->data->x_name[k]));
  fprintf (to, "%s\t", tool_cell (name, j->data->y_name));
}

static void
put_group (const bag_job *j, size_t g, FILE *to)
{
  char name[256];
  size_t count = 0;

  for (size_t i = 0; i < j->data->n; i++)
    count += j->label[i] == g;
  fprintf (to, "%s\t%zu\t", tool_cell (name, j->label_name[g]), count);
}

static void
put_unit (const void *params, size_t i, FILE *to)
{
  const bag_job *j = ((const told *)params)->j;
  const bd_dataset *s = j->data;

  if (grouped (j))
    {
      put_group (j, i, to);
      return;
    }
  fprintf (to, "%zu\t", (s->row ? s->row[i] : i) + 1);
  for (size_t k = 0; k < s->d; k++)
    tool_put_cell (to, s, k, gsl_matrix_get (s->X, i, k));
  tool_put_number (to, gsl_vector_get (s->y, i), 17);
  putc ('\t', to);
}

/* Shares by one input or in their order, and the data.  */
static int
fill_figure (const influence_table *t, bd_figure *f)
{
  const bag_job *j = ((const told *)t->params)->j;
  const bd_dataset *s = j->data;
  bool along = s->d == 1 && !grouped (j) && !s->levels;
  size_t n = t->parts->n;
  double *value = bd_array (n, 3);
  char text[400];

  if (!value)
    return GSL_ENOMEM;
  for (size_t i = 0; i < n; i++)
    {
      value[3 * i] = along ? gsl_matrix_get (s->X, i, 0) : 0;
      value[3 * i + 1] = along ? gsl_vector_get (s->y, i) : 0;
    }
  bd_figure_text (f, "form", along ? "along" : "sorted");
  bd_figure_text (f, "kind_1", "bagging");
  bd_figure_text (f, "units", t->units);
  bd_figure_text (f, "xlab", along ? s->x_name[0] : t->units);
  bd_figure_text (f, "ylab", s->y_name);
  snprintf (text, sizeof text,
            "What each of the %zu %s carries of the variance of the bagged "
            "mean (mean over %zu points); filled: the %zu that carry most. "
            "%llu members, seed %llu.",
            n, t->units, t->points, influence_top (t->parts),
            (unsigned long long)t->members, (unsigned long long)j->o.seed);
  bd_figure_caption (f, text);
  int code = influence_figure_data (f, t->parts, value, !along);
  free (value);
  return code;
}

static influence_table
table_of (const told *a, const bd_bagged *from)
{
  const bd_resample_type *type = a->j->o.resample;
  bool groups = grouped (a->j), blocks = type->units && !groups;

  return (influence_table){
    .parts = &from->parts,
    .units = groups   ? "groups"
             : blocks ? "blocks"
                      : "rows",
    .what = "the variance of the mean",
    .explain = groups   ? "group: its label; rows: that it has"
               : blocks ? "row: of the data, where a block begins"
                        : "row: of the data, from 1, without the header",
    .points = from->mc,
    .members = from->members,
    .origin = put_origin,
    .header = put_header,
    .unit = put_unit,
    .params = a,
    .figure = fill_figure,
  };
}

int
bag_influence (const bag_choices *q, const bag_job *j, const bd_bagged *from,
               bd_error *err)
{
  const told a = { q, j };
  influence_table t = table_of (&a, from);

  return influence_write (&t, q->influence, q->figures, err);
}

void
bag_put_influence (const bag_choices *q, const bag_job *j,
                   const bd_bagged *from)
{
  const told a = { q, j };
  influence_table t = table_of (&a, from);

  if (j->o.influence)
    influence_note (&t, stdout);
}
