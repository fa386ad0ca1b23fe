#include <config.h>

#include <gsl/gsl_randist.h>
#include <stdlib.h>

#include "patch.h"

struct bd_patch
{
  gsl_matrix *X, *P; /* the chosen inputs */
  size_t *input;     /* all of them, the chosen ones in front */
  size_t *levels;    /* of the chosen ones */
};

void
bd_patch_free (bd_patch *k)
{
  if (!k)
    return;
  gsl_matrix_free (k->X);
  gsl_matrix_free (k->P);
  free (k->input);
  free (k->levels);
  free (k);
}

bd_patch *
bd_patch_alloc (const bd_bag *a)
{
  size_t d = a->X->size2, some = a->features ? a->features : d;
  bd_patch *k = calloc (1, sizeof *k);

  if (!k)
    return NULL;
  k->X = gsl_matrix_alloc (a->X->size1, some);
  k->P = gsl_matrix_alloc (a->P->size1, some);
  k->input = calloc (d, sizeof *k->input);
  k->levels = calloc (some, sizeof *k->levels);
  if (k->X && k->P && k->input && k->levels)
    return k;
  bd_patch_free (k);
  return NULL;
}

static void
choose_inputs (const bd_bag *a, bd_patch *k, gsl_rng *r)
{
  for (size_t j = 0; j < a->X->size2; j++)
    k->input[j] = j;
  if (a->features)
    gsl_ran_shuffle (r, k->input, a->X->size2, sizeof *k->input);
  for (size_t j = 0; j < k->X->size2; j++)
    {
      size_t from = k->input[j];
      gsl_vector_const_view x = gsl_matrix_const_column (a->X, from);
      gsl_vector_const_view p = gsl_matrix_const_column (a->P, from);
      gsl_matrix_set_col (k->X, j, &x.vector);
      gsl_matrix_set_col (k->P, j, &p.vector);
      k->levels[j] = a->set->levels ? a->set->levels[from] : 0;
    }
}

int
bd_patch_fit (const bd_bag *a, bd_patch *k, const bd_resample *s, gsl_rng *r,
              double t[])
{
  gsl_vector_const_view y
      = gsl_vector_const_view_array (s->y ? s->y : a->y->data, a->n);
  bd_settings set = *a->set;
  int code = GSL_ENOMEM;

  choose_inputs (a, k, r);
  set.levels = a->set->levels ? k->levels : NULL;
  void *plan = a->fitter->plan (&set, k->X, &y.vector, k->P, NULL);
  void *work = plan ? a->fitter->work (plan) : NULL;
  if (work)
    code = a->fitter->fit (plan, work, s->w, r);
  if (!code)
    code = bd_bag_predict (a, plan, work, s->w, t);
  a->fitter->free_work (work);
  a->fitter->free_plan (plan);
  return code;
}
