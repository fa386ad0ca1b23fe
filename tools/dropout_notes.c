/* What a dropout network says of itself, in words.  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "base/text.h"
#include "dropout.h"
#include "intervals.h"
#include "ensemble/run.h"
#include "scores.h"

#define COARSE 0.05 /* Monte Carlo error of the spread worth more masks */

/* Typical SD and its typical error, over all places.  */
static double
relative_error (const bd_predicted *a)
{
  double error = 0, v = 0;

  for (size_t i = 0; i < a->places; i++)
    {
      error += a->error[i] * a->error[i];
      v += a->sd[i] * a->sd[i];
    }
  return v > 0 ? sqrt (error / v) : 0;
}

static void
put_choice (const drop_job *j)
{
  const bd_prediction *way = j->o.predict;

  if (j->prediction || j->o.untied)
    return;
  if (way == &bd_prediction_closed)
    puts ("# why closed: with one hidden layer and a response of numbers the "
          "formula is exact, and nothing is left to chance");
  else
    printf ("# why mc: %s\n",
            j->o.net.output->classes
                ? "probabilities of classes have no exact formula"
            : j->dumped
                ? "--dump-members writes masks, which are drawn at random"
                : "the exact formula is for one hidden layer whose units are "
                  "dropped independently; --predict rao-blackwell needs fewer "
                  "masks where it applies");
}

static void
put_masks (const bd_dropped *a, const drop_job *j)
{
  const bd_predicted *at = &a->at;

  if (j->o.untied)
    {
      printf ("# networks: %llu\n# failed: %llu\n",
              (unsigned long long)at->masks, (unsigned long long)at->failed);
      return;
    }
  if (at->masks == 0)
    {
      printf ("# masks: %s\n", !j->o.predict->spread
                                   ? "none; the whole network predicts"
                               : j->o.predict == &bd_prediction_fast
                                   ? "all of them, nearly"
                                   : "all of them, by the formula");
      return;
    }
  printf ("# masks: %llu%s\n# failed: %llu\n", (unsigned long long)at->masks,
          j->o.predict->draws ? "" : " (all there are)",
          (unsigned long long)at->failed);
  if (gsl_finite (at->worth))
    {
      double digits = pow (10, floor (log10 (at->worth)) - 1);
      printf ("# worth: as many as about %.0f plain masks for the mean\n",
              digits > 1 ? digits * round (at->worth / digits) : at->worth);
    }
  if (j->o.predict->draws && relative_error (at) > COARSE)
    printf ("# advice: chance moves the spread by about %.0f %%; more masks "
            "(-T) make it smaller\n",
            100 * relative_error (at));
}

/* Does Y hold nothing but 0 and 1?  */
static bool
binary (const gsl_vector *y)
{
  bool all = true;

  for (size_t i = 0; all && i < y->size; i++)
    all = gsl_vector_get (y, i) == 0 || gsl_vector_get (y, i) == 1;
  return all;
}

static void
put_rows (const drop_job *j, const bd_dropped *a)
{
  const bd_net_options *o = &j->o.net;
  double lo, hi;

  if (j->answered && !o->output->classes && j->o.y->size > 0)
    {
      gsl_vector_minmax (j->o.y, &lo, &hi);
      if (lo == hi)
        printf ("# response: constant, %g in every row; there is nothing to "
                "learn\n",
                lo);
      else if (!j->given && binary (j->o.y))
        puts ("# response: 0 and 1 only; --output logistic predicts the "
              "probability of 1");
    }
  if (a->trouble.times)
    printf ("# training: the loss was not finite in epoch %zu at learning "
            "rate %.3g; started again at a tenth of it\n",
            a->trouble.epoch, a->trouble.rate);
  if (a->own && a->own->mask.type->learnt)
    {
      fputs ("# learnt rate:", stdout);
      for (size_t l = 0; l < o->depth; l++)
        printf ("%s%.3g", l ? "," : " ", a->own->mask.rate[l]);
      putchar ('\n');
    }
}

/* Where the scores come from.  */
static const char *
held_out (const bd_dropped *a, const drop_job *j, char to[96])
{
  if (j->given)
    return "at the rows of DATA; too good if the network was trained on them";
  snprintf (to, 96, "%zu-fold cross-validation inside the rows", a->folds);
  return to;
}

