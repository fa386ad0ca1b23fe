/* Intervals for a new observation, by name: from a normal distribution, from
   the rows that a bag's members leave out, or from fits without a part of the
   rows.  The order statistics are those of lib/score/conformal.h, which names
   the papers.

   Promises hold for rows that could have come in any order (exchangeable), the
   new observation among them, and on average over points, not at each.  */
#ifndef BD_STUDY_INTERVAL_H
#define BD_STUDY_INTERVAL_H

#include "../base/error.h"
#include "../base/knob.h"
#include "../ensemble/resample.h"
#include "../score/spread_bins.h"

/* Where the residuals come from.  */
typedef enum
{
  BD_INTERVAL_NORMAL,   /* none: mean -+ z sd_pred */
  BD_INTERVAL_LEFT_OUT, /* the members of a bag that leave a row out */
  BD_INTERVAL_PARTS,    /* a fit without each of some parts of the rows */
  BD_INTERVAL_SPLIT     /* one fit without one part */
} bd_interval_source;

typedef struct
{
  const char *name, *help;
  const bd_knob *knobs; /* the level, then the number of parts if any */
  bd_interval_source source;
  bool apart;  /* the mean of the members without each row at each point: with
                  bd_moments.apart */
  bool scaled; /* residuals are measured by the spread between members */
} bd_interval_type;

extern const bd_interval_type *const bd_interval_types[]; /* ends with NULL */

/* The type called NAME, or NULL.  */
const bd_interval_type *bd_interval_find (const char *name);

/* What is asked for; TYPE NULL: nothing.  */
typedef struct
{
  const bd_interval_type *type;
  bd_settings set;
} bd_interval_wish;

double bd_interval_level (const bd_interval_wish *w);

/* Parts that the N rows are cut into, at most N; 0: none.  */
size_t bd_interval_parts (const bd_interval_wish *w, size_t n);

/* Fits that it takes besides the one of all N rows.  */
size_t bd_interval_fits (const bd_interval_wish *w, size_t n);

/* GSL_EINVAL with a sentence that says what to use instead when a bag with
   this resampling has no such interval.  */
int bd_interval_check (const bd_interval_type *type,
                       const bd_resample_type *resample, bd_error *err);

/* The same for a network: one that is TRAINED already, or predicts CLASSES. */
int bd_interval_check_net (const bd_interval_type *type, bool trained,
                           bool classes, bd_error *err);

#define BD_INTERVAL_BINS 4 /* most bins of the spread */

typedef struct
{
  const bd_interval_type *type; /* NULL: none was asked for */
  double level;
  size_t m;
  double *lo, *hi; /* m; -inf and inf where the rows are too few, NaN where the
                      interval is not known */
  const char *why; /* all are NaN: the reason in words; else NULL */
  size_t known;    /* the first points, which have limits */
  size_t n;        /* rows whose residuals made them */
  size_t dropped;  /* rows that no member left out, or that have no spread */
  size_t needed;   /* rows that finite limits take, if N is less; else 0 */
  size_t parts;    /* that the rows were cut into, or 0 */
  bool chance;     /* between the members: with others the limits move */
  bool whole_groups; /* groups of rows were left out together */
  bool assumed;      /* that the fit had not seen the rows: nobody knows */
  bool ordered;      /* rows depend on their neighbours */
  double promise;    /* share covered at least, whatever the distribution; NaN:
                        nothing is promised */

  /* Rows judged by a fit without them and, but for a normal distribution, by
     the residuals of the other rows, so that ALL is near the level and the
     bins are what tells.  ALL.n is 0 where no row can be judged.  */
  bd_spread_bin all, bin[BD_INTERVAL_BINS];
  size_t bins;
} bd_intervals;

/* Room for M points of W; limits are NaN.  W->type NULL: nothing to free.
   GSL_ENOMEM.  */
int bd_intervals_init (bd_intervals *a, const bd_interval_wish *w, size_t m);
void bd_intervals_free (bd_intervals *a);

#endif
