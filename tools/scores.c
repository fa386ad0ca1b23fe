#include <config.h>

#include <gsl/gsl_math.h>
#include <stdio.h>
#include <string.h>

#include "scores.h"
#include "tools.h"

/* VALUE in parentheses, unless it is not known.  */
static void
put_error (const char *what, double value)
{
  if (gsl_isnan (value))
    return;
  printf (" (%s ", what);
  tool_put_number (stdout, value, 2);
  putchar (')');
}

void
scores_put_se (double se)
{
  put_error ("se", se);
}

void
scores_put_mc (double error)
{
  put_error ("MC error", error);
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

void
scores_put_out (double oob, const bd_out_of_bag *out)
{
  if (!gsl_isnan (oob))
    {
      fputs ("# out-of-bag rmse: ", stdout);
      tool_put_number (stdout, oob, 6);
      scores_put_se (out->se);
      putchar ('\n');
    }
  if (out->rows > 0)
    scores_put ("out-of-bag ", out->score, BD_OUT_SCORES);
  if (!gsl_isnan (out->single))
    {
      fputs ("# .632+ rmse of a single fit: ", stdout);
      tool_put_number (stdout, out->single, 6);
      printf (" (overfitting rate %.2f)\n", out->overfit);
    }
}