/* Of the first score.  */
static const char *
first_se (const bd_dropped *a, char to[32])
{
  double se = a->scores ? a->score[0].value.se : GSL_NAN;

  to[0] = '\0';
  if (!gsl_isnan (se))
    snprintf (to, 32, "se %.2g; ", se);
  return to;
}

static void
put_noise (const drop_job *j, const bd_dropped *a)
{
  const bd_output *out = j->o.net.output;
  char where[96], se[32];
  const char *from = held_out (a, j, where),
             *held = j->given ? "" : "held-out ";

  if (!gsl_isnan (a->rmse))
    printf ("# %srmse: %.6g (%s%s)\n", held, a->rmse, first_se (a, se), from);
  if (!gsl_isnan (a->log_loss))
    {
      printf ("# %slog loss: %.4g", held, a->log_loss);
      scores_put_se (a->score[0].value.se);
      printf ("; right: %.1f %% (%s)\n", 100 * a->right, from);
    }
  /* The first of them stands above.  */
  if (a->scores > 0)
    scores_put (held, a->score + 1, a->scores - 1);
  if (out->classes)
    puts ("# sd_pred, lo, hi: nan, since an observation is a class and not a "
          "number");
  else if (out->noise)
    puts ("# noise: stated by the network for each point");
  else if (gsl_isnan (a->noise))
    printf ("# noise: %s; sd_pred, lo, hi are nan\n",
            j->given            ? "not known without DATA with a response"
            : j->o.X->size1 < 2 ? "cannot be estimated from one row"
                                : "not known, since a network without a part "
                                  "of the rows could not be trained; a lower "
                                  "--learning-rate may help");
  else
    printf ("# noise: %.6g (standard deviation; %s)\n", a->noise, from);
}

/* How units make the spread.  */
static void
put_share (const bd_dropped *a)
{
  double share = a->at.share;

  if (gsl_isnan (share))
    return;
  printf ("# additive share: %.3g (", share);
  if (share == 1)
    puts ("each unit moves the prediction by itself, and the parts of all of "
          "them add up to the spread)");
  else
    printf ("%.0f %% of the variance between subnetworks is the sum of what "
            "single units do; the rest depends on which units are missing "
            "together)\n",
            100 * share);
}

/* X to two digits, for %g, which writes 100 where %.2g has 1e+02.  */
static double
two_digits (double x)
{
  double unit = pow (10, floor (log10 (x)) - 1);

  return unit >= 1 ? round (x / unit) * unit
                   : round (x * round (1 / unit)) / round (1 / unit);
}

/* Where spread and error meet.  */
static void
put_match (const bd_rate_search *f)
{
  double best = f->row[f->best].rate;
  double lo = f->row[0].rate, hi = f->row[BD_RATES - 1].rate;

  if (gsl_isnan (f->matched))
    puts ("# spread and error: cannot be set beside each other here; the "
          "held-out error is not above the noise");
  else if (f->matched > hi)
    printf ("# spread = error: not even at rate %g, where the spread is still "
            "below the error; that rate and the best one are more than a "
            "factor %g apart\n",
            hi, two_digits (hi / best));
  else if (f->matched < lo)
    printf ("# spread = error: not even at rate %g, where the spread is "
            "above the error; that rate and the best one are more than a "
            "factor %g apart\n",
            lo, two_digits (best / lo));
  else
    printf ("# spread = error at rate %.2g; the rate that predicts best and "
            "the rate whose spread is right are a factor %g apart\n",
            f->matched,
            two_digits (GSL_MAX_DBL (f->matched / best, best / f->matched)));
  if (!gsl_isnan (f->noise))
    printf ("# error: the root of held-out error^2 - noise^2; noise %.4g, by "
            "the differences of near rows\n",
            f->noise);
}

static void
put_rate (const bd_rate_row *r, bool classes, bool best)
{
  printf ("# rate %-5g %s %.4g, %s %.4g", r->rate,
          classes ? "Brier score" : "rmse", r->rmse,
          classes ? "log loss" : "minus log likelihood", r->score);
  if (!classes && gsl_isnan (r->ratio))
    fputs (", spread / error -", stdout);
  else if (!classes)
    printf (", spread / error %.2g", r->ratio);
  puts (best ? "  <- chosen" : "");
}

