/* Reference: C. Nadeau, Y. Bengio, "Inference for the generalization error",
   Machine Learning 52 (2003).  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "verdict.h"

const char *
bd_word_text (bd_word word)
{
  static const char *const text[] = { "undecided", "confirmed", "refuted" };
  return text[word];
}

bd_word
bd_word_of (const bd_interval *over, int side)
{
  double lo = side > 0 ? over->lo : -over->hi;
  double hi = side > 0 ? over->hi : -over->lo;

  return lo > 0 ? BD_CONFIRMED : hi < 0 ? BD_REFUTED : BD_UNDECIDED;
}

double
bd_contrast_value (const bd_contrast *c, const bd_layout *l, const double v[])
{
  if (c->value)
    return c->value (l, v);
  if (c->ratio)
    return bd_layout_log_ratio (l, v, c->measure, c->arm, c->base, 0);
  return bd_layout_get (l, v, c->measure, c->arm, 0)
         - bd_layout_get (l, v, c->measure, c->base, 0);
}

size_t
bd_contrast_count (const bd_contrast list[])
{
  size_t count = 0;

  while (count < BD_CONTRASTS && list[count].what)
    count++;
  return count;
}

bd_word
bd_word_together (const bd_contrast contrast[],
                  const bd_contrast_result result[], size_t count)
{
  bool all = true, some = false;

  for (size_t k = 0; k < count; k++)
    if (contrast[k].decides)
      {
        if (result[k].word == BD_REFUTED)
          return BD_REFUTED;
        all = all && result[k].word == BD_CONFIRMED;
        some = true;
      }
  return all && some ? BD_CONFIRMED : BD_UNDECIDED;
}

/* Mean and limits of those of the R numbers X that are known, which are moved
   to its front.  */
static bd_interval
over_known (double x[], size_t R, double ratio, size_t *used)
{
  *used = 0;
  for (size_t r = 0; r < R; r++)
    if (gsl_finite (x[r]))
      x[(*used)++] = x[r];
  if (*used == 0)
    return (bd_interval){ GSL_NAN, GSL_NAN, GSL_NAN, GSL_NAN };
  return bd_score_splits (x, *used, ratio);
}

int
bd_perspective_judge (const bd_perspective_run *a, bd_perspective_result *p)
{
  const bd_contrast *list = p->type->contrast;
  size_t R = a->options.R, count = bd_contrast_count (list);
  double *x = bd_array (R, 1);

  if (!x)
    return GSL_ENOMEM;
  for (size_t k = 0; k < count; k++)
    {
      bd_contrast_result *to = &p->contrast[k];
      for (size_t r = 0; r < R; r++)
        x[r] = bd_contrast_value (&list[k], &p->layout,
                                  p->value + r * p->layout.size);
      to->over = over_known (x, R, a->ratio, &to->used);
      to->word = bd_word_of (&to->over, list[k].side);
    }
  p->word = bd_word_together (list, p->contrast, count);
  free (x);
  return GSL_SUCCESS;
}

bd_interval
bd_perspective_over (const bd_perspective_run *a,
                     const bd_perspective_result *p, const bd_series *s,
                     size_t k)
{
  size_t R = a->options.R, used;
  double *x = bd_array (R, 1);
  bd_interval over = { GSL_NAN, GSL_NAN, GSL_NAN, GSL_NAN };

  for (size_t r = 0; x && r < R; r++)
    {
      double v = p->value[r * p->layout.size + s->at + k];
      x[r] = s->log ? log (v) : v;
    }
  if (x)
    over = over_known (x, R, a->ratio, &used);
  if (s->log)
    over = (bd_interval){ exp (over.mean), over.se, exp (over.lo),
                          exp (over.hi) };
  free (x);
  return over;
}

double
bd_perspective_fact (const bd_perspective_run *a,
                     const bd_perspective_result *p, const bd_fact *f)
{
  double most = GSL_NAN;

  for (size_t r = 0; r < a->options.R; r++)
    {
      double v = fabs (f->value (&p->layout, p->value + r * p->layout.size));
      if (!(v <= most) && gsl_finite (v))
        most = v;
    }
  return most;
}
