#include <config.h>

#include <gsl/gsl_math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "compare.h"
#include "draw.h"
#include "folder.h"
#include "opt.h"
#include "outputs.h"
#include "report.h"
#include "tools.h"

#define NAME "compare"

/* How the splits were made.  */
static void
set_design (report *r, const compare_choices *o)
{
  r->split_by = o->splits   ? REPORT_FILE
                : o->groups ? REPORT_GROUPS
                : o->time   ? REPORT_TIME
                : o->test   ? REPORT_TEST
                            : REPORT_FOLDS;
  const char *word = o->splits   ? o->splits
                     : o->groups ? o->groups
                     : o->time   ? o->time
                                 : o->test;
  bd_text_clean (r->split_word, sizeof r->split_word, word ? word : "");
}

/* What the data are, for people.  */
static void
name_source (const char *file, const compare_choices *o,
             const bd_scenario *scenario, char to[256])
{
  char number[BD_NUMBER_SIZE];
  double noise = gsl_isnan (o->noise) && scenario ? scenario->noise : o->noise;

  if (o->truth)
    snprintf (to, 256, "simulated %s, noise %s", scenario->name,
              bd_number_print (number, noise, 6));
  else
    bd_text_clean (to, 256, file ? file : "embedded sine");
}

/* Measure the memory of the methods, and compare.  */
static bd_comparison *
measure_and_compare (const bd_dataset *s, const compare_choices *o,
                     const bd_compare_options *options,
                     double memory[BD_COMPARED], bd_error *err)
{
  compare_memory (s, options, !o->no_memory, memory);
  if (!o->no_memory)
    tell_step ("trained every method once to see its memory");
  return bd_compare (s, options, err);
}

/* The same, with what the folder to go on from holds, which is looked into
   first: it may be of another run.  */
static bd_comparison *
compare_all (const bd_dataset *s, const compare_choices *o,
             bd_compare_options *options, double memory[BD_COMPARED],
             bd_error *err)
{
  if (!o->resume)
    return measure_and_compare (s, o, options, memory, err);
  checkpoint *kept = compare_kept (s, o, options, err);
  bd_comparison *c = NULL;
  if (kept)
    {
      options->records = checkpoint_store (kept);
      c = measure_and_compare (s, o, options, memory, err);
      options->records = NULL;
    }
  checkpoint_close (kept, err);
  return c;
}

/* The data are good and the folder can be written: compare and report.  */
static int
compare (const compare_data *d, const char *file, const compare_choices *o,
         bd_compare_options *options, bd_error *err)
{
  const bd_dataset *s = d->data;
  char source[256], *command = compare_command (file, o, options);
  const bd_scenario *scenario = compare_scenario (o, file);
  double memory[BD_COMPARED];
  bd_comparison *c = command ? compare_all (s, o, options, memory, err) : NULL;
  int code = GSL_EFAILED;

  if (c)
    {
      report r = { .c = c,
                   .source = source,
                   .scenario = scenario,
                   .command = command,
                   .left_out = d->left_out };
      name_source (file, o, scenario, source);
      set_design (&r, o);
      memcpy (r.memory, memory, sizeof memory);
      bd_compare_verdict (c, &r.verdict);
      code = compare_write (&r, o->dir, err);
      if (!code && o->learning)
        code = report_learning (&r, o->learning, err);
      if (!code && o->json)
        code = report_write_json (&r, stdout, err);
      else if (!code)
        {
          report_print_table (&r, tool_width (), stdout);
          if (s->left_out)
            printf ("\n%zu of %zu rows have missing values and were left "
                    "out.\n",
                    s->left_out, s->n + s->left_out);
          if (o->learning)
            printf ("\nLearning curves: %s\n", o->learning);
          printf ("\nReport: %s/report.html\n", o->dir);
        }
    }
  bd_comparison_free (c);
  free (command);
  return code;
}

