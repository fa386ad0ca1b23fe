/* From what a fit says of rows that it had not seen to intervals.  Private to
   the study.  */
#ifndef BD_STUDY_HELD_PARTS_H
#define BD_STUDY_HELD_PARTS_H

#include "interval.h"

/* Rows held out of a fit, part by part, and those fits at some points.  */
typedef struct
{
  size_t n, m, parts;
  size_t *part;      /* n: the fit that had not seen the row; `parts': none */
  double *r, *s;     /* n: its residual there, and the spread */
  double *mean, *sd; /* parts x m */
  double *usual;     /* parts: mean spread at rows, which keeps spreads of
                        nearly 0 from counting as certainty */
} bd_held_parts;

/* Room; every row in no part.  GSL_ENOMEM.  */
int bd_held_parts_init (bd_held_parts *h, size_t n, size_t m, size_t parts);
void bd_held_parts_free (bd_held_parts *h);

/* What residuals are measured by where the spread is SD.  */
double bd_interval_scale (const bd_interval_type *type, double sd,
                          double usual);

/* Spreads below this are rounding, beside residuals of sizes R (n).  */
double bd_spread_least (size_t n, const double r[]);

/* Limits and coverage of A, made by bd_intervals_init, from H, whose spreads
   that are mere rounding become 0: CV+, and split where there is one part.
   GSL_ENOMEM.  */
int bd_intervals_from_parts (bd_intervals *a, bd_held_parts *h);

/* A's bins from rows that are INSIDE or not; rows whose SPREAD is NaN are in
   no bin.  */
int bd_intervals_judge (bd_intervals *a, size_t n, const double spread[],
                        const bool inside[]);

/* The same by scores R >= 0: a row is inside that is not farther off than
   what the other rows allow.  */
int bd_intervals_judge_scores (bd_intervals *a, size_t n,
                               const double spread[], const double r[]);

/* The same for mean -+ z sd: N residuals R with the variances V of their
   predictions and NOISE, a standard deviation, which V has already where it is
   NaN.  */
int bd_intervals_judge_normal (bd_intervals *a, size_t n,
                               const double spread[], const double r[],
                               const double v[], double noise);

/* lo, hi := MEAN -+ z SD.  */
void bd_intervals_normal (bd_intervals *a, const double mean[],
                          const double sd[]);

/* Note how many rows finite limits take, TAIL of alpha being on each side.  */
void bd_intervals_count (bd_intervals *a, size_t n, double tail);

/* Nothing is known, for the reason WHY.  */
void bd_intervals_unknown (bd_intervals *a, const char *why);

#endif
