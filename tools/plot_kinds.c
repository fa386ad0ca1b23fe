#include <config.h>

#include "plot.h"

const plot_kind plot_kinds[] = {
  { "bands", "mean sd_mean lo hi", "", plot_bands, false },
  { "variance", "mean sd_member", "", plot_variance, false },
  { "members", "", "", plot_members, true },
  { "budget", "method members mse_se bias2 data training member noise", "",
    plot_budget, false },
  { "budget_x", "method rows mse bias2 data training member noise", "mse_se",
    plot_budget_x, false },
  { "influence", "share share_error rank", "", plot_influence, false },
  { "scores", "method rmse rmse_se", "", plot_scores, false },
  { NULL, NULL, NULL, NULL, false },
};

bool
plot_fits (const plot_kind *k, const plot_source *s)
{
  if (k->members || !s->table)
    return k->members && s->members;
  return plot_has (s, k->needs) && !(*k->without && plot_has (s, k->without));
}
