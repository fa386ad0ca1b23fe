#include <config.h>

#include <string.h>

#include "fitter.h"

const bd_fitter_type *const bd_fitter_types[]
    = { &bd_fitter_pspline, &bd_fitter_tree, &bd_fitter_net, NULL };

const bd_fitter_type *
bd_fitter_find (const char *name)
{
  for (size_t k = 0; bd_fitter_types[k]; k++)
    if (strcmp (bd_fitter_types[k]->name, name) == 0)
      return bd_fitter_types[k];
  return NULL;
}
