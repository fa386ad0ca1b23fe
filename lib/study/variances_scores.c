/* Scores of members against the responses.

   Reference: A. Krogh, J. Vedelsby, "Neural network ensembles, cross
   validation, and active learning", NIPS 7 (1995).  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "../score/pit.h"
#include "../score/proper.h"
#include "../variance/jackknife.h"
#include "../variance/mean.h"
#include "left_out.h"
#include "variances_job.h"

#define GAP 1e-9 /* relative: more is no rounding */
#define IN_BIN 5 /* ranks that a bin should hold */
#define GROUPS BD_JACKKNIFE_GROUPS

static const bd_interval unknown = { GSL_NAN, GSL_NAN, GSL_NAN, GSL_NAN };

/* The members that are finite, as a forecast.  */
typedef struct
{
  bd_forecast f;
  double *T; /* B x n */
  double *s; /* B x n: room */
} held;

static int
hold (const bd_variances_job *q, held *h)
{
  const bd_members *a = q->o->members;
  size_t m = a->points, B = 0;

  h->T = bd_array (a->count, m);
  h->s = bd_array (a->count, m);
  if (!h->T || !h->s)
    return GSL_ENOMEM;
  for (size_t b = 0; b < a->count; b++)
    if (!bd_variances_failed (a, b))
      memcpy (h->T + B++ * m, a->T + b * m, m * sizeof *h->T);
  h->f.T = h->T;
  h->f.B = B;
  return GSL_SUCCESS;
}

/* The mean over the points of the fair CRPS without each group of members,
   which need sorting only once.  */
static int
crps_error (const bd_forecast *f, double *se)
{
  size_t groups = GSL_MIN (GROUPS, f->B), *order;
  double theta[GROUPS] = { 0 }, *t = bd_array (f->B, 1);

  order = calloc (f->B, sizeof *order);
  for (size_t i = 0; t && order && i < f->n; i++)
    {
      gsl_sort_index (order, f->T + i, f->n, f->B);
      for (size_t g = 0; g < groups; g++)
        {
          size_t used = 0;
          for (size_t k = 0; k < f->B; k++)
            if (order[k] % groups != g)
              t[used++] = f->T[order[k] * f->n + i];
          theta[g] += bd_crps_members (f->y[i], t, used, true) / (double)f->n;
        }
    }
  *se = bd_jackknife_se (groups, theta);
  bool good = t && order;
  free (t);
  free (order);
  return good ? GSL_SUCCESS : GSL_ENOMEM;
}

static double
spread_of (void *params, const bool use[], size_t B)
{
  held *h = params;
  bd_forecast f = h->f;
  double score;

  f.T = h->s;
  f.B = 0;
  for (size_t b = 0; b < B; b++)
    if (use[b])
      memcpy (h->s + f.B++ * f.n, h->T + b * f.n, f.n * sizeof *h->s);
  return bd_score_find ("spread_skill")->whole (&f, &score) ? GSL_NAN : score;
}

/* Ranks of y among the members, in bins.  */
static int
take_ranks (bd_variances_job *q, const bd_forecast *f)
{
  bd_variances_result *r = q->r;
  double *u = bd_array (f->n, 1);
  gsl_rng *rng = gsl_rng_alloc (bd_rng_philox);
  int code = u && rng ? GSL_SUCCESS : GSL_ENOMEM;

  r->bins = GSL_MIN (f->n / IN_BIN, BD_VARIANCES_BINS);
  if (r->bins < 2 || q->o->binary)
    r->bins = 0;
  if (!code && r->bins)
    {
      bd_rng_seek (rng, q->o->seed, BD_LANE_DERIVE, 1);
      bd_pit_members (f, rng, u);
      bd_pit_histogram (u, f->n, r->bins, r->rank);
      r->chi2 = bd_pit_chi2 (r->rank, r->bins, &r->chi2_p);
    }
  free (u);
  if (rng)
    gsl_rng_free (rng);
  return code;
}

/* Scores that need the members one by one.  */
static int
take_members (bd_variances_job *q, const double *sd)
{
  bd_variances_result *r = q->r;
  held h = { .f = { .n = r->m, .y = q->o->y, .mean = r->mean, .sd = sd } };
  int code = hold (q, &h);

  if (!code && h.f.B > 1)
    {
      code = bd_score_mean (bd_score_find ("crps_fair"), &h.f, &r->crps);
      if (!code)
        code = bd_score_mean (bd_score_find ("spread_skill"), &h.f,
                              &r->spread_skill);
      if (!code)
        code = crps_error (&h.f, &r->crps_error);
      if (!code)
        code = bd_jackknife (h.f.B, GROUPS, spread_of, &h, &r->spread_error);
      if (!code)
        code = take_ranks (q, &h.f);
    }
  free (h.T);
  free (h.s);
  return code;
}

