#include <config.h>

#include <stdlib.h>

#include "../net/exact_sums.h"
#include "subnets.h"

/* Members of a block start from clean sums, so that the bits of each depend on
   its number alone.  */
#define FRESH BD_BLOCK

typedef struct
{
  bd_sums sums;
  bool ready;
  uint64_t at; /* member where the walk stands */
} subnets_work;

static void
subnets_free_work (void *work)
{
  subnets_work *w = work;

  if (w)
    bd_sums_close (&w->sums);
  free (w);
}

static void *
subnets_make_work (const void *setup)
{
  const bd_subnets_all *a = setup;
  subnets_work *w = calloc (1, sizeof *w);

  if (!w)
    return NULL;
  if (bd_sums_open (&w->sums, a->model, &a->rates, a->m, NULL))
    {
      subnets_free_work (w);
      return NULL;
    }
  bd_walk_points (&w->sums.walk, a->m, a->Z);
  return w;
}

/* Move the walk to member B.  */
static void
go_to (subnets_work *w, uint64_t b)
{
  bd_walk *walk = &w->sums.walk;
  uint64_t first = b / FRESH * FRESH;

  if (!w->ready || w->at < first || w->at >= b)
    {
      bd_walk_set (walk, (uint32_t)(first ^ first >> 1));
      w->at = first;
      w->ready = true;
    }
  while (w->at < b)
    {
      uint64_t step = ++w->at;
      size_t bit = 0;
      for (; !(step & 1); step >>= 1)
        bit++;
      bd_walk_flip (walk, bit);
    }
}

static void
put_units (const bd_subnets_all *a, const bd_walk *walk, double u[])
{
  const bd_net *net = walk->net;
  size_t unit = 0;

  for (size_t l = 1; l < net->layers; l++)
    for (size_t j = 0; j < net->width[l]; j++)
      u[unit++] = walk->factor[l][j] != 0;
  for (size_t j = 0; a->rates.input > 0 && j < net->width[0]; j++)
    u[unit++] = walk->factor[0][j] != 0;
}

static int
subnets_draw (const void *setup, void *work, uint64_t b, double *p, double u[],
              double t[])
{
  const bd_subnets_all *a = setup;
  subnets_work *w = work;

  go_to (w, b);
  *p = bd_walk_probability (&w->sums.walk, 0);
  put_units (a, &w->sums.walk, u);
  for (size_t i = 0; i < a->m; i++)
    bd_sums_predict (&w->sums, i, t + i * w->sums.k);
  return GSL_SUCCESS;
}

const bd_source_type bd_source_subnets_all = {
  .name = "subnets",
  .help = "all subnetworks of one trained network",
  .work = subnets_make_work,
  .free_work = subnets_free_work,
  .draw = subnets_draw,
};

int
bd_subnets_all_check (const bd_subnets_all *a, bd_error *err)
{
  return bd_exact_check (&a->model->net, &a->rates, err);
}

uint64_t
bd_subnets_all_members (const bd_subnets_all *a)
{
  return UINT64_C (1) << bd_exact_units (&a->model->net, &a->rates);
}

bd_source
bd_subnets_all_source (const bd_subnets_all *a)
{
  const bd_net *net = &a->model->net;
  size_t units = a->rates.input > 0 ? net->width[0] : 0;

  for (size_t l = 1; l < net->layers; l++)
    units += net->width[l];
  return (bd_source){ &bd_source_subnets_all, a, units,
                      a->m * bd_net_predictions (a->model), units };
}
