#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "ensemble/run.h"
#include "interrupt.h"
#include "perspective/cast.h"
#include "perspectives.h"

#define NAME "perspectives"

static const char usual[] = "bagdrop-perspectives"; /* folder */

static const char text[]
    = "WHICH is a number, a list (1,3), a range (2-4) or 'all', which is the "
      "default:\n"
      "  1  interference: no unit matters much when others are blocked\n"
      "  2  an ensemble, like bagging\n"
      "  3  a filter of the variance of the layer before\n"
      "  4  a new network every step, with universal weights\n"
      "  5  regularisation\n"
      "  6  slow, part by part\n"
      "Each is an experiment that may come out either way: its claim is "
      "confirmed,\nrefuted, or undecided at this precision.\n\n"
      "Without DATA data sets are simulated and the truth is known.  With "
      "DATA (as for\n'bagdrop compare') each repetition tests on a random "
      "third of the rows.  A run\nthat was cut short goes on when the same "
      "command is given again.\n\n"
      "Examples:\n"
      "  bagdrop perspectives\n"
      "  bagdrop perspectives 2,5 --quick\n"
      "  bagdrop perspectives all mcycle.csv -o pages\n"
      "  bagdrop perspectives 1 --scenario friedman1 --network steps=4000\n";

/* Is the response a class?  */
static bool
ask_classes (void *params, bool words)
{
  const persp_choices *q = params;
  return q->classes || words;
}

/* DATA with categorical inputs as numbers; a response of classes stays one. */
static int
read_data (persp_choices *q, persp_job *j, bd_error *err)
{
  int status = EXIT_FAILURE;
  const tool_columns columns = {
    .y = q->y, .x = q->x, .least = 6, .classes = ask_classes, .params = q
  };

  if (!j->file)
    return -1;
  j->data
      = tool_numbers (tool_data (j->file, &columns, NULL, &status, err), err);
  j->o.data = j->data;
  return j->data ? -1 : status;
}

/* Weights of a network of layers HIDDEN between D inputs and an output.  */
static double
weights_of (const bd_net_options *o, size_t d)
{
  double sum = 0, from = (double)d;

  for (size_t l = 0; l < o->depth; l++)
    {
      sum += (from + 1) * (double)o->hidden[l];
      from = (double)o->hidden[l];
    }
  return sum + from + 1;
}

/* The work of a training: steps times rows of a batch times weights.  */
static double
work_of (const bd_perspective_options *p)
{
  bd_net_options o;
  bd_mask mask;
  size_t train, test;
  double ratio;

  if (bd_cast_choose (p, 0, &o, &mask, NULL))
    return GSL_NAN;
  bd_repetition_rows (p, &train, &test, &ratio);
  return (double)bd_net_steps (&o, train, NULL)
         * (double)GSL_MIN (o.batch, train)
         * weights_of (&o, p->scenario ? p->scenario->d : p->data->d);
}

/* A repetition's cost is known for the default options.  */
static double
seconds_of (const persp_job *j)
{
  const bd_perspective_options standard = bd_perspective_options_default ();
  double sum = 0, each = work_of (&j->o) / work_of (&standard);

  for (size_t k = 0; k < BD_PERSPECTIVES; k++)
    if (j->chosen[k])
      sum += bd_perspectives[k]->cost * (double)j->o.R * each;
  return sum;
}

/* If none of the experiments suits these data there is nothing to do.  */
static int
check_data (const persp_job *j, bd_error *err)
{
  char why[BD_ERROR_SIZE];

  err->text[0] = '\0';
  for (size_t k = 0; k < BD_PERSPECTIVES; k++)
    if (j->chosen[k])
      {
        if (bd_perspective_suits (bd_perspectives[k], &j->o, why))
          return -1;
        if (!err->text[0])
          BD_FAIL (err, GSL_EINVAL, "perspective %zu was skipped: %s", k + 1,
                   why);
      }
  return EXIT_FAILURE;
}

/* Run, with the records that there are, and write; no other run writes into
   the folder meanwhile.  */
static int
run (const persp_choices *q, persp_job *j, bd_error *err)
{
  int status = check_data (j, err);
  checkpoint *records = NULL;
  bd_perspective_run *a = NULL;

  if (status < 0 && !persp_check_files (j, q->dir, err))
    records = persp_records (q, j, err);
  if (records)
    {
      j->o.progress = tool_progress ();
      a = bd_perspectives_do (&j->o, j->chosen, checkpoint_store (records),
                              err);
      interrupt_tell (NULL);
    }
  j->run = a;
  status = a && !persp_write (j, q->dir, err) ? EXIT_SUCCESS : EXIT_FAILURE;
  if (status == EXIT_SUCCESS)
    persp_print (j, q->dir, stdout);
  checkpoint_close (records, err);
  bd_perspective_run_free (a);
  return status;
}

