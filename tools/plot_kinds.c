#include <config.h>

#include <stdio.h>

#include "plot.h"
#include "tools.h"

static bool
has_members (const plot_source *s)
{
  return s->members != NULL;
}

const plot_kind plot_kinds[] = {
  { "bands", NULL, "mean sd_mean lo hi", "", NULL, plot_bands, NULL },
  { "variance", NULL, "mean sd_member", "", NULL, plot_variance, NULL },
  { "members", NULL, "", "", has_members, plot_members, NULL },
  { "growth", NULL, "", "", has_members, plot_growth, NULL },
  { "ambiguity", "panels", "", "", has_members, plot_ambiguity,
    "error of a member, ambiguity and error of the mean; correlation of the "
    "members' errors" },
  { "calibration", "panels", "mean sd_pred", "", NULL, plot_calibration,
    "whether forecasts are right: coverage of all levels, PIT, coverage and "
    "error by the size of the spread" },
  { "width", "panels", "", "", plot_has_widths, plot_width,
    "width of intervals, along the input or its distribution, and what they "
    "cover" },
  { "rate", "panels", "", "", plot_lists_rates, plot_rate,
    "likelihood and spread against the dropout rate (--rate auto)" },
  { "masks", "panels", "", "", plot_lists_kept, plot_masks,
    "probability and loss of all masks by the units they keep (--predict "
    "exact)" },
  { "budget", NULL, "method members mse_se bias2 data training member noise",
    "", plot_has_one_size, plot_budget, NULL },
  { "budget_n", NULL,
    "method rows mse_se variance variance_se spread spread_se", "",
    plot_has_sizes, plot_budget_n, NULL },
  { "budget_x", NULL, "method rows mse bias2 data training member noise",
    "mse_se", NULL, plot_budget_x, NULL },
  { "influence", NULL, "share share_error rank", "", NULL, plot_influence,
    NULL },
  { "learning", "panels", "method rows rmse rmse_lo rmse_hi", "", NULL,
    plot_learning,
    "error of methods against the number of rows trained on (compare "
    "--learning)" },
  { "scores", NULL, "method", "", plot_has_errors, plot_scores, NULL },
  { NULL, NULL, NULL, NULL, NULL, NULL, NULL },
};

bool
plot_fits (const plot_kind *k, const plot_source *s)
{
  if (*k->needs && !plot_has (s, k->needs))
    return false;
  if (k->there && !k->there (s))
    return false;
  return !(*k->without && plot_has (s, k->without));
}

void
tool_list_panels (void)
{
  for (const plot_kind *k = plot_kinds; k->name; k++)
    if (k->help)
      printf ("  %-12s %s\n", k->name, k->help);
}
