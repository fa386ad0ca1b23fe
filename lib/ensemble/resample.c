#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "draw.h"
#include "schemes.h"

const bd_resample_type *const bd_resample_types[]
    = { &bd_resample_bootstrap,  &bd_resample_bayes,
        &bd_resample_subsample,  &bd_resample_poisson,
        &bd_resample_balanced,   &bd_resample_stratified,
        &bd_resample_groups,     &bd_resample_moving,
        &bd_resample_circular,   &bd_resample_stationary,
        &bd_resample_residual,   &bd_resample_wild,
        &bd_resample_parametric, &bd_resample_little,
        &bd_resample_jackknife,  &bd_resample_folds,
        &bd_resample_exact,      &bd_resample_given,
        &bd_resample_none,       NULL };

const bd_resample_type *
bd_resample_find (const char *name)
{
  for (size_t k = 0; bd_resample_types[k]; k++)
    if (strcmp (bd_resample_types[k]->name, name) == 0)
      return bd_resample_types[k];
  return NULL;
}

int
bd_resample_check (const bd_resample_type *type, const bd_settings *set,
                   const bd_rows *rows, bd_error *err)
{
  const char *why = NULL;

  if (type->labels && rows->labels < 2)
    why = rows->labels ? "the column of labels has one level only"
                       : "a column of labels is needed";
  else if (type->given && !rows->given)
    why = "a file of weights is needed (--counts or --index)";
  else if (type->check)
    why = type->check (set, rows);
  if (!why)
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL, "resampling %s: %s", type->name, why);
}

/* SET, or the defaults of TYPE in OWN where it is NULL.  */
static const bd_settings *
or_defaults (const bd_resample_type *type, const bd_settings *set,
             bd_settings *own)
{
  if (set)
    return set;
  bd_settings_default (type->knobs, own);
  return own;
}

size_t
bd_resample_units (const bd_resample_type *type, const bd_settings *set,
                   const bd_rows *rows)
{
  bd_settings own;
  return type->units ? type->units (or_defaults (type, set, &own), rows)
                     : rows->n;
}

void
bd_resample_free (bd_resample *s)
{
  if (!s)
    return;
  if (s->u != s->w)
    free (s->u);
  free (s->w);
  free (s->y);
  free (s->residual);
  free (s->words);
  free (s->index);
  free (s->first);
  free (s);
}

/* Centred residuals of the single fit.  */
static int
take_residuals (bd_resample *s)
{
  size_t n = s->rows.n;
  double mean = 0, ss = 0;

  s->y = bd_array (n, 1);
  s->residual = bd_array (n, 1);
  if (!s->y || !s->residual)
    return GSL_ENOMEM;
  for (size_t i = 0; i < n; i++)
    {
      s->residual[i] = s->rows.response[i] - s->rows.fitted[i];
      mean += s->residual[i] / (double)n;
    }
  for (size_t i = 0; i < n; i++)
    {
      s->residual[i] -= mean;
      ss += s->residual[i] * s->residual[i];
    }
  s->sigma = sqrt (ss / (double)n);
  return GSL_SUCCESS;
}

/* The rows label by label.  */
static int
sort_labels (bd_resample *s)
{
  const bd_rows *r = &s->rows;

  s->first = calloc (r->labels + 2, sizeof *s->first);
  if (!s->first)
    return GSL_ENOMEM;
  for (size_t i = 0; i < r->n; i++)
    s->first[r->label[i] + 2]++;
  for (size_t l = 2; l < r->labels + 2; l++)
    s->first[l] += s->first[l - 1];
  for (size_t i = 0; i < r->n; i++)
    s->index[s->first[r->label[i] + 1]++] = (uint32_t)i;
  return GSL_SUCCESS;
}

static int
make_space (bd_resample *s)
{
  size_t n = s->rows.n;
  bool own = s->type->units || s->type->responds;
  size_t copies = s->type == &bd_resample_balanced ? BD_BALANCED : 1;

  s->w = bd_array (n, 1);
  s->u = own ? bd_array (s->units, 1) : s->w;
  s->words = calloc (GSL_MAX (bd_draw_scratch (n), n + 4), sizeof *s->words);
  s->index = calloc (n, copies * sizeof *s->index);
  if (!s->w || !s->u || !s->words || !s->index)
    return GSL_ENOMEM;
  if (s->type->labels && sort_labels (s))
    return GSL_ENOMEM;
  return s->type->responds ? take_residuals (s) : GSL_SUCCESS;
}

bd_resample *
bd_resample_alloc (const bd_resample_type *type, const bd_settings *set,
                   const bd_rows *rows)
{
  bd_resample *s = calloc (1, sizeof *s);
  bd_settings own;

  if (!s)
    return NULL;
  s->type = type;
  s->set = *or_defaults (type, set, &own);
  s->rows = *rows;
  s->units = bd_resample_units (type, &s->set, rows);
  s->block = UINT64_MAX;
  if (make_space (s) == GSL_SUCCESS)
    return s;
  bd_resample_free (s);
  return NULL;
}

void
bd_resample_draw (bd_resample *s, uint64_t seed, uint64_t b, gsl_rng *r)
{
  if (seed != s->seed)
    s->block = UINT64_MAX;
  s->seed = seed;
  s->p = 1;
  bd_rng_seek (r, seed, BD_LANE_RESAMPLE, b);
  s->type->draw (s, b, r);
}

double
bd_resample_ij_factor (const bd_resample_type *type, const bd_settings *set,
                       const bd_rows *rows)
{
  bd_settings own;
  return type->ij_factor
             ? type->ij_factor (or_defaults (type, set, &own), rows)
             : GSL_NAN;
}

size_t
bd_resample_little_bag (const bd_resample_type *type, const bd_settings *set)
{
  bd_settings own;
  return type->little ? type->little (or_defaults (type, set, &own)) : 0;
}

double
bd_resample_little_factor (const bd_resample_type *type,
                           const bd_settings *set, const bd_rows *rows)
{
  bd_settings own;
  return type->little_factor
             ? type->little_factor (or_defaults (type, set, &own), rows)
             : GSL_NAN;
}
