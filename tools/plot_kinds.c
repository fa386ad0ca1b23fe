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
  { "calibration", "panels", "mean sd_pred", "", NULL, plot_calibration,
    "whether forecasts are right: coverage of all levels, PIT, coverage and "
    "error by the size of the spread" },
  { "rate", "panels", "", "", plot_lists_rates, plot_rate,
    "likelihood and spread against the dropout rate (--rate auto)" },
  { "masks", "panels", "", "", plot_lists_kept, plot_masks,
    "probability and loss of all masks by the units they keep (--predict "
    "exact)" },
  { "budget", NULL, "method members mse_se bias2 data training member noise",
    "", NULL, plot_budget, NULL },
  { "budget_x", NULL, "method rows mse bias2 data training member noise",
    "mse_se", NULL, plot_budget_x, NULL },
  { "influence", NULL, "share share_error rank", "", NULL, plot_influence,
    NULL },
  { "scores", NULL, "method", "", plot_has_errors, plot_scores, NULL },
  { NULL, NULL, NULL, NULL, NULL, NULL, NULL },
};

bool
plot_fits (const plot_kind *k, const plot_source *s)
{
  if (k->there && !k->there (s))
    return false;
  if (*k->needs && !plot_has (s, k->needs))
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
