/* Memory that runs out at the first, second, third ... allocation of a fit, an
   ensemble, an answer or a comparison: an error each time, no crash, nothing
   kept.  Memory that GSL takes inside its own library is not counted; its
   constructors fail in their place.

   Link with the library's objects, not with the shared library, and --wrap
   for each function below.  */
#include <config.h>

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_vector.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/scenario.h"
#include "ensemble/run.h"
#include "study/compare.h"

static size_t left = (size_t)-1; /* allocations that succeed */
static bool refused;             /* one did not */
static bool once;                /* only one does not */
static long held;                /* pieces not yet freed */

static bool
spend (void)
{
  if (left == 0)
    {
      refused = true;
      left = once ? (size_t)-1 : 0;
      return false;
    }
  left--;
  return true;
}

static void *
counted (void *p)
{
  held += p != NULL;
  return p;
}

void *__real_malloc (size_t size);
void *__real_calloc (size_t count, size_t size);
void *__real_realloc (void *old, size_t size);
void *__real_aligned_alloc (size_t line, size_t size);
void __real_free (void *p);
void *__wrap_malloc (size_t size);
void *__wrap_calloc (size_t count, size_t size);
void *__wrap_realloc (void *old, size_t size);
void *__wrap_aligned_alloc (size_t line, size_t size);
void __wrap_free (void *p);

void *
__wrap_malloc (size_t size)
{
  return spend () ? counted (__real_malloc (size)) : NULL;
}

void *
__wrap_calloc (size_t count, size_t size)
{
  return spend () ? counted (__real_calloc (count, size)) : NULL;
}

void *
__wrap_realloc (void *old, size_t size)
{
  if (!spend ())
    return NULL;
  held -= old != NULL;
  return counted (__real_realloc (old, size));
}

void *
__wrap_aligned_alloc (size_t line, size_t size)
{
  return spend () ? counted (__real_aligned_alloc (line, size)) : NULL;
}

void
__wrap_free (void *p)
{
  held -= p != NULL;
  __real_free (p);
}

