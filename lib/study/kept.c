#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "kept.h"

/* A result as numbers: its bits, and then the error of each row where there
   is one split only.  */
#define WORDS ((sizeof (bd_fold_result) + 7) / 8)

bool
bd_kept_recall (bd_comparison *c, size_t k, size_t r, size_t rows)
{
  const bd_record_store *s = c->options.records;
  size_t errors = c->splits == 1 ? rows : 0;
  bd_fold_result *to = &c->row[k].fold[r];
  double *v = s ? bd_array (WORDS + errors, 1) : NULL;
  double *error = v && errors ? bd_array (errors, 1) : NULL;
  bool known = v && (error || !errors)
               && bd_store_recall (s, k, r, WORDS + errors, v);

  if (known)
    {
      free (to->error);
      memcpy (to, v, sizeof *to);
      to->error = error;
      if (errors)
        memcpy (error, v + WORDS, errors * sizeof *error);
    }
  else
    free (error);
  free (v);
  return known;
}

int
bd_kept_keep (const bd_comparison *c, size_t k, size_t r, bd_error *err)
{
  const bd_record_store *s = c->options.records;
  bd_fold_result from = c->row[k].fold[r];
  size_t errors = from.error ? from.errors : 0;

  if (!s)
    return GSL_SUCCESS;
  double *v = bd_array (WORDS + errors, 1);
  if (!v)
    return GSL_ENOMEM;
  if (errors)
    memcpy (v + WORDS, from.error, errors * sizeof *v);
  v[WORDS - 1] = 0;
  from.error = NULL;
  memcpy (v, &from, sizeof from);
  int code = bd_store_keep (s, k, r, WORDS + errors, v, err);
  free (v);
  return code;
}
