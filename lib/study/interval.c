#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "interval.h"

#define LEVEL                                                                 \
  {                                                                           \
    "level", 0.9, 0.01, 0.9999, false, "share covered", NULL                  \
  }

static const bd_knob level_only[] = { LEVEL, { .name = NULL } };

static const bd_knob with_folds[]
    = { LEVEL,
        { "folds", 5, 2, 1e6, true,
          "parts of the rows, each left out of one fit", NULL },
        { .name = NULL } };

static const bd_knob with_parts[]
    = { LEVEL,
        { "parts", 2, 2, 1e6, true,
          "one part in so many is held out of the one fit", NULL },
        { .name = NULL } };

static const bd_interval_type gaussian
    = { "gaussian", "mean -+ z sd_pred, as lo and hi, at any level",
        level_only, BD_INTERVAL_NORMAL,
        false,      false };

static const bd_interval_type jab_plus
    = { "jab+",
        "jackknife+ after bootstrap: the members without each row, no refits",
        level_only,
        BD_INTERVAL_LEFT_OUT,
        true,
        false };

static const bd_interval_type oob
    = { "oob",      "mean and the quantiles of the out-of-bag residuals",
        level_only, BD_INTERVAL_LEFT_OUT,
        false,      false };

static const bd_interval_type scaled_oob
    = { "scaled-oob", "oob with residuals in units of the spread",
        level_only,   BD_INTERVAL_LEFT_OUT,
        false,        true };

static const bd_interval_type cv_plus
    = { "cv+",      "fits without each part of the rows",
        with_folds, BD_INTERVAL_PARTS,
        false,      false };

static const bd_interval_type scaled_cv_plus
    = { "scaled-cv+", "cv+ with residuals in units of the spread",
        with_folds,   BD_INTERVAL_PARTS,
        false,        true };

static const bd_interval_type split
    = { "split",    "one fit without a part of the rows, which then judge it",
        with_parts, BD_INTERVAL_SPLIT,
        false,      false };

static const bd_interval_type scaled_split
    = { "scaled-split", "split with residuals in units of the spread",
        with_parts,     BD_INTERVAL_SPLIT,
        false,          true };

const bd_interval_type *const bd_interval_types[]
    = { &gaussian,       &jab_plus, &oob,          &scaled_oob, &cv_plus,
        &scaled_cv_plus, &split,    &scaled_split, NULL };

const bd_interval_type *
bd_interval_find (const char *name)
{
  for (size_t k = 0; bd_interval_types[k]; k++)
    if (strcmp (bd_interval_types[k]->name, name) == 0)
      return bd_interval_types[k];
  return NULL;
}

double
bd_interval_level (const bd_interval_wish *w)
{
  return w->set.value[0];
}

size_t
bd_interval_parts (const bd_interval_wish *w, size_t n)
{
  bool cut = w->type
             && (w->type->source == BD_INTERVAL_PARTS
                 || w->type->source == BD_INTERVAL_SPLIT);
  return cut ? GSL_MIN ((size_t)w->set.value[1], n) : 0;
}

size_t
bd_interval_fits (const bd_interval_wish *w, size_t n)
{
  size_t parts = bd_interval_parts (w, n);
  return parts && w->type->source == BD_INTERVAL_SPLIT ? 1 : parts;
}

int
bd_interval_check (const bd_interval_type *type,
                   const bd_resample_type *resample, bd_error *err)
{
  if (!type || type->source == BD_INTERVAL_NORMAL)
    return GSL_SUCCESS;
  if (type->source == BD_INTERVAL_LEFT_OUT)
    {
      if (!resample->some_left)
        return BD_FAIL (err, GSL_EINVAL,
                        "%s needs members that leave rows out, which '%s' "
                        "does not do; use cv+, or another resampling",
                        type->name, resample->name);
      if (type->apart && resample->ordered)
        return BD_FAIL (err, GSL_EINVAL,
                        "%s leaves out rows or groups, and '%s' draws blocks "
                        "of rows that depend on each other; use oob",
                        type->name, resample->name);
      return GSL_SUCCESS;
    }
  if (resample->given)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s fits again without some rows, and the weights from "
                    "the file are for all of them; use jab+",
                    type->name);
  if (resample->ordered)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s leaves out rows at random, and '%s' draws blocks of "
                    "rows that depend on each other; use oob",
                    type->name, resample->name);
  return GSL_SUCCESS;
}

int
bd_interval_check_net (const bd_interval_type *type, bool trained,
                       bool classes, bd_error *err)
{
  if (!type)
    return GSL_SUCCESS;
  if (classes)
    return BD_FAIL (err, GSL_EINVAL,
                    "intervals are for a response of numbers, not of classes");
  if (type->source == BD_INTERVAL_LEFT_OUT)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s needs members that leave rows out, and masks leave "
                    "out units; use cv+ or split",
                    type->name);
  if (trained && type->source == BD_INTERVAL_PARTS)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s trains networks, and this one is trained already; use "
                    "split, with rows that it was not trained on",
                    type->name);
  return GSL_SUCCESS;
}

int
bd_intervals_init (bd_intervals *a, const bd_interval_wish *w, size_t m)
{
  *a = (bd_intervals){ .type = w->type, .m = m, .promise = GSL_NAN };
  if (!w->type)
    return GSL_SUCCESS;
  a->level = bd_interval_level (w);
  a->lo = bd_array (m, 1);
  a->hi = bd_array (m, 1);
  if (!a->lo || !a->hi)
    {
      bd_intervals_free (a);
      return GSL_ENOMEM;
    }
  for (size_t j = 0; j < m; j++)
    a->lo[j] = a->hi[j] = GSL_NAN;
  return GSL_SUCCESS;
}

void
bd_intervals_free (bd_intervals *a)
{
  free (a->lo);
  free (a->hi);
  *a = (bd_intervals){ 0 };
}
