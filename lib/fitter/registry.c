#include <config.h>

#include <string.h>

#include "fitter.h"

const bd_fitter_type *const bd_fitter_types[] = { &bd_fitter_pspline,
                                                  &bd_fitter_bspline,
                                                  &bd_fitter_poly,
                                                  &bd_fitter_locpoly,
                                                  &bd_fitter_loess,
                                                  &bd_fitter_kernel,
                                                  &bd_fitter_knn,
                                                  &bd_fitter_interp,
                                                  &bd_fitter_linear,
                                                  &bd_fitter_robust,
                                                  &bd_fitter_tree,
                                                  &bd_fitter_net,
#ifdef HAVE_MUPARSER
                                                  &bd_fitter_nls,
#endif
                                                  NULL };

const bd_fitter_type *
bd_fitter_find (const char *name)
{
  for (size_t k = 0; bd_fitter_types[k]; k++)
    if (strcmp (bd_fitter_types[k]->name, name) == 0)
      return bd_fitter_types[k];
  /* Unlisted without muParser; its plan then says why.  */
  return strcmp (name, bd_fitter_nls.name) == 0 ? &bd_fitter_nls : NULL;
}
