/* The library fits first and predicts afterwards; a user's function does both
   at once, so that its predictions wait in the work space.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "user.h"

static const bd_knob knobs[] = {
  { NULL, 0, 0, 0, false, NULL, NULL },
};

typedef struct
{
  bd_user_fitter user;
  const gsl_matrix *X, *P;
  const gsl_vector *y;
} user_plan;

typedef struct
{
  double *t;              /* m */
  const double *response; /* NULL: the plan's */
} user_work;

/* Plan  */

static void *
user_make_plan (const bd_settings *set, const gsl_matrix *X,
                const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  if (!set->user || !set->user->fit_predict)
    {
      BD_FAIL (err, GSL_EINVAL,
               "the fitter `user' needs a function in the settings' member "
               "`user'");
      return NULL;
    }
  user_plan *a = malloc (sizeof *a);
  if (a)
    *a = (user_plan){ *set->user, X, P, y };
  else
    BD_FAIL (err, GSL_ENOMEM, "no memory for a fitter");
  return a;
}

/* Work space  */

static void
user_free_work (void *work)
{
  user_work *w = work;

  if (w)
    free (w->t);
  free (w);
}

static void *
user_make_work (const void *plan)
{
  const user_plan *a = plan;
  user_work *w = calloc (1, sizeof *w);

  if (w && (w->t = bd_array (a->P->size1, 1)))
    return w;
  user_free_work (w);
  GSL_ERROR_NULL ("not enough memory to fit", GSL_ENOMEM);
}

/* Fit  */

static int
user_fit (const void *plan, void *work, const double weight[], gsl_rng *r)
{
  const user_plan *a = plan;
  user_work *w = work;
  const size_t n = a->X->size1, m = a->P->size1;

  if (m == 0)
    return GSL_SUCCESS;
  gsl_vector_const_view rows = gsl_vector_const_view_array (weight, n);
  gsl_vector_const_view own
      = gsl_vector_const_view_array (w->response ? w->response : weight, n);
  gsl_vector_view t = gsl_vector_view_array (w->t, m);
  /* What the function leaves out is not a prediction of the last member.  */
  gsl_vector_set_all (&t.vector, GSL_NAN);
  return a->user.fit_predict (a->user.params, a->X,
                              w->response ? &own.vector : a->y, &rows.vector,
                              r, a->P, &t.vector);
}

static int
user_respond (const void *plan, void *work, const double y[])
{
  user_work *w = work;

  (void)plan;
  w->response = y;
  return GSL_SUCCESS;
}

/* Predict  */

static int
user_predict (const void *plan, void *work, double t[])
{
  const user_plan *a = plan;
  const user_work *w = work;
  const size_t m = a->P->size1;

  for (size_t i = 0; i < m; i++)
    if (!gsl_finite (w->t[i]))
      return GSL_EFAILED;
  memcpy (t, w->t, m * sizeof *t);
  return GSL_SUCCESS;
}

/* Type  */

const bd_fitter_type bd_fitter_user = {
  .name = "user",
  .title = "user's fitter",
  .help = "a function of the program that uses the library",
  .knobs = knobs,
  .resample = "bootstrap",
  .plan = user_make_plan,
  .free_plan = free,
  .work = user_make_work,
  .free_work = user_free_work,
  .fit = user_fit,
  .respond = user_respond,
  .predict = user_predict,
};
