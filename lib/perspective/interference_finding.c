#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "interference_finding.h"
#include "interference_overlap.h"

#define ORDERS 5 /* random ones */
#define PAIRS 60 /* random ones */

/* The series and where their numbers stand in a finding.  */
static const struct
{
  const char *measure;
  size_t at, count;
  bool log;
} series[] = {
  { "worst", offsetof (bd_finding, worst), BD_LESION_SHARES, true },
  { "worst_rescaled", offsetof (bd_finding, worst_rescaled), BD_LESION_SHARES,
    true },
  { "random", offsetof (bd_finding, random), BD_LESION_SHARES, true },
  { "area", offsetof (bd_finding, area), 1, true },
  { "area_rescaled", offsetof (bd_finding, area_rescaled), 1, true },
  { "area_random", offsetof (bd_finding, area_random), 1, true },
  { "blocked", offsetof (bd_finding, blocked), 1, true },
  { "unit", offsetof (bd_finding, unit), 1, true },
  { "unit_rescaled", offsetof (bd_finding, unit_rescaled), 1, true },
  { "bad", offsetof (bd_finding, bad), 1, false },
  { "gini", offsetof (bd_finding, gini), 1, false },
  { "told", offsetof (bd_finding, told), 1, false },
  { "needed", offsetof (bd_finding, needed), 1, false },
  { "rank", offsetof (bd_finding, rank), 1, true },
  { "pair", offsetof (bd_finding, pair), 1, false },
  { "pair_size", offsetof (bd_finding, pair_size), 1, true },
};
#define SERIES (sizeof series / sizeof series[0])

int
bd_finding_plan (bd_layout *l, size_t arm)
{
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < SERIES; k++)
    code = bd_layout_add (l, series[k].measure, arm, series[k].count,
                          series[k].count > 1 ? bd_lesion_share : NULL,
                          series[k].log);
  return code;
}

/* Number J of series K in F.  */
static double
number_in (const bd_finding *f, size_t k, size_t j)
{
  double x;

  memcpy (&x, (const char *)f + series[k].at + j * sizeof x, sizeof x);
  return x;
}

void
bd_finding_file (const bd_finding f[], size_t count, const bd_layout *l,
                 size_t arm, double v[])
{
  for (size_t k = 0; k < SERIES; k++)
    for (size_t j = 0; j < series[k].count; j++)
      {
        double sum = 0;
        for (size_t b = 0; b < count; b++)
          {
            double x = number_in (&f[b], k, j);
            sum += (series[k].log ? log (x) : x) / (double)count;
          }
        bd_layout_in (l, v, series[k].measure, arm)[j]
            = series[k].log ? exp (sum) : sum;
      }
}

/* Losses of COUNT places relative to CLEAN.  */
static void
relate (double loss[], size_t count, double clean)
{
  for (size_t k = 0; k < count; k++)
    loss[k] /= clean;
}

/* Work space for the units of one network.  */
typedef struct
{
  bd_lesion lesion;
  double clean, *each, *rescaled; /* units */
  size_t *order;                  /* units */
  gsl_rng *g;
} looker;

static int
looker_init (looker *a, const bd_net_model *model, const bd_dataset *d)
{
  int code = bd_lesion_init (&a->lesion, model, d);
  size_t room = code ? 1 : a->lesion.units + 1;

  a->each = bd_array (room, 1);
  a->rescaled = bd_array (room, 1);
  a->order = calloc (room, sizeof *a->order);
  a->g = gsl_rng_alloc (bd_rng_philox);
  return code || !a->each || !a->rescaled || !a->order || !a->g ? GSL_ENOMEM
                                                                : GSL_SUCCESS;
}

static void
looker_free (looker *a)
{
  bd_lesion_free (&a->lesion);
  free (a->each);
  free (a->rescaled);
  free (a->order);
  gsl_rng_free (a->g);
}

