#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "dropout.h"
#include "influence.h"
#include "inputs.h"
#include "intervals.h"
#include "members.h"
#include "outputs.h"
#include "ranks.h"
#include "ensemble/source.h"

#define NAME "dropout"
#define OPTIONS 40 /* more than there are */

static const char text[]
    = "A network is trained while its hidden units are left out at random (a "
      "mask);\nits prediction is averaged over such masks.  'bagdrop list' "
      "with masks,\npredictions, units, outputs, optimisers or schedules "
      "tells the names and knobs.\nDATA as for 'bagdrop compare'; a response "
      "of text is a class.\n\n"
      "Examples:\n"
      "  bagdrop dropout mcycle.csv > curve.tsv\n"
      "  bagdrop dropout mcycle.csv --rate auto --save mcycle.net\n"
      "  bagdrop dropout mcycle.csv --hidden 100,100 --units relu -T 5000\n"
      "  bagdrop dropout --net mcycle.net --points new.csv\n";

/* Train and predict, every mask going to the file that --dump-members names,
   too.  */
static int
run_job (const drop_choices *q, drop_job *j, bd_dropped *a, bd_error *err)
{
  const bd_mask *mask = j->given ? &j->given->mask : &j->o.net.mask;
  bd_net net = j->given ? j->given->net
                        : bd_net_shape (j->Z->size2, j->o.net.hidden,
                                        j->o.net.depth, j->o.net.unit,
                                        j->o.net.output, j->o.net.classes);
  const bd_net_model shape = { .net = net, .mask = *mask };
  const bd_dropout units = { .model = &shape };
  members_file m = {
    .units = bd_dropout_units (&units),
    .points = j->Z->size1 * j->o.net.output->predictions (j->o.net.classes),
    .letter = 'u',
    .what = "units that are kept, 1 or 0, or their factor",
  };

  if (!q->dump)
    return bd_dropping_run (&j->o, a, err);
  int code = members_begin (&m, q->dump, err);
  if (code)
    return code;
  drop_put_origin (m.file.file, q, j);
  members_header (&m);
  j->o.each = members_put;
  j->o.params = &m;
  code = bd_dropping_run (&j->o, a, err);
  code = members_end (&m, code, err);
  return code;
}

/* Find the rate and train and predict.  -1, or the status of a process that is
   done.  */
static int
make (const drop_choices *q, drop_job *j, bd_dropped *a, bd_error *err)
{
  bd_stored all = { 0 };

  if (j->search && bd_dropping_search (&j->o, &j->found, err))
    return EXIT_FAILURE;
  int status = drop_share (j, &all, err);
  if (status >= 0)
    return status;
  if (run_job (q, j, a, err))
    status = EXIT_FAILURE;
  ranks_free (&all);
  return status;
}

