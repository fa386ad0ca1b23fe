#include <config.h>

#include <gsl/gsl_math.h>
#include <stdio.h>
#include <string.h>

#include "scores.h"
#include "tools.h"

void
scores_put_se (double se)
{
  if (gsl_isnan (se))
    return;
  fputs (" (se ", stdout);
  tool_put_number (stdout, se, 2);
  putchar (')');
}

void
scores_put (const char *what, const bd_scored list[], size_t count)
{
  for (size_t k = 0; k < count; k++)
    {
      const bd_interval *v = &list[k].value;
      if (gsl_isnan (v->mean))
        continue;
      printf ("# %s%s", what, list[k].type->name);
      if (strcmp (list[k].type->name, "cover") == 0)
        printf (" of the %.0f %% limits: %.1f %% (95 %% limits %.1f to "
                "%.1f)\n",
                100 * BD_FORECAST_LEVEL, 100 * v->mean, 100 * v->lo,
                100 * v->hi);
      else
        {
          fputs (": ", stdout);
          tool_put_number (stdout, v->mean, 6);
          scores_put_se (v->se);
          putchar ('\n');
        }
    }
}
