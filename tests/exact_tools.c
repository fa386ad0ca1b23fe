#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "exact_tools.h"

const double exact_x[ROWS] = { -2, -0.7, 0.1, 0.6, 1.9, 2.2, 4 };
const double exact_y[ROWS] = { 1.3, -0.4, 2.2, 0.9, 3.1, 7.5, 4.4 };

static bool
everywhere (long double value, long double t[ROWS])
{
  for (size_t j = 0; j < ROWS; j++)
    t[j] = value;
  return true;
}

bool
brute_mean (const unsigned row[ROWS], long double t[ROWS])
{
  long double sum = 0;

  for (size_t k = 0; k < ROWS; k++)
    sum += exact_y[row[k]];
  return everywhere (sum / ROWS, t);
}

/* The value that three draws are below or equal to and three above or equal
   to.  */
bool
brute_median (const unsigned row[ROWS], long double t[ROWS])
{
  for (size_t k = 0; k < ROWS; k++)
    {
      size_t below = 0, equal = 0;
      for (size_t l = 0; l < ROWS; l++)
        {
          below += exact_y[row[l]] < exact_y[row[k]];
          equal += row[l] == row[k];
        }
      if (below <= ROWS / 2 && below + equal > ROWS / 2)
        return everywhere (exact_y[row[k]], t);
    }
  return false;
}

bool
brute_maximum (const unsigned row[ROWS], long double t[ROWS])
{
  double most = exact_y[row[0]];

  for (size_t k = 1; k < ROWS; k++)
    most = GSL_MAX (most, exact_y[row[k]]);
  return everywhere (most, t);
}

bool
brute_line (const unsigned row[ROWS], long double t[ROWS])
{
  long double x = 0, y = 0, xx = 0, xy = 0;

  for (size_t k = 0; k < ROWS; k++)
    {
      x += exact_x[row[k]] / (long double)ROWS;
      y += exact_y[row[k]] / (long double)ROWS;
    }
  for (size_t k = 0; k < ROWS; k++)
    {
      xx += (exact_x[row[k]] - x) * (exact_x[row[k]] - x);
      xy += (exact_x[row[k]] - x) * (exact_y[row[k]] - y);
    }
  for (size_t j = 0; j < ROWS; j++)
    t[j] = y + xy / xx * (exact_x[j] - x);
  return xx > 1e-9L;
}

static void
decode (unsigned k, unsigned row[ROWS], long double u[ROWS])
{
  memset (u, 0, ROWS * sizeof *u);
  for (size_t i = 0; i < ROWS; i++, k /= ROWS)
    {
      row[i] = k % ROWS;
      u[row[i]]++;
    }
}

static void
add_means (truth *a, const long double u[ROWS], const long double t[ROWS])
{
  a->used++;
  for (size_t j = 0; j < ROWS; j++)
    {
      a->mean[j] += t[j];
      a->count[j] += u[j];
    }
}

static void
add_squares (truth *a, const long double u[ROWS], const long double t[ROWS])
{
  for (size_t j = 0; j < ROWS; j++)
    {
      long double d = t[j] - a->mean[j];
      a->v[j] += d * d / a->used;
      for (size_t i = 0; i < ROWS; i++)
        {
          a->C[i][j] += (u[i] - a->count[i]) * d / a->used;
          a->without[i][j] += u[i] == 0 ? d : 0;
        }
    }
  for (size_t i = 0; i < ROWS; i++)
    a->left[i] += u[i] == 0;
}

truth
enumerate (brute_fit *fit)
{
  truth a;
  unsigned row[ROWS];
  long double u[ROWS], t[ROWS];

  memset (&a, 0, sizeof a);
  for (unsigned k = 0; k < SEQUENCES; k++)
    {
      decode (k, row, u);
      if (fit (row, t))
        add_means (&a, u, t);
    }
  for (size_t j = 0; j < ROWS; j++)
    {
      a.mean[j] /= a.used;
      a.count[j] /= a.used;
    }
  for (unsigned k = 0; k < SEQUENCES; k++)
    {
      decode (k, row, u);
      if (fit (row, t))
        add_squares (&a, u, t);
    }
  return a;
}

double
true_ij (const truth *a, size_t j)
{
  long double sum = 0;

  for (size_t i = 0; i < ROWS; i++)
    sum += a->C[i][j] * a->C[i][j];
  return (double)sum;
}

double
true_jab (const truth *a, size_t j)
{
  long double sum = 0;

  for (size_t i = 0; i < ROWS; i++)
    sum += powl (a->without[i][j] / a->left[i], 2);
  return (double)(sum * (ROWS - 1) / ROWS);
}

double
true_oob (const truth *a)
{
  long double sum = 0;

  for (size_t i = 0; i < ROWS; i++)
    sum += powl (exact_y[i] - a->mean[i] - a->without[i][i] / a->left[i], 2);
  return (double)sqrtl (sum / ROWS);
}

double
true_share (const truth *a)
{
  double V = 0, v = 0;

  for (size_t j = 0; j < ROWS; j++)
    {
      V += true_ij (a, j);
      v += (double)a->v[j];
    }
  return V / v;
}
