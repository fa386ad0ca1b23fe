/* Learning curves: the methods of a comparison trained on few rows, more, and
   all of each split.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/rng.h"
#include "folder.h"
#include "report.h"
#include "score/score.h"

#define SIZES 8                        /* numbers of rows */
#define SPLITS (BD_SPLITS_MAX / SIZES) /* most of the comparison's own */
#define LANE 2000                      /* of the seeds derived for the parts */

typedef struct
{
  const report *r;
  size_t count;            /* splits */
  bd_split *split[SPLITS]; /* of the comparison */
  size_t sizes, size[SIZES];
  double ratio; /* test rows / training rows, the mean */
} curve;

static void
clear (curve *a)
{
  for (size_t j = 0; j < a->count; j++)
    bd_split_free (a->split[j]);
}

/* The splits that the comparison made, in its order.  */
static int
take_splits (curve *a)
{
  const bd_comparison *c = a->r->c;
  size_t wanted = GSL_MIN (c->splits, SPLITS);

  for (; a->count < wanted; a->count++)
    {
      bd_split *s = bd_compare_split (c, a->count);
      if (!(a->split[a->count] = s))
        return GSL_ENOMEM;
      a->ratio += (double)s->test / (double)s->train / (double)wanted;
    }
  return GSL_SUCCESS;
}

/* The rows of the last size: those of the smallest split or, where splits
   differ by a row or so, as folds do, of the largest, so that each trains on
   all that it has and the curve ends at the numbers of the comparison.  */
static size_t
last_size (const curve *a)
{
  size_t least = a->r->c->data->n, most = 0;

  for (size_t j = 0; j < a->count; j++)
    {
      least = GSL_MIN (least, a->split[j]->train);
      most = GSL_MAX (most, a->split[j]->train);
    }
  return most - least <= 1 + least / 20 ? most : least;
}

/* Sizes from what can be trained on to the last, evenly on a logarithmic
   scale.  */
static void
choose_sizes (curve *a)
{
  const bd_dataset *s = a->r->c->data;
  size_t least = GSL_MAX (BD_COMPARE_TRAIN, 2 * (s->d + 1));
  size_t most = last_size (a);

  least = GSL_MIN (least, most);
  for (size_t k = 0; k < SIZES; k++)
    {
      double part = (double)k / (SIZES - 1);
      size_t rows
          = (size_t)(pow ((double)least, 1 - part) * pow ((double)most, part)
                     + 0.5);
      if (a->sizes == 0 || rows > a->size[a->sizes - 1])
        a->size[a->sizes++] = rows;
    }
}

static void
put (FILE *to, double value)
{
  char number[BD_NUMBER_SIZE];

  fprintf (to, "\t%s", bd_number_print (number, value, 17));
}

/* A line for each method and size of C, which was trained on the parts.  */
static void
write_table (const curve *a, const bd_comparison *c, FILE *to)
{
  double mse[SPLITS];

  report_write_notes (a->r, to);
  fprintf (to,
           "# splits: %zu\n# rmse_lo, rmse_hi: 95 %% limits over the splits, "
           "widened because training sets overlap; rows: trained on, at "
           "random, fewer among more\n",
           a->count);
  fputs ("method\trows\trmse\trmse_lo\trmse_hi\tmse\tmse_se\n", to);
  for (size_t k = 0; k < BD_COMPARED; k++)
    for (size_t l = 0; c->options.use[k] && l < a->sizes; l++)
      {
        for (size_t j = 0; j < a->count; j++)
          mse[j] = c->row[k].fold[l * a->count + j].mse;
        bd_interval v = bd_score_splits (mse, a->count, a->ratio);
        fprintf (to, "%s\t%zu", c->row[k].method->name, a->size[l]);
        put (to, sqrt (v.mean));
        put (to, sqrt (GSL_MAX (v.lo, 0)));
        put (to, sqrt (v.hi));
        put (to, v.mean);
        put (to, v.se);
        fputc ('\n', to);
      }
}

int
report_learning (const report *r, const char *path, bd_error *err)
{
  curve a = { .r = r };
  folder_file f;
  bd_compare_options o = r->c->options;
  bd_splits *parts = NULL;
  bd_comparison *c = NULL;
  int code = take_splits (&a);

  if (!code)
    {
      choose_sizes (&a);
      parts = bd_splits_nested ((const bd_split *const *)a.split, a.count,
                                a.size, a.sizes, bd_rng_derive (o.seed, LANE));
    }
  if (!parts)
    code = BD_FAIL (err, GSL_ENOMEM, "no memory for learning curves");
  o.splits = parts;
  o.records = NULL; /* they are of other splits */
  if (!code && !(c = bd_compare (r->c->data, &o, err)))
    code = GSL_EFAILED;
  if (!code)
    code = folder_begin_path (&f, path, err);
  if (!code)
    {
      write_table (&a, c, f.file);
      code = folder_commit (&f, err);
    }
  bd_comparison_free (c);
  bd_splits_free (parts);
  clear (&a);
  return code;
}
