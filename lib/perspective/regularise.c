/* Perspective 5: regularisation against over-fitting.

   References: N. Srivastava et al., "Dropout", JMLR 15 (2014); S. Wager, S.
   Wang, P. Liang, "Dropout training as adaptive regularization", NIPS 2013;
   P. Baldi, P. Sadowski, "The dropout learning algorithm", Artificial
   Intelligence 210 (2014).  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "regularise.h"
#include "regularise_texts.h"

static void
add_arms (bd_layout *l)
{
  bd_cast_arms (l);
  bd_layout_arm (l, "dropout_rates", "dropout, all its rates", "masks");
  bd_layout_arm (l, "decays", "weight decay, all sizes", "single");
  bd_layout_arm (l, "train_single", "single, training rows", "control");
  bd_layout_arm (l, "train_dropout", "dropout, training rows", "control");
  bd_layout_arm (l, "linear_dropout", "linear model, dropout", "other");
  bd_layout_arm (l, "linear_ridge", "linear model, ridge", "other");
}

/* What each arm has one number of, and the paths.  Errors on training rows may
   be 0, so that their logarithms cannot be averaged.  */
static int
add_measures (bd_layout *l)
{
  const double ends[] = { bd_cast_rates[0], bd_cast_rates[BD_RATES - 1] };
  const double *q = bd_cast_rates, *w = bd_cast_decays;

  return bd_layout_add_arms (l, "loss", 0, BD_CAST, 1, NULL, true)
         || bd_layout_add_arms (l, "train", 0, BD_CAST, 1, NULL, false)
         || bd_layout_add_arms (l, "df", 0, BD_CAST, 1, NULL, false)
         || bd_layout_add (l, "loss", BD_REG_RATES, BD_RATES, q, true)
         || bd_layout_add (l, "loss", BD_REG_DECAYS, BD_DECAYS, w, true)
         || bd_layout_add (l, "df", BD_REG_RATES, BD_RATES, q, false)
         || bd_layout_add (l, "df", BD_REG_DECAYS, BD_DECAYS, w, false)
         || bd_layout_add (l, "by_rate", BD_ARM_SINGLE, 2, ends, true)
         || bd_layout_add (l, "by_rate", BD_ARM_DECAY, 2, ends, true)
         || bd_layout_add (l, "by_rate", BD_ARM_STOP, 2, ends, true)
         || bd_layout_add (l, "by_rate", BD_REG_RATES, BD_RATES, q, true)
         || bd_layout_add (l, "by_rate", BD_REG_TRAIN_SINGLE, 2, ends, false)
         || bd_layout_add (l, "by_rate", BD_REG_TRAIN_DROPOUT, BD_RATES, q,
                           false)
         || bd_layout_add (l, "df_by_rate", BD_ARM_SINGLE, 2, ends, false)
         || bd_layout_add (l, "df_by_rate", BD_REG_RATES, BD_RATES, q, false)
         || bd_layout_add_arms (l, "df_by_rate", BD_REG_LINEAR_DROPOUT,
                                BD_REG_ARMS, BD_RATES, q, false)
         || bd_layout_add (l, "off", BD_REG_LINEAR_RIDGE, 1, NULL, false)
         || bd_layout_add (l, "noise", BD_ARM_SINGLE, 1, NULL, false);
}

static int
add_path (bd_layout *l, const char *measure, size_t count, const double x[])
{
  static const size_t arms[]
      = { BD_ARM_SINGLE, BD_ARM_TUNED,        BD_ARM_HALF,
          BD_ARM_DECAY,  BD_REG_TRAIN_SINGLE, BD_REG_TRAIN_DROPOUT };
  int code = GSL_SUCCESS;

  for (size_t i = 0; !code && i < sizeof arms / sizeof *arms; i++)
    code = bd_layout_add (l, measure, arms[i], count, x, arms[i] < BD_CAST);
  return code;
}

static int
plan (const bd_perspective_options *o, bd_layout *l)
{
  double x[3][BD_REG_SIZES + BD_REG_LENGTHS], ratio;
  size_t n, test;
  bd_net_options base;
  bd_mask mask;
  int code = bd_cast_choose (o, 0, &base, &mask, NULL);

  if (code)
    return code;
  bd_repetition_rows (o, &n, &test, &ratio);
  add_arms (l);
  code = add_measures (l)
         || add_path (l, "by_passes", bd_regularise_passes (&base, n, x[0]),
                      x[0])
         || add_path (l, "by_rows", bd_regularise_rows (o, n, x[1]), x[1])
         || add_path (l, "by_width", bd_regularise_widths (&base, x[2]), x[2]);
  return code ? GSL_ENOMEM : GSL_SUCCESS;
}

