/* The schemes of resampling, and what they share.  Private to the room.  */
#ifndef BD_ENSEMBLE_SCHEMES_H
#define BD_ENSEMBLE_SCHEMES_H

#include "resample.h"

#define BD_BALANCED 64   /* members that are balanced together */
#define BD_EXACT_ROWS 12 /* most rows whose resamples are enumerated */

extern const bd_resample_type bd_resample_subsample, bd_resample_poisson,
    bd_resample_balanced, bd_resample_stratified, bd_resample_groups,
    bd_resample_moving, bd_resample_circular, bd_resample_stationary,
    bd_resample_residual, bd_resample_wild, bd_resample_parametric,
    bd_resample_jackknife, bd_resample_folds, bd_resample_little;

extern const bd_knob bd_scheme_no_knobs[];

/* COUNT <= n draws from 0 .. LIMIT - 1, uniform to within LIMIT 2^-32, into
   S->words.  */
void bd_scheme_draw (bd_resample *s, gsl_rng *r, size_t count, size_t limit);

/* Set all weights to VALUE.  */
void bd_scheme_fill (bd_resample *s, double value);

/* Rows in a member of a scheme whose first knob is their fraction of n: at
   least 1.  */
size_t bd_scheme_drawn (const bd_settings *set, const bd_rows *rows);

double bd_scheme_factor_one (const bd_settings *set, const bd_rows *rows);

#endif