/* Scores of the mean, as a number, as a normal distribution as wide as the
   spread, and as a probability.  */
static int
take_list (bd_variances_job *q)
{
  static const char *const number[]
      = { "rmse", "mae", "r2", "bias", "nll", "crps", "cover" };
  static const char *const binary[]
      = { "log_loss", "brier", "accuracy", "auc", "ece" };
  bd_variances_result *r = q->r;
  bd_forecast f = { .n = r->m, .y = q->o->y, .mean = r->mean };
  size_t count = sizeof number / sizeof number[0];
  bool spread = r->members - r->failed >= 2 && !q->o->binary;

  f.sd = spread ? r->sd_member : NULL;
  int code = bd_score_list (number, count, &f, r->score);
  r->rmse_se = r->score[0].value.se;
  r->scores = count;
  if (code || !q->o->binary)
    return code;
  f.p = r->mean;
  f.k = 1;
  count = sizeof binary / sizeof binary[0];
  code = bd_score_list (binary, count, &f, r->score + r->scores);
  r->scores += count;
  return code;
}

static int
take_out (bd_variances_job *q)
{
  const bd_moments *a = q->moments;
  bd_variances_result *r = q->r;
  gsl_vector_const_view y = gsl_vector_const_view_array (q->o->y, a->m);
  double share = bd_variance_mean_share (a, q->V);
  double *room = bd_array (a->rows, 2);

  if (!room)
    return GSL_ENOMEM;
  r->oob = bd_left_out_error (a, &y.vector);
  r->noise = sqrt (bd_left_out_noise (a, &y.vector, share, room));
  free (room);
  return bd_out_of_bag_scores (a, &y.vector, share, r->noise, &r->out);
}

/* Squared errors of the mean and of a member, and what parts them.  Where
   members have probabilities there are only the moments.  */
static int
take_split (bd_variances_job *q, bd_error *err)
{
  const bd_moments *a = q->moments;
  const bd_members *from = q->o->members;
  bd_ambiguity *s = &q->r->split;
  double m = (double)a->m;

  if (!bd_variances_even (q))
    {
      *s = (bd_ambiguity){ .members = a->members, .points = a->m };
      for (size_t j = 0; j < a->m; j++)
        {
          s->mse += gsl_pow_2 (a->t[j] - q->o->y[j]) / m;
          s->ambiguity += a->t2[j] / a->p / m;
        }
      s->single = s->mse + s->ambiguity;
      return GSL_SUCCESS;
    }
  int code = bd_ambiguity_of (from->count, from->points, from->points, from->T,
                              q->o->y, s);
  double gap = code ? 0 : bd_ambiguity_gap (s);
  if (gap > GAP)
    return BD_FAIL (err, GSL_EFAILED,
                    "%s: squared errors of the mean and of a member differ by "
                    "%g, not by the variance between members, %g: numbers "
                    "too large, or too close together, to be told apart",
                    q->o->source, s->single - s->mse, s->ambiguity);
  return code;
}

static int
check_binary (const bd_variances_job *q, bd_error *err)
{
  const bd_variances_result *r = q->r;

  for (size_t j = 0; q->o->binary && j < r->m; j++)
    {
      double y = q->o->y[j], p = r->mean[j];
      if (y != 0 && y != 1)
        return BD_FAIL (err, GSL_EINVAL,
                        "response %zu is %g; a binary one is 0 or 1", j + 1,
                        y);
      if (!(p >= 0 && p <= 1))
        return BD_FAIL (err, GSL_EINVAL,
                        "%s: the mean at point %zu is %g, which is no "
                        "probability",
                        q->o->source, j + 1, p);
    }
  return GSL_SUCCESS;
}

int
bd_variances_scores (bd_variances_job *q, bd_error *err)
{
  const bd_moments *a = q->moments;
  bd_variances_result *r = q->r;

  r->split = (bd_ambiguity){ .mse = GSL_NAN,
                             .single = GSL_NAN,
                             .ambiguity = GSL_NAN };
  r->crps = r->spread_skill = unknown;
  r->rmse_se = r->noise = r->oob = r->chi2 = r->chi2_p = GSL_NAN;
  r->crps_error = r->spread_error = r->out.single = GSL_NAN;
  if (!q->o->y || a->members == a->failed)
    return GSL_SUCCESS;
  int code = check_binary (q, err);
  if (!code)
    code = take_list (q);
  if (!code)
    code = take_split (q, err);
  if (!code && q->o->points_are_rows)
    code = take_out (q);
  if (!code && !a->whole && bd_variances_even (q))
    code = take_members (q, r->sd_member);
  return code;
}