static int
measure (const bd_repetition *r, const bd_layout *l, double v[], bd_error *err)
{
  bd_cast c;
  int code = bd_cast_init (&c, r, true);

  (void)err;
  if (code)
    return code;
  bd_cast_put_losses (&c, l, v);
  for (size_t arm = 0; arm < BD_CAST; arm++)
    {
      const bd_team a = bd_cast_team (&c, arm);
      *bd_layout_in (l, v, "train", arm) = bd_team_loss (&a, r->train);
    }
  *bd_layout_in (l, v, "noise", BD_ARM_SINGLE) = bd_regularise_noise (r->o);
  code = bd_regularise_df (&c, l, v);
  if (!code)
    code = bd_regularise_linear (&c, l, v);
  if (!code)
    {
      bd_regularise_rates (&c, l, v);
      code = bd_regularise_paths (&c, l, v);
    }
  bd_cast_free (&c);
  return code;
}

/* The logarithm of the error after the longest training, without the noise of
   new data, and *LEAST, that at the best length.  */
static double
longest (const bd_layout *l, const double v[], size_t arm, double *least)
{
  const bd_series *s = bd_layout_find (l, "by_passes", arm);
  double noise = bd_layout_get (l, v, "noise", BD_ARM_SINGLE, 0), last = 0;

  *least = GSL_POSINF;
  for (size_t k = 0; k < s->count; k++)
    {
      last = log (v[s->at + k] - noise);
      *least = GSL_MIN_DBL (*least, last);
    }
  return last;
}

static double
growth (const bd_layout *l, const double v[], size_t arm)
{
  double least, last = longest (l, v, arm, &least);
  return last - least;
}

static double
tuned_growth (const bd_layout *l, const double v[])
{
  return growth (l, v, BD_ARM_TUNED) - growth (l, v, BD_ARM_SINGLE);
}

/* The decay that has, in these draws, most nearly the effective parameters of
   the dropout network.  */
static double
tuned_over_nearest (const bd_layout *l, const double v[])
{
  double df = bd_layout_get (l, v, "df", BD_ARM_TUNED, 0);
  size_t best = 0;

  for (size_t k = 1; k < BD_DECAYS; k++)
    if (fabs (bd_layout_get (l, v, "df", BD_REG_DECAYS, k) - df)
        < fabs (bd_layout_get (l, v, "df", BD_REG_DECAYS, best) - df))
      best = k;
  return log (bd_layout_get (l, v, "loss", BD_ARM_TUNED, 0)
              / bd_layout_get (l, v, "loss", BD_REG_DECAYS, best));
}

/* How much larger the error on new rows is than on the training rows.  */
static double
gap (const bd_layout *l, const double v[], size_t arm)
{
  return bd_layout_get (l, v, "loss", arm, 0)
         + bd_layout_get (l, v, "noise", BD_ARM_SINGLE, 0)
         - bd_layout_get (l, v, "train", arm, 0);
}

static double
tuned_gap (const bd_layout *l, const double v[])
{
  return gap (l, v, BD_ARM_TUNED) - gap (l, v, BD_ARM_SINGLE);
}

static double
single_growth (const bd_layout *l, const double v[])
{
  return growth (l, v, BD_ARM_SINGLE);
}

static double
longest_over_decay (const bd_layout *l, const double v[])
{
  double least;
  return longest (l, v, BD_ARM_TUNED, &least)
         - longest (l, v, BD_ARM_DECAY, &least);
}

static const bd_contrast contrasts[] = {
  { "error on new rows of dropout, at the rate that cross-validation chose, "
    "against the single network",
    true, true, -1, NULL, "loss", BD_ARM_TUNED, BD_ARM_SINGLE },
  { "effective parameters of that dropout network less those of the single "
    "network",
    true, false, -1, NULL, "df", BD_ARM_TUNED, BD_ARM_SINGLE },
  { "growth of the error on new rows from the best length of training to the "
    "longest, of dropout against the single network",
    true, true, -1, tuned_growth, NULL, 0, 0 },
  { "error of dropout against tuned weight decay", false, true, -1, NULL,
    "loss", BD_ARM_TUNED, BD_ARM_DECAY },
  { "error of dropout against the weight decay with most nearly the same "
    "effective parameters",
    false, true, -1, tuned_over_nearest, NULL, 0, 0 },
  { "error of dropout against tuned early stopping", false, true, -1, NULL,
    "loss", BD_ARM_TUNED, BD_ARM_STOP },
  { "error of dropout against bagged networks", false, true, -1, NULL, "loss",
    BD_ARM_TUNED, BD_ARM_BAG },
  { "error of dropout at rate .5 against the single network", false, true, -1,
    NULL, "loss", BD_ARM_HALF, BD_ARM_SINGLE },
  { "effective parameters of dropout less those of tuned weight decay", false,
    false, -1, NULL, "df", BD_ARM_TUNED, BD_ARM_DECAY },
  { "gap between the errors on new and on training rows, of dropout less that "
    "of the single network",
    false, false, -1, tuned_gap, NULL, 0, 0 },
  { "growth of the single network's own error from its best length of "
    "training to the longest",
    false, true, 1, single_growth, NULL, 0, 0 },
  { "error after the longest training of dropout against weight decay", false,
    true, -1, longest_over_decay, NULL, 0, 0 },
  { NULL, false, false, 0, NULL, NULL, 0, 0 },
};

