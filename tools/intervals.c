#include <config.h>

#include <gsl/gsl_math.h>
#include <stdio.h>

#include "intervals.h"
#include "tools.h"
#include "words.h"

int
interval_choose (const opt_command *c, const char *spec, bd_interval_wish *w)
{
  const char *names[WORD_NAMES] = { NULL }, *knobs;
  char name[64];

  if (!spec)
    return -1;
  int status = word_split (c, "interval", spec, name, &knobs);
  if (status >= 0)
    return status;
  for (size_t k = 0; bd_interval_types[k] && k + 1 < WORD_NAMES; k++)
    names[k] = bd_interval_types[k]->name;
  w->type = bd_interval_find (name);
  if (!w->type)
    return word_unknown (c, "interval", name, names, "intervals");
  return word_knobs (c, "interval", name, w->type->knobs, knobs, &w->set);
}

/* Where the limits come from.  */
static void
put_rows (const bd_intervals *a)
{
  const char *what = a->whole_groups ? "groups" : "rows";

  switch (a->type->source)
    {
    case BD_INTERVAL_NORMAL:
      return;
    case BD_INTERVAL_LEFT_OUT:
      printf ("# interval rows: %zu", a->n);
      if (a->dropped)
        printf ("; %zu more are dropped, since too few members left them out",
                a->dropped);
      break;
    case BD_INTERVAL_PARTS:
      printf ("# interval rows: %zu, in %zu parts of the %s", a->n, a->parts,
              what);
      break;
    case BD_INTERVAL_SPLIT:
      printf (a->assumed
                  ? "# interval rows: %zu; the limits are too narrow if "
                    "the network was trained on them"
                  : "# interval rows: %zu, which the fit in the middle "
                    "had not seen",
              a->n);
      break;
    }
  putchar ('\n');
  if (a->needed)
    printf ("# interval limits: infinite; at this level %zu such rows are "
            "needed\n",
            a->needed);
}

static void
put_promise (const bd_intervals *a, const char *kind)
{
  double level = 100 * a->level, least = 100 * a->promise;

  fputs ("# interval promise: ", stdout);
  if (a->type->source == BD_INTERVAL_NORMAL)
    printf ("covers %.4g %% of new observations if errors are normal and "
            "sd_pred is right\n",
            level);
  else if (gsl_isnan (a->promise))
    printf ("covers about %.4g %% of new observations when the rows are many; "
            "nothing is certain for few\n",
            level);
  else if (least >= level)
    printf ("covers at least %.4g %% of new observations, whatever the "
            "distribution\n",
            least);
  else
    printf ("covers at least %.3g %% of new observations, whatever the "
            "distribution%s; about %.4g %% in practice\n",
            least, a->chance ? " (but for chance between the members)" : "",
            level);
  if (a->type->source == BD_INTERVAL_NORMAL)
    return;
  puts (a->ordered ? "# interval holds: roughly; the rows depend on their "
                     "neighbours, and limits of this kind are for rows that "
                     "could have come in any order"
        : a->whole_groups
            ? "# interval holds: on average, and roughly, for rows of a new "
              "group, if the groups could have come in any order"
            : "# interval holds: on average over points, if the rows could "
              "have come in any order");
  if (a->type->scaled)
    printf ("# interval width: follows the spread between %s\n", kind);
}

/* Is some bin of the greater spreads below the level for sure?  */
static bool
falls_short (const bd_intervals *a)
{
  bool short_of = false;

  for (size_t k = a->bins / 2; k < a->bins; k++)
    short_of = short_of || a->bin[k].hi < a->level;
  return short_of;
}

static void
put_bin (const bd_spread_bin *a)
{
  printf ("%zu of %zu rows, %.3g %% (%.3g to %.3g %%)\n", a->inside, a->n,
          100 * (double)a->inside / (double)a->n, 100 * a->lo, 100 * a->hi);
}

/* How the rows fare without them, from the least spread to the greatest.  */
static void
put_coverage (const bd_intervals *a, const char *kind)
{
  if (a->all.n == 0)
    return;
  fputs ("# interval coverage: ", stdout);
  put_bin (&a->all);
  if (a->type->source != BD_INTERVAL_NORMAL && a->bins)
    puts ("# interval coverage of all rows is near the level by construction; "
          "whether it is even shows from the least spread to the greatest:");
  for (size_t k = 0; k < a->bins; k++)
    {
      printf ("# spread between %s, %.3g to %.3g: ", kind, a->bin[k].least,
              a->bin[k].most);
      put_bin (&a->bin[k]);
    }
  if (!a->type->scaled && falls_short (a))
    puts ("# advice: too few rows are covered where the spread is large; a "
          "scaled interval follows it");
}

void
interval_put_notes (const bd_intervals *a, const char *kind)
{
  if (!a->type)
    return;
  printf ("# interval: %s at level %.4g %% (%s)\n", a->type->name,
          100 * a->level, a->type->help);
  if (a->why)
    {
      printf ("# interval limits: nan; %s\n", a->why);
      return;
    }
  put_rows (a);
  if (a->known < a->m)
    printf ("# interval limits: known at the first %zu points; for the others "
            "run again with fewer points\n",
            a->known);
  put_promise (a, kind);
  put_coverage (a, kind);
  puts (a->type->source == BD_INTERVAL_NORMAL
            ? "# int_lo, int_hi: mean -+ z sd_pred at this level"
            : "# int_lo, int_hi: limits of a new observation from rows that "
              "were not fitted; lo and hi stay those of a normal "
              "distribution");
}

void
interval_put_header (const bd_intervals *a)
{
  if (a->type)
    fputs ("\tint_lo\tint_hi", stdout);
}

void
interval_put_limits (const bd_intervals *a, size_t j)
{
  if (!a->type)
    return;
  putchar ('\t');
  tool_put_number (stdout, a->lo[j], 17);
  putchar ('\t');
  tool_put_number (stdout, a->hi[j], 17);
}
