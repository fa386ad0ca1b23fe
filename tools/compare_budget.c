/* `bagdrop compare --budget': as many members as a stated time has room
   for.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/number.h"
#include "base/text.h"
#include "compare.h"

#define SCALE_MAX 100 /* 1000 members, 200 networks, 1000 masks */
#define REPEATS_MAX 10

int
compare_seconds (const char *word, double *seconds, bd_error *err)
{
  static const struct
  {
    const char *unit;
    double seconds;
  } units[] = { { "s", 1 }, { "m", 60 }, { "min", 60 }, { "h", 3600 } };
  char number[32], clean[64];
  size_t length = strspn (word, "0123456789.");

  snprintf (number, sizeof number, "%.*s", (int)length, word);
  for (size_t k = 0; k < sizeof units / sizeof units[0]; k++)
    if (strcmp (word + length, units[k].unit) == 0
        && bd_number_parse (number, seconds) && *seconds > 0)
      {
        *seconds *= units[k].seconds;
        return GSL_SUCCESS;
      }
  return BD_FAIL (err, GSL_EINVAL,
                  "--budget %s: a time such as 60s, 10m or 2h",
                  bd_text_clean (clean, sizeof clean, word));
}

static double
now (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void
set_scale (bd_compare_options *o, size_t scale)
{
  o->members = 10 * scale;
  o->nets = 2 * scale;
  o->masks = 10 * scale;
}

/* Seconds that a comparison of SCALE takes with one repetition.  */
static int
measure (const bd_dataset *s, const bd_compare_options *o, size_t scale,
         double *seconds, bd_error *err)
{
  bd_compare_options few = *o;
  double start = now ();

  few.progress = (bd_progress){ NULL, NULL };
  few.repeats = 1;
  set_scale (&few, scale);
  bd_comparison *c = bd_compare (s, &few, err);
  *seconds = now () - start;
  bd_comparison_free (c);
  return c ? GSL_SUCCESS : GSL_EFAILED;
}

int
compare_budget (const bd_dataset *s, double seconds, bool repeat,
                bd_compare_options *o, bd_error *err)
{
  double one, two;
  int code = measure (s, o, 1, &one, err);

  if (!code)
    code = measure (s, o, 2, &two, err);
  if (code)
    return code;
  double left = GSL_MAX (seconds - one - two, 0);
  double step = GSL_MAX (two - one, one / 20);
  size_t most = repeat ? REPEATS_MAX : 1;

  /* Two repetitions before more members, more repetitions after.  */
  size_t repeats = most > 1 && left > 2 * one ? 2 : 1;
  double scale = 1 + floor ((left / (double)repeats - one) / step);
  set_scale (o, (size_t)GSL_MIN (GSL_MAX (scale, 1), SCALE_MAX));
  double full = one + step * (SCALE_MAX - 1);
  if (repeats == 2 && scale >= SCALE_MAX)
    repeats = (size_t)GSL_MIN (GSL_MAX (floor (left / full), 2), REPEATS_MAX);
  if (repeat)
    o->repeats = repeats;
  return GSL_SUCCESS;
}
