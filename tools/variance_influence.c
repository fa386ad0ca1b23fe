/* Which rows carry the variance of the mean of members made elsewhere.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdlib.h>

#include "base/array.h"
#include "influence.h"
#include "variance.h"

/* What the printers are told.  */
typedef struct
{
  const variance_choices *q;
  const variance_job *j;
} told;

static void
put_origin (const void *params, FILE *to)
{
  const told *a = params;

  variance_put_origin (to, a->q, a->j);
}

static void
put_header (const void *params, FILE *to)
{
  const variance_job *j = ((const told *)params)->j;

  fputs (j->o.points_are_rows && j->y ? "row\ty\t" : "row\t", to);
}

static void
put_unit (const void *params, size_t i, FILE *to)
{
  const variance_job *j = ((const told *)params)->j;

  fprintf (to, "%zu\t", i + 1);
  if (!j->o.points_are_rows || !j->y)
    return;
  tool_put_number (to, j->y[i], 17);
  putc ('\t', to);
}

static int
fill_figure (const influence_table *t, bd_figure *f)
{
  size_t n = t->parts->n;
  double *value = bd_array (n, 3);
  char text[400];

  if (!value)
    return GSL_ENOMEM;
  bd_figure_text (f, "form", "sorted");
  bd_figure_text (f, "kind_1", "bagging");
  bd_figure_text (f, "units", t->units);
  bd_figure_text (f, "xlab", t->units);
  bd_figure_text (f, "ylab", "y");
  snprintf (text, sizeof text,
            "What each of the %zu rows carries of the variance of the "
            "members' mean (mean over %zu points); filled: the %zu that carry "
            "most. %llu members.",
            n, t->points, influence_top (t->parts),
            (unsigned long long)t->members);
  bd_figure_caption (f, text);
  int code = influence_figure_data (f, t->parts, value, true);
  free (value);
  return code;
}

static influence_table
table_of (const told *a, const bd_variances_result *from)
{
  return (influence_table){
    .parts = &from->parts,
    .units = "rows",
    .what = "the variance of the mean",
    .explain = "row: in the order of the weights, from 1",
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
variance_influence (const variance_choices *q, const variance_job *j,
                    const bd_variances_result *r, bd_error *err)
{
  const told a = { q, j };
  influence_table t = table_of (&a, r);

  return influence_write (&t, q->influence, q->figures, err);
}

void
variance_put_influence (const variance_choices *q, const variance_job *j,
                        const bd_variances_result *r)
{
  const told a = { q, j };
  influence_table t = table_of (&a, r);

  if (j->o.influence)
    influence_note (&t, stdout);
}