/* The table of --rate auto.  */
static void
put_search (const drop_job *j)
{
  const bd_rate_search *f = &j->found;
  bool classes = j->o.net.output->classes;

  if (!j->search)
    return;
  printf ("# rate: %g, the one with the least held-out %s (%zu-fold "
          "cross-validation inside the rows)\n",
          f->row[f->best].rate, classes ? "log loss" : "minus log likelihood",
          f->folds);
  for (size_t k = 0; k < BD_RATES; k++)
    put_rate (&f->row[k], classes, k == f->best);
  if (!classes)
    put_match (f);
}

/* How wide the band is, next to that of single points.  */
static void
put_band (const drop_job *j, const bd_band *b)
{
  if (!(j->o.level > 0))
    return;
  printf ("# band_lo, band_hi: mean -+ %.4g sd_member, in which %g %% of the "
          "subnetworks lie with their whole curve, were they normal (%zu "
          "points at once, Monte Carlo error of the factor %.1g); one point "
          "alone: mean -+ %.4g sd_member; it is the spread between masks and "
          "no confidence band for the truth\n",
          b->c, 100 * b->level, b->points, b->error, b->pointwise);
}

/* Were they made for some place?  */
static bool
quantiles (const bd_dropped *a)
{
  bool made = false;

  for (size_t i = 0; a->at.quantile && i < a->at.places; i++)
    made = made || !gsl_isnan (a->at.quantile[i]);
  return made;
}

/* What the columns of the spread are.  */
static void
put_spread (const drop_job *j, const bd_dropped *a)
{
  const char *pred = j->o.net.output->classes
                         ? ""
                         : "; sd_pred, lo, hi: of a new observation (90 %)";
  bool untied = j->o.untied;

  printf (
      "# sd_member: between %s; sd_mean: the same spread, which %s for the "
      "uncertainty of the mean; sd_error: its Monte Carlo error%s\n",
      untied ? "networks" : "subnetworks",
      untied ? "ensembles of networks take" : "dropout takes", pred);
  if (a->at.quantile)
    puts (
        quantiles (a)
            ? "# q05, median, q95: exact quantiles of the predictions of all "
              "subnetworks, not of new observations"
            : "# q05, median, q95: nan; with several layers or classes the "
              "subnetworks are too many to look at for so many points");
  if (!untied)
    puts ("# advice: the spread is set by the rate and does not shrink with "
          "more rows; 'bagdrop compare' tells how it fares against the error "
          "on your data");
}

static void
put_columns (const drop_job *j, const bd_dropped *a)
{
  char name[256];
  const bd_output *out = j->o.net.output;

  if (out == &bd_outputs[BD_OUTPUT_LOGISTIC])
    printf ("# mean: probability that the response is %s\n",
            bd_text_clean (name, sizeof name,
                           j->class_name ? j->class_name[1] : "1"));
  else if (out->classes)
    puts ("# mean: probability of the class; a line for each point and class");
  if (j->o.predict->spread || j->o.untied)
    put_spread (j, a);
  else
    puts ("# sd_member, sd_mean, sd_error: nan, since one network has no "
          "spread; sd_pred, lo, hi: of a new observation (90 %), from the "
          "noise alone");
}

void
drop_put_notes (const drop_choices *q, const drop_job *j, const bd_dropped *a)
{
  put_search (j);
  put_choice (j);
  put_masks (a, j);
  put_rows (j, a);
  put_noise (j, a);
  put_share (a);
  drop_put_kept (j, a);
  drop_put_untied (j, a);
  drop_put_influence (q, j, a);
  put_band (j, &a->at.band);
  interval_put_notes (&a->interval, j->o.net.output->noise
                                        ? "masks with the stated noise"
                                    : j->o.untied ? "networks"
                                                  : "masks");
  put_columns (j, a);
}

int
drop_print_cost (const drop_job *j, bd_error *err)
{
  int threads = j->o.threads ? j->o.threads : bd_run_threads ();
  bd_dropping_cost cost;
  int code = bd_dropping_cost_of (&j->o, j->search, &cost, err);

  if (code)
    return code;
  printf ("networks to train: %zu\nmasks: %llu\n", cost.networks,
          (unsigned long long)cost.masks);
  tool_put_time (cost.seconds, threads,
                 j->o.predict == &bd_prediction_exact
                     ? ", and the subnetworks of exact"
                     : "");
  return code;
}
