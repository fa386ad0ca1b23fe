#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "budget_kept.h"

#define PARTS 5 /* numbers at each point */

/* Pieces of budgets of other sizes have other numbers.  */
static size_t
piece (const bd_budget *b, size_t method)
{
  return b->rows * BD_BUDGET_METHODS + method;
}

static size_t
size_of (const bd_budget *b, size_t method, size_t k, const bd_budget_sums *u)
{
  size_t members = k % b->options.S ? 0 : b->row[method].members;

  return 1 + PARTS * b->m + members * u->looked;
}

/* Between V and training K of U: into U if TAKE, else out of it.  */
static void
move (const bd_budget *b, size_t method, size_t k, const bd_budget_sums *u,
      bool take, double v[])
{
  size_t members = k % b->options.S ? 0 : b->row[method].members;
  const struct
  {
    double *at;
    size_t count;
  } part[]
      = { { u->seconds + k, 1 },
          { u->mean + k * b->m, b->m },
          { u->ss + k * b->m, b->m },
          { u->answer + k * b->m, b->m },
          { u->error + k * b->m, b->m },
          { u->reported + k * b->m, b->m },
          { members ? u->member + k / b->options.S * members * u->looked : v,
            members * u->looked } };

  for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
    {
      if (part[i].count > 0)
        memcpy (take ? part[i].at : v, take ? v : part[i].at,
                part[i].count * sizeof *v);
      v += part[i].count;
    }
}

bool
bd_budget_recall (const bd_budget *b, size_t method, size_t k,
                  bd_budget_sums *u)
{
  const bd_record_store *s = b->options.records;
  size_t size = size_of (b, method, k, u);
  double *v = s ? bd_array (size, 1) : NULL;
  bool known = v && bd_store_recall (s, piece (b, method), k, size, v);

  if (known)
    move (b, method, k, u, true, v);
  free (v);
  return known;
}

int
bd_budget_keep (const bd_budget *b, size_t method, size_t k,
                const bd_budget_sums *u, bd_error *err)
{
  const bd_record_store *s = b->options.records;
  size_t size = size_of (b, method, k, u);

  if (!s)
    return GSL_SUCCESS;
  double *v = bd_array (size, 1);
  if (!v)
    return GSL_ENOMEM;
  move (b, method, k, u, false, v);
  int code = bd_store_keep (s, piece (b, method), k, size, v, err);
  free (v);
  return code;
}
