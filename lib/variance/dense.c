/* References: B. Efron, "Estimation and accuracy after model selection", JASA
   109 (2014), for the covariances; S. Wager, T. Hastie, B. Efron, JMLR 15
   (2014).  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "../base/blas.h"
#include "../base/kernel.h"
#include "dense_parts.h"

BD_KERNEL static bool
finite_all (const double t[], size_t m)
{
  int bad = 0;

  for (size_t j = 0; j < m; j++)
    bad |= !(fabs (t[j]) <= GSL_DBL_MAX);
  return bad == 0;
}

/* The members of IN that could be fitted; GSL_ENOMEM.  */
static int
gather (bd_dense *d, const bd_dense_members *in)
{
  size_t count = in->members + 1;

  d->t = calloc (count, sizeof *d->t);
  d->u = in->counts ? NULL : calloc (count, sizeof *d->u);
  d->counts = calloc (count, sizeof *d->counts);
  d->bytes = in->counts ? NULL : calloc (count, d->a->width);
  d->far = calloc (d->a->m + 1, sizeof *d->far);
  if (!d->t || !d->counts || !(in->counts || (d->u && d->bytes)) || !d->far)
    return GSL_ENOMEM;
  for (size_t b = 0; b < in->members; b++)
    {
      if (!in->t[b] || !finite_all (in->t[b], d->a->m))
        continue;
      if (d->u)
        d->u[d->B] = in->u[b];
      else
        d->counts[d->B] = in->counts[b];
      d->t[d->B++] = in->t[b];
    }
  return GSL_SUCCESS;
}

static void
release (bd_dense *d)
{
  free (d->t);
  free (d->u);
  free (d->counts);
  free (d->bytes);
  free (d->far);
}

/* In units of one product of bytes; one of doubles is eight, for the Gram
   form's last step, and a prediction is three bytes.  */
bd_form
bd_form_of (size_t n, size_t m, size_t B)
{
  double tiles = 3. * (double)n * (double)m;
  double gram = (double)B * ((double)n / 2 + 8. * (double)m);

  return gram < tiles ? BD_FORM_GRAM : BD_FORM_TILES;
}

static int
team_size (int threads)
{
#ifdef _OPENMP
  return threads < 1 ? omp_get_max_threads () : threads;
#else
  (void)threads;
  return 1;
#endif
}

static void
fill (bd_dense *d, bd_form form, int threads)
{
  bd_moments *a = d->a;

#pragma omp parallel num_threads(threads) if (threads > 1)
  {
    bd_dense_points (d);
    bd_dense_counts (d);
    bd_dense_units (d);
    bd_dense_rows (d);
  }
  if (form == BD_FORM_AUTO)
    form = bd_form_of (a->n, a->mc, d->B);
  if (d->other)
    bd_dense_weights (d, threads);
  else if (form == BD_FORM_GRAM)
    bd_dense_gram (d, threads);
  else
    bd_dense_tiles (d, threads);
}

int
bd_moments_dense (bd_moments *a, const bd_dense_members *in, bd_form form,
                  int threads)
{
  bd_dense d = { .a = a };

  if (!a->summed)
    GSL_ERROR ("members all in memory give sums of squares only", GSL_EINVAL);
  bd_moments_reset (a);
  int code = gather (&d, in);
  a->members = in->members;
  a->failed = in->members - d.B;
  a->p = (double)d.B;
  bd_blas_one_thread ();
  if (!code && d.B > 0)
    fill (&d, form, team_size (threads));
  release (&d);
  if (code || d.failed)
    GSL_ERROR ("no memory for the products of members", GSL_ENOMEM);
  return GSL_SUCCESS;
}
