#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layout.h"

void
bd_layout_init (bd_layout *l)
{
  *l = (bd_layout){ .arms = 0 };
}

void
bd_layout_free (bd_layout *l)
{
  for (size_t k = 0; k < l->series; k++)
    free (l->of[k].x);
  free (l->of);
  bd_layout_init (l);
}

size_t
bd_layout_arm (bd_layout *l, const char *name, const char *title,
               const char *kind)
{
  size_t number = l->arms, rank = 1;

  if (number == BD_ARMS)
    return BD_ARMS;
  for (size_t k = 0; k < number; k++)
    rank += strcmp (l->arm[k].kind, kind) == 0;
  bd_arm *a = &l->arm[l->arms++];
  snprintf (a->name, sizeof a->name, "%s", name);
  snprintf (a->title, sizeof a->title, "%s", title);
  a->kind = kind;
  a->rank = rank;
  for (size_t k = 0; k < l->arms; k++)
    if (strcmp (l->arm[k].kind, kind) == 0)
      l->arm[k].of = rank;
  return number;
}

static int
make_room (bd_layout *l)
{
  if (l->series < l->room)
    return GSL_SUCCESS;
  size_t room = l->room ? 2 * l->room : 64;
  bd_series *of = realloc (l->of, room * sizeof *of);
  if (!of)
    return GSL_ENOMEM;
  l->of = of;
  l->room = room;
  return GSL_SUCCESS;
}

int
bd_layout_add (bd_layout *l, const char *measure, size_t arm, size_t count,
               const double x[], bool log)
{
  double *copy = calloc (count ? count : 1, sizeof *copy);

  if (!copy || make_room (l))
    {
      free (copy);
      return GSL_ENOMEM;
    }
  for (size_t k = 0; k < count; k++)
    copy[k] = x ? x[k] : (double)k;
  l->of[l->series++] = (bd_series){ measure, arm, count, l->size, copy, log };
  l->size += count;
  return GSL_SUCCESS;
}

int
bd_layout_add_arms (bd_layout *l, const char *measure, size_t from, size_t to,
                    size_t count, const double x[], bool log)
{
  int code = GSL_SUCCESS;

  for (size_t arm = from; !code && arm < to; arm++)
    code = bd_layout_add (l, measure, arm, count, x, log);
  return code;
}

const bd_series *
bd_layout_find (const bd_layout *l, const char *measure, size_t arm)
{
  for (size_t k = 0; k < l->series; k++)
    if (l->of[k].arm == arm && strcmp (l->of[k].measure, measure) == 0)
      return &l->of[k];
  return NULL;
}

double *
bd_layout_in (const bd_layout *l, double v[], const char *measure, size_t arm)
{
  return v + bd_layout_find (l, measure, arm)->at;
}

double
bd_layout_get (const bd_layout *l, const double v[], const char *measure,
               size_t arm, size_t k)
{
  const bd_series *s = bd_layout_find (l, measure, arm);

  return s && k < s->count ? v[s->at + k] : GSL_NAN;
}

double
bd_layout_log_ratio (const bd_layout *l, const double v[], const char *measure,
                     size_t arm, size_t base, size_t k)
{
  double a = bd_layout_get (l, v, measure, arm, k);
  double b = bd_layout_get (l, v, measure, base, k);

  return a > 0 && b > 0 ? log (a / b) : GSL_NAN;
}
