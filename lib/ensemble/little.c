/* Little bags: each g members share a part of the rows, drawn without
   replacement, and each of them draws its own rows from that part.

   For the mean of h of n rows drawn without replacement the variance is s^2 /
   h (1 - h/n), so that h / (n - h) times the variance between the parts is s^2
   / n exactly: 1 for halves.  The infinitesimal jackknife of the members has
   no factor: those of one bag are not independent, and what chance puts into
   its covariances is not v / B.

   References: J. Sexton, P. Laake, "Standard errors for bagged and random
   forest estimators", Comput. Statist. Data Anal. 53 (2009); S. Athey, J.
   Tibshirani, S. Wager, "Generalized random forests", Ann. Statist. 47
   (2019).  */
#include <config.h>

#include <math.h>

#include "../base/rng.h"
#include "draw.h"
#include "schemes.h"

static size_t
bag_of (const bd_settings *set)
{
  return (size_t)set->value[0];
}

/* Rows that a bag shares.  */
static size_t
shared (const bd_settings *set, const bd_rows *rows)
{
  return (size_t)floor (set->value[1] * (double)rows->n);
}

static const char *
little_check (const bd_settings *set, const bd_rows *rows)
{
  size_t bag = bag_of (set);

  if ((bag & (bag - 1)) != 0)
    return "the members of a bag must be 2, 4, 8, 16, 32 or 64";
  return shared (set, rows) > 1 && shared (set, rows) < rows->n
             ? NULL
             : "a bag must share two rows at least, and not all";
}

/* The rows of the bag of member B, by the stream of its first member, as the
   first SHARED places of S->index.  */
static void
draw_shared (bd_resample *s, uint64_t b, gsl_rng *r, size_t count)
{
  size_t n = s->rows.n;

  bd_rng_move (r, b / bag_of (&s->set) * bag_of (&s->set));
  bd_rng_words (r, s->words, (count + 3) / 4);
  for (size_t i = 0; i < n; i++)
    s->index[i] = (uint32_t)i;
  for (size_t i = 0; i < count; i++)
    {
      size_t j = i + ((uint64_t)s->words[i] * (n - i) >> 32);
      uint32_t row = s->index[j];
      s->index[j] = s->index[i];
      s->index[i] = row;
    }
}

/* As many of these rows, with replacement, by what is left of the member's own
   stream after the words that the first member of a bag needs for it.  */
static void
little_draw (bd_resample *s, uint64_t b, gsl_rng *r)
{
  size_t count = shared (&s->set, &s->rows);

  draw_shared (s, b, r, count);
  bd_rng_move (r, b);
  bd_rng_words (r, s->words, (count + 3) / 4);
  bd_scheme_draw (s, r, count, count);
  bd_scheme_fill (s, 0);
  for (size_t i = 0; i < count; i++)
    s->w[s->index[s->words[i]]] += 1;
}

static double
little_factor (const bd_settings *set, const bd_rows *rows)
{
  double h = (double)shared (set, rows);
  return h / ((double)rows->n - h);
}

static const bd_knob little_knobs[]
    = { { "bag", 4, 2, 64, true, "members that share their rows: 2, 4 ... 64",
          NULL },
        { "fraction", 0.5, 1e-6, 1, false,
          "rows that they share, as a part "
          "of all",
          NULL },
        { .name = NULL } };

const bd_resample_type bd_resample_little
    = { .name = "little",
        .help = "little bags: a few members draw from the same half of the "
                "rows, which measures sd_mean with few members",
        .knobs = little_knobs,
        .some_left = true,
        .check = little_check,
        .draw = little_draw,
        .little = bag_of,
        .little_factor = little_factor };
