/* What the tables of a comparison show, by the kind of its response.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stddef.h>
#include <string.h>

#include "format.h"
#include "report.h"

#define ROW(field) offsetof (bd_compare_row, field)
#define FOLD(field) offsetof (bd_fold_result, field)
#define TAKEN -1 /* decimals: by what the column holds */

static const report_table numbers = {
  .type = &bd_response_number,
  .columns = 11,
  .column = { { "rmse", ROW (rmse), TAKEN, 0, false, false },
              { "rmse_se", ROW (rmse_se), TAKEN, 0, false, false },
              { "diff", ROW (diff.mean), TAKEN, 0, false, false },
              { "diff_lo", ROW (diff.lo), TAKEN, 0, false, false },
              { "diff_hi", ROW (diff.hi), TAKEN, 0, false, false },
              { "nll", ROW (nll), 3, 7, false, true },
              { "crps", ROW (crps), TAKEN, 8, false, true },
              { "cover90", ROW (cover), 2, 7, true, true },
              { "width90", ROW (width), TAKEN, 8, false, true },
              { "sd_mean", ROW (sd_mean), TAKEN, 8, true, true },
              { "seconds", ROW (seconds), 3, 7, false, false } },
  .more = { { "additive_share", ROW (share) },
            { "gain", ROW (gain.mean) },
            { "gain_lo", ROW (gain.lo) },
            { "gain_hi", ROW (gain.hi) },
            { "rmse_truth", ROW (rmse_truth) },
            { "nll_mixture", ROW (mixture) },
            { "member_mse", ROW (member_mse) },
            { "ambiguity", ROW (ambiguity) },
            { "fits", ROW (fits) },
            { NULL, 0 } },
  .fold = { { "mse", FOLD (mse) },
            { "nll", FOLD (nll) },
            { "crps", FOLD (crps) },
            { "cover90", FOLD (cover) },
            { "width90", FOLD (width) },
            { "sd_mean", FOLD (sd_mean) },
            { "nll_mixture", FOLD (mixture) },
            { "member_mse", FOLD (member_mse) },
            { "ambiguity", FOLD (ambiguity) },
            { "setting", FOLD (tuned) },
            { NULL, 0 } },
  .note = "sd_mean: of the ensemble's mean; bags: infinitesimal jackknife; "
          "dropout: spread between masks; seeds: spread between networks",
  .scores
  = "nll, crps: "
    "negative log likelihood and continuous ranked probability score of the "
    "predictive distribution (smaller is better). cover90, width90: share "
    "of held-out values inside the 90 % prediction interval, and its mean "
    "width. sd_mean: the standard deviation that the method reports for its "
    "mean (confidence, not prediction).",
  .units = "Errors, widths and standard deviations are in the units of the "
           "response; the numbers with all digits are in summary.tsv.",
  .tex = "nll, crps: negative log likelihood and continuous "
         "ranked probability score. cover90, width90: of the 90\\,\\% "
         "prediction intervals. sd\\_mean: what the method reports as the "
         "standard deviation of its mean.",
  .made = "The dropout rate, the weight decay and the "
          "pruning of the single tree were chosen by cross-validation inside "
          "the training part of each split; the noise of every predictive "
          "distribution was estimated there as well (from out-of-bag rows "
          "where a bag has them). Splines of several inputs are additive and "
          "use Bayesian bootstrap weights when bagged. On every split the "
          "squared error of an ensemble was checked to be that of its members "
          "less their spread around it (member_mse and ambiguity in "
          "summary.tsv).",
};

static const report_table classes = {
  .type = &bd_response_classes,
  .columns = 9,
  .column = { { "log_loss", ROW (error), TAKEN, 0, false, false },
              { "log_loss_se", ROW (error_se), TAKEN, 0, false, false },
              { "diff", ROW (diff.mean), TAKEN, 0, false, false },
              { "diff_lo", ROW (diff.lo), TAKEN, 0, false, false },
              { "diff_hi", ROW (diff.hi), TAKEN, 0, false, false },
              { "accuracy", ROW (accuracy), 3, 8, true, true },
              { "brier", ROW (brier), 3, 7, false, true },
              { "ece", ROW (ece), 3, 7, true, true },
              { "seconds", ROW (seconds), 3, 7, false, false } },
  .more = { { "gain", ROW (gain.mean) },
            { "gain_lo", ROW (gain.lo) },
            { "gain_hi", ROW (gain.hi) },
            { "fits", ROW (fits) },
            { NULL, 0 } },
  .fold = { { "log_loss", FOLD (loss) },
            { "accuracy", FOLD (accuracy) },
            { "brier", FOLD (brier) },
            { "ece", FOLD (ece) },
            { "setting", FOLD (tuned) },
            { NULL, 0 } },
  .note = "log_loss: in nats; accuracy, ece: shares; ece: expected "
          "calibration error over ten bins",
  .scores
  = "accuracy: share of held-out rows whose most probable class came. brier: "
    "Brier score, the mean squared error of the probabilities, of the second "
    "class where there are two (smaller is better). ece: expected calibration "
    "error, the mean distance between probability and frequency over ten "
    "bins.",
  .units = "Log loss is minus the natural logarithm of the probability of the "
           "class that came, 0.693 for a fair coin; no probability counts as "
           "nearer to 0 or 1 than 1e-9. The numbers with all digits are in "
           "summary.tsv.",
  .tex = "accuracy: share of rows whose most probable class came. brier: mean "
         "squared error of the probabilities. ece: expected calibration error "
         "over ten bins.",
  .made
  = "The dropout rate, the weight decay and the pruning of the single tree "
    "were chosen by log loss in a cross-validation inside the training part "
    "of each split. A leaf in which S of W rows are of a class gives it the "
    "probability (S + 1) / (W + K), K the number of classes; with more than "
    "two there is one tree for each class against the others. Networks have a "
    "logistic output for two classes, a softmax for more. Ensembles average "
    "the probabilities of their members.",
};

const report_table *
report_table_of (const report *r)
{
  return r->c->response == &bd_response_classes ? &classes : &numbers;
}

double
report_number (const void *record, size_t at)
{
  double x;

  memcpy (&x, (const char *)record + at, sizeof x);
  return x;
}

void
report_row (const report_table *t, const bd_compare_row *row,
            double value[COLUMNS])
{
  for (size_t j = 0; j < t->columns; j++)
    value[j] = report_number (row, t->column[j].at);
}

void
report_decimals (const report *r, int decimals[COLUMNS])
{
  const report_table *t = report_table_of (r);

  for (size_t j = 0; j < t->columns; j++)
    {
      double value[BD_COMPARED];
      for (size_t k = 0; k < BD_COMPARED; k++)
        value[k] = report_number (&r->c->row[k], t->column[j].at);
      decimals[j] = t->column[j].decimals;
      if (decimals[j] == TAKEN)
        decimals[j] = format_decimals (value, BD_COMPARED, 3);
    }
  decimals[COLUMN_ERROR_SE] = decimals[COLUMN_ERROR];
  decimals[COLUMN_DIFF_LO] = decimals[COLUMN_DIFF_HI] = decimals[COLUMN_DIFF];
}
