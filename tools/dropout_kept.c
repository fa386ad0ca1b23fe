/* Notes on all subnetworks, and on networks that are trained apart.  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "dropout.h"

#define CLOSE 0.02 /* relative; folds tell no less apart */

/* A mean squared error in the units of the response; other losses as they
   are.  */
static double
shown (const drop_job *j, double loss)
{
  const bd_output *out = j->o.net.output;
  return out->classes || out->noise ? loss : sqrt (loss);
}

void
drop_put_kept (const drop_job *j, const bd_dropped *a)
{
  const bd_output *out = j->o.net.output;
  const char *loss = out->classes ? "log loss"
                     : out->noise ? "minus log likelihood"
                                  : "rmse";

  if (j->o.predict != &bd_prediction_exact || a->at.masks < 2 || !j->o.y)
    return;
  if (!a->kept)
    {
      printf ("# loss by units kept: not made; %llu subnetworks at %zu rows "
              "are too many to look at\n",
              (unsigned long long)a->at.masks, j->o.y->size);
      return;
    }
  printf ("# %s of the subnetworks at the rows of DATA%s, by the units they "
          "keep\n# kept  probability       mean      least   greatest\n",
          loss, j->given ? "" : ", which the network was trained on");
  for (size_t k = 0; k <= a->kept_units; k++)
    {
      const bd_kept_loss *row = &a->kept[k];
      printf ("# %4zu %12.4g %10.4g %10.4g %10.4g\n", k, row->probability,
              shown (j, row->mean), shown (j, row->least),
              shown (j, row->greatest));
    }
}

void
drop_put_untied (const drop_job *j, const bd_dropped *a)
{
  bool classes = j->o.net.output->classes;
  double ours = classes ? a->log_loss : a->rmse;
  double tied = classes ? a->tied_log_loss : a->tied_rmse;
  const bd_net_options *o = &j->o.net;
  size_t each = (o->epochs ? o->epochs : o->steps) / GSL_MAX (j->o.untied, 1);

  if (!j->o.untied)
    return;
  printf ("# at equal cost: held-out %s ", classes ? "log loss" : "rmse");
  if (gsl_isnan (ours) || gsl_isnan (tied))
    fputs ("is not known for both", stdout);
  else
    printf ("%.4g of %zu untied networks of %zu %s each, %.4g of one dropout "
            "network of %zu; %s",
            ours, j->o.untied, each, o->epochs ? "epochs" : "steps", tied,
            o->epochs ? o->epochs : o->steps,
            fabs (ours - tied) <= CLOSE * fabs (tied)
                ? "no difference to speak of"
            : ours < tied ? "untied predicts better here"
                          : "dropout predicts better here");
  putchar ('\n');
}
