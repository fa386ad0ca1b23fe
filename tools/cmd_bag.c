#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "data/table.h"
#include "ensemble/resample.h"
#include "ensemble/run.h"
#include "opt.h"
#include "study/method.h"
#include "tools.h"

#define NAME "bag"
#define LEVEL 0.90
#define ROWS 10 /* least rows that can be bagged */

typedef struct
{
  const char *y, *x, *fitter, *resample, *points;
  size_t members;
  uint64_t seed;
  int threads;
} choices;

/* The fitter called by "NAME:knobs" or NULL, with a usage error told.  */
static const bd_fitter_type *
find_fitter (const opt_command *c, const char *spec, const char **knobs)
{
  const char *names[64];
  char name[64];
  size_t count = 0;
  bd_error err = { "" };
  bd_settings set;

  if (bd_knob_split (spec, name, sizeof name, knobs, &err))
    {
      opt_usage_error (c, "--fitter: %s", err.text);
      return NULL;
    }
  for (; bd_fitter_types[count] && count < 64; count++)
    names[count] = bd_fitter_types[count]->name;
  const bd_fitter_type *f = bd_fitter_find (name);
  const char *near = f ? NULL : bd_text_nearest (name, names, count);
  if (!f)
    opt_usage_error (c, "there is no fitter '%s'%s%s%s", name,
                     near ? "; did you mean '"
                          : "; 'bagdrop list fitters' names them",
                     near ? near : "", near ? "'?" : "");
  else if (bd_knob_parse (f->knobs, *knobs, &set, &err))
    {
      opt_usage_error (c, "--fitter %s: %s", name, err.text);
      return NULL;
    }
  return f;
}

static bool
known_resample (const opt_command *c, const char *name)
{
  if (!name || bd_resample_find (name))
    return true;
  opt_usage_error (c,
                   "there is no resampling '%s'; 'bagdrop list "
                   "resamplings' names them",
                   name);
  return false;
}

/* COUNT equally spaced points over the range of the only input.  */
static gsl_matrix *
grid (const bd_dataset *s, size_t count)
{
  gsl_matrix *P = gsl_matrix_alloc (count, 1);
  double lo, hi;

  gsl_matrix_minmax (s->X, &lo, &hi);
  for (size_t i = 0; P && i < count; i++)
    gsl_matrix_set (P, i, 0, lo + (hi - lo) * (double)i / (double)(count - 1));
  return P;
}

/* The inputs' columns of another table, by name.  */
static gsl_matrix *
points_from (const char *path, const bd_dataset *s, bd_error *err)
{
  bd_table *t = bd_table_open (path, err);
  gsl_matrix *P = t ? gsl_matrix_alloc (t->rows, s->d) : NULL;

  for (size_t j = 0; P && j < s->d; j++)
    {
      size_t k = bd_table_find (t, s->x_name[j], err);
      const bd_column *column = k < t->columns ? &t->column[k] : NULL;
      if (column && column->bad + column->missing > 0)
        BD_FAIL (err, GSL_EINVAL,
                 "%s: column '%s' has cells that are no "
                 "numbers",
                 t->source, column->name);
      if (!column || column->bad + column->missing > 0)
        {
          gsl_matrix_free (P);
          P = NULL;
          break;
        }
      for (size_t i = 0; i < t->rows; i++)
        gsl_matrix_set (P, i, j, column->value[i]);
    }
  bd_table_free (t);
  return P;
}

/* "train", "grid:N" or a file; by default a grid for one input.  */
static gsl_matrix *
make_points (const char *points, const bd_dataset *s, bd_error *err)
{
  double count = 200;
  const char *what = points ? points : s->d == 1 ? "grid" : "train";

  if (strcmp (what, "train") == 0)
    {
      gsl_matrix *P = gsl_matrix_alloc (s->n, s->d);
      if (P)
        gsl_matrix_memcpy (P, s->X);
      return P;
    }
  bool whole = strcmp (what, "grid") == 0;
  if (!whole && strncmp (what, "grid:", 5) != 0)
    return points_from (what, s, err);
  if (!whole
      && (!bd_number_parse (what + 5, &count) || count != floor (count)
          || count < 2 || count > 1e6))
    BD_FAIL (err, GSL_EINVAL,
             "--points %s: a grid has from 2 to 1000000 "
             "points",
             what);
  else if (s->d > 1)
    BD_FAIL (err, GSL_EINVAL,
             "--points %s: a grid needs one input; there "
             "are %zu",
             what, s->d);
  else
    return grid (s, (size_t)count);
  return NULL;
}

static void
print_notes (const bd_dataset *s, const bd_method *q, const choices *o,
             const char *file, const bd_answer *a)
{
  char text[512], number[BD_NUMBER_SIZE];

  printf ("# bagdrop: %s\n# data: %s\n", PACKAGE_VERSION,
          bd_text_clean (text, sizeof text, file ? file : "embedded sine"));
  printf ("# response: %s\n# rows: %zu\n# rows left out: %zu\n",
          bd_text_clean (text, sizeof text, s->y_name), s->n, s->left_out);
  printf ("# fitter: %s\n# resampling: %s\n# members: %zu\n# seed: %llu\n",
          bd_text_clean (text, sizeof text, o->fitter),
          q->resample ? q->resample : q->fitter->resample, a->members,
          (unsigned long long)o->seed);
  printf ("# members that could not be fitted: %zu\n", a->failed);
  printf ("# noise: %s\n", bd_number_print (number, a->noise, 6));
  if (!gsl_isnan (a->oob))
    printf ("# out-of-bag rmse: %s\n", bd_number_print (number, a->oob, 6));
  if (!gsl_isnan (a->share))
    printf ("# additive share: %s (averaging can remove about %.0f %% of the "
            "variance of a member)\n",
            bd_number_print (number, a->share, 3), 100 * (1 - a->share));
  printf ("# sd_member: between members; sd_mean: of their mean, by the "
          "infinitesimal jackknife; sd_error: its Monte Carlo error; sd_pred, "
          "lo, hi: of a new observation (90 %%)\n");
}

