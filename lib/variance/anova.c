#include <config.h>

#include <gsl/gsl_math.h>

#include "anova.h"

void
bd_anova_members (const double f[], size_t stride, size_t M, double *mean,
                  double *ss)
{
  double centre = 0, sum = 0;

  for (size_t m = 0; m < M; m++)
    centre += (f[m * stride] - centre) / (double)(m + 1);
  for (size_t m = 0; m < M; m++)
    sum += gsl_pow_2 (f[m * stride] - centre);
  *mean = centre;
  *ss = sum;
}

void
bd_anova_trainings (const double mean[], const double ss[], size_t stride,
                    size_t S, bd_anova_set *set)
{
  *set = (bd_anova_set){ 0 };
  bd_anova_members (mean, stride, S, &set->mean, &set->ss_training);
  for (size_t s = 0; s < S; s++)
    set->ss_member += ss[s * stride];
}

void
bd_anova_solve (const bd_anova_set set[], size_t R, size_t skip, size_t S,
                size_t M, bd_anova *a)
{
  double mean = 0, between = 0, training = 0, member = 0, sets = 0;
  double s = (double)S, m = (double)M;

  for (size_t r = 0; r < R; r++)
    {
      if (r == skip)
        continue;
      double step = set[r].mean - mean;
      sets++;
      mean += step / sets;
      between += step * (set[r].mean - mean);
      training += set[r].ss_training;
      member += set[r].ss_member;
    }
  double ms_member = M > 1 ? member / (sets * s * (m - 1)) : 0;
  double ms_training = S > 1 ? m * training / (sets * (s - 1)) : ms_member;
  double ms_data = sets > 1 ? s * m * between / (sets - 1) : GSL_NAN;
  a->mean = sets > 0 ? mean : GSL_NAN;
  a->mean_var = ms_data / (sets * s * m);
  a->member = M > 1 ? ms_member : GSL_NAN;
  a->training = S > 1 ? (ms_training - ms_member) / m : GSL_NAN;
  a->data = (ms_data - ms_training) / (s * m);
}

void
bd_anova_parts (const bd_anova *a, size_t M, double truth, double noise,
                double more, bd_error_parts *to)
{
  double off = a->mean - truth;

  to->data = more * a->data;
  to->bias2 = off * off - a->mean_var - (more - 1) * a->data;
  to->training = a->training;
  to->member = a->member / (double)M;
  to->noise = noise;
}

double
bd_error_parts_sum (const bd_error_parts *p)
{
  double sum = p->bias2 + p->data;

  if (!gsl_isnan (p->training))
    sum += p->training;
  if (!gsl_isnan (p->member))
    sum += p->member;
  return gsl_isnan (p->noise) ? sum : sum + p->noise;
}

double
bd_anova_jackknife (const double left[], size_t R)
{
  double mean = 0, sum = 0, count = (double)R;

  for (size_t r = 0; r < R; r++)
    mean += left[r] / count;
  for (size_t r = 0; r < R; r++)
    sum += gsl_pow_2 (left[r] - mean);
  return R < 3 ? GSL_NAN : sqrt ((count - 1) / count * sum);
}
