#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "budget.h"
#include "ensemble/run.h"

#define NAME "budget"
#define HINT 20000 /* rows of a scenario that its range is taken from */

static const char text[]
    = "Without DATA data sets are simulated and the truth is known.  With "
      "DATA (as for\n"
      "'bagdrop compare') each data set is a random half of its rows, the "
      "other half\nis predicted, and bias and noise come together.\n\n"
      "Examples:\n"
      "  bagdrop budget > budget.tsv\n"
      "  bagdrop budget -m bag-tree,mc-dropout --sizes 30,60,120,240\n"
      "  bagdrop budget --scenario friedman1 --fitter tree:min_leaf=1\n"
      "  bagdrop budget mcycle.csv -o budget\n";

/* DATA, or some rows of the scenario, which tell names and range.  */
static int
read_rows (const budget_choices *q, budget_job *j, bd_error *err)
{
  int status = EXIT_FAILURE;
  const tool_columns columns
      = { .y = q->y, .x = q->x, .least = 2 * BD_BUDGET_ROWS };
  const bd_budget_options *o = &j->o;

  if (j->file)
    j->data = tool_numbers (tool_data (j->file, &columns, NULL, &status, err),
                            err);
  else if (!(j->data = bd_scenario_draw (o->scenario, HINT, 0, 1)))
    BD_FAIL (err, GSL_ENOMEM, "no memory");
  if (!j->data)
    return status;
  j->o.data = j->data;
  if (q->points && strncmp (q->points, "draw:", 5) != 0
      && !(j->P = tool_points (q->points, j->data, err)))
    return EXIT_FAILURE;
  j->o.P = j->P;
  return -1;
}

/* Work done for the budgets before, and of all of them.  */
typedef struct
{
  bd_progress to;
  double done, total;
} stages;

static void
tell (void *params, double done, double total)
{
  const stages *s = params;
  s->to.tell (s->to.params, s->done + done / total, s->total);
}

static int
run_all (budget_job *j, bd_error *err)
{
  stages s = { .to = tool_progress () };
  double before = 0, all = 0;

  for (size_t i = 0; i < j->sizes; i++)
    all += (double)j->size[i];
  for (size_t i = 0; i < budget_count (j); i++)
    {
      double part = j->sizes ? (double)j->size[i] / all : 1;
      if (j->sizes)
        j->o.n = j->size[i];
      s.done = before / part;
      s.total = 1 / part;
      before += part;
      j->o.progress = (bd_progress){ s.to.tell ? tell : NULL, &s };
      j->done[i] = bd_budget_run (&j->o, err);
      if (!j->done[i])
        return EXIT_FAILURE;
    }
  return -1;
}

/* All budgets, with the trainings that the folder to go on from holds.  */
static int
run (const budget_choices *q, budget_job *j, bd_error *err)
{
  if (!q->resume)
    return run_all (j, err);
  checkpoint *kept = budget_kept (q, j, err);
  int status = EXIT_FAILURE;
  if (kept)
    {
      j->o.records = checkpoint_store (kept);
      status = run_all (j, err);
      j->o.records = NULL;
    }
  checkpoint_close (kept, err);
  return status;
}

/* Train once on two data sets to see how long all of it takes.  */
static int
print_cost (const budget_job *j, bd_error *err)
{
  bd_budget_options o = j->o;
  double seconds = 0, n = 0;
  int threads = o.threads < 1 ? bd_run_threads () : o.threads;

  o.R = 2;
  o.S = 1;
  if (j->sizes)
    o.n = j->size[0];
  bd_budget *b = bd_budget_run (&o, err);
  for (size_t k = 0; b && k < b->methods; k++)
    seconds += b->row[k].seconds / 2;
  for (size_t i = 0; i < j->sizes; i++)
    n += (double)j->size[i] / (double)j->size[0];
  if (!b)
    return EXIT_FAILURE;
  seconds *= (double)(j->o.R * j->o.S) / threads * (j->sizes ? n : 1);
  printf ("trainings: %zu\n", bd_budget_trainings (&j->o) * budget_count (j));
  tool_put_time (seconds, threads, "");
  bd_budget_free (b);
  return EXIT_SUCCESS;
}

