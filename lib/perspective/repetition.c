#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>

#include "../base/rng.h"
#include "../data/split.h"
#include "repetition.h"

enum /* what seeds are derived for, beyond the repetitions */
{
  TEST = 1,
  LIKE = 1000
};

void
bd_repetition_rows (const bd_perspective_options *o, size_t *train,
                    size_t *test, double *ratio)
{
  if (o->scenario)
    {
      *train = o->n;
      *test = BD_TEST_ROWS;
      *ratio = 0;
      return;
    }
  size_t n = o->data->n, third = n / 3;
  *test = GSL_MIN (third, BD_TEST_ROWS);
  *train = GSL_MIN (n - third, o->n);
  *ratio = (double)*test / (double)(n - *test);
}

/* A random third of the table is tested on, what else there is room for is
   trained on.  */
static int
split_table (bd_repetition *r)
{
  const bd_perspective_options *o = r->o;
  size_t train, test;
  double ratio;
  gsl_rng *g = gsl_rng_alloc (bd_rng_philox);
  size_t *row = calloc (o->data->n, sizeof *row);
  int code = g && row ? GSL_SUCCESS : GSL_ENOMEM;

  bd_repetition_rows (o, &train, &test, &ratio);
  if (!code)
    {
      bd_rng_seek (g, r->seed, BD_LANE_SPLIT, 0);
      for (size_t i = 0; i < o->data->n; i++)
        row[i] = i;
      gsl_ran_shuffle (g, row, o->data->n, sizeof *row);
      r->test = bd_dataset_rows (o->data, row, test);
      r->train = bd_dataset_rows (o->data, row + test, train);
    }
  gsl_rng_free (g);
  free (row);
  return r->train && r->test ? GSL_SUCCESS : GSL_ENOMEM;
}

int
bd_repetition_make (bd_repetition *r, const bd_perspective_options *o,
                    size_t number)
{
  *r = (bd_repetition){ .o = o, .number = number };
  r->seed = bd_rng_derive (o->seed, number);
  if (!o->scenario)
    return split_table (r);
  r->train = bd_scenario_draw (o->scenario, o->n, o->noise, r->seed);
  r->test = bd_scenario_draw (o->scenario, BD_TEST_ROWS, 0,
                              bd_rng_derive (r->seed, TEST));
  return r->train && r->test ? GSL_SUCCESS : GSL_ENOMEM;
}

void
bd_repetition_free (bd_repetition *r)
{
  bd_dataset_free (r->train);
  bd_dataset_free (r->test);
}

bd_dataset *
bd_repetition_like (const bd_repetition *r, size_t k)
{
  const bd_perspective_options *o = r->o;
  uint64_t seed = bd_rng_derive (r->seed, LIKE + k);

  if (o->scenario)
    return bd_scenario_draw (o->scenario, o->n, o->noise, seed);
  bd_split *s = bd_split_fold (r->train->n, 2, 0, seed);
  bd_dataset *a = s ? bd_dataset_rows (r->train, s->row, s->train) : NULL;
  bd_split_free (s);
  return a;
}
