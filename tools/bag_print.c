/* What `bagdrop bag' prints, and the file of its members.  */
#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>

#include "bag.h"
#include "base/text.h"
#include "intervals.h"
#include "members.h"
#include "scores.h"

#define LEVEL 0.90
#define FEW 50 /* one bad member in so many is too many to judge by */

/* How the run could be made again.  */
void
bag_put_origin (FILE *to, const bag_choices *q, const bag_job *j)
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
  if (a->error > MOSTLY_CHANCE)
    {
      puts ("# additive share: nan (too few members to tell)");
      return;
    }
  fputs ("# additive share: ", stdout);
  tool_put_number (stdout, a->share, 3);
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

  if (a->mc && !type->ij_factor && !type->little)
    printf ("# sd_mean: cannot be estimated with this resampling; sd_pred "
            "uses sd_member, which is larger\n");
  else if (!type->whole && !gsl_isnan (a->error))
    tool_put_chance (a->error);
  if (j->o.target > 0 && a->error > j->o.target)
    printf ("# the Monte Carlo error asked for was not reached; more members "
            "are needed (-B)\n");
}

/* How wide it is, next to that of single points.  */
static void
put_band (const bag_job *j, const bd_bagged *a)
{
  const bd_band *b = &a->band;

  if (!(j->o.level > 0))
    return;
  printf ("# band_lo, band_hi: mean -+ %.4g sd_mean, in which the whole curve "
          "that the mean estimates lies with probability %g %% (%zu points at "
          "once, Monte Carlo error of the factor %.1g); one point alone: "
          "mean -+ %.4g sd_mean; the bias of the fitter is not in it\n",
          b->c, 100 * b->level, b->points, b->error, b->pointwise);
  if (a->mc < a->m)
    printf ("# band after the first %zu points: nan, since they are too many "
            "for their correlation\n",
            a->mc);
}

static void
put_notes (const bag_choices *q, const bag_job *j, const bd_bagged *a)
{
  bag_put_origin (stdout, q, j);
  printf ("# members: %llu\n", (unsigned long long)a->members);
  put_failures (j, a);
  fputs ("# noise: ", stdout);
  if (gsl_isnan (a->noise))
    fputs ("cannot be estimated from so few rows", stdout);
  else
    tool_put_number (stdout, a->noise, 6);
  putchar ('\n');
  scores_put_out (a->oob, &a->out);
  put_gain (a);
  put_chance (j, a);
  bag_put_influence (q, j, a);
  put_band (j, a);
  if (a->mc > 0 && a->mc < a->m)
    printf ("# sd_mean after the first %zu points: from their common share\n",
            a->mc);
  interval_put_notes (&a->interval, "members");
  printf ("# sd_member: between members; sd_mean: of their mean, by the "
          "%s; sd_error: its Monte Carlo error; sd_pred, lo, hi: of a new "
          "observation (90 %%)\n",
          j->o.resample->little ? "bootstrap of little bags"
                                : "infinitesimal jackknife");
  for (size_t k = 0; j->o.estimator[k]; k++)
    printf ("# var_%s: %s\n", j->o.estimator[k]->name,
            j->o.estimator[k]->target);
}

static void
put_header (const bag_job *j, const bd_bagged *a)
{
  char name[256];

  for (size_t k = 0; k < j->data->d; k++)
    printf ("%s\t", tool_cell (name, j->data->x_name[k]));
  fputs ("mean\tsd_member\tsd_mean\tsd_error\tsd_pred\tlo\thi", stdout);
  for (size_t k = 0; j->o.estimator[k]; k++)
    printf ("\tvar_%s", j->o.estimator[k]->name);
  if (j->o.level > 0)
    fputs ("\tband_lo\tband_hi", stdout);
  interval_put_header (&a->interval);
  putchar ('\n');
}

void
bag_print (const bag_choices *q, const bag_job *j, const bd_bagged *a)
{
  double z = gsl_cdf_ugaussian_Pinv ((1 + LEVEL) / 2);

  put_notes (q, j, a);
  put_header (j, a);
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
        tool_put_input (j->data, k, gsl_matrix_get (j->P, i, k));
      for (size_t k = 0; k < sizeof row / sizeof row[0]; k++)
        {
          if (k)
            putchar ('\t');
          tool_put_number (stdout, row[k], 17);
        }
      for (size_t k = 0; k < BD_ESTIMATORS && a->estimate[k]; k++)
        {
          putchar ('\t');
          tool_put_number (stdout, a->estimate[k][i], 17);
        }
      if (j->o.level > 0)
        tool_put_band (a->mean[i],
                       i < a->mc ? a->band.c * a->sd_mean[i] : GSL_NAN);
      interval_put_limits (&a->interval, i);
      putchar ('\n');
    }
}

void
bag_print_cost (const bag_job *j, const bd_bag_cost *cost)
{
  int threads = j->o.threads ? j->o.threads : bd_run_threads ();

  printf ("members: %llu\nmemory: about %.3g MB, and the fitter's own\n",
          (unsigned long long)cost->members, cost->bytes / 1e6);
  tool_put_time (cost->seconds, threads, "");
}

int
bag_run (const bag_choices *q, bag_job *j, bd_bagged *a, bd_error *err)
{
  const bd_resample_type *type = j->o.resample;
  bool responds = type->responds;
  members_file m
      = { .units = j->data->n,
          .points = j->P->size1,
          .seen = type->units ? type->units (&j->o.scheme, &j->o.rows) : 0,
          .letter = responds ? 'u' : 'n',
          .what
          = responds ? "disturbances of the rows" : "weights of the rows" };

  if (!q->dump)
    return bd_bagging_run (&j->o, a, err);
  int code = members_begin (&m, q->dump, err);
  if (code)
    return code;
  bag_put_origin (m.file.file, q, j);
  members_header (&m);
  j->o.each = members_put;
  j->o.params = &m;
  code = bd_bagging_run (&j->o, a, err);
  return members_end (&m, code, err);
}