/* Choose what a stated time has room for, and say what it is.  */
static int
spend (const bd_dataset *s, const compare_choices *o,
       bd_compare_options *options, bd_error *err)
{
  double seconds = 0;
  bool folds = !options->splits && !options->test;

  if (!o->budget)
    return GSL_SUCCESS;
  int code = compare_seconds (o->budget, &seconds, err);
  if (!code)
    code = compare_budget (s, seconds, folds, options, err);
  if (!code && !o->json)
    {
      printf ("Chosen for %s: --members %zu --networks %zu --masks %zu",
              o->budget, options->members, options->nets, options->masks);
      if (folds)
        printf (" --repeats %zu", options->repeats);
      puts (" (the command in the report gives these numbers again)\n");
    }
  return code;
}

static int
read_and_compare (const char *file, const compare_choices *o,
                  bd_compare_options *options)
{
  bd_error err = { "" };
  compare_data d;
  int status = compare_read (file, o, options, &d, &err);

  if (status < 0)
    {
      options->splits = d.splits;
      options->labels = d.labels.levels ? &d.labels : NULL;
      options->test = d.test;
      options->progress = tool_progress ();
      status = compare_check_output (o->dir, file, &err)
                       || spend (d.data, o, options, &err)
                       || compare (&d, file, o, options, &err)
                   ? EXIT_FAILURE
                   : EXIT_SUCCESS;
    }
  compare_free (&d);
  if (status)
    tool_fail (NAME, &err);
  return status;
}

static const char text[]
    = "DATA is CSV, TSV or white space, '-' for standard input; a header is\n"
      "recognised.  The response is the last column unless -y says otherwise; "
      "all\nother columns are inputs unless -x names some.  Without DATA a "
      "noisy sine is\ncompared.\n\n"
      "A response of texts (from 2 to 64 of them) is compared as classes, by "
      "log loss;\nnumbers are with --classes.\n\n"
      "Examples:\n"
      "  bagdrop compare\n"
      "  bagdrop compare mcycle.csv -o report\n"
      "  bagdrop compare trial.csv -y dose -x age,weight --folds 10\n"
      "  bagdrop compare mcycle.csv -m "
      "'single:loess,span=.3;bag:loess,span=.3,B=99'\n"
      "  bagdrop compare cows.csv -y weight --groups cow\n"
      "  bagdrop compare cows.csv -y sick --classes\n"
      "  bagdrop compare yacht.csv --splits yacht_test_rows.csv -m "
      "net,mc-dropout\n";

/* Options about data and about the splits of them.  */
static size_t
data_options (compare_choices *o, bd_compare_options *options, opt_option to[])
{
  const opt_option rows[] = {
    { "response", 'y', OPT_TEXT, &o->y, 0, 0, "COL",
      "response, by name or number" },
    { "inputs", 'x', OPT_TEXT, &o->x, 0, 0, "COLS",
      "inputs, separated by commas" },
    { "classes", 0, OPT_FLAG, &o->classes, 0, 0, NULL,
      "the response is a class, though it is written as a number" },
    { "truth", 0, OPT_TEXT, &o->truth, 0, 0, "NAME",
      "simulate data instead, with the truth known (see 'bagdrop list "
      "scenarios')" },
    { "rows", 'n', OPT_SIZE, &o->rows, 1, 1e8, "N",
      "rows of simulated data (default: the scenario's)" },
    { "noise", 0, OPT_REAL, &o->noise, 0, 1e9, "SD",
      "standard deviation of their noise (default: the scenario's)" },
    { "output", 'o', OPT_TEXT, &o->dir, 0, 0, "DIR", "folder of the report" },
    { "seed", 's', OPT_SEED, &options->seed, 0, 0, "S", "seed" },
    { "threads", 't', OPT_INT, &options->threads, 1, 1024, "N",
      "threads; has no effect on the numbers (default: all)" },
    { "folds", 'k', OPT_SIZE, &o->folds, 2, 100, "K",
      "folds of the cross-validation (default: 5)" },
    { "repeats", 'r', OPT_SIZE, &o->repeats, 1, 10, "R",
      "times that it is repeated (default: 2)" },
    { "splits", 0, OPT_TEXT, &o->splits, 0, 0, "FILE",
      "splits instead: one in each column, the rows held out, from 0" },
    { "first-splits", 0, OPT_SIZE, &o->first, 1, BD_SPLITS_MAX, "J",
      "use the first J of them only" },
    { "groups", 0, OPT_TEXT, &o->groups, 0, 0, "COL",
      "keep rows with the same value of this column, which is no input, in "
      "one fold" },
    { "time", 0, OPT_TEXT, &o->time, 0, 0, "COL",
      "in the order of this column, which is no input: train on the past, "
      "test on the next of K blocks" },
    { "test", 0, OPT_TEXT, &o->test, 0, 0, "FILE",
      "one split instead: train on DATA, test on the rows of this file, "
      "columns by name" },
  };

  memcpy (to, rows, sizeof rows);
  return sizeof rows / sizeof rows[0];
}