#define WRAP(type, name, parameters, arguments)                               \
  type *__real_##name parameters;                                             \
  type *__wrap_##name parameters;                                             \
  type *__wrap_##name parameters                                              \
  {                                                                           \
    return spend () ? counted (__real_##name arguments) : NULL;               \
  }

WRAP (gsl_matrix, gsl_matrix_alloc, (size_t n, size_t m), (n, m))
WRAP (gsl_matrix, gsl_matrix_calloc, (size_t n, size_t m), (n, m))
WRAP (gsl_vector, gsl_vector_alloc, (size_t n), (n))
WRAP (gsl_vector, gsl_vector_calloc, (size_t n), (n))
WRAP (gsl_rng, gsl_rng_alloc, (const gsl_rng_type *type), (type))
WRAP (gsl_eigen_symmv_workspace, gsl_eigen_symmv_alloc, (size_t n), (n))

#define WRAP_FREE(type, name)                                                 \
  void __real_##name (type *p);                                               \
  void __wrap_##name (type *p);                                               \
  void __wrap_##name (type *p)                                                \
  {                                                                           \
    held -= p != NULL;                                                        \
    __real_##name (p);                                                        \
  }

WRAP_FREE (gsl_matrix, gsl_matrix_free)
WRAP_FREE (gsl_vector, gsl_vector_free)
WRAP_FREE (gsl_rng, gsl_rng_free)
WRAP_FREE (gsl_eigen_symmv_workspace, gsl_eigen_symmv_free)

#define ROWS 24

static bd_dataset *data;

/* An ensemble of TYPE: plan, work spaces, moments.  */
static bool
run_bag (const bd_fitter_type *type, bd_error *err)
{
  bd_settings knob;
  double keep[4];
  const char *knobs
      = type == &bd_fitter_net ? "steps=2,hidden=3,stop=0.2" : "";
  bd_run_options o = {
    .members = 70, .threads = 1, .keep = keep, .kept = 4, .keep_points = 1
  };
  bool done = false;

  bd_knob_parse (type->knobs, knobs, &knob, err);
  void *plan = type->plan (&knob, data->X, data->y, data->X, err);
  bd_moments *a = bd_moments_alloc (ROWS, ROWS, 3, 0);
  if (plan && a)
    {
      const bd_bag bag = { .fitter = type,
                           .plan = plan,
                           .resample = bd_resample_find (type->resample),
                           .n = ROWS,
                           .m = ROWS,
                           .seed = 1 };
      bd_source s = bd_bag_source (&bag);
      done = bd_run (&s, &o, a) == GSL_SUCCESS;
    }
  if (plan && !done) /* a plan has its own sentence */
    strcpy (err->text, "said by a code");
  bd_moments_free (a);
  type->free_plan (plan);
  return done;
}

static bool
pspline (bd_error *err)
{
  return run_bag (&bd_fitter_pspline, err);
}

static bool
tree (bd_error *err)
{
  return run_bag (&bd_fitter_tree, err);
}

static bool
net (bd_error *err)
{
  return run_bag (&bd_fitter_net, err);
}

/* One answer of each kind, small ones of the methods in the table.  */
static bool
answer (bd_kind kind, const bd_fitter_type *type, const char *knobs,
        bd_error *err)
{
  bd_method q = { .name = "q",
                  .title = "q",
                  .kind = kind,
                  .fitter = type,
                  .knobs = knobs,
                  .inner = 2 };
  bd_task t = { .X = data->X,
                .y = data->y,
                .P = data->X,
                .seed = 1,
                .members = 3,
                .nets = 2,
                .masks = 3,
                .kept = 3,
                .keep_points = 2 };
  bd_answer a, b;
  bool dropout = kind == BD_SCALING || kind == BD_DROPOUT;

  if (dropout)
    {
      q.tuned = "dropout";
      q.grid[0] = 0.1;
      q.grid[1] = 0.3;
      q.values = 2;
    }
  if (bd_method_answer (&q, &t, &a, dropout ? &b : NULL, err))
    return false;
  bd_answer_free (&a);
  if (dropout)
    bd_answer_free (&b);
  return true;
}

#define SMALL "steps=2,hidden=3"

static bool
answer_single (bd_error *err)
{
  return answer (BD_SINGLE, &bd_fitter_pspline, "", err);
}

static bool
answer_bag (bd_error *err)
{
  return answer (BD_BAGGING, &bd_fitter_tree, "", err);
}

static bool
answer_bayes (bd_error *err)
{
  return answer (BD_BAGGING, &bd_fitter_pspline, "", err);
}

static bool
answer_masks (bd_error *err)
{
  return answer (BD_DROPOUT, &bd_fitter_net, SMALL, err);
}

static bool
answer_scaled (bd_error *err)
{
  return answer (BD_SCALING, &bd_fitter_net, SMALL, err);
}

static bool
answer_seeds (bd_error *err)
{
  return answer (BD_SEEDS, &bd_fitter_net, SMALL, err);
}

static bool
compare (bd_error *err)
{
  bd_compare_options o = { .folds = 2,
                           .repeats = 1,
                           .members = 2,
                           .nets = 2,
                           .masks = 2,
                           .seed = 1,
                           .threads = 1 };
  bd_comparison *c = bd_compare (data, &o, err);

  bd_comparison_free (c);
  return c != NULL;
}

/* WORK with memory for COUNT allocations only: done if and only if that was
   enough, nothing kept, a sentence otherwise.  When one allocation alone fails
   work may be done: a tuned setting that cannot be fitted is passed over.  */
static bool
attempt (bool (*work) (bd_error *err), size_t count, bool *done)
{
  bd_error err = { "" };

  held = 0;
  left = count;
  refused = false;
  *done = work (&err);
  bool enough = !refused;
  left = (size_t)-1;
  if ((*done == enough || once) && held == 0 && (*done || err.text[0]))
    return true;
  printf ("# allocation %zu: %s, %ld pieces kept, said '%s'\n", count,
          *done ? "done" : "not done", held, err.text);
  return false;
}

/* Every count up to MOST, then ever larger ones until WORK is done.  */
static bool
starve (bool (*work) (bd_error *err), size_t most, size_t *count)
{
  bool done = false, good = true;
  size_t n = 0;

  for (; (!done || refused) && n < 10000000; n += n < most ? 1 : 3 * n)
    good = attempt (work, n, &done) && good;
  *count = n;
  return good && done;
}

static const struct
{
  const char *name;
  bool (*work) (bd_error *err);
  size_t most; /* points tried one by one */
} pieces[] = {
  { "bagged splines", pspline, 100000 },
  { "bagged trees", tree, 100000 },
  { "bagged networks", net, 100000 },
  { "answer of a single fit", answer_single, 100000 },
  { "answer of a bag", answer_bag, 100000 },
  { "answer of a Bayesian bag", answer_bayes, 100000 },
  { "answer of random masks", answer_masks, 100000 },
  { "answer of weight scaling", answer_scaled, 100000 },
  { "answer of seeds", answer_seeds, 100000 },
  { "comparison", compare, 60 },
};

int
main (void)
{
  const size_t count = sizeof pieces / sizeof pieces[0];
  bool all = true;

  gsl_set_error_handler_off ();
  data = bd_scenario_draw (bd_scenario_find ("sine"), ROWS, 0.5, 1);
  printf ("1..%zu\n", count);
  for (size_t k = 0; k < count; k++)
    {
      size_t tried;
      once = false;
      bool good = starve (pieces[k].work, pieces[k].most, &tried);
      once = true;
      good = starve (pieces[k].work, pieces[k].most, &tried) && good;
      printf ("%s %zu - %s, %zu allocations\n", good ? "ok" : "not ok", k + 1,
              pieces[k].name, tried - 1);
      all = all && good;
    }
  bd_dataset_free (data);
  return all ? EXIT_SUCCESS : EXIT_FAILURE;
}
