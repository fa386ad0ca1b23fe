#include <config.h>

#include <gsl/gsl_math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "data/scenario.h"
#include "opt.h"
#include "tools.h"

static void
print_rows (const bd_dataset *s, bool truth)
{
  char number[BD_NUMBER_SIZE];

  for (size_t j = 0; j < s->d; j++)
    printf ("%s,", s->x_name[j]);
  printf (truth ? "truth,%s\n" : "%s\n", s->y_name);
  for (size_t i = 0; i < s->n; i++)
    {
      for (size_t j = 0; j < s->d; j++)
        printf ("%s,",
                bd_number_print (number, gsl_matrix_get (s->X, i, j), 17));
      if (truth)
        printf ("%s,",
                bd_number_print (number, gsl_vector_get (s->truth, i), 17));
      puts (bd_number_print (number, gsl_vector_get (s->y, i), 17));
    }
}

static const bd_scenario *
find (const opt_command *c, const char *name)
{
  const char *names[64];
  size_t count = 0;

  for (const bd_scenario *s = bd_scenarios; s->name && count < 64; s++)
    names[count++] = s->name;
  const bd_scenario *found = name ? bd_scenario_find (name) : NULL;
  if (found)
    return found;
  const char *near = name ? bd_text_nearest (name, names, count) : NULL;
  if (!name)
    opt_usage_error (c,
                     "which scenario?  'bagdrop list scenarios' names them");
  else
    opt_usage_error (c, "there is no scenario '%s'%s%s%s", name,
                     near ? "; did you mean '" : "", near ? near : "",
                     near ? "'?" : "");
  return NULL;
}

int
cmd_simulate (int argc, char **argv)
{
  size_t rows = 0;
  uint64_t seed = 1;
  double noise = GSL_NAN;
  bool truth = false;
  const opt_option options[] = {
    { "rows", 'n', OPT_SIZE, &rows, 1, 1e8, "N",
      "rows; absent: the scenario's usual number" },
    { "noise", 0, OPT_REAL, &noise, 0, 1e9, "SD",
      "standard deviation of the noise; absent: the scenario's usual one" },
    { "seed", 's', OPT_SEED, &seed, 0, 0, "S", "seed" },
    { "truth", 0, OPT_FLAG, &truth, 0, 0, NULL,
      "add the noise-free response as a column before the last" },
    { NULL, 0, OPT_FLAG, NULL, 0, 0, NULL, NULL },
  };
  const opt_command c
      = { "simulate",
          "[OPTION]... SCENARIO",
          "Write simulated data as CSV, the response in the last column.",
          "Example:\n  bagdrop simulate friedman1 -n 500 --seed 7 > f1.csv\n",
          options,
          1 };
  const char *name;
  int status = opt_parse (&c, argc, argv, &name);

  if (status >= 0)
    return status;
  const bd_scenario *s = find (&c, name);
  if (!s)
    return EXIT_USAGE;
  bd_dataset *data = bd_scenario_draw (
      s, rows ? rows : s->rows, gsl_isnan (noise) ? s->noise : noise, seed);
  if (!data)
    return tool_fail ("simulate", &(bd_error){ "no memory for that many "
                                               "rows" });
  print_rows (data, truth);
  bd_dataset_free (data);
  return EXIT_SUCCESS;
}
