#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>

#include "classes.h"
#include "coverage.h"
#include "scores.h"

size_t
bd_class_count (const bd_forecast *f)
{
  return f->k == 1 ? 2 : f->k;
}

size_t
bd_class_of (const bd_forecast *f, size_t i)
{
  size_t k = bd_class_count (f);
  double y = f->y[i];

  return y >= 0 && y < (double)k && y == floor (y) ? (size_t)y : k;
}

double
bd_class_p (const bd_forecast *f, size_t i, size_t c)
{
  if (f->k == 1)
    return c ? f->p[i] : 1 - f->p[i];
  return f->p[i * f->k + c];
}

/* False when row I has no class or no probability.  */
static bool
is_known (const bd_forecast *f, size_t i)
{
  size_t k = bd_class_count (f);
  bool known = f->p && k && bd_class_of (f, i) < k;

  for (size_t c = 0; known && c < k; c++)
    known = !gsl_isnan (bd_class_p (f, i, c));
  return known;
}

static int
log_loss (const bd_forecast *f, double score[])
{
  for (size_t i = 0; i < f->n; i++)
    score[i] = is_known (f, i) ? -log (bd_class_p (f, i, bd_class_of (f, i)))
                               : GSL_NAN;
  return GSL_SUCCESS;
}

/* Of two classes the square of one of them, as is usual.  */
static int
brier (const bd_forecast *f, double score[])
{
  size_t k = bd_class_count (f);

  for (size_t i = 0; i < f->n; i++)
    {
      bool known = is_known (f, i);
      double sum = 0;
      for (size_t c = 0; known && c < k; c++)
        sum += gsl_pow_2 (bd_class_p (f, i, c) - (c == bd_class_of (f, i)));
      score[i] = !known ? GSL_NAN : k == 2 ? sum / 2 : sum;
    }
  return GSL_SUCCESS;
}

/* The first of the most probable classes; of two the second from a half on,
   as is usual.  */
static size_t
likeliest (const bd_forecast *f, size_t i)
{
  size_t best = 0;

  if (bd_class_count (f) == 2)
    return bd_class_p (f, i, 1) >= bd_class_p (f, i, 0);

  for (size_t c = 1; c < bd_class_count (f); c++)
    if (bd_class_p (f, i, c) > bd_class_p (f, i, best))
      best = c;
  return best;
}

static int
accuracy (const bd_forecast *f, double score[])
{
  for (size_t i = 0; i < f->n; i++)
    score[i]
        = is_known (f, i) ? likeliest (f, i) == bd_class_of (f, i) : GSL_NAN;
  return GSL_SUCCESS;
}

void
bd_reliability_table (const bd_forecast *f, size_t count,
                      bd_reliability part[])
{
  bool known = true;

  for (size_t k = 0; k < count; k++)
    part[k] = (bd_reliability){ 0 };
  for (size_t i = 0; i < f->n && (known = is_known (f, i)); i++)
    {
      size_t c = bd_class_count (f) == 2 ? 1 : likeliest (f, i);
      double p = bd_class_p (f, i, c);
      double place = GSL_MAX (ceil (p * (double)count), 1) - 1;
      bd_reliability *q = &part[GSL_MIN ((size_t)place, count - 1)];
      q->rows++;
      q->p += p;
      q->came += bd_class_of (f, i) == c;
    }
  for (size_t k = 0; k < count; k++)
    {
      bd_reliability *q = &part[k];
      size_t came = (size_t)q->came;
      if (!known)
        q->rows = 0;
      q->p = q->rows ? q->p / (double)q->rows : GSL_NAN;
      q->came = q->rows ? q->came / (double)q->rows : GSL_NAN;
      bd_binomial_limits (came, q->rows, 0.95, &q->low, &q->high);
    }
}

static int
ece (const bd_forecast *f, double *score)
{
  bd_reliability part[BD_BINS];
  size_t rows = 0;

  bd_reliability_table (f, BD_BINS, part);
  *score = 0;
  for (size_t k = 0; k < BD_BINS; k++)
    if (part[k].rows)
      {
        rows += part[k].rows;
        *score += (double)part[k].rows / (double)f->n
                  * fabs (part[k].p - part[k].came);
      }
  if (rows == 0)
    *score = GSL_NAN;
  return GSL_SUCCESS;
}

const bd_score_type bd_score_type_log_loss = {
  .name = "log_loss",
  .title = "log loss",
  .help = "negative logarithm of the probability of the class that came",
  .unit = "nat",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .rows = log_loss,
};

const bd_score_type bd_score_type_brier = {
  .name = "brier",
  .title = "Brier score",
  .help = "squared error of the probabilities; of class 1 if there are two",
  .unit = "1",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .rows = brier,
};

const bd_score_type bd_score_type_accuracy = {
  .name = "accuracy",
  .title = "accuracy",
  .help = "share of rows whose most probable class came",
  .unit = "share",
  .better = BD_MORE_IS_BETTER,
  .aim = GSL_NAN,
  .rows = accuracy,
};

const bd_score_type bd_score_type_ece = {
  .name = "ece",
  .title = "ECE",
  .help = "mean distance of probability and frequency over ten bins",
  .unit = "share",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .whole = ece,
};
