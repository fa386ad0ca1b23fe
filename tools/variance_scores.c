/* The scores that `bagdrop variance' prints.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "scores.h"
#include "variance.h"

/* "# WHAT: value" with its errors; nothing where it is not known.  */
static void
put (const char *what, double value, double se, double chance)
{
  if (gsl_isnan (value))
    return;
  printf ("# %s: ", what);
  tool_put_number (stdout, value, 6);
  scores_put_se (se);
  scores_put_mc (chance);
  putchar ('\n');
}

static void
put_ranks (const bd_variances_result *r)
{
  if (r->bins == 0)
    return;
  printf ("# ranks of y among the members, in %zu bins:", r->bins);
  for (size_t k = 0; k < r->bins; k++)
    printf (" %zu", r->rank[k]);
  printf (" (chi-square %.3g, p = %.2g: ", r->chi2, r->chi2_p);
  puts (r->chi2_p < .05 ? "y does not look like one more member)"
                        : "y could be one more member)");
}

void
variance_put_scores (const bd_variances_result *r)
{
  put ("rmse of the mean", sqrt (r->split.mse), r->rmse_se, GSL_NAN);
  put ("rmse of a member", sqrt (r->split.single), GSL_NAN, GSL_NAN);
  put ("ambiguity (mean variance between members)", r->split.ambiguity,
       GSL_NAN, GSL_NAN);
  put ("crps of the members (fair)", r->crps.mean, r->crps.se, r->crps_error);
  put ("spread over skill (1: members spread as much as their mean errs)",
       r->spread_skill.mean, r->spread_skill.se, r->spread_error);
  put_ranks (r);
  for (size_t k = 1; k < r->scores; k++)
    {
      const char *name = r->score[k].type->name;
      bool wide = strcmp (name, "nll") == 0 || strcmp (name, "crps") == 0
                  || strcmp (name, "cover") == 0;
      scores_put (wide ? "N (mean, sd_member^2): " : "", &r->score[k], 1);
    }
  scores_put_out (r->oob, &r->out);
  put ("noise, from the rows left out", r->noise, GSL_NAN, GSL_NAN);
}
