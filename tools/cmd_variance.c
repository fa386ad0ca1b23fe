#include <config.h>

#include <stdlib.h>

#include "influence.h"
#include "intervals.h"
#include "outputs.h"
#include "variance.h"
#include "words.h"

#define NAME "variance"
#define PLACES 20000000
#define TARGET 0.05 /* error of sd_mean that members are planned for */

static const char text[]
    = "MEMBERS has a line for each member and a column for each point; with\n"
      "--transpose a line for each point; or it has columns member and "
      "prediction and\na line for each value; or it is a file of "
      "'bagdrop bag --dump-members', which\nholds the weights, too.  Columns "
      "of other names are told by -m, -x and\n--prediction.\n\n"
      "Examples:\n"
      "  bagdrop bag mcycle.csv --dump-members m.tsv; bagdrop variance m.tsv\n"
      "  bagdrop variance predictions.csv --transpose --counts inbag.csv\n"
      "  bagdrop variance members.csv --counts counts.csv --y test.csv "
      "-e ij_u,jab_u\n";

/* Options that need one another, or exclude one another.  */
static int
check (const opt_command *c, const variance_choices *q)
{
  bool weights = q->counts || q->index;

  if (!q->file)
    return opt_usage_error (c, "name the file of the members, - for standard "
                               "input");
  if (q->counts && q->index)
    return opt_usage_error (c, "--counts and --index do not go together");
  if (q->transpose && (q->member || q->prediction))
    return opt_usage_error (c, "--transpose: -m and --prediction are columns "
                               "of a line for each value");
  if (q->transpose_counts && !weights)
    return opt_usage_error (c, "--transpose-counts needs --counts or --index");
  if (q->rows && !weights)
    return opt_usage_error (c, "--rows needs --counts or --index");
  if (q->binary && !q->y)
    return opt_usage_error (c, "--binary needs the responses: --y");
  if (q->interval && !(q->y && q->points_are_rows))
    return opt_usage_error (c, "--interval needs --y and --points-are-rows");
  if (q->response && !q->y)
    return opt_usage_error (c, "--response is a column of the file of --y");
  return -1;
}

/* Is anything that is read also written, or read twice?  */
static int
check_files (const opt_command *c, const variance_choices *q)
{
  const char *const in[] = { q->file, q->counts, q->index, q->y };
  const output_file out[] = { { "influence", q->influence }, { NULL, NULL } };

  return outputs_check (c, in, sizeof in / sizeof in[0], out);
}

static int
start (const opt_command *c, const variance_choices *q)
{
  variance_job j = {
    .o
    = { .places = PLACES, .target = TARGET, .seed = 1, .threads = q->threads }
  };
  bd_variances_result r;
  bd_error err = { "" };
  int status = check (c, q);

  if (status < 0)
    status = check_files (c, q);
  if (status < 0)
    status = q->resample
                 ? word_resampling (c, q->resample, &j.o.resample, &j.o.scheme)
                 : -1;
  if (status < 0)
    status = word_estimators (c, q->estimators, j.o.estimator);
  if (status < 0)
    status = interval_choose (c, q->interval, &j.o.interval);
  if (status >= 0)
    return status;
  j.o.influence = q->influence || q->figures;
  j.o.level = q->simultaneous ? BAND_LEVEL : 0;
  j.o.binary = q->binary;
  status = variance_read (q, &j, &err);
  if (status < 0 && influence_try (q->influence, q->figures, &err))
    status = EXIT_FAILURE;
  if (status < 0)
    status = bd_variances_run (&j.o, &r, &err) ? EXIT_FAILURE : -1;
  if (status < 0)
    {
      status
          = variance_influence (q, &j, &r, &err) ? EXIT_FAILURE : EXIT_SUCCESS;
      if (!status)
        variance_print (q, &j, &r);
      bd_variances_free (&r);
    }
  variance_free (&j);
  if (status)
    tool_fail (NAME, &err);
  return status;
}

int
cmd_variance (int argc, char **argv)
{
  variance_choices q = { .file = NULL };
  const opt_option table[] = {
    { "transpose", 0, OPT_FLAG, &q.transpose, 0, 0, NULL,
      "a line of MEMBERS is a point" },
    { "member", 'm', OPT_TEXT, &q.member, 0, 0, "COL",
      "a line of MEMBERS is one value, of the member in this column" },
    { "point", 'x', OPT_TEXT, &q.point, 0, 0, "COLS",
      "columns that say where its point is, separated by commas" },
    { "prediction", 0, OPT_TEXT, &q.prediction, 0, 0, "COL",
      "column of the value" },
    { "counts", 0, OPT_TEXT, &q.counts, 0, 0, "FILE",
      "how often each member used each row: a line for each member, or for "
      "each row" },
    { "index", 0, OPT_TEXT, &q.index, 0, 0, "FILE",
      "the numbers of the rows that each member used, from 1, instead" },
    { "transpose-counts", 0, OPT_FLAG, &q.transpose_counts, 0, 0, NULL,
      "a column of these files is a member (default: by their shape)" },
    { "rows", 0, OPT_SIZE, &q.rows, 1, 1e9, "N",
      "rows that --index counts (default: its greatest number)" },
    { "resample", 'r', OPT_TEXT, &q.resample, 0, 0, "NAME:KNOBS",
      "how the rows were drawn (default: as the weights look)" },
    { "y", 0, OPT_TEXT, &q.y, 0, 0, "FILE",
      "responses at the points: scores of the members" },
    { "response", 'y', OPT_TEXT, &q.response, 0, 0, "COL",
      "their column (default: the last)" },
    { "points-are-rows", 0, OPT_FLAG, &q.points_are_rows, 0, 0, NULL,
      "the points are the rows that the weights count: out-of-bag error" },
    { "estimators", 'e', OPT_TEXT, &q.estimators, 0, 0, "NAMES",
      "variances of the mean, separated by commas (default: all that the "
      "weights allow)" },
    { "binary", 0, OPT_FLAG, &q.binary, 0, 0, NULL,
      "the responses are 0 or 1, the predictions probabilities of 1" },
    { "interval", 'i', OPT_TEXT, &q.interval, 0, 0, "NAME:KNOBS",
      "with --points-are-rows two columns more, int_lo and int_hi: limits of "
      "a new observation by jab+, oob or scaled-oob (level=0.9)" },
    { "influence", 0, OPT_TEXT, &q.influence, 0, 0, "FILE",
      "write which rows carry the variance of the mean" },
    { "figures", 0, OPT_TEXT, &q.figures, 0, 0, "DIR", "draw that" },
    { "simultaneous", 0, OPT_FLAG, &q.simultaneous, 0, 0, NULL,
      "two columns more: a band that holds the mean at all points at once "
      "with 90 %" },
    TOOL_EXCEL_SAFE,
    { "threads", 't', OPT_INT, &q.threads, 1, 1024, "N",
      "threads; has no effect on the numbers (default: all)" },
    { NULL, 0, OPT_FLAG, NULL, 0, 0, NULL, NULL },
  };
  const opt_command c = {
    NAME,
    "[OPTION]... MEMBERS",
    "Estimate the variance of an ensemble from predictions that its members "
    "made\nelsewhere: in R, in Python, in a simulator.",
    text,
    table,
    1
  };
  int status = opt_parse (&c, argc, argv, &q.file);

  return status >= 0 ? status : start (&c, &q);
}
