/* What `bagdrop budget' prints.  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "base/text.h"
#include "budget.h"

size_t
budget_count (const budget_job *j)
{
  return j->sizes ? j->sizes : 1;
}

static void
put_source (const budget_job *j, FILE *to)
{
  const bd_budget *b = j->done[0];
  char text[512];

  if (j->file)
    {
      fprintf (to, "# data: %s\n", bd_text_clean (text, sizeof text, j->file));
      fprintf (to, "# response: %s\n",
               bd_text_clean (text, sizeof text, j->data->y_name));
      fprintf (to, "# rows: %zu\n# rows left out: %zu\n", j->data->n,
               j->data->left_out);
      fprintf (to, "# rows of a training set: %zu\n", b->rows);
      return;
    }
  fprintf (to, "# scenario: %s\n", j->o.scenario->name);
  if (!j->sizes)
    fprintf (to, "# rows: %zu\n", b->rows);
  fputs ("# noise: ", to);
  tool_put_number (to, j->o.noise, 6);
  fputc ('\n', to);
}

static void
put_origin (const budget_choices *q, const budget_job *j, FILE *to)
{
  char text[512];

  fprintf (to, "# bagdrop: %s\n", PACKAGE_VERSION);
  put_source (j, to);
  if (q->fitter)
    fprintf (to, "# fitter: %s\n",
             bd_text_clean (text, sizeof text, q->fitter));
  if (q->network)
    fprintf (to, "# network: %s\n",
             bd_text_clean (text, sizeof text, q->network));
  fprintf (to, "# points: %zu%s\n", j->done[0]->m,
           j->file ? ", the rows, each predicted from the half without it"
                   : "");
  fprintf (to, "# %s: %zu\n# trainings on each: %zu\n# seed: %llu\n",
           j->file ? "random halves" : "data sets", j->o.R, j->o.S,
           (unsigned long long)j->o.seed);
}

/* What the columns hold, and what they cannot.  */
static void
put_meaning (const budget_job *j, FILE *to)
{
  fputs (
      "# mse: mean squared error of one training, = bias2 + data + training "
      "+ member",
      to);
  fputs (j->file ? "; bias2 contains the noise: on real data only their sum "
                   "can be known\n"
                 : " + noise\n",
         to);
  fputs ("# data, training: variance between data sets and between trainings "
         "on one of them; member: variance between members / members\n",
         to);
  if (j->file)
    fputs ("# the parts are those of training sets of half the rows; the data "
           "part is corrected for halves that share rows, to first order\n",
           to);
  if (j->o.S == 1)
    fputs ("# one training on each data set: data contains the training "
           "part\n",
           to);
  if (j->o.R == 1)
    fputs ("# one data set: bias2 and data cannot be told apart\n", to);
  else if (j->o.R == 2)
    fputs ("# two data sets: no standard errors\n", to);
  fputs (
      "# variance: data + training + member; spread: the variance that the "
      "method reports for its prediction; ratio: spread / variance\n"
      "# columns _se: standard errors over data sets (jackknife)\n"
      "# checked: the parts add to the error, and the error of the members "
      "less their ambiguity is the error of the mean, to rounding, at every "
      "point; so do bias, variance and covariance of the members over data "
      "sets\n",
      to);
}

static void
put_pair (FILE *to, double value, double se)
{
  fputc ('\t', to);
  tool_put_number (to, value, 17);
  fputc ('\t', to);
  tool_put_number (to, se, 17);
}

static void
put_parts (FILE *to, const bd_error_parts *p, const bd_error_parts *se)
{
  put_pair (to, p->bias2, se->bias2);
  put_pair (to, p->data, se->data);
  put_pair (to, p->training, se->training);
  put_pair (to, p->member, se->member);
  fputc ('\t', to);
  tool_put_number (to, p->noise, 17);
}

#define PARTS                                                                 \
  "bias2\tbias2_se\tdata\tdata_se\ttraining\ttraining_se\tmember\t"           \
  "member_se\tnoise"

void
budget_print (const budget_choices *q, const budget_job *j, FILE *to)
{
  put_origin (q, j, to);
  budget_put_findings (j, to);
  put_meaning (j, to);
  fputs ("method\trows\tmembers\tmse\tmse_se\t" PARTS
         "\tvariance\tvariance_se\tspread\tspread_se\tratio\tratio_se\n",
         to);
  for (size_t k = 0; k < j->o.methods; k++)
    for (size_t i = 0; i < budget_count (j); i++)
      {
        const bd_budget_row *row = &j->done[i]->row[k];
        fprintf (to, "%s\t%zu\t%zu", row->method->name, j->done[i]->rows,
                 row->members);
        put_pair (to, row->mse, row->mse_se);
        put_parts (to, &row->part, &row->part_se);
        put_pair (to, row->variance, row->variance_se);
        put_pair (to, row->spread, row->spread_se);
        put_pair (to, row->ratio, row->ratio_se);
        fputc ('\n', to);
      }
}

void
budget_print_along (const budget_choices *q, const budget_job *j, FILE *to)
{
  const bd_budget *b = j->done[0];
  char name[256];

  put_origin (q, j, to);
  fputs ("method\trows", to);
  for (size_t k = 0; k < j->data->d; k++)
    fprintf (to, "\t%s", tool_cell (name, j->data->x_name[k]));
  fprintf (to, "\t%s\tmse\t" PARTS "\tspread\n", j->file ? "y" : "truth");
  for (size_t i = 0; i < b->methods * budget_count (j) * b->m; i++)
    {
      size_t p = i % b->m, size = i / b->m % budget_count (j);
      const bd_budget_row *row
          = &j->done[size]->row[i / b->m / budget_count (j)];
      fprintf (to, "%s\t%zu", row->method->name, j->done[size]->rows);
      for (size_t k = 0; k < b->P->size2; k++)
        {
          fputc ('\t', to);
          tool_put_number (to, gsl_matrix_get (b->P, p, k), 17);
        }
      fputc ('\t', to);
      tool_put_number (to, b->truth[p], 17);
      fputc ('\t', to);
      tool_put_number (to, row->at_mse[p], 17);
      put_parts (to, &row->at[p], &row->at_se[p]);
      fputc ('\t', to);
      tool_put_number (to, row->at_spread[p], 17);
      fputc ('\n', to);
    }
}
