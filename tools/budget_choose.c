/* From the words of the command line to a budget.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "budget.h"
#include "net/fitter_net.h"
#include "words.h"

/* What belongs to simulated data only, and what to a table only.  */
static int
check_source (const opt_command *c, const budget_choices *q, const char *file)
{
  if (!file && (q->y || q->x))
    return opt_usage_error (c, "-y and -x choose columns of DATA, which is "
                               "not there");
  if (!file)
    return -1;
  const struct
  {
    const char *option;
    bool there;
  } row[] = { { "scenario", q->scenario },
              { "rows", q->rows },
              { "noise", !gsl_isnan (q->noise) },
              { "points", q->points },
              { "sizes", q->sizes } };
  for (size_t k = 0; k < sizeof row / sizeof row[0]; k++)
    if (row[k].there)
      return opt_usage_error (c,
                              "--%s is for simulated data: it does not go "
                              "with DATA",
                              row[k].option);
  return -1;
}

static int
choose_scenario (const opt_command *c, const budget_choices *q, budget_job *j)
{
  bd_budget_options *o = &j->o;
  int status = word_scenario (c, q->scenario, &o->scenario);

  if (status >= 0)
    return status;
  o->n = q->rows ? q->rows : o->scenario->rows;
  o->noise = gsl_isnan (q->noise) ? o->scenario->noise : q->noise;
  return -1;
}

static int
choose_methods (const opt_command *c, const budget_choices *q, budget_job *j)
{
  bool use[BD_METHODS] = { false };
  bd_error err = { "" };

  if (q->methods && bd_methods_parse (q->methods, use, &err))
    return opt_usage_error (c, "--methods: %s", err.text);
  if (!q->methods && !q->fitter)
    bd_methods_default (use);
  for (size_t k = 0; k < BD_METHODS; k++)
    if (use[k])
      bd_budget_add (&j->o, &bd_methods[k]);
  return q->fitter ? budget_choose_fitter (c, q->fitter, j) : -1;
}

/* The knobs must suit every network, and there must be one.  */
static int
check_network (const opt_command *c, const bd_budget_options *o)
{
  bd_settings set;
  bd_net_options net;
  bd_error err = { "" };
  size_t networks = 0;

  for (size_t k = 0; k < o->methods; k++)
    {
      if (o->method[k].fitter != &bd_fitter_net)
        continue;
      networks++;
      if (bd_method_settings (&o->method[k], o->network, &set, &err)
          || bd_fitter_net_options (&set, &net, &err))
        return opt_usage_error (c, "%s%s", o->network ? "--network: " : "",
                                err.text);
    }
  if (o->network && networks == 0)
    return opt_usage_error (c, "--network: none of the methods is a network");
  return -1;
}

/* "30,60,120", rising.  */
static int
choose_sizes (const opt_command *c, const char *list, budget_job *j)
{
  char word[32];
  double value;

  if (!list)
    return -1;
  for (const char *at = list; at; at = strchr (at, ','))
    {
      at += at > list;
      snprintf (word, sizeof word, "%.*s", (int)strcspn (at, ","), at);
      size_t last = j->sizes ? j->size[j->sizes - 1] : 0;
      if (!bd_number_parse (word, &value) || value != floor (value)
          || value < BD_BUDGET_ROWS || value > 1e7)
        return opt_usage_error (c, "--sizes: whole numbers from %d to 1e7",
                                BD_BUDGET_ROWS);
      if ((size_t)value <= last)
        return opt_usage_error (c, "--sizes: each must be larger than the one "
                                   "before");
      if (j->sizes == BUDGET_SIZES)
        return opt_usage_error (c, "--sizes: at most %d", BUDGET_SIZES);
      j->size[j->sizes++] = (size_t)value;
    }
  if (j->sizes < 2)
    return opt_usage_error (c, "--sizes: at least two");
  return -1;
}

/* "draw:N", or what is read later, with some rows of the scenario for its
   names and range.  */
static int
choose_points (const opt_command *c, const budget_choices *q, budget_job *j)
{
  double count = 0;

  if (!q->points || strncmp (q->points, "draw:", 5) != 0)
    return -1;
  if (!bd_number_parse (q->points + 5, &count) || count != floor (count)
      || count < 1 || count > 1e5)
    return opt_usage_error (c, "--points %s: from 1 to 100000 points",
                            q->points);
  j->o.points = (size_t)count;
  return -1;
}

int
budget_choose (const opt_command *c, const budget_choices *q, budget_job *j)
{
  int status = check_source (c, q, j->file);

  j->o.network = q->network;
  if (q->nets)
    j->o.nets = q->nets;
  if (status < 0)
    status = choose_methods (c, q, j);
  if (status < 0)
    status = check_network (c, &j->o);
  if (status < 0 && j->file)
    j->o.scenario = NULL;
  else if (status < 0)
    status = choose_scenario (c, q, j);
  if (status < 0)
    status = choose_points (c, q, j);
  return status < 0 ? choose_sizes (c, q->sizes, j) : status;
}

static uint64_t
hash_points (const gsl_matrix *P)
{
  uint64_t h = CHECKPOINT_HASH;

  for (size_t i = 0; P && i < P->size1; i++)
    h = checkpoint_hash (h, gsl_matrix_const_ptr (P, i, 0),
                         P->size2 * sizeof (double));
  return h;
}

/* What a budget is made of.  */
typedef struct
{
  const budget_choices *q;
  const budget_job *j;
} setting;

static void
put_depends (const void *params, FILE *to)
{
  const setting *a = params;
  const bd_budget_options *o = &a->j->o;
  char noise[BD_NUMBER_SIZE];

  fprintf (to, "seed %" PRIu64 "\n", o->seed);
  if (o->scenario)
    fprintf (to, "data %s\nnoise %s\nrows %zu\n", o->scenario->name,
             bd_number_print (noise, o->noise, 17), o->n);
  else
    fprintf (to, "data %016" PRIx64 "\n", checkpoint_data (o->data));
  checkpoint_put (to, "sizes", a->q->sizes);
  fprintf (to, "points %zu %016" PRIx64 "\n", o->points, hash_points (o->P));
  fprintf (to, "data-sets %zu\ntrainings %zu\n", o->R, o->S);
  fprintf (to, "members %zu\nnetworks %zu\nmasks %zu\n", o->members, o->nets,
           o->masks);
  checkpoint_put (to, "methods", a->q->methods);
  checkpoint_put (to, "fitter", a->q->fitter);
  checkpoint_put (to, "network", o->network);
}

checkpoint *
budget_kept (const budget_choices *q, const budget_job *j, bd_error *err)
{
  const setting a = { q, j };
  const checkpoint_run what = { .command = "budget",
                                .file = "trainings.txt",
                                .pieces = "trainings",
                                .depends = put_depends,
                                .params = &a,
                                .strict = true };

  return checkpoint_open (&what, q->resume, err);
}
