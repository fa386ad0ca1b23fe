/* Numbers for what a run depends on.  */
#include <config.h>

#include <string.h>

#include "base/text.h"
#include "checkpoint.h"

/* Fowler, Noll and Vo's hash, 64 bits, variant 1a.  */
uint64_t
checkpoint_hash (uint64_t h, const void *data, size_t size)
{
  const unsigned char *s = data;

  for (size_t i = 0; i < size; i++)
    h = (h ^ s[i]) * UINT64_C (1099511628211);
  return h;
}

uint64_t
checkpoint_data (const bd_dataset *d)
{
  uint64_t h = checkpoint_hash (CHECKPOINT_HASH, &d->n, sizeof d->n);

  h = checkpoint_hash (h, &d->classes, sizeof d->classes);
  for (size_t i = 0; i < d->n; i++)
    {
      double y = gsl_vector_get (d->y, i);
      h = checkpoint_hash (h, gsl_matrix_const_ptr (d->X, i, 0),
                           d->d * sizeof (double));
      h = checkpoint_hash (h, &y, sizeof y);
    }
  return h;
}

void
checkpoint_put (FILE *to, const char *name, const char *text)
{
  char shown[80];
  const char *all = text ? text : "";

  fprintf (to, "%s %s %016" PRIx64 "\n", name,
           bd_text_clean (shown, sizeof shown, all),
           checkpoint_hash (CHECKPOINT_HASH, all, strlen (all)));
}
