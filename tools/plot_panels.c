/* Figures of several panels: what the notes of a dropout run list, and whether
   forecasts are right.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "plot.h"
#include "score/coverage.h"
#include "score/pit.h"

#define LISTED 64 /* most lines of a list in the notes */

typedef struct
{
  double rate, rmse, nll, ratio;
} tried_rate;

/* The rates that --rate auto tried, as the notes list them.  */
static size_t
read_rates (const plot_source *s, tried_rate to[LISTED])
{
  size_t count = 0;

  for (size_t i = 0; i < s->lines && count < LISTED; i++)
    {
      tried_rate *r = &to[count];
      if (sscanf (s->line[i],
                  "rate %lf rmse %lf, minus log likelihood %lf, spread / "
                  "error %lf",
                  &r->rate, &r->rmse, &r->nll, &r->ratio)
              == 4
          && r->rate > 0)
        count++;
    }
  return count;
}

bool
plot_lists_rates (const plot_source *s)
{
  tried_rate rate[LISTED];
  return read_rates (s, rate) > 1;
}

int
plot_rate (const plot_source *s, bd_figure *f, bd_error *err)
{
  tried_rate rate[LISTED];
  size_t n = read_rates (s, rate);
  double row[2][LISTED][4];
  const char *chosen = plot_note (s, "rate");
  char text[300];
  int code;

  (void)err;
  for (size_t i = 0; i < n; i++)
    {
      const double nll[4] = { rate[i].rate, rate[i].nll, GSL_NAN, GSL_NAN };
      const double ratio[4]
          = { rate[i].rate, rate[i].ratio, GSL_NAN, GSL_NAN };
      memcpy (row[0][i], nll, sizeof nll);
      memcpy (row[1][i], ratio, sizeof ratio);
    }
  plot_key (f, 1, "dropout", "dropout", 1);
  plot_panel (f, 1, "error of the prediction", "dropout rate",
              "held-out minus log likelihood");
  plot_panel (f, 2, "is the spread right?", "dropout rate", "spread / error");
  plot_panel_number (f, "one", 2, 1);
  for (size_t k = 1; k <= 2; k++)
    plot_panel_number (f, "logx", k, 1);
  code = plot_line (f, 1, 1, 1, row[0], n);
  if (!code)
    code = plot_line (f, 2, 1, 1, row[1], n);
  snprintf (text, sizeof text,
            "Held-out minus log likelihood (less is better) and the spread "
            "between masks over the error, which is 1 where the spread is "
            "right, at each rate that was tried; chosen: %.*s.",
            chosen ? (int)strcspn (chosen, ",") : 0, chosen ? chosen : "");
  plot_caption (f, s, text);
  return code;
}

typedef struct
{
  double kept, probability, mean, least, greatest;
} kept_units;

/* The loss by units kept, as the notes of --predict exact list it.  */
static size_t
read_kept (const plot_source *s, kept_units to[LISTED])
{
  size_t count = 0;
  bool inside = false;

  for (size_t i = 0; i < s->lines && count < LISTED; i++)
    {
      kept_units *k = &to[count];
      if (strncmp (s->line[i], "kept  probability", 17) == 0)
        inside = true;
      else if (inside
               && sscanf (s->line[i], "%lf %lf %lf %lf %lf", &k->kept,
                          &k->probability, &k->mean, &k->least, &k->greatest)
                      == 5)
        count++;
      else
        inside = false;
    }
  return count;
}

bool
plot_lists_kept (const plot_source *s)
{
  kept_units kept[LISTED];
  return read_kept (s, kept) > 1;
}

/* What the list is of: "RMSE", say, which the line has in small letters.  */
static const char *
loss_name (const plot_source *s, char to[32])
{
  snprintf (to, 32, "loss");
  for (size_t i = 0; i < s->lines; i++)
    if (strstr (s->line[i], " of the subnetworks at "))
      snprintf (to, 32, "%.*s", (int)GSL_MIN (strcspn (s->line[i], " "), 31),
                s->line[i]);
  if (strcmp (to, "rmse") == 0)
    strcpy (to, "RMSE");
  return to;
}

int
plot_masks (const plot_source *s, bd_figure *f, bd_error *err)
{
  kept_units kept[LISTED];
  size_t n = read_kept (s, kept);
  double row[2][LISTED][4];
  char loss[32], text[200];
  int code;

  (void)err;
  for (size_t i = 0; i < n; i++)
    {
      const double p[4]
          = { kept[i].kept, kept[i].probability, GSL_NAN, GSL_NAN };
      const double mean[4]
          = { kept[i].kept, kept[i].mean, kept[i].least, kept[i].greatest };
      memcpy (row[0][i], p, sizeof p);
      memcpy (row[1][i], mean, sizeof mean);
    }
  loss_name (s, loss);
  plot_key (f, 1, "all subnetworks", "dropout", 1);
  plot_panel (f, 1, "how many units a mask keeps", "units kept",
              "probability");
  snprintf (text, sizeof text, "%s of a subnetwork", loss);
  plot_panel (f, 2, text, "units kept", loss);
  plot_panel_number (f, "zero", 1, 1);
  code = plot_line (f, 1, 1, 1, row[0], n);
  if (!code)
    code = plot_line (f, 2, 1, 1, row[1], n);
  snprintf (text, sizeof text,
            "Probability that a mask keeps so many units, and the %s of the "
            "subnetworks that do: mean, and from the least to the greatest.",
            loss);
  plot_caption (f, s, text);
  return code;
}

#define LEVELS 19
#define BINS 10

