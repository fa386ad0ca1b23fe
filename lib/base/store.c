#include <config.h>

#include <gsl/gsl_errno.h>

#include "store.h"

bool
bd_store_recall (const bd_record_store *s, size_t k, size_t r, size_t size,
                 double v[])
{
  return s && s->recall (s->params, k, r, size, v);
}

int
bd_store_keep (const bd_record_store *s, size_t k, size_t r, size_t size,
               const double v[], bd_error *err)
{
  int code = GSL_SUCCESS;

#pragma omp critical(bd_record_store)
  if (s)
    code = s->keep (s->params, k, r, size, v);
  return code ? BD_FAIL (err, code, "a finished piece could not be kept")
              : GSL_SUCCESS;
}