static int
work (const budget_choices *q, budget_job *j, bd_error *err)
{
  int status = EXIT_SUCCESS;

  if (q->dry)
    return print_cost (j, err);
  if (budget_check_files (q, j, err))
    return EXIT_FAILURE;
  status = run (q, j, err);
  if (status >= 0)
    return status;
  budget_print (q, j, stdout);
  return budget_write (q, j, err) ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int
start (const opt_command *c, const budget_choices *q, budget_job *j)
{
  bd_error err = { "" };
  int status = budget_choose (c, q, j);

  if (status >= 0)
    return status;
  status = read_rows (q, j, &err);
  if (status < 0)
    status = work (q, j, &err);
  for (size_t i = 0; i < budget_count (j); i++)
    bd_budget_free (j->done[i]);
  bd_dataset_free (j->data);
  gsl_matrix_free (j->P);
  if (status)
    tool_fail (NAME, &err);
  return status;
}

/* Options about data and methods.  */
static size_t
data_options (budget_choices *q, opt_option to[])
{
  const opt_option rows[] = {
    { "response", 'y', OPT_TEXT, &q->y, 0, 0, "COL",
      "response, by name or number" },
    { "inputs", 'x', OPT_TEXT, &q->x, 0, 0, "COLS",
      "inputs, separated by commas" },
    { "scenario", 0, OPT_TEXT, &q->scenario, 0, 0, "NAME",
      "what is simulated (see 'bagdrop list scenarios'; default: sine)" },
    { "rows", 0, OPT_SIZE, &q->rows, BD_BUDGET_ROWS, 1e7, "N",
      "rows of a simulated data set (default: the scenario's usual number)" },
    { "noise", 0, OPT_REAL, &q->noise, 0, 1e9, "SD",
      "standard deviation of its noise (default: the scenario's usual one)" },
    { "methods", 'm', OPT_TEXT, &q->methods, 0, 0, "LIST",
      "methods, separated by commas, or 'all' (see 'bagdrop list methods'; "
      "default: the first eleven)" },
    { "fitter", 'f', OPT_TEXT, &q->fitter, 0, 0, "NAME:KNOBS",
      "this fit and its bag, instead of or after --methods" },
    { "network", 0, OPT_TEXT, &q->network, 0, 0, "KNOBS",
      "knobs of all networks, such as hidden=50,steps=20000" },
  };

  memcpy (to, rows, sizeof rows);
  return sizeof rows / sizeof rows[0];
}

/* Options about the work and what comes of it, and the end of the table.  */
static void
work_options (budget_choices *q, bd_budget_options *o, opt_option to[])
{
  const opt_option rows[] = {
    { "data-sets", 'R', OPT_SIZE, &o->R, 1, 1000, "R",
      "data sets, or halvings of DATA" },
    { "trainings", 'S', OPT_SIZE, &o->S, 1, 1000, "S",
      "trainings with other seeds on each of them" },
    { "members", 'B', OPT_SIZE, &o->members, 2, 100000, "B",
      "members of bagged splines and trees" },
    { "networks", 0, OPT_SIZE, &q->nets, 2, 100000, "E",
      "members of ensembles of networks (default: 5)" },
    { "masks", 'T', OPT_SIZE, &o->masks, 2, 100000, "T",
      "random masks of dropout" },
    { "points", 'p', OPT_TEXT, &q->points, 0, 0, "WHERE",
      "points of simulated data: draw:N, grid:N or a file (default: draw:61, "
      "as the inputs are distributed)" },
    { "sizes", 0, OPT_TEXT, &q->sizes, 0, 0, "LIST",
      "a budget for each of these numbers of rows, 30,60,120 for example, and "
      "how fast the variances fall" },
    { "along", 0, OPT_TEXT, &q->along, 0, 0, "FILE",
      "write the parts at every point" },
    { "output", 'o', OPT_TEXT, &q->dir, 0, 0, "DIR",
      "write tables and figures into this folder" },
    { "resume", 0, OPT_TEXT, &q->resume, 0, 0, "DIR",
      "keep finished trainings in this folder, and go on from those that an "
      "earlier run of the same command left there" },
    { "dry-run", 'n', OPT_FLAG, &q->dry, 0, 0, NULL,
      "say how many trainings and how much time it would take" },
    { "seed", 's', OPT_SEED, &o->seed, 0, 0, "S", "seed" },
    TOOL_EXCEL_SAFE,
    { "threads", 't', OPT_INT, &o->threads, 1, 1024, "N",
      "threads; has no effect on the numbers (default: all)" },
    { NULL, 0, OPT_FLAG, NULL, 0, 0, NULL, NULL },
  };

  memcpy (to, rows, sizeof rows);
}

#define OPTIONS 32 /* room for all of them */

int
cmd_budget (int argc, char **argv)
{
  budget_choices q = { .noise = GSL_NAN };
  budget_job j = { .o = bd_budget_options_default () };
  opt_option table[OPTIONS];

  work_options (&q, &j.o, table + data_options (&q, table));
  const opt_command c = { NAME,
                          "[OPTION]... [DATA]",
                          "Find where the error of methods comes from: bias, "
                          "data, training, members "
                          "and\nnoise, by training them again and again.",
                          text,
                          table,
                          1 };
  int status = opt_parse (&c, argc, argv, &j.file);

  return status >= 0 ? status : start (&c, &q, &j);
}
