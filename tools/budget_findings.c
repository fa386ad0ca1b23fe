/* What a budget says, in words.  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "budget.h"

#define CLEAR 2. /* standard errors */

/* The largest of the parts that can be changed: bias, data, training, member;
   of a table the bias is not among them, as it comes with the noise.  */
static size_t
largest (const bd_error_parts *p, bool known, double *value)
{
  const double part[] = { p->bias2, p->data, p->training, p->member };
  size_t best = 1;

  for (size_t k = !known; k < 4; k++)
    if (part[k] > part[best])
      best = k;
  *value = part[best];
  return best;
}

static void
put_parts (const bd_budget *b, const bd_budget_row *row, FILE *to)
{
  static const char *const names[]
      = { "bias", "the data part", "the training part", "the member part" };
  static const char *const same[]
      = { "bias", "the data and training part", "", "the member part" };
  bool known = !gsl_isnan (b->noise);
  double value, unchanged = known ? row->part.noise : row->part.bias2;
  size_t best = largest (&row->part, known, &value);
  const double se[] = { row->part_se.bias2, row->part_se.data,
                        row->part_se.training, row->part_se.member };

  fprintf (to, "# finding: %s: %.0f %% of the error is %s; of the rest ",
           row->method->title, 100 * unchanged / row->mse,
           known ? "noise" : "bias and noise");
  if (!(value > CLEAR * se[best]))
    fputs ("no part stands out\n", to);
  else
    fprintf (to, "%s is the largest (%.0f %% +- %.0f)\n",
             (b->options.S == 1 ? same : names)[best],
             100 * value / (row->mse - unchanged),
             100 * se[best] / (row->mse - unchanged));
}

/* Does the spread mean anything here?  */
static void
put_ratio (const bd_budget_row *row, FILE *to)
{
  double off = row->ratio - 1;

  if (gsl_isnan (row->ratio_se))
    return;
  fprintf (to,
           "# finding: %s: the variance that it reports for its prediction is "
           "%.2f +- %.2f times the true one: %s\n",
           row->method->title, row->ratio, row->ratio_se,
           fabs (off) <= CLEAR * row->ratio_se ? "they agree"
           : off > 0                           ? "too large"
                                               : "too small");
}

void
budget_slopes_of (const budget_job *j, size_t method, budget_slopes *s)
{
  double n[BUDGET_SIZES], v[2][BUDGET_SIZES], se[2][BUDGET_SIZES];

  for (size_t i = 0; i < j->sizes; i++)
    {
      const bd_budget_row *row = &j->done[i]->row[method];
      n[i] = (double)j->size[i];
      v[0][i] = row->variance;
      se[0][i] = row->variance_se;
      v[1][i] = row->spread;
      se[1][i] = row->spread_se;
    }
  bd_budget_slope (n, v[0], se[0], j->sizes, &s->variance, &s->variance_se);
  bd_budget_slope (n, v[1], se[1], j->sizes, &s->spread, &s->spread_se);
}

static void
put_slope (const budget_job *j, size_t method, FILE *to)
{
  budget_slopes s;

  budget_slopes_of (j, method, &s);
  if (gsl_isnan (s.variance))
    return;
  fprintf (to,
           "# finding: %s: the variance of its prediction goes as rows to the "
           "power %.2f +- %.2f",
           j->o.method[method].title, s.variance, s.variance_se);
  if (!gsl_isnan (s.spread))
    fprintf (to, ", the variance that it reports to the power %.2f +- %.2f",
             s.spread, s.spread_se);
  fputc ('\n', to);
}

/* The method with the least error.  */
static void
put_best (const bd_budget *b, FILE *to)
{
  size_t best = 0;

  for (size_t k = 1; k < b->methods; k++)
    if (b->row[k].mse < b->row[best].mse)
      best = k;
  if (b->methods > 1)
    fprintf (to, "# finding: %s has the least error, %.4g +- %.2g\n",
             b->row[best].method->title, b->row[best].mse,
             b->row[best].mse_se);
}

void
budget_put_findings (const budget_job *j, FILE *to)
{
  const bd_budget *b = j->done[0];

  for (size_t k = 0; j->sizes && k < j->o.methods; k++)
    put_slope (j, k, to);
  if (j->sizes || j->o.R < 2)
    return;
  put_best (b, to);
  for (size_t k = 0; k < b->methods; k++)
    put_parts (b, &b->row[k], to);
  for (size_t k = 0; k < b->methods; k++)
    put_ratio (&b->row[k], to);
}
