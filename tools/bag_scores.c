/* The scores that `bagdrop bag' prints.  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "bag.h"
#include "scores.h"

void
bag_print_scores (const bd_bagged *a)
{
  const bd_out_of_bag *out = &a->out;

  if (!gsl_isnan (a->oob))
    {
      fputs ("# out-of-bag rmse: ", stdout);
      tool_put_number (stdout, a->oob, 6);
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