static void
print_rows (const bd_dataset *s, const gsl_matrix *P, const bd_answer *a)
{
  double z = gsl_cdf_ugaussian_Pinv ((1 + LEVEL) / 2);
  char number[BD_NUMBER_SIZE], name[256];

  for (size_t j = 0; j < s->d; j++)
    printf ("%s\t", bd_text_clean (name, sizeof name, s->x_name[j]));
  puts ("mean\tsd_member\tsd_mean\tsd_error\tsd_pred\tlo\thi");
  for (size_t i = 0; i < a->m; i++)
    {
      double row[] = { a->mean[i],
                       sqrt (a->spread[i]),
                       a->sd_mean[i],
                       a->sd_error[i],
                       a->sd_pred[i],
                       a->mean[i] - z * a->sd_pred[i],
                       a->mean[i] + z * a->sd_pred[i] };
      for (size_t j = 0; j < s->d; j++)
        printf ("%s\t",
                bd_number_print (number, gsl_matrix_get (P, i, j), 17));
      for (size_t k = 0; k < sizeof row / sizeof row[0]; k++)
        printf ("%s%s", k ? "\t" : "", bd_number_print (number, row[k], 17));
      putchar ('\n');
    }
}

static int
bag (const bd_dataset *s, const bd_method *q, const choices *o,
     const char *file, bd_error *err)
{
  gsl_matrix *P = make_points (o->points, s, err);
  bd_answer a = { 0 };
  bd_task task = { .X = s->X,
                   .y = s->y,
                   .P = P,
                   .seed = o->seed,
                   .members = o->members,
                   .nets = o->members,
                   .threads = o->threads ? o->threads : bd_run_threads () };
  int code = P ? bd_method_answer (q, &task, &a, NULL, err) : GSL_EFAILED;

  if (!code)
    {
      print_notes (s, q, o, file, &a);
      print_rows (s, P, &a);
    }
  bd_answer_free (&a);
  gsl_matrix_free (P);
  return code;
}

static const char text[]
    = "A fitter or resampling is one of 'bagdrop list fitters' and 'bagdrop "
      "list\nresamplings'; knobs follow a colon.  DATA as for 'bagdrop "
      "compare'.\n\n"
      "Examples:\n"
      "  bagdrop bag mcycle.csv > curve.tsv\n"
      "  bagdrop bag mcycle.csv --fitter tree:min_leaf=3 -B 1000\n"
      "  bagdrop bag mcycle.csv --fitter interp --resample subsample\n";

int
cmd_bag (int argc, char **argv)
{
  choices o = { .fitter = "tree", .members = 200, .seed = 1 };
  const opt_option table[] = {
    { "response", 'y', OPT_TEXT, &o.y, 0, 0, "COL",
      "response, by name or number" },
    { "inputs", 'x', OPT_TEXT, &o.x, 0, 0, "COLS",
      "inputs, separated by commas" },
    { "fitter", 'f', OPT_TEXT, &o.fitter, 0, 0, "NAME:KNOBS",
      "what is bagged" },
    { "resample", 'r', OPT_TEXT, &o.resample, 0, 0, "NAME",
      "how rows are drawn (default: what suits the fitter)" },
    { "members", 'B', OPT_SIZE, &o.members, 2, 1e7, "B", "members" },
    { "points", 'p', OPT_TEXT, &o.points, 0, 0, "WHERE",
      "where to predict: train, grid:N or a file (default: grid:200 for one "
      "input, else train)" },
    { "seed", 's', OPT_SEED, &o.seed, 0, 0, "S", "seed" },
    { "threads", 't', OPT_INT, &o.threads, 1, 1024, "N",
      "threads; has no effect on the numbers (default: all)" },
    { NULL, 0, OPT_FLAG, NULL, 0, 0, NULL, NULL },
  };
  const opt_command c = {
    NAME,
    "[OPTION]... [DATA]",
    "Bag one fitter on your table: its mean with standard deviations and "
    "intervals,\nas tab-separated values on standard output.",
    text,
    table,
    1
  };
  const char *file, *knobs;
  bd_error err = { "" };
  int status = opt_parse (&c, argc, argv, &file);

  if (status >= 0)
    return status;
  const bd_fitter_type *fitter = find_fitter (&c, o.fitter, &knobs);
  if (!fitter || !known_resample (&c, o.resample))
    return EXIT_USAGE;
  if (!file && (o.y || o.x))
    return opt_usage_error (&c, "-y and -x choose columns of DATA, which is "
                                "not there");
  bd_dataset *s = tool_data (file, o.y, o.x, ROWS, &status, &err);
  if (s)
    {
      const bd_method q = { .name = NAME,
                            .title = fitter->title,
                            .kind = BD_BAGGING,
                            .fitter = fitter,
                            .knobs = knobs,
                            .inner = 5,
                            .resample = o.resample };
      status = bag (s, &q, &o, file, &err) ? EXIT_FAILURE : EXIT_SUCCESS;
    }
  bd_dataset_free (s);
  if (status)
    tool_fail (NAME, &err);
  return status;
}
