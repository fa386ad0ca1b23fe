/* What the tests of scores share.  */
#ifndef SCORE_TOOLS_H
#define SCORE_TOOLS_H

#include <stddef.h>

#include "score/forecast.h"

/* The numbers of tests/golden/scores.txt.  */
typedef struct
{
  char name[40];
  size_t count;
  double *x;
} golden_line;

#define GOLDEN_LINES 120

typedef struct
{
  size_t count;
  golden_line line[GOLDEN_LINES];
} golden_scores;

golden_scores *golden_open (void);
void golden_close (golden_scores *g);

/* The numbers called NAME, of which there are COUNT.  */
const double *golden_get (const golden_scores *g, const char *name,
                          size_t count);

/* The twelve normal forecasts.  */
bd_forecast golden_normal (const golden_scores *g);

/* The score called NAME of F.  */
bd_interval score_of (const char *name, const bd_forecast *f);

/* Its rows; the caller frees.  */
double *score_rows (const char *name, const bd_forecast *f);

#endif
