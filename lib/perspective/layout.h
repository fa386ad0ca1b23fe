/* What one repetition of an experiment measures: numbers in a fixed order.

   An experiment has arms (the methods that it compares) and series: one
   measure of one arm at COUNT places.  The numbers of a repetition, one after
   the other, are its record; what could not be measured is NaN.  */
#ifndef BD_PERSPECTIVE_LAYOUT_H
#define BD_PERSPECTIVE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#define BD_ARMS 32 /* most of an experiment */

typedef struct
{
  char name[24];    /* in files: "dropout_0.05" */
  char title[48];   /* for people: "dropout .05" */
  const char *kind; /* "single", "dropout", "bagging", "other", "control" */
  size_t rank, of;  /* number RANK, from 1, of the OF arms of its kind */
} bd_arm;

typedef struct
{
  const char *measure; /* in files; not copied */
  size_t arm;
  size_t count, at; /* places, and where they begin in the record */
  double *x;        /* count: where they are */
  bool log;         /* positive: repetitions are averaged as logarithms */
} bd_series;

typedef struct
{
  size_t arms, series, room, size; /* SIZE numbers in a record */
  bd_arm arm[BD_ARMS];
  bd_series *of;
} bd_layout;

void bd_layout_init (bd_layout *l);
void bd_layout_free (bd_layout *l);

/* Add an arm; returns its number, BD_ARMS when there are too many.  */
size_t bd_layout_arm (bd_layout *l, const char *name, const char *title,
                      const char *kind);

/* Add MEASURE of ARM at the COUNT places X, which are copied (NULL: 0, 1, 2
   ...).  GSL_ENOMEM.  */
int bd_layout_add (bd_layout *l, const char *measure, size_t arm, size_t count,
                   const double x[], bool log);

/* The same for the arms FROM .. TO - 1.  */
int bd_layout_add_arms (bd_layout *l, const char *measure, size_t from,
                        size_t to, size_t count, const double x[], bool log);

/* The series, or NULL.  */
const bd_series *bd_layout_find (const bd_layout *l, const char *measure,
                                 size_t arm);

/* Where MEASURE of ARM stands in the record V; the series must be there.  */
double *bd_layout_in (const bd_layout *l, double v[], const char *measure,
                      size_t arm);

/* The K-th number of MEASURE of ARM in V, NaN without such a series.  */
double bd_layout_get (const bd_layout *l, const double v[],
                      const char *measure, size_t arm, size_t k);

/* Log of the ratio of two such numbers; NaN unless both are positive.  */
double bd_layout_log_ratio (const bd_layout *l, const double v[],
                            const char *measure, size_t arm, size_t base,
                            size_t k);

#endif