static int
run (const drop_choices *q, drop_job *j, bd_error *err)
{
  bd_dropped a;
  int code = GSL_SUCCESS;

  if (q->dry)
    return drop_print_cost (j, err) ? EXIT_FAILURE : EXIT_SUCCESS;
  j->o.progress = tool_progress ();
  if (ranks_own () == 0
      && ((q->save && drop_try_save (q, err))
          || influence_try (q->influence, q->figures, err)))
    return EXIT_FAILURE;
  int status = make (q, j, &a, err);
  if (status >= 0)
    return status;
  if (q->save)
    code = drop_save (q, j, a.own ? a.own : j->given, err);
  if (!code)
    code = drop_influence (q, j, &a, err);
  if (!code)
    drop_print (q, j, &a);
  bd_dropped_free (&a);
  return code ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* Everything is read: choose how to predict, and see whether all of it goes
   together.  */
static int
prepare (const opt_command *c, const drop_choices *q, drop_job *j)
{
  bd_net_options *n = &j->o.net;
  bd_net net = bd_net_shape (j->Z->size2, n->hidden, n->depth, n->unit,
                             n->output, n->classes);
  bd_error err = { "" };

  if (j->given)
    net = j->given->net;
  j->dumped = q->dump != NULL;
  j->o.predict = j->prediction ? j->prediction
                 : q->dump     ? &bd_prediction_mc
                               : bd_prediction_default (&net, &n->mask);
  j->o.influence = q->influence || q->figures;
  j->o.level = q->simultaneous ? BAND_LEVEL : 0;
  if (bd_dropping_check (&j->o, j->Z->size2, &err))
    return opt_usage_error (c, "%s", err.text);
  return -1;
}

/* The rows, after what is to be done with them is known.  */
static int
read_all (const opt_command *c, const drop_choices *q, drop_job *j,
          bd_error *err)
{
  int status = drop_choose (c, q, j);

  if (status < 0)
    status = ranks_choose (c, q->part, NULL);
  if (status >= 0)
    return status;
  if (!j->file && (q->y || q->x))
    return opt_usage_error (
        c, "-y and -x choose columns of DATA, which is not there");
  status = q->net ? drop_read_rows (q, j, err) : drop_read (q, j, err);
  return status < 0 ? prepare (c, q, j) : status;
}

/* Is anything that is read also written?  */
static int
check_outputs (const opt_command *c, const drop_choices *q, const char *file)
{
  const char *const in[] = { file, q->points, q->net };
  const output_file out[] = { { "part", q->part },
                              { "dump-members", q->dump },
                              { "influence", q->influence },
                              { "save", q->save },
                              { NULL, NULL } };

  return outputs_check (c, in, sizeof in / sizeof in[0], out);
}

static int
start (const opt_command *c, const drop_choices *q, drop_job *j)
{
  bd_error err = { "" };
  int wrong = check_outputs (c, q, j->file);

  if (wrong >= 0)
    return wrong;
  if (q->part || ranks_count () > 1)
    inputs_keep ();
  int status = q->net ? drop_read_net (q, j, &err) : -1;

  if (status < 0)
    status = read_all (c, q, j, &err);
  if (status < 0)
    status = q->part ? drop_part (c, q, j, &err) : run (q, j, &err);
  inputs_end ();
  /* A mistake of usage was told already.  */
  if (status && err.text[0])
    tool_fail (NAME, &err);
  return status;
}

/* Data, network and training.  */
static size_t
network_options (drop_choices *q, opt_option to[])
{
  const opt_option table[] = {
    { "response", 'y', OPT_TEXT, &q->y, 0, 0, "COL",
      "response, by name or number" },
    { "inputs", 'x', OPT_TEXT, &q->x, 0, 0, "COLS",
      "inputs, separated by commas" },
    { "hidden", 0, OPT_TEXT, &q->hidden, 0, 0, "UNITS",
      "units of each hidden layer, 100,100 for two (default: 50)" },
    { "units", 'u', OPT_TEXT, &q->units, 0, 0, "NAME",
      "kind of hidden unit (default: tanh)" },
    { "output", 0, OPT_TEXT, &q->output, 0, 0, "NAME",
      "what is predicted (default: a number, or classes where the response is "
      "text)" },
    { "rate", 'q', OPT_TEXT, &q->rate, 0, 0, "RATE",
      "share of units left out (default: 0.1); one for each layer with "
      "commas; "
      "auto: chosen by held-out likelihood" },
    { "mask", 'm', OPT_TEXT, &q->mask, 0, 0, "NAME:KNOBS",
      "law of the masks (default: bernoulli)" },
    { "predict", 0, OPT_TEXT, &q->predict, 0, 0, "NAME",
      "how masks are averaged over (default: closed where it is exact, else "
      "mc)" },
    { "masks", 'T', OPT_SIZE, &q->masks, 2, 1e8, "T",
      "random masks that predict (default: 1000)" },
    { "members", 0, OPT_MEMBERS, &q->members, 1, 1e8, "FROM:TO",
      "only these masks, with --part" },
    { "part", 0, OPT_TEXT, &q->part, 0, 0, "FILE",
      "write these masks for 'bagdrop merge'" },
    { "optimiser", 0, OPT_TEXT, &q->optimiser, 0, 0, "NAME:KNOBS",
      "how weights are found (default: adam)" },
    { "schedule", 0, OPT_TEXT, &q->schedule, 0, 0, "NAME",
      "course of the learning rate (default: halfcosine)" },
    { "learning-rate", 0, OPT_REAL, &q->learning_rate, 1e-7, 10, "R",
      "at the start (default: what suits the optimiser)" },
    { "steps", 0, OPT_SIZE, &q->steps, 1, 1e9, "N",
      "steps of the optimiser (default: 2000)" },
    { "epochs", 0, OPT_SIZE, &q->epochs, 1, 1e7, "N",
      "passes over the rows instead" },
    { "batch", 0, OPT_SIZE, &q->batch, 1, 1e6, "ROWS",
      "rows of a step (default: 128)" },
    { "decay", 0, OPT_REAL, &q->decay, 0, 1e3, "R", "weight decay" },
    { "max-norm", 0, OPT_REAL, &q->max_norm, 0, 1e6, "R",
      "largest norm of the weights into a unit" },
    { "stop", 0, OPT_REAL, &q->stop, 0, 0.5, "SHARE",
      "share of rows held out for early stopping" },
  };

  memcpy (to, table, sizeof table);
  return sizeof table / sizeof table[0];
}

/* What is made of the network.  */
static size_t
result_options (drop_choices *q, opt_option to[])
{
  const opt_option table[] = {
    { "points", 'p', OPT_TEXT, &q->points, 0, 0, "WHERE",
      "where to predict: train, grid:N or a file (default: grid:100 for one "
      "input, else train)" },
    { "interval", 'i', OPT_TEXT, &q->interval, 0, 0, "NAME:KNOBS",
      INTERVAL_HELP },
    { "untied", 0, OPT_SIZE, &q->untied, 2, 1e6, "E",
      "E networks in its place that share the steps, each trained apart with "
      "one mask that stays; says which of the two predicts better" },
    { "dump-members", 0, OPT_TEXT, &q->dump, 0, 0, "FILE",
      "write every mask and its predictions" },
    { "influence", 0, OPT_TEXT, &q->influence, 0, 0, "FILE",
      "write which units carry the spread between masks" },
    { "figures", 0, OPT_TEXT, &q->figures, 0, 0, "DIR",
      "draw what each unit carries" },
    { "simultaneous", 0, OPT_FLAG, &q->simultaneous, 0, 0, NULL,
      "two columns more: a band that holds 90 % of the subnetworks, each "
      "whole" },
    { "save", 0, OPT_TEXT, &q->save, 0, 0, "FILE",
      "write the network as text, every number exact" },
    { "net", 0, OPT_TEXT, &q->net, 0, 0, "FILE",
      "read such a network instead of training one" },
    { "dry-run", 'n', OPT_FLAG, &q->dry, 0, 0, NULL,
      "say how many networks and how much time it would take" },
    { "seed", 's', OPT_SEED, &q->seed, 0, 0, "S", "seed" },
    TOOL_EXCEL_SAFE,
    { "threads", 't', OPT_INT, &q->threads, 1, 1024, "N",
      "threads; has no effect on the numbers (default: all)" },
  };

  memcpy (to, table, sizeof table);
  return sizeof table / sizeof table[0];
}

int
drop_main (int argc, char **argv, const bd_stored *stored)
{
  drop_choices q = { .learning_rate = GSL_NAN,
                     .decay = GSL_NAN,
                     .max_norm = GSL_NAN,
                     .stop = GSL_NAN,
                     .seed = 1 };
  opt_option table[OPTIONS] = { { .name = NULL } };
  size_t count = network_options (&q, table);

  result_options (&q, table + count);
  const opt_command c = {
    NAME,
    "[OPTION]... [DATA]",
    "Train one dropout network on your table: its mean over random "
    "subnetworks with\nstandard deviations and intervals, as tab-separated "
    "values on standard output.",
    text,
    table,
    1
  };
  drop_job j = { .o.stored = stored };
  int status = opt_parse (&c, argc, argv, &j.file);

  if (status < 0)
    status = start (&c, &q, &j);
  drop_free (&j);
  return status;
}

int
cmd_dropout (int argc, char **argv)
{
  return drop_main (argc, argv, NULL);
}