/* Each unit alone, then the worst first.  */
static int
look_at_worst (looker *a, bool rescale, double each[], double *unit,
               double curve[], double *area)
{
  bd_lesion *s = &a->lesion;

  bd_lesion_each (s, rescale, each);
  *unit = 0;
  for (size_t u = 0; u < s->units; u++)
    *unit += log (each[u] / a->clean) / (double)s->units;
  *unit = exp (*unit);
  if (bd_lesion_worst (each, s->units, a->order))
    return GSL_ENOMEM;
  bd_lesion_curve (s, a->order, rescale, curve);
  *area = exp (bd_lesion_area (curve));
  relate (curve, BD_LESION_SHARES, a->clean);
  return GSL_SUCCESS;
}

/* Random orders, averaged as logarithms.  */
static void
look_at_random (looker *a, uint64_t seed, double curve[])
{
  bd_lesion *s = &a->lesion;
  double loss[BD_LESION_SHARES], sum[BD_LESION_SHARES] = { 0 };

  bd_rng_seek (a->g, seed, BD_LANE_RESAMPLE, 0);
  for (size_t u = 0; u < s->units; u++)
    a->order[u] = u;
  for (size_t b = 0; b < ORDERS; b++)
    {
      gsl_ran_shuffle (a->g, a->order, s->units, sizeof *a->order);
      bd_lesion_curve (s, a->order, false, loss);
      for (size_t k = 0; k < BD_LESION_SHARES; k++)
        sum[k] += log (loss[k] / a->clean) / ORDERS;
    }
  for (size_t k = 0; k < BD_LESION_SHARES; k++)
    curve[k] = exp (sum[k]);
}

/* Random pairs of units, in units of the loss without blocks.  */
static void
look_at_pairs (looker *a, uint64_t seed, bd_finding *to)
{
  bd_lesion *s = &a->lesion;

  to->pair = to->pair_size = s->units > 1 ? 0 : GSL_NAN;
  bd_rng_seek (a->g, seed, BD_LANE_RESAMPLE, 1);
  for (size_t b = 0; s->units > 1 && b < PAIRS; b++)
    {
      size_t i = gsl_rng_uniform_int (a->g, s->units);
      size_t j = gsl_rng_uniform_int (a->g, s->units - 1);
      double more = bd_lesion_pair (s, i, j + (j >= i), a->each, a->clean);
      to->pair += more / a->clean / PAIRS;
      to->pair_size += fabs (more) / a->clean / PAIRS;
    }
}

/* Units that do harm, and how unequal the others are.  */
static void
look_at_units (looker *a, bd_finding *to)
{
  size_t units = a->lesion.units;

  to->bad = 0;
  for (size_t u = 0; u < units; u++)
    {
      a->each[u] -= a->clean;
      to->bad += (a->each[u] < 0) / (double)units;
    }
  to->gini = bd_gini (a->each, units);
}

/* After look_at_units, which leaves what each unit's loss costs.  */
static int
look_at_overlap (const looker *a, bd_finding *to)
{
  const bd_lesion *s = &a->lesion;
  size_t layers = s->model->net.layers - 1, at = 0;
  int code = GSL_SUCCESS;

  to->told = to->needed = to->rank = 0;
  for (size_t l = 0; !code && l < layers; l++)
    {
      double told, needed, rank;
      code = bd_overlap (s->A, s->place + at, s->alive[l], s->m, a->each + at,
                         &told, &needed, &rank);
      to->told += told / (double)layers;
      to->needed += needed / (double)layers;
      to->rank += rank / (double)layers;
      at += s->alive[l];
    }
  return code;
}

int
bd_finding_of (const bd_net_model *model, const bd_dataset *d, uint64_t seed,
               bd_finding *to)
{
  looker a = { .clean = 0 };
  int code = looker_init (&a, model, d);

  if (!code)
    {
      a.clean = bd_lesion_loss (&a.lesion, NULL, 0, false);
      code = look_at_worst (&a, true, a.rescaled, &to->unit_rescaled,
                            to->worst_rescaled, &to->area_rescaled);
    }
  if (!code)
    code = look_at_worst (&a, false, a.each, &to->unit, to->worst, &to->area);
  if (!code)
    {
      to->blocked = to->area * a.clean;
      look_at_random (&a, seed, to->random);
      to->area_random = exp (bd_lesion_area (to->random));
      look_at_pairs (&a, seed, to);
      look_at_units (&a, to);
      code = look_at_overlap (&a, to);
    }
  looker_free (&a);
  return code;
}