/* Options about methods, and the end of the table.  */
static void
method_options (compare_choices *o, bd_compare_options *options,
                opt_option to[])
{
  const opt_option rows[] = {
    { "methods", 'm', OPT_TEXT, &o->methods, 0, 0, "LIST",
      "methods to be compared, separated by commas, or 'all' (see 'bagdrop "
      "list methods'; default: the first eleven); also single:FITTER, "
      "bag:FITTER and dropout: with knobs" },
    { "network", 0, OPT_TEXT, &o->network, 0, 0, "KNOBS",
      "knobs of all networks, such as hidden=50,steps=20000" },
    { "members", 'B', OPT_SIZE, &options->members, 4, 100000, "B",
      "members of bagged splines and trees" },
    { "networks", 0, OPT_SIZE, &o->nets, 2, 100000, "E",
      "members of ensembles of networks (default: a fifth of --members, at "
      "least 2)" },
    { "masks", 'T', OPT_SIZE, &options->masks, 2, 100000, "T",
      "random masks of dropout" },
    { "budget", 0, OPT_TEXT, &o->budget, 0, 0, "TIME",
      "choose these and the repeats so that it takes about 60s, 10m or 2h" },
    { "resume", 0, OPT_TEXT, &o->resume, 0, 0, "DIR",
      "keep finished results in this folder, and go on from those that an "
      "earlier run of the same command left there" },
    { "learning", 0, OPT_TEXT, &o->learning, 0, 0, "FILE",
      "train on fewer rows, too, and write the errors by their number (see "
      "'bagdrop plot learning')" },
    { "no-memory", 0, OPT_FLAG, &o->no_memory, 0, 0, NULL,
      "do not measure memory, for which every method is trained once more" },
    { "json", 0, OPT_FLAG, &o->json, 0, 0, NULL,
      "print results.json instead of the table" },
    { NULL, 0, OPT_FLAG, NULL, 0, 0, NULL, NULL },
  };

  memcpy (to, rows, sizeof rows);
}

#define OPTIONS 32 /* room for all of them */

int
cmd_compare (int argc, char **argv)
{
  bd_compare_options options = bd_compare_options_default ();
  compare_choices o = { .dir = "bagdrop-report", .noise = GSL_NAN };
  opt_option table[OPTIONS];

  method_options (&o, &options, table + data_options (&o, &options, table));
  const opt_command c
      = { NAME,
          "[OPTION]... [DATA]",
          "Compare eleven methods (single fits, bagging, dropout, networks by "
          "seed) on the\nsame splits of your table, and write a report.",
          text,
          table,
          1 };
  const char *file;
  int status = opt_parse (&c, argc, argv, &file);

  if (status >= 0)
    return status;
  if (!file && (o.y || o.x || o.groups || o.time))
    return opt_usage_error (&c, "-y, -x, --groups and --time choose columns "
                                "of DATA, which is not there");
  if (!file && o.classes)
    return opt_usage_error (&c, "--classes is about the response of DATA, "
                                "which is not there");
  bd_error err = { "" };
  bd_own own = { .count = 0 };
  if (compare_choose (&o, file, &options, &own, &err))
    return opt_usage_error (&c, "%s", err.text);
  const char *in[] = { file, o.splits, o.test };
  const output_file out[] = { { "learning", o.learning }, { NULL, NULL } };
  status = outputs_check (&c, in, 3, out);
  if (status >= 0)
    return status;
  return read_and_compare (file, &o, &options);
}
