/* The scores that `bagdrop bag' prints.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "bag.h"

static void
put_value (const char *title, double value)
{
  printf ("# out-of-bag %s: ", title);
  tool_put_number (stdout, value, 6);
}

static void
put_se (double se)
{
  if (!gsl_isnan (se))
    {
      fputs (" (se ", stdout);
      tool_put_number (stdout, se, 2);
      putchar (')');
    }
  putchar ('\n');
}

void
bag_print_scores (const bd_bagged *a)
{
  const bd_out_of_bag *out = &a->out;

  if (!gsl_isnan (a->oob))
    {
      put_value ("rmse", a->oob);
      put_se (out->se);
    }
  for (size_t k = 0; out->rows > 0 && k < BD_OUT_SCORES; k++)
    {
      const bd_score_type *type = out->score[k].type;
      const bd_interval *v = &out->score[k].value;
      if (strcmp (type->name, "cover") == 0)
        {
          printf ("# out-of-bag cover of the 90 %% limits: %.1f %% (95 %% "
                  "limits %.1f to %.1f)\n",
                  100 * v->mean, 100 * v->lo, 100 * v->hi);
          continue;
        }
      put_value (type->name, v->mean);
      put_se (v->se);
    }
  if (!gsl_isnan (out->single))
    {
      fputs ("# .632+ rmse of a single fit: ", stdout);
      tool_put_number (stdout, out->single, 6);
      printf (" (overfitting rate %.2f)\n", out->overfit);
    }
}
