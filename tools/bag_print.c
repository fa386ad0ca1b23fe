/* What `bagdrop bag' prints, and the file of its members.  */
#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bag.h"
#include "base/number.h"
#include "base/text.h"
#include "folder.h"

#define LEVEL 0.90
#define FEW 50 /* one bad member in so many is too many to judge by */

static void
put_number (FILE *to, double value, int digits)
{
  char number[BD_NUMBER_SIZE];
  fputs (bd_number_print (number, value, digits), to);
}

/* How the run could be made again.  */
static void
put_origin (FILE *to, const bag_choices *q, const bag_job *j)
{
  const bd_dataset *s = j->data;
  char text[512];

  fprintf (to, "# bagdrop: %s\n", PACKAGE_VERSION);
  fprintf (
      to, "# data: %s\n",
      bd_text_clean (text, sizeof text, j->file ? j->file : "embedded sine"));
  fprintf (to, "# response: %s\n",
           bd_text_clean (text, sizeof text, s->y_name));
  fprintf (to, "# rows: %zu\n# rows left out: %zu\n", s->n, s->left_out);
  fprintf (to, "# fitter: %s\n", bd_text_clean (text, sizeof text, q->fitter));
  fprintf (to, "# resampling: %s\n",
           bd_text_clean (text, sizeof text,
                          q->resample ? q->resample : j->o.resample->name));
  if (j->o.features)
    fprintf (to, "# inputs of a member: %zu\n", j->o.features);
  fprintf (to, "# seed: %llu\n", (unsigned long long)q->seed);
}

static void
put_failures (const bag_job *j, const bd_bagged *a)
{
  bool bayes = j->o.resample == &bd_resample_bayes;

  printf ("# members that could not be fitted: %llu\n",
          (unsigned long long)a->failed);
  if (j->o.fitter->pivot)
    printf ("# near-singular members: %llu\n", (unsigned long long)a->shaky);
  if (a->failed + a->shaky > 0)
    printf ("# advice: these members rest on too few different rows; %s\n",
            bayes ? "use a simpler fitter"
                  : "use --resample bayes, or a simpler fitter");
  if (j->o.resample->some_left)
    printf ("# rows that no member left out: %zu\n", a->never_out);
}

/* Will bagging help here?  */
static void
put_gain (const bd_bagged *a)
{
  double gain = 100 * (1 - a->share);

  if (gsl_isnan (a->share))
    return;
  fputs ("# additive share: ", stdout);
  put_number (stdout, a->share, 3);
  if (FEW * (a->failed + a->shaky) > a->members)
    {
      puts (" (tells nothing: the members that rest on too few rows make the "
            "variance)");
      return;
    }
  printf (" (averaging removes about %.0f %% of a member's variance: %s)\n",
          gain,
          gain >= 25   ? "bagging helps this fitter here"
          : gain >= 10 ? "bagging helps a little"
                       : "bagging hardly helps this fitter here");
}

/* How far chance still moves sd_mean.  */
static void
put_chance (const bag_job *j, const bd_bagged *a)
{
  const bd_resample_type *type = j->o.resample;

  if (a->mc && !type->ij_factor)
    printf ("# sd_mean: cannot be estimated with this resampling; sd_pred "
            "uses sd_member, which is larger\n");
  else if (!type->whole && !gsl_isnan (a->error))
    printf ("# Monte Carlo error of sd_mean: %.2g %%\n", 100 * a->error);
  if (j->o.target > 0 && a->error > j->o.target)
    printf ("# the Monte Carlo error asked for was not reached; more members "
            "are needed (-B)\n");
}

static void
put_notes (const bag_choices *q, const bag_job *j, const bd_bagged *a)
{
  put_origin (stdout, q, j);
  printf ("# members: %llu\n", (unsigned long long)a->members);
  put_failures (j, a);
  fputs ("# noise: ", stdout);
  if (gsl_isnan (a->noise))
    fputs ("cannot be estimated from so few rows", stdout);
  else
    put_number (stdout, a->noise, 6);
  if (!gsl_isnan (a->oob))
    {
      fputs ("\n# out-of-bag rmse: ", stdout);
      put_number (stdout, a->oob, 6);
    }
  putchar ('\n');
  put_gain (a);
  put_chance (j, a);
  if (a->mc > 0 && a->mc < a->m)
    printf ("# sd_mean after the first %zu points: from their common share\n",
            a->mc);
  puts ("# sd_member: between members; sd_mean: of their mean, by the "
        "infinitesimal jackknife; sd_error: its Monte Carlo error; sd_pred, "
        "lo, hi: of a new observation (90 %)");
}

/* The cell of input K, by its level's name where it has one.  */
static void
put_input (const bd_dataset *s, size_t k, double value)
{
  char text[256];

  if (s->levels && s->levels[k])
    fputs (bd_text_clean (text, sizeof text, s->level_name[k][(size_t)value]),
           stdout);
  else
    put_number (stdout, value, 17);
  putchar ('\t');
}

