/* What `bagdrop variance' prints.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "intervals.h"
#include "scores.h"
#include "variance.h"
#include "variance/estimate.h"

void
variance_put_origin (FILE *to, const variance_choices *q,
                     const variance_job *j)
{
  char text[256];

  fprintf (to, "# bagdrop: %s\n# members from: %s (%s)\n", PACKAGE_VERSION,
           bd_text_clean (text, sizeof text, q->file), j->members->format);
}

static void
put_members (const variance_choices *q, const variance_job *j,
             const bd_variances_result *r)
{
  const bd_members *a = j->members;

  variance_put_origin (stdout, q, j);
  printf ("# members: %llu\n# points: %zu\n", (unsigned long long)r->members,
          r->m);
  printf ("# members left out: %llu\n", (unsigned long long)r->failed);
  if (a->bad > 0)
    printf ("# member %llu has %zu value%s not a finite number, first at "
            "point %zu; left out%s\n",
            (unsigned long long)a->bad_first + 1, a->bad_values,
            a->bad_values == 1 ? " that is" : "s that are", a->bad_point + 1,
            a->bad > 1 ? "; so are others" : "");
}

static void
put_weights (const variance_choices *q, const variance_job *j,
             const bd_variances_result *r)
{
  const bd_recognised *w = &r->weights;
  const char *file = q->counts ? q->counts : q->index;
  char text[256];

  if (r->n == 0)
    return;
  if (file)
    printf ("# weights from: %s (%s)\n",
            bd_text_clean (text, sizeof text, file), j->taken);
  printf ("# %s: %zu\n",
          file || j->members->letter == 'n' ? "rows" : "perturbed units",
          r->n);
  if (w->type)
    {
      printf ("# resampling: %s", w->type->name);
      const bd_knob *knob = w->type->knobs;
      if (knob->name && !knob->word && w->set.value[0] != knob->value)
        {
          printf (":%s=", knob->name);
          tool_put_number (stdout, w->set.value[0], 6);
        }
      puts (r->found ? " (as the weights look; else say --resample)" : "");
    }
  if (r->some_out)
    printf ("# rows that no member left out: %zu\n", r->never_out);
}

/* What the members tell of their mean.  */
static void
put_variance (const variance_job *j, const bd_variances_result *r)
{
  if (r->unknown.text[0])
    printf ("# no variance of the mean: %s%s\n", r->unknown.text,
            r->n && !r->weights.type ? "; say how they were drawn: --resample"
                                     : "");
  if (r->members - r->failed == 1)
    puts ("# one member has no spread: everything but mean is nan");
  if (r->equal > 0)
    printf ("# points where all members are equal: %zu%s\n", r->equal,
            r->equal == r->m ? " (all: the variance is 0 and shares of it are "
                               "not defined)"
                             : "");
  if (!gsl_isnan (r->share))
    {
      fputs ("# additive share: ", stdout);
      tool_put_number (stdout, r->error > MOSTLY_CHANCE ? GSL_NAN : r->share,
                       3);
      scores_put_mc (r->share_error);
      putchar ('\n');
    }
  if (!gsl_isnan (r->error))
    tool_put_chance (r->error);
  if (r->planned)
    printf ("# members for an error of sd_mean of %g %%: %llu\n",
            100 * j->o.target, (unsigned long long)r->planned);
  if (r->mc > 0 && r->mc < r->m)
    printf ("# sd_mean after the first %zu points: from their common share\n",
            r->mc);
}

/* Estimators that were asked for and are not for such members.  */
static void
put_strangers (const variance_job *j, const bd_variances_result *r)
{
  const bd_resample_type *type = r->weights.type;

  if (!type)
    return;
  for (size_t k = 0; k < BD_ESTIMATORS && j->o.estimator[k]; k++)
    if (j->o.estimator[k]->little != (type->little != NULL))
      printf ("# var_%s: nan, since it is %s for --resample little\n",
              j->o.estimator[k]->name,
              j->o.estimator[k]->little ? "only" : "not");
}

