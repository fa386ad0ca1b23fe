/* What `bagdrop dropout' prints: how the run could be made again, and the
   rows; the notes between them are in dropout_notes.c.  */
#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>

#include "base/text.h"
#include "dropout.h"
#include "intervals.h"

#define LEVEL 0.90

static void
put_shape (FILE *to, const bd_net *net)
{
  size_t weights = 0;

  fprintf (to, "# network: %zu", net->width[0]);
  for (size_t l = 1; l <= net->layers; l++)
    {
      fprintf (to, "-%zu", net->width[l]);
      weights += (net->width[l - 1] + 1) * net->width[l];
    }
  fprintf (to, " %s, %zu weights\n", net->unit->name, weights);
  fprintf (to, "# output: %s (%s)\n", net->output->name, net->output->help);
}

static void
put_training (FILE *to, const drop_choices *q, const drop_job *j)
{
  const bd_net_options *o = &j->o.net;
  size_t n = j->o.X->size1;
  char text[256];

  fprintf (to, "# training: %s, ",
           bd_text_clean (text, sizeof text,
                          q->optimiser ? q->optimiser : o->optimiser->name));
  fprintf (to, "%zu %s", o->epochs ? o->epochs : o->steps,
           o->epochs ? "epochs" : "steps");
  if (j->o.untied)
    fprintf (to, ", shared by %zu networks,", j->o.untied);
  if (!o->optimiser->minimise && o->batch < n)
    fprintf (to, " of %zu rows", o->batch);
  else
    fprintf (to, " of all %zu row%s", n, n == 1 ? "" : "s");
  if (o->optimiser->rate > 0)
    fprintf (to, ", learning rate %g (%s)", o->rate, o->schedule->name);
  if (o->decay > 0)
    fprintf (to, ", weight decay %g", o->decay);
  if (o->max_norm > 0)
    fprintf (to, ", norm of a unit's weights at most %g", o->max_norm);
  if (o->stop > 0)
    fprintf (to, ", stopped early by %g %% of the rows", 100 * o->stop);
  putc ('\n', to);
}

/* The rates of DEPTH hidden layers, once where they are the same.  */
static void
put_rates (FILE *to, const bd_mask *mask, size_t depth)
{
  bool same = true;

  for (size_t l = 1; l < depth; l++)
    same = same && mask->rate[l] == mask->rate[0];
  for (size_t l = 0; l < (same ? 1 : depth); l++)
    fprintf (to, mask->rate[l] > 0.9999 ? "%s%.10g" : "%s%.4g", l ? "," : "",
             mask->rate[l]);
}

static void
put_mask (FILE *to, const drop_choices *q, const drop_job *j,
          const bd_mask *mask, size_t depth)
{
  char text[256];

  fprintf (
      to, "# mask: %s, rate ",
      bd_text_clean (text, sizeof text, q->mask ? q->mask : mask->type->name));
  put_rates (to, mask, depth);
  if (j->search)
    fputs (" (auto)", to);
  fprintf (to, "\n# mask in words: %s; q is the rate\n", mask->type->help);
  if (mask->update)
    fputs ("# mask on update: a step leaves dropped units as they are; loss "
           "and prediction are those of the whole network\n",
           to);
}

void
drop_put_origin (FILE *to, const drop_choices *q, const drop_job *j)
{
  const bd_net_options *o = &j->o.net;
  const bd_dataset *s = j->data;
  char text[512];
  bd_net net = j->given ? j->given->net
                        : bd_net_shape (j->o.P->size2, o->hidden, o->depth,
                                        o->unit, o->output, o->classes);

  fprintf (to, "# bagdrop: %s\n", PACKAGE_VERSION);
  fprintf (to, "# data: %s\n",
           bd_text_clean (text, sizeof text,
                          j->file    ? j->file
                          : j->given ? "none"
                                     : "embedded sine"));
  if (s && j->answered)
    fprintf (to, "# response: %s\n",
             bd_text_clean (text, sizeof text, s->y_name));
  if (s)
    fprintf (to, "# rows: %zu\n# rows left out: %zu\n", s->n, s->left_out);
  put_shape (to, &net);
  if (j->given)
    fprintf (to, "# training: none; read from %s\n",
             bd_text_clean (text, sizeof text, q->net));
  else
    put_training (to, q, j);
  if (o->mask.type)
    put_mask (to, q, j, &o->mask, net.layers - 1);
  else
    fputs ("# mask: none\n", to);
  if (j->o.untied)
    fprintf (to,
             "# predict: untied (the mean of %zu networks that are trained "
             "apart, each with one mask)\n",
             j->o.untied);
  else
    fprintf (to, "# predict: %s (%s)\n", j->o.predict->name,
             j->o.predict->help);
  fprintf (to, "# seed: %llu\n", (unsigned long long)q->seed);
}

static void
put_header (const drop_job *j, const bd_dropped *a)
{
  char name[256];

  for (size_t k = 0; k < j->inputs->d; k++)
    printf ("%s\t", tool_cell (name, j->inputs->x_name[k]));
  printf ("%smean\tsd_member\tsd_mean\tsd_error\tsd_pred\tlo\thi%s%s",
          a->k > 1 ? "class\t" : "",
          a->at.quantile ? "\tq05\tmedian\tq95" : "",
          j->o.level > 0 ? "\tband_lo\tband_hi" : "");
  interval_put_header (&a->interval);
  putchar ('\n');
}

/* Class K by its name where that is known, else by its number.  */
static void
put_class (const drop_job *j, size_t k)
{
  char name[256];

  if (j->class_name)
    printf ("%s\t", tool_cell (name, j->class_name[k]));
  else
    printf ("%zu\t", k);
}

void
drop_print (const drop_choices *q, const drop_job *j, const bd_dropped *a)
{
  double z = gsl_cdf_ugaussian_Pinv ((1 + LEVEL) / 2);

  drop_put_origin (stdout, q, j);
  drop_put_notes (q, j, a);
  put_header (j, a);
  for (size_t i = 0; i < a->at.places; i++)
    {
      double row[] = { a->at.mean[i],
                       a->at.sd[i],
                       a->at.sd[i],
                       a->at.error[i],
                       a->sd_pred[i],
                       a->at.mean[i] - z * a->sd_pred[i],
                       a->at.mean[i] + z * a->sd_pred[i] };
      for (size_t k = 0; k < j->inputs->d; k++)
        tool_put_input (j->inputs, k, gsl_matrix_get (j->P, i / a->k, k));
      if (a->k > 1)
        put_class (j, i % a->k);
      for (size_t k = 0; k < sizeof row / sizeof row[0]; k++)
        {
          if (k)
            putchar ('\t');
          tool_put_number (stdout, row[k], 17);
        }
      for (size_t l = 0; a->at.quantile && l < BD_PREDICTED_LEVELS; l++)
        {
          putchar ('\t');
          tool_put_number (stdout, a->at.quantile[l * a->at.places + i], 17);
        }
      if (j->o.level > 0)
        tool_put_band (a->at.mean[i], a->at.band.c * a->at.sd[i]);
      interval_put_limits (&a->interval, i);
      putchar ('\n');
    }
}
