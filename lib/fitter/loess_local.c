/* Local regression at one point: bandwidth, sums, solution.  References stand
   in loess.c.  */
#include <config.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_math.h>

#include "../base/kernel.h"
#include "loess.h"

#define LANES 32       /* enough for the vectoriser to take the inner loop */
#define SINGULAR 1e-10 /* of a term's squares left by the terms before it */

/* Solution  */

/* Solve  G beta = b  for P terms, given the lower triangle of G (P x P, rows
   of LOESS_WIDTH), by Cholesky.  A term that those before it explain is left
   out, which lowers the degree where places are few.  False if nothing is
   left.  */
static bool
solve (double G[][LOESS_WIDTH], double b[], size_t p)
{
  for (size_t j = 0; j < p; j++)
    {
      const double whole = G[j][j];
      for (size_t k = 0; k < j; k++)
        {
          double sum = G[j][k];
          for (size_t l = 0; l < k; l++)
            sum -= G[j][l] * G[k][l];
          G[j][k] = G[k][k] > 0 ? sum / G[k][k] : 0;
          G[j][j] -= G[j][k] * G[j][k];
          b[j] -= G[j][k] * b[k];
        }
      G[j][j] = G[j][j] > SINGULAR * whole ? sqrt (G[j][j]) : 0;
      b[j] = G[j][j] > 0 ? b[j] / G[j][j] : 0;
    }
  for (size_t j = p; j-- > 0;)
    {
      for (size_t k = j + 1; k < p; k++)
        b[j] -= G[k][j] * b[k];
      b[j] = G[j][j] > 0 ? b[j] / G[j][j] : 0;
    }
  return G[0][0] > 0;
}

/* The mean of the places whose squared distance is at most FAR2: all that a
   window without width has.  */
static int
mean_within (const loess_plan *a, const loess_work *w, const double z[],
             double far2, double *t)
{
  double weight = 0, sum = 0;

  for (size_t g = 0; g < a->places.count; g++)
    if (bd_places_distance (&a->places, g, z) <= far2)
      {
        weight += w->V[g];
        sum += w->S[g];
      }
  if (!(weight > 0))
    GSL_ERROR ("robustness has left no weight near a point", GSL_ESING);
  *t = sum / weight;
  return GSL_SUCCESS;
}

/* R widens the window of a span above 1, in squared distance.  */
static double
widen (const loess_plan *a, double far2)
{
  return far2 * GSL_MAX (a->span, 1);
}

/* One input  */

/* The places are in order.  The first window that begins at place i and is
   heavy enough ends at last[i] for every point alike, and the nearest of these
   to a point is one of the two where  z - x_i  and  x_last - z  change over:
   the sums  x_i + x_last  pass 2 z.  */
void
bd_loess_windows (const loess_plan *a, loess_work *w)
{
  const double *x = a->places.z;
  const size_t count = a->places.count;
  double sum = 0;

  for (size_t i = 0, end = 0; i < count; i++)
    {
      for (; end < count && sum < w->reach; end++)
        sum = w->cumulative[end + 1] - w->cumulative[i];
      w->last[i] = sum < w->reach ? GSL_POSINF : x[end - 1];
      w->sums[i] = x[i] + w->last[i];
      sum -= w->W[i];
    }
}

static double
bandwidth (const loess_plan *a, const loess_work *w, double z)
{
  size_t lo = 0, hi = a->places.count;

  while (lo < hi)
    {
      size_t mid = lo + (hi - lo) / 2;
      if (w->sums[mid] < 2 * z)
        lo = mid + 1;
      else
        hi = mid;
    }
  double right = lo < a->places.count ? w->last[lo] - z : GSL_POSINF;
  double left = lo > 0 ? z - a->places.z[lo - 1] : GSL_POSINF;
  return GSL_MIN (left, right);
}

typedef double lanes[LANES];

/* Add COUNT places to as many lanes of the sums: tricube weight times powers
   of  u = (z - c)/h, with the point at U0.  */
static inline void
tally (lanes sum[8], size_t count, const double z[], const double V[],
       const double S[], double c, double rate, double u0)
{
  for (size_t l = 0; l < count; l++)
    {
      double u = (z[l] - c) * rate, far = fabs (u - u0);
      double k = 1 - far * far * far;
      k = k > 0 ? k * k * k : 0;
      double v = k * V[l], y = k * S[l], vuu = v * u * u;
      sum[0][l] += v;
      sum[1][l] += v * u;
      sum[2][l] += vuu;
      sum[3][l] += vuu * u;
      sum[4][l] += vuu * u * u;
      sum[5][l] += y;
      sum[6][l] += y * u;
      sum[7][l] += y * u * u;
    }
}

/* Sums over the places: weights times u^0 to u^4 in s, responses times u^0 to
   u^2 in s + 5.  */
BD_KERNEL static void
moments (const double z[], const double V[], const double S[], size_t count,
         double c, double h, double u0, double s[8])
{
  lanes sum[8] = { { 0 } };
  const double rate = 1 / h;
  size_t i = 0;

  for (; i + LANES <= count; i += LANES)
    tally (sum, LANES, z + i, V + i, S + i, c, rate, u0);
  tally (sum, count - i, z + i, V + i, S + i, c, rate, u0);
  for (size_t j = 0; j < 8; j++)
    {
      s[j] = 0;
      for (size_t l = 0; l < LANES; l++)
        s[j] += sum[j][l];
    }
}