/* How wide a simultaneous band is.  */
static void
put_band (const variance_job *j, const bd_variances_result *r)
{
  const bd_band *b = &r->band;

  if (!(j->o.level > 0))
    return;
  printf ("# band_lo, band_hi: mean -+ %.4g sd_mean, in which the mean of "
          "infinitely many members lies at all %zu points at once with "
          "probability %g %% (Monte Carlo error of the factor %.1g); one "
          "point alone: mean -+ %.4g sd_mean; the bias of the fits is not in "
          "it\n",
          b->c, b->points, 100 * b->level, b->error, b->pointwise);
  if (r->mc < r->m)
    printf ("# band after the first %zu points: nan, since they are too many "
            "for their correlation\n",
            r->mc);
}

static void
put_notes (const variance_choices *q, const variance_job *j,
           const bd_variances_result *r)
{
  bool little = r->weights.type && r->weights.type->little;

  put_members (q, j, r);
  put_weights (q, j, r);
  put_variance (j, r);
  put_strangers (j, r);
  variance_put_influence (q, j, r);
  put_band (j, r);
  if (q->y && q->points_are_rows)
    puts ("# scores but the out-of-bag ones: of rows that members have seen, "
          "so too good");
  if (q->y)
    variance_put_scores (r);
  interval_put_notes (&r->interval, "members");
  printf ("# mean_error, sd_member_error, sd_error: of mean, sd_member, "
          "sd_mean by the finite number of members; sd_mean: of the mean by "
          "the training rows, %s\n",
          little ? "bootstrap of little bags" : "infinitesimal jackknife");
  if (r->estimators)
    puts ("# var_, se_: estimates of the variance of the mean and their Monte "
          "Carlo errors; sd_: root of the positive part");
}

static void
put_header (const variance_job *j, const bd_variances_result *r)
{
  const char *where = j->members->where;

  fputs (*where ? where : "point", stdout);
  fputs ("\tmean\tsd_member\tsd_mean\tsd_error\tmean_error\tsd_member_error",
         stdout);
  for (size_t k = 0; k < r->estimators; k++)
    {
      const char *name = r->estimator[k]->name;
      printf ("\tvar_%s\tse_%s\tsd_%s", name, name, name);
    }
  if (j->o.level > 0)
    fputs ("\tband_lo\tband_hi", stdout);
  interval_put_header (&r->interval);
  putchar ('\n');
}

static void
put_value (double value)
{
  putchar ('\t');
  tool_put_number (stdout, value, 17);
}

/* Where point I is: tabs part its columns, so each is cleaned alone.  */
static void
put_where (const variance_job *j, size_t i)
{
  const char *where = bd_members_where (j->members, i);
  char text[256], part[256];

  if (!where)
    printf ("%zu", i + 1);
  while (where)
    {
      size_t length = strcspn (where, "\t");
      snprintf (part, sizeof part, "%.*s", (int)length, where);
      fputs (tool_cell (text, part), stdout);
      where = where[length] ? where + length + 1 : NULL;
      if (where)
        putchar ('\t');
    }
}

void
variance_print (const variance_choices *q, const variance_job *j,
                const bd_variances_result *r)
{
  put_notes (q, j, r);
  put_header (j, r);
  for (size_t i = 0; i < r->m; i++)
    {
      put_where (j, i);
      put_value (r->mean[i]);
      put_value (r->sd_member[i]);
      put_value (r->sd_mean[i]);
      put_value (r->sd_error[i]);
      put_value (r->mean_error[i]);
      put_value (r->sd_member_error[i]);
      for (size_t k = 0; k < r->estimators; k++)
        {
          double V = r->V[k][i], se = r->se[k][i];
          put_value (V);
          put_value (se);
          put_value (gsl_isnan (se) ? GSL_NAN
                                    : sqrt (bd_variance_positive (V, se)));
        }
      if (j->o.level > 0)
        tool_put_band (r->mean[i],
                       i < r->mc ? r->band.c * r->sd_mean[i] : GSL_NAN);
      interval_put_limits (&r->interval, i);
      putchar ('\n');
    }
}
