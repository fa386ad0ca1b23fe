#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../base/number.h"
#include "verdict.h"

static void say (bd_verdict *v, const char *format, ...)
#if defined __GNUC__
    __attribute__ ((format (printf, 2, 3)))
#endif
    ;

static void
say (bd_verdict *v, const char *format, ...)
{
  va_list ap;

  if (v->count == BD_SENTENCES)
    return;
  va_start (ap, format);
  vsnprintf (v->text[v->count++], BD_SENTENCE, format, ap);
  va_end (ap);
}

/* "31 % [24, 38]", with a decimal where an end would be rounded to zero.  */
static const char *
percent (char *to, size_t size, bd_interval a, double sign)
{
  double lo = 100 * (sign > 0 ? a.lo : -a.hi);
  double hi = 100 * (sign > 0 ? a.hi : -a.lo);
  int decimals = fabs (lo) < 0.5 || fabs (hi) < 0.5 ? 1 : 0;

  snprintf (to, size, "%.*f %% [%.*f, %.*f]", decimals, 100 * sign * a.mean,
            decimals, lo, decimals, hi);
  return to;
}

/* One row against the fit that it is meant to improve: gain is the share of
   the base's loss that it saves.  */
static void
row_against_base (bd_verdict *v, const bd_comparison *c,
                  const bd_compare_row *row, const char *subject,
                  const char *object)
{
  const char *loss = c->response->loss;
  char text[80];

  if (gsl_isnan (row->gain.lo))
    return;
  if (row->gain.lo > 0)
    say (v, "%s lowers the %s of %s by %s.", subject, loss, object,
         percent (text, sizeof text, row->gain, 1));
  else if (row->gain.hi < 0)
    say (v, "%s raises the %s of %s by %s.", subject, loss, object,
         percent (text, sizeof text, row->gain, -1));
  else
    say (v,
         "%s makes no difference to %s that these data can show (change "
         "in %s %s).",
         subject, object, loss, percent (text, sizeof text, row->gain, -1));
}

static void
against_base (bd_verdict *v, const bd_comparison *c, const char *name,
              const char *subject, const char *object)
{
  row_against_base (v, c, &c->row[bd_method_find (name) - bd_methods], subject,
                    object);
}

/* The methods of the user.  */
static void
own_against_base (bd_verdict *v, const bd_comparison *c)
{
  for (size_t k = BD_METHODS; k < BD_COMPARED; k++)
    {
      const bd_compare_row *row = &c->row[k];
      if (!c->options.use[k] || gsl_isnan (row->gain.lo))
        continue;
      size_t base = bd_own_find (c->options.own, row->method->base);
      row_against_base (v, c, row, row->method->name,
                        c->row[base].method->name);
    }
}

/* Three significant digits, without an exponent where people would not use
   one.  */
static const char *
plain (char *to, size_t size, double x)
{
  int decimals = x > 0 ? 2 - (int)floor (log10 (x)) : 0;

  if (decimals > 6 || x >= 1e7)
    snprintf (to, size, "%.3g", x);
  else
    snprintf (to, size, "%.*f", GSL_MAX (decimals, 0), x);
  return to;
}

/* Where there is no single fit to be beaten.  */
static void
without_single (bd_verdict *v, const bd_comparison *c)
{
  const bd_compare_row *best = &c->row[c->best];
  char error[64];

  say (v, "Smallest error: %s (%s %s). No single fit was compared.",
       best->method->title, c->response->error,
       plain (error, sizeof error, best->error));
}

/* Which methods beat the best single fit for certain.  */
static void
against_best (bd_verdict *v, const bd_comparison *c)
{
  char names[BD_SENTENCE / 2] = "";
  size_t better = 0, averaging = 0;

  for (size_t k = 0; k < BD_COMPARED; k++)
    {
      const bd_compare_row *row = &c->row[k];
      if (!c->options.use[k] || row->method->kind == BD_SINGLE)
        continue;
      averaging++;
      if (!(row->diff.hi < 0))
        continue;
      size_t used = strlen (names);
      snprintf (names + used, sizeof names - used, "%s%s", used ? ", " : "",
                row->method->title);
      better++;
    }
  const char *best = c->row[c->best].method->title;
  const char *what = c->response->error;
  char error[64];
  plain (error, sizeof error, c->row[c->best].error);
  if (better)
    say (v, "Best single fit: %s (%s %s). Clearly better than it: %s.", best,
         what, error, names);
  else if (averaging == 0 || gsl_isnan (c->row[c->best].diff.lo))
    say (v, "Best single fit: %s (%s %s).", best, what, error);
  else
    say (v,
         "Best single fit: %s (%s %s). No averaging method is clearly "
         "better than it on these data.",
         best, what, error);
}

static void
rate_sentence (bd_verdict *v, const bd_comparison *c, const char *name,
               const char *what)
{
  const bd_compare_row *row = &c->row[bd_method_find (name) - bd_methods];
  char value[BD_NUMBER_SIZE];

  if (gsl_isnan (row->tuned))
    return;
  bd_number_print (value, row->tuned, 3);
  if (row->tuned_ties)
    say (v, "%s %s won in %zu of %zu splits, %zu other%s as often.", what,
         value, row->tuned_won, c->splits, row->tuned_ties,
         row->tuned_ties > 1 ? "s" : "");
  else
    say (v, "%s %s won most often: in %zu of %zu splits.", what, value,
         row->tuned_won, c->splits);
}

