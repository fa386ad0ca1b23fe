/* Schemes that follow a column of labels.

   References: A. C. Davison, D. V. Hinkley, Bootstrap Methods and their
   Application (1997), sections 3.2 (strata) and 3.8 (groups).  */
#include <config.h>

#include "schemes.h"

/* As many rows of each stratum as it has.  */
static void
stratified_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  (void)b;
  bd_scheme_fill (s, 0);
  for (size_t label = 0; label < s->rows.labels; label++)
    {
      const uint32_t *row = s->index + s->first[label];
      size_t count = s->first[label + 1] - s->first[label];

      bd_scheme_draw (s, r, count, count);
      for (size_t i = 0; i < count; i++)
        s->w[row[s->words[i]]] += 1;
    }
}

static size_t
groups_units (const bd_settings *set, const bd_rows *rows)
{
  (void)set;
  return rows->labels;
}

/* As many groups as there are, whole.  */
static void
groups_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  (void)b;
  for (size_t g = 0; g < s->units; g++)
    s->u[g] = 0;
  bd_scheme_draw (s, r, s->units, s->units);
  for (size_t g = 0; g < s->units; g++)
    s->u[s->words[g]] += 1;
  for (size_t i = 0; i < s->rows.n; i++)
    s->w[i] = s->u[s->rows.label[i]];
}

const bd_resample_type bd_resample_stratified
    = { .name = "stratified",
        .help = "bootstrap within the levels of a column (--strata)",
        .knobs = bd_scheme_no_knobs,
        .labels = true,
        .some_left = true,
        .draw = stratified_draw,
        .ij_factor = bd_scheme_factor_one };

const bd_resample_type bd_resample_groups
    = { .name = "groups",
        .help = "whole groups of rows, the levels of a column (--groups)",
        .knobs = bd_scheme_no_knobs,
        .labels = true,
        .some_left = true,
        .units = groups_units,
        .draw = groups_draw,
        .ij_factor = bd_scheme_factor_one };