static int
start (const opt_command *c, persp_choices *q, const char *const operand[2],
       persp_job *j)
{
  bd_error err = { "" };
  int status = persp_choose (c, q, operand, j);

  if (status >= 0)
    return status;
  status = read_data (q, j, &err);
  if (status < 0 && q->dry)
    {
      int threads = j->o.threads < 1 ? bd_run_threads () : j->o.threads;
      tool_put_time (seconds_of (j) / threads, threads, "");
      status = EXIT_SUCCESS;
    }
  if (status < 0 && !(j->command = persp_command (c, j)))
    status = BD_FAIL (&err, GSL_ENOMEM, "no memory") ? EXIT_FAILURE : -1;
  if (status < 0)
    status = run (q, j, &err);
  for (size_t k = 0; k < BD_PERSPECTIVES; k++)
    {
      free (j->svg[k]);
      free (j->caption[k]);
    }
  free (j->command);
  bd_dataset_free (j->data);
  if (status)
    tool_fail (NAME, &err);
  return status;
}

int
cmd_perspectives (int argc, char **argv)
{
  persp_choices q = { .noise = GSL_NAN, .dir = usual };
  persp_job j = { .o = bd_perspective_options_default () };
  const opt_option table[] = {
    { "response", 'y', OPT_TEXT, &q.y, 0, 0, "COL",
      "response, by name or number" },
    { "inputs", 'x', OPT_TEXT, &q.x, 0, 0, "COLS",
      "inputs, separated by commas" },
    { "classes", 0, OPT_FLAG, &q.classes, 0, 0, NULL,
      "the response is a class, though it is written as a number" },
    { "scenario", 0, OPT_TEXT, &q.scenario, 0, 0, "NAME",
      "what is simulated (see 'bagdrop list scenarios'; default: sine)" },
    { "rows", 0, OPT_SIZE, &q.rows, 2, 1e6, "N",
      "rows of a simulated data set (default: the scenario's usual number), "
      "or most rows of DATA that are trained on (default: 400)" },
    { "noise", 0, OPT_REAL, &q.noise, 0, 1e9, "SD",
      "standard deviation of simulated noise (default: the usual one)" },
    { "network", 0, OPT_TEXT, &q.network, 0, 0, "KNOBS",
      "knobs of all networks, such as hidden=50,steps=4000" },
    { "mask", 0, OPT_TEXT, &q.mask, 0, 0, "NAME:KNOBS",
      "law of the masks (see 'bagdrop list masks'; default: bernoulli)" },
    { "repetitions", 'R', OPT_SIZE, &q.R, 3, 10000, "R",
      "data sets, or splits of DATA (default: 50; with --quick 10)" },
    { "networks", 0, OPT_SIZE, &q.nets, 2, 1000, "E",
      "members of ensembles of networks (default: 10; with --quick 5)" },
    { "masks", 'T', OPT_SIZE, &q.masks, 8, 100000, "T",
      "random masks in an average (default: 100; with --quick 50)" },
    { "quick", 'q', OPT_FLAG, &q.quick, 0, 0, NULL,
      "fewer repetitions, members and masks; says what precision was lost" },
    { "output", 'o', OPT_TEXT, &q.dir, 0, 0, "DIR",
      "folder of the page, its figures and tables" },
    { "resume", 0, OPT_TEXT, &q.resume, 0, 0, "DIR",
      "the same, but refuse a folder that holds repetitions of another run, "
      "which -o replaces" },
    { "dry-run", 'n', OPT_FLAG, &q.dry, 0, 0, NULL,
      "say how much time it would take, roughly" },
    { "seed", 's', OPT_SEED, &j.o.seed, 0, 0, "S", "seed" },
    { "threads", 't', OPT_INT, &j.o.threads, 1, 1024, "N",
      "threads; has no effect on the numbers (default: all)" },
    { NULL, 0, OPT_FLAG, NULL, 0, 0, NULL, NULL },
  };
  const opt_command c
      = { NAME,
          "[OPTION]... [WHICH] [DATA]",
          "Put six explanations of why dropout works to the test, each by an "
          "experiment\nwith a verdict, on one page.",
          text,
          table,
          2 };
  const char *operand[2];
  int status = opt_parse (&c, argc, argv, operand);

  if (status >= 0)
    return status;
  if (q.resume && q.dir != usual)
    return opt_usage_error (&c, "--resume and --output both name the folder");
  if (q.resume)
    q.dir = q.resume;
  return start (&c, &q, operand, &j);
}
