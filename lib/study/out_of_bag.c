#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../score/error_632.h"
#include "left_out.h"
#include "out_of_bag.h"

static const char *const names[BD_OUT_SCORES]
    = { "mae", "r2", "nll", "crps", "cover" };

int
bd_out_of_bag_scores (const bd_moments *a, const gsl_vector *y, double share,
                      double noise, bd_out_of_bag *out)
{
  double *room = bd_array (4 * a->rows, 1);
  double *came = room, *mean = room + a->rows, *sd = mean + a->rows,
         *square = sd + a->rows;
  int code = room ? GSL_SUCCESS : GSL_ENOMEM;

  *out = (bd_out_of_bag){ .single = GSL_NAN, .overfit = GSL_NAN };
  for (size_t i = 0; !code && i < a->rows; i++)
    {
      double c = bd_left_out_chance (a, i);
      size_t k = out->rows;
      if (gsl_isnan (c))
        continue;
      came[k] = gsl_vector_get (y, i);
      mean[k] = a->out_t[i];
      sd[k] = sqrt (noise * noise + share * a->t2[a->self + i] / a->p + c);
      square[k] = gsl_pow_2 (came[k] - mean[k]) - c;
      out->rows++;
    }
  bd_forecast f = { .n = out->rows, .y = came, .mean = mean, .sd = sd };
  if (!code)
    code = bd_score_list (names, BD_OUT_SCORES, &f, out->score);
  if (!code)
    {
      bd_interval s = bd_score_of_rows (square, out->rows);
      out->se = s.mean > 0 ? s.se / (2 * sqrt (s.mean)) : GSL_NAN;
    }
  free (room);
  return code;
}

void
bd_out_of_bag_single (const bd_moments *a, const gsl_vector *y,
                      const double fitted[], bd_out_of_bag *out)
{
  double train = 0, apart = 0, rows = 0, n = (double)a->rows;

  for (size_t i = 0; i < a->rows; i++)
    {
      double yi = gsl_vector_get (y, i);
      train += gsl_pow_2 (yi - fitted[i]) / n;
      if (!(a->out_p[i] > 0))
        continue;
      apart += gsl_pow_2 (yi - a->out_t[i]) + a->out_t2[i] / a->out_p[i];
      rows += 1;
    }
  double none = bd_no_information_mse (y->data, fitted, a->rows);
  out->single
      = sqrt (bd_error_632_plus (train, apart / rows, none, &out->overfit));
}