/* Panel 1: the share of rows inside against the level.  */
static int
draw_coverage (bd_figure *f, const bd_forecast *q)
{
  double row[LEVELS][4], level[LEVELS], cover[LEVELS];
  const double ends[2] = { 0, 100 };

  for (size_t k = 0; k < LEVELS; k++)
    level[k] = 0.05 * (double)(k + 1);
  int code = bd_calibration_curve (q, level, LEVELS, cover);
  for (size_t k = 0; k < LEVELS; k++)
    {
      double lo, hi;
      size_t hits = (size_t)(cover[k] * (double)q->n + 0.5);
      bd_binomial_limits (hits, q->n, 0.95, &lo, &hi);
      const double one[4]
          = { 100 * level[k], 100 * cover[k], 100 * lo, 100 * hi };
      memcpy (row[k], one, sizeof one);
    }
  plot_panel (f, 1, "calibration", "level of the interval (%)",
              "rows inside (%)");
  if (!code)
    code = plot_line (f, 1, 1, 1, row, LEVELS);
  return code ? code : plot_guide (f, 1, 2, 2, ends, ends, GSL_NAN, GSL_NAN);
}

/* Panel 2: where in its forecast each response lies.  */
static int
draw_pit (bd_figure *f, const bd_forecast *q)
{
  const double ends[2] = { 0, 1 }, even[2] = { 1, 1 };
  double row[BINS][4], *u = bd_array (q->n, 1);
  size_t count[BINS], lo, hi;
  double each = (double)q->n / BINS;

  if (!u)
    return GSL_ENOMEM;
  bd_pit_normal (q, u);
  bd_pit_histogram (u, q->n, BINS, count);
  bd_pit_band (q->n, BINS, 0.95, &lo, &hi);
  for (size_t k = 0; k < BINS; k++)
    {
      const double one[4] = { ((double)k + .5) / BINS, (double)count[k] / each,
                              GSL_NAN, GSL_NAN };
      memcpy (row[k], one, sizeof one);
    }
  free (u);
  plot_panel (f, 2, "PIT histogram", "place of y in its forecast (PIT)",
              "rows / expected");
  plot_panel_number (f, "zero", 2, 1);
  int code = plot_line (f, 2, 1, 1, row, BINS);
  return code ? code
              : plot_guide (f, 2, 2, 2, ends, even, (double)lo / each,
                            (double)hi / each);
}

/* Panels 3 and 4: coverage and error by the size of the sd.  */
static int
draw_bins (bd_figure *f, const bd_forecast *q, const char *y)
{
  bd_sd_bin bin[BD_BINS];
  size_t n = bd_sd_bin_count (q);
  double cover[BD_BINS][4], error[BD_BINS][4];
  const double aim[2] = { 100 * BD_FORECAST_LEVEL, 100 * BD_FORECAST_LEVEL };
  double ends[2] = { GSL_NAN, GSL_NAN };
  char label[200];
  int code = bd_sd_bins (q, n, bin);

  for (size_t k = 0; !code && k < n; k++)
    {
      const double a[4] = { bin[k].sd, 100 * bin[k].cover, 100 * bin[k].low,
                            100 * bin[k].high };
      const double b[4] = { bin[k].sd, bin[k].rmse, GSL_NAN, GSL_NAN };
      memcpy (cover[k], a, sizeof a);
      memcpy (error[k], b, sizeof b);
    }
  if (!code)
    {
      ends[0] = bin[0].sd;
      ends[1] = bin[n - 1].sd;
    }
  snprintf (label, sizeof label, "sd of the forecast%s%.80s%s", *y ? " (" : "",
            y, *y ? ")" : "");
  plot_panel (f, 3, "coverage by spread", label, "rows inside 90 % (%)");
  plot_panel (f, 4, "spread against error", label, "root mean square error");
  if (!code)
    code = plot_line (f, 3, 1, 1, cover, n);
  if (!code)
    code = plot_guide (f, 3, 2, 2, ends, aim, GSL_NAN, GSL_NAN);
  if (!code)
    code = plot_line (f, 4, 1, 1, error, n);
  return code ? code : plot_guide (f, 4, 2, 2, ends, ends, GSL_NAN, GSL_NAN);
}

int
plot_calibration (const plot_source *s, bd_figure *f, bd_error *err)
{
  const bd_table *t = s->table;
  const char *y = plot_note (s, "response");
  char title[128], text[600];
  bd_forecast q
      = { .n = t->rows, .y = plot_responses (s, t->source, t->rows, err) };
  int code;

  if (!q.y)
    return GSL_EINVAL;
  q.mean = t->column[plot_column (t, "mean")].value;
  q.sd = t->column[plot_column (t, "sd_pred")].value;
  plot_key (f, 1, plot_title (s, title, sizeof title), plot_family (s), 1);
  plot_key (f, 2, "if the forecasts are right", "truth", 1);
  code = draw_coverage (f, &q);
  if (!code)
    code = draw_pit (f, &q);
  if (!code)
    code = draw_bins (f, &q, y ? y : "");
  if (code)
    return BD_FAIL (err, code, "no memory for a figure");
  snprintf (text, sizeof text,
            "Forecasts mean ± sd_pred beside %zu responses: coverage of "
            "central intervals with 95 %% limits (exact); the distribution "
            "function of each forecast at its response, with the 95 %% band "
            "of each bin; coverage of the 90 %% interval and the error by "
            "the size of sd_pred, in bins of equally many rows. For rows "
            "that the members were trained on all this looks better than it "
            "is.",
            t->rows);
  return plot_caption (f, s, text);
}