/* All methods by their error.  */
static void
order_sentence (bd_verdict *v, const bd_comparison *c)
{
  char names[BD_SENTENCE] = "";
  double error[BD_COMPARED];
  size_t order[BD_COMPARED], place[BD_COMPARED], count = 0, used = 0;

  for (size_t k = 0; k < BD_COMPARED; k++)
    if (c->options.use[k])
      {
        error[count] = c->row[k].error;
        place[count++] = k;
      }
  if (count < 2)
    return;
  gsl_sort_index (order, error, 1, count);
  for (size_t k = 0; k < count && used < sizeof names; k++)
    used += (size_t)snprintf (names + used, sizeof names - used, "%s%s",
                              k ? " < " : "",
                              c->row[place[order[k]]].method->title);
  say (v, "Order of the errors: %s.", names);
}

/* A number of members, or that it is beyond all that were looked at.  */
static const char *
members (char *to, size_t size, double x, double most)
{
  if (gsl_isinf (x))
    snprintf (to, size, "over %.0f", most);
  else
    plain (to, size, x);
  return to;
}

/* What dropout is worth in bagged networks.  */
static void
worth_sentence (bd_verdict *v, const bd_comparison *c, const char *name)
{
  static const char by[] = "(CRPS, each with its noise fitted anew)";
  const bd_compare_row *row = &c->row[bd_method_find (name) - bd_methods];
  const bd_equivalent *e = &row->worth;
  char what[64] = "one network by weight scaling", lo[64], hi[64], E[64];

  if (gsl_isnan (e->lo))
    return;
  if (row->method->kind == BD_DROPOUT)
    snprintf (what, sizeof what, "%zu random masks", row->members);
  members (E, sizeof E, e->members, e->most);
  members (lo, sizeof lo, e->lo, e->most);
  members (hi, sizeof hi, e->hi, e->most);
  if (gsl_isinf (e->lo))
    say (
        v,
        "Dropout: clearly, no number of bagged networks up to %.0f is as good "
        "as %s %s.",
        e->most, what, by);
  else if (gsl_isinf (e->members))
    say (
        v,
        "Dropout: %s seemed worth over %.0f bagged networks, but as few as %s "
        "cannot be ruled out %s.",
        what, e->most, lo, by);
  else
    say (v, "Dropout: %s %s worth %s bagged network%s%s [%s, %s] %s.", what,
         row->method->kind == BD_DROPOUT ? "are" : "is", E,
         e->members <= 1 ? "" : "s", e->members <= 1 ? " at most" : "", lo, hi,
         by);
}

/* What the intervals leave out.  */
static void
one_split (bd_verdict *v, const bd_comparison *c)
{
  size_t rows = c->row[c->best].fold[0].errors;

  if (c->splits == 1 && rows > 1)
    say (v,
         "One split: intervals are over its %zu test rows, taken as "
         "independent, and hold for these fits; how much other training rows "
         "would change them is not in them.",
         rows);
  else if (c->splits == 1)
    say (v, "One split with one test row: no interval can be given.");
}

void
bd_compare_verdict (const bd_comparison *c, bd_verdict *v)
{
  bool masks = c->options.use[bd_method_find ("mc-dropout") - bd_methods];
  const char *dropout = masks ? "mc-dropout" : "dropout";

  v->count = 0;
  if (c->has_single)
    against_best (v, c);
  else
    without_single (v, c);
  one_split (v, c);
  order_sentence (v, c);
  against_base (v, c, "bag-tree", "Bagging trees", "the single tree");
  against_base (v, c, "bag-spline", "Bagging splines", "the single spline");
  against_base (v, c, "bag-net", "Bagging networks", "the single network");
  against_base (v, c, "untied", "Averaging thinned networks",
                "the single network");
  against_base (v, c, "bag-dropout", "Bagging dropout networks",
                "the single network");
  against_base (v, c, dropout, "Dropout", "the single network");
  against_base (v, c, "net-decay", "Weight decay", "the single network");
  own_against_base (v, c);
  worth_sentence (v, c, "mc-dropout");
  worth_sentence (v, c, "dropout");
  rate_sentence (v, c, dropout, "Dropout rate");
  rate_sentence (v, c, "net-decay", "Weight decay");
}

const char *
bd_spread_meaning (bd_kind kind)
{
  static const char *const meaning[] = {
    [BD_SINGLE] = "A single fit says nothing about its own variance; its "
                  "sd_mean is empty.",
    [BD_BAGGING]
    = "Bagging: sd_mean estimates, by the infinitesimal jackknife, how much "
      "the averaged curve would change with new data. It shrinks as rows are "
      "added.",
    [BD_SCALING] = "Dropout by weight scaling is one prediction; its sd_mean "
                   "is empty.",
    [BD_DROPOUT]
    = "Dropout: sd_mean is the spread between random masks of one network. "
      "It is set by the dropout rate, does not shrink as rows are added, and "
      "estimates the variance of the prediction only if the rate happens to "
      "suit.",
    [BD_SEEDS]
    = "Networks by seed: sd_mean is the spread between networks that differ "
      "only in their start (thinned ones in their mask, too). It leaves out "
      "how the data would vary.",
  };
  return meaning[kind];
}