/* The powers are centred in the window, not at Z, which may be far away.  */
static int
curve (const loess_plan *a, const loess_work *w, double z, double *t)
{
  const double *x = a->places.z;
  const double far = bandwidth (a, w, z), h = sqrt (widen (a, far * far));
  const size_t lo = bd_places_find (&a->places, z - h);
  const size_t hi = bd_places_find (&a->places, z + h);
  double G[3][LOESS_WIDTH], s[8];

  if (!(h > 0) || lo == hi)
    return mean_within (a, w, &z, far * far, t);
  double c = x[lo] + (x[hi - 1] - x[lo]) / 2, u0 = (z - c) / h;
  moments (x + lo, w->V + lo, w->S + lo, hi - lo, c, h, u0, s);
  for (size_t j = 0; j < 3; j++)
    for (size_t k = 0; k <= j; k++)
      G[j][k] = s[j + k];
  if (!solve (G, s + 5, a->terms))
    return mean_within (a, w, &z, far * far, t);
  *t = s[5];
  if (a->terms > 1)
    *t += u0 * (s[6] + (a->terms > 2 ? u0 * s[7] : 0));
  return GSL_SUCCESS;
}

/* Several inputs  */

static void
swap (double x[], size_t i, size_t j)
{
  const double kept = x[i];

  x[i] = x[j];
  x[j] = kept;
}

/* The smallest of the COUNT numbers x such that those up to it weigh REACH;
   brings x and its weights into another order.  */
static double
quantile (double x[], double weight[], size_t count, double reach)
{
  size_t lo = 0, hi = count;
  double below = 0;

  while (hi - lo > 1)
    {
      double p = x[lo], q = x[lo + (hi - lo) / 2], r = x[hi - 1];
      double pivot = GSL_MAX (GSL_MIN (p, q), GSL_MIN (GSL_MAX (p, q), r));
      double less = 0, same = 0;
      size_t l = lo, e = lo, g = hi;
      /* lo..l-1 below the pivot, l..e-1 equal, g..hi-1 above.  */
      while (e < g)
        if (x[e] < pivot)
          {
            less += weight[e];
            swap (x, l, e);
            swap (weight, l++, e++);
          }
        else if (x[e] > pivot)
          {
            swap (x, --g, e);
            swap (weight, g, e);
          }
        else
          same += weight[e++];
      if (below + less >= reach)
        hi = l;
      else if (below + less + same >= reach || g == hi)
        return pivot;
      else
        {
          below += less + same;
          lo = g;
        }
    }
  return x[lo];
}

/* The terms at Z times ROOT: 1, the inputs u = (z - point)/h, and their
   products; behind them the response Y.  */
static void
terms (const loess_plan *a, const double z[], const double point[],
       double rate, double root, double y, double term[])
{
  const size_t d = a->degree > 0 ? a->places.d : 0;
  double u[LOESS_INPUTS];
  size_t p = 0;

  term[p++] = root;
  for (size_t j = 0; j < d; j++)
    {
      u[j] = (z[j] - point[j]) * rate;
      term[p++] = root * u[j];
    }
  for (size_t j = 0; j < d && a->degree > 1; j++)
    for (size_t k = 0; k <= j; k++)
      term[p++] = term[j + 1] * u[k];
  term[p] = root * y;
}

/* Lower triangle of the normal equations, responses in the last row, of the
   places nearer than the root of FAR2.  */
static void
equations (const loess_plan *a, loess_work *w, const double z[], double far2,
           double G[][LOESS_WIDTH])
{
  const double rate = 1 / sqrt (far2);
  const size_t width = a->terms + 1;
  gsl_matrix_view all
      = gsl_matrix_view_array_with_tda (G[0], width, width, LOESS_WIDTH);
  size_t rows = 0;

  gsl_matrix_set_zero (&all.matrix);
  for (size_t g = 0; g < a->places.count; g++)
    {
      if (w->V[g] > 0 && w->far[g] < far2)
        {
          double k = gsl_pow_3 (1 - gsl_pow_3 (sqrt (w->far[g]) * rate));
          terms (a, a->places.z + g * a->places.d, z, rate, sqrt (k * w->V[g]),
                 w->S[g] / w->V[g], w->block + width * rows++);
        }
      if (rows == LOESS_BLOCK || (rows > 0 && g + 1 == a->places.count))
        {
          gsl_matrix_view A = gsl_matrix_view_array (w->block, rows, width);
          gsl_blas_dsyrk (CblasLower, CblasTrans, 1, &A.matrix, 1,
                          &all.matrix);
          rows = 0;
        }
    }
}

static int
surface (const loess_plan *a, loess_work *w, const double z[], double *t)
{
  double G[LOESS_WIDTH][LOESS_WIDTH];
  size_t count = 0;

  for (size_t g = 0; g < a->places.count; g++)
    {
      w->far[g] = bd_places_distance (&a->places, g, z);
      w->far2[count] = w->far[g];
      w->heavy[count] = w->W[g];
      count += w->W[g] > 0;
    }
  double far2 = quantile (w->far2, w->heavy, count, w->reach);
  equations (a, w, z, widen (a, far2), G);
  if (!solve (G, G[a->terms], a->terms))
    return mean_within (a, w, z, far2, t);
  *t = G[a->terms][0];
  return GSL_SUCCESS;
}

int
bd_loess_at (const loess_plan *a, loess_work *w, const double z[], double *t)
{
  return a->places.d == 1 ? curve (a, w, z[0], t) : surface (a, w, z, t);
}