static void
put_header (const bag_job *j)
{
  char name[256];

  for (size_t k = 0; k < j->data->d; k++)
    printf ("%s\t", bd_text_clean (name, sizeof name, j->data->x_name[k]));
  fputs ("mean\tsd_member\tsd_mean\tsd_error\tsd_pred\tlo\thi", stdout);
  for (size_t k = 0; k < BD_ESTIMATORS && j->o.estimator[k]; k++)
    printf ("\tvar_%s", j->o.estimator[k]->name);
  putchar ('\n');
}

void
bag_print (const bag_choices *q, const bag_job *j, const bd_bagged *a)
{
  double z = gsl_cdf_ugaussian_Pinv ((1 + LEVEL) / 2);

  put_notes (q, j, a);
  put_header (j);
  for (size_t i = 0; i < a->m; i++)
    {
      double row[] = { a->mean[i],
                       a->sd_member[i],
                       a->sd_mean[i],
                       a->sd_error[i],
                       a->sd_pred[i],
                       a->mean[i] - z * a->sd_pred[i],
                       a->mean[i] + z * a->sd_pred[i] };
      for (size_t k = 0; k < j->data->d; k++)
        put_input (j->data, k, gsl_matrix_get (j->P, i, k));
      for (size_t k = 0; k < sizeof row / sizeof row[0]; k++)
        {
          if (k)
            putchar ('\t');
          put_number (stdout, row[k], 17);
        }
      for (size_t k = 0; k < BD_ESTIMATORS && a->estimate[k]; k++)
        {
          putchar ('\t');
          put_number (stdout, a->estimate[k][i], 17);
        }
      putchar ('\n');
    }
}

void
bag_print_cost (const bag_job *j, const bd_bag_cost *cost)
{
  int threads = j->o.threads ? j->o.threads : bd_run_threads ();

  printf ("members: %llu\nmemory: about %.3g MB, and the fitter's own\n",
          (unsigned long long)cost->members, cost->bytes / 1e6);
  printf ("time: about %.2g s on %d thread%s\n", cost->seconds, threads,
          threads == 1 ? "" : "s");
}

/* The member's line: number, probability, weights, predictions.  */
typedef struct
{
  FILE *to;
  size_t units, points, seen;
} dump;

static void
put_member (void *params, uint64_t b, double p, const double u[],
            const double t[])
{
  const dump *d = params;

  fprintf (d->to, "%llu\t", (unsigned long long)b + 1);
  put_number (d->to, gsl_isnan (p) ? 0 : p, 17);
  for (size_t i = 0; i < d->units; i++)
    {
      putc ('\t', d->to);
      put_number (d->to, u[d->seen + i], 17);
    }
  for (size_t i = 0; i < d->points; i++)
    {
      fputs (gsl_isnan (p) ? "\tNA" : "\t", d->to);
      if (!gsl_isnan (p))
        put_number (d->to, t[i], 17);
    }
  putc ('\n', d->to);
}

static void
put_dump_header (const dump *d, const bag_choices *q, const bag_job *j)
{
  bool responds = j->o.resample->responds;

  put_origin (d->to, q, j);
  fprintf (d->to,
           "# %s1 ...: %s of the rows; t1 ...: predictions at the points\n",
           responds ? "u" : "n", responds ? "disturbances" : "weights");
  fputs ("member\tp", d->to);
  for (size_t i = 0; i < d->units; i++)
    fprintf (d->to, "\t%s%zu", responds ? "u" : "n", i + 1);
  for (size_t i = 0; i < d->points; i++)
    fprintf (d->to, "\tt%zu", i + 1);
  putc ('\n', d->to);
}

static int
dump_open (folder_file *f, const char *path, bd_error *err)
{
  char *dir = strdup (path), *name = strdup (path);
  int code = GSL_ENOMEM;
  struct stat is;

  if (stat (path, &is) == 0 && S_ISDIR (is.st_mode))
    code = BD_FAIL (err, GSL_EFAILED, "%s: is a folder", path);
  else if (dir && name)
    code = folder_begin (f, dirname (dir), basename (name), err);
  free (dir);
  free (name);
  return code;
}

int
bag_run (const bag_choices *q, bag_job *j, bd_bagged *a, bd_error *err)
{
  folder_file f;

  if (!q->dump)
    return bd_bagging_run (&j->o, a, err);
  int code = dump_open (&f, q->dump, err);
  if (code)
    return code;
  const bd_resample_type *type = j->o.resample;
  dump d = { .to = f.file, .units = j->data->n, .points = j->P->size1 };
  if (type->units)
    d.seen = type->units (&j->o.scheme, &j->o.rows);
  put_dump_header (&d, q, j);
  j->o.each = put_member;
  j->o.params = &d;
  code = bd_bagging_run (&j->o, a, err);
  if (!code)
    return folder_commit (&f, err);
  folder_drop (&f);
  return code;
}
