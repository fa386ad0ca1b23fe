#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>

#include "bag.h"
#include "influence.h"
#include "inputs.h"
#include "intervals.h"
#include "outputs.h"
#include "ranks.h"

#define NAME "bag"
#define OPTIONS 40 /* more than there are */

static const char text[]
    = "A fitter, resampling, estimator or interval is one of 'bagdrop list "
      "fitters',\n'resamplings', 'estimators' and 'intervals'; knobs follow a "
      "colon.  DATA as\nfor 'bagdrop compare'.\n\n"
      "Examples:\n"
      "  bagdrop bag mcycle.csv > curve.tsv\n"
      "  bagdrop bag mcycle.csv --fitter tree:min_leaf=3 -B 1000\n"
      "  bagdrop bag mcycle.csv --fitter interp --resample "
      "subsample:fraction=0.3\n"
      "  bagdrop bag mcycle.csv -B 1000 --members 1:500 --part a.part\n"
      "  bagdrop bag mcycle.csv --target-mc-error 5% --estimators "
      "ij_u,jab_u\n"
      "  bagdrop bag mcycle.csv --interval jab+:level=0.8\n";

static int
run (const bag_choices *q, bag_job *j, bd_error *err)
{
  bd_bagged a;
  bd_bag_cost cost;
  bd_stored all = { 0 };

  if (q->dry)
    {
      if (bd_bagging_cost (&j->o, &cost, err))
        return EXIT_FAILURE;
      bag_print_cost (j, &cost);
      return EXIT_SUCCESS;
    }
  if (ranks_own () == 0 && influence_try (q->influence, q->figures, err))
    return EXIT_FAILURE;
  int status = bag_share (j, &all, err);
  if (status >= 0)
    return status;
  j->o.progress = tool_progress ();
  status = bag_run (q, j, &a, err) ? EXIT_FAILURE : EXIT_SUCCESS;
  ranks_free (&all);
  if (status)
    return status;
  int code = bag_influence (q, j, &a, err);
  if (!code)
    bag_print (q, j, &a);
  bd_bagged_free (&a);
  return code ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* Is anything that is read also written?  */
static int
check_outputs (const opt_command *c, const bag_choices *q, const char *file)
{
  const char *const in[] = { file, q->points, q->counts, q->index };
  const output_file out[] = { { "part", q->part },
                              { "dump-members", q->dump },
                              { "influence", q->influence },
                              { NULL, NULL } };

  return outputs_check (c, in, sizeof in / sizeof in[0], out);
}

static int
start (const opt_command *c, const bag_choices *q, const char *file,
       const bd_stored *stored)
{
  bag_job j = { .file = file, .o.stored = stored };
  bd_error err = { "" };
  int status = bag_choose (c, q, &j);

  if (status < 0)
    status = check_outputs (c, q, file);
  if (status < 0)
    status = ranks_choose (c, q->part, q->target);
  if (status >= 0)
    return status;
  if (!file && (q->y || q->x || q->strata || q->groups))
    return opt_usage_error (c, "-y, -x, --strata and --groups choose columns "
                               "of DATA, which is not there");
  if (q->part || ranks_count () > 1)
    inputs_keep ();
  status = bag_read (q, &j, &err);
  if (status < 0)
    status = q->part ? bag_part (c, q, &j, &err) : run (q, &j, &err);
  bag_free (&j);
  inputs_end ();
  if (status && err.text[0])
    tool_fail (NAME, &err);
  return status;
}

/* Data, fitter and members.  */
static size_t
member_options (bag_choices *q, opt_option to[])
{
  const opt_option table[] = {
    { "response", 'y', OPT_TEXT, &q->y, 0, 0, "COL",
      "response, by name or number" },
    { "inputs", 'x', OPT_TEXT, &q->x, 0, 0, "COLS",
      "inputs, separated by commas" },
    { "fitter", 'f', OPT_TEXT, &q->fitter, 0, 0, "NAME:KNOBS",
      "what is bagged" },
    { "resample", 'r', OPT_TEXT, &q->resample, 0, 0, "NAME:KNOBS",
      "how rows are drawn (default: what suits the fitter)" },
    { "strata", 0, OPT_TEXT, &q->strata, 0, 0, "COL",
      "draw within the levels of this column" },
    { "groups", 0, OPT_TEXT, &q->groups, 0, 0, "COL",
      "draw the levels of this column whole" },
    { "counts", 0, OPT_TEXT, &q->counts, 0, 0, "FILE",
      "weights of the rows instead: a line for each member" },
    { "index", 0, OPT_TEXT, &q->index, 0, 0, "FILE",
      "drawn row numbers instead: a line for each member" },
    { "exact", 0, OPT_FLAG, &q->exact, 0, 0, NULL,
      "all resamples with their probabilities, for 12 rows at most" },
    { "features", 0, OPT_SIZE, &q->features, 1, 1e6, "K",
      "inputs of a member, drawn at random (default: all)" },
    { "members", 'B', OPT_MEMBERS, &q->members, 2, 1e7, "B",
      "members (default: 200; with --target-mc-error 100000 at most); FROM:TO "
      "with --part: only these of them" },
    { "part", 0, OPT_TEXT, &q->part, 0, 0, "FILE",
      "write these members for 'bagdrop merge'" },
    { "target-mc-error", 0, OPT_TEXT, &q->target, 0, 0, "SHARE",
      "add members until the Monte Carlo error of sd_mean is below this share "
      "of it, 5% for example" },
  };

  memcpy (to, table, sizeof table);
  return sizeof table / sizeof table[0];
}

/* What is made of the members.  */
static size_t
result_options (bag_choices *q, opt_option to[])
{
  const opt_option table[] = {
    { "points", 'p', OPT_TEXT, &q->points, 0, 0, "WHERE",
      "where to predict: train, grid:N or a file (default: grid:100 for one "
      "input, else train)" },
    { "estimators", 'e', OPT_TEXT, &q->estimators, 0, 0, "NAMES",
      "more variances of the mean as columns, separated by commas; none: not "
      "even sd_mean, which saves memory" },
    { "interval", 'i', OPT_TEXT, &q->interval, 0, 0, "NAME:KNOBS",
      INTERVAL_HELP },
    { "dump-members", 0, OPT_TEXT, &q->dump, 0, 0, "FILE",
      "write every member's weights and predictions" },
    { "influence", 0, OPT_TEXT, &q->influence, 0, 0, "FILE",
      "write which rows (or groups) carry the variance of the mean" },
    { "figures", 0, OPT_TEXT, &q->figures, 0, 0, "DIR",
      "draw that share by row or group" },
    { "simultaneous", 0, OPT_FLAG, &q->simultaneous, 0, 0, NULL,
      "two columns more: a band that holds the whole curve, not only each "
      "point, with 90 %" },
    { "dry-run", 'n', OPT_FLAG, &q->dry, 0, 0, NULL,
      "say how many members, how much memory and time it would take" },
    { "seed", 's', OPT_SEED, &q->seed, 0, 0, "S", "seed" },
    TOOL_EXCEL_SAFE,
    { "threads", 't', OPT_INT, &q->threads, 1, 1024, "N",
      "threads; has no effect on the numbers (default: all)" },
  };

  memcpy (to, table, sizeof table);
  return sizeof table / sizeof table[0];
}

int
bag_main (int argc, char **argv, const bd_stored *stored)
{
  bag_choices q = { .fitter = "tree", .seed = 1 };
  opt_option table[OPTIONS] = { { .name = NULL } };
  size_t count = member_options (&q, table);

  result_options (&q, table + count);
  const opt_command c = {
    NAME,
    "[OPTION]... [DATA]",
    "Bag one fitter on your table: its mean with standard deviations and "
    "intervals,\nas tab-separated values on standard output.",
    text,
    table,
    1
  };
  const char *file;
  int status = opt_parse (&c, argc, argv, &file);

  return status >= 0 ? status : start (&c, &q, file, stored);
}

int
cmd_bag (int argc, char **argv)
{
  return bag_main (argc, argv, NULL);
}