static double
off (const bd_layout *l, const double v[])
{
  return bd_layout_get (l, v, "off", BD_REG_LINEAR_RIDGE, 0);
}

static double
df_off (const bd_layout *l, const double v[])
{
  double most = 0;

  for (size_t k = 0; k < BD_RATES; k++)
    {
      double d = bd_layout_get (l, v, "df_by_rate", BD_REG_LINEAR_DROPOUT, k)
                 - bd_layout_get (l, v, "df_by_rate", BD_REG_LINEAR_RIDGE, k);
      most = GSL_MAX_DBL (most, fabs (d));
    }
  return most;
}

static const bd_fact facts[] = {
  { "linear model with eight inputs: predictions by dropout, averaged over "
    "all its masks while it is fitted, less those by ridge with penalty q/(1 "
    "- q) times the inputs' sums of squares, in standard deviations of the "
    "response (0 by theorem)",
    off },
  { "the same for its effective parameters (0 by theorem)", df_off },
  { NULL, NULL },
};

#define PATHS                                                                 \
  (BD_BIT (BD_ARM_SINGLE) | BD_BIT (BD_ARM_TUNED) | BD_BIT (BD_ARM_HALF)      \
   | BD_BIT (BD_ARM_DECAY) | BD_BIT (BD_REG_TRAIN_SINGLE)                     \
   | BD_BIT (BD_REG_TRAIN_DROPOUT))

static const bd_panel panels[] = {
  { .kind = BD_PANEL_LINES,
    .title = "error by rate of dropout",
    .xlab = "dropout rate",
    .ylab = "squared error with noise",
    .log_x = 1,
    .measure = "by_rate" },
  { .kind = BD_PANEL_LINES,
    .title = "effective parameters by rate",
    .note = "of a linear model the two coincide",
    .xlab = "dropout rate",
    .ylab = "effective parameters",
    .log_x = 1,
    .measure = "df_by_rate" },
  { .kind = BD_PANEL_LINES,
    .title = "all on one axis",
    .note = "lines: all rates, all sizes of decay",
    .xlab = "effective parameters",
    .ylab = "squared error",
    .log_y = 1,
    .measure = "loss",
    .along = "df",
    .arms = (BD_BITS_CAST & ~BD_BITS_RATES) | BD_BIT (BD_REG_RATES)
            | BD_BIT (BD_REG_DECAYS) },
  { .kind = BD_PANEL_LINES,
    .title = "error by length of training",
    .xlab = "passes over the rows",
    .ylab = "squared error with noise",
    .log_x = 1,
    .measure = "by_passes",
    .arms = PATHS },
  { .kind = BD_PANEL_LINES,
    .title = "error by number of rows",
    .xlab = "training rows",
    .ylab = "squared error with noise",
    .measure = "by_rows",
    .arms = PATHS },
  { .kind = BD_PANEL_LINES,
    .title = "error by width",
    .xlab = "units of a hidden layer",
    .ylab = "squared error with noise",
    .log_x = 1,
    .measure = "by_width",
    .arms = PATHS },
  { .measure = NULL },
};

const bd_perspective bd_perspective_regularise = {
  .name = "regularise",
  .title = "Regularisation",
  .claim = BD_REGULARISE_CLAIM,
  .done = BD_REGULARISE_DONE,
  .refuted = BD_REGULARISE_REFUTED,
  .literature = BD_REGULARISE_LITERATURE,
  .meaning = BD_REGULARISE_MEANING,
  .least = 20,
  .classes = "effective parameters are covariances with a response of "
             "numbers, and this one is of classes",
  .plan = plan,
  .measure = measure,
  .contrast = contrasts,
  .fact = facts,
  .panel = panels,
  .picture = NULL,
  .cost = 0.9,
};
