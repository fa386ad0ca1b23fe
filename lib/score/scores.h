/* The scores of the registry.  Private to the room.  */
#ifndef BD_SCORE_SCORES_H
#define BD_SCORE_SCORES_H

#include <math.h>

#include "forecast.h"

/* point.c: of the mean */
extern const bd_score_type bd_score_type_rmse, bd_score_type_mae,
    bd_score_type_median_ae, bd_score_type_bias, bd_score_type_r2,
    bd_score_type_correlation, bd_score_type_rank;

/* proper.c: of N (mean, sd^2) and of intervals */
extern const bd_score_type bd_score_type_nll, bd_score_type_crps,
    bd_score_type_pinball, bd_score_type_interval;

/* coverage.c, calibration.c, pit.c: whether the sd is right */
extern const bd_score_type bd_score_type_cover, bd_score_type_width,
    bd_score_type_sharpness, bd_score_type_z, bd_score_type_ence,
    bd_score_type_calibrated, bd_score_type_ks;

/* members.c: of members */
extern const bd_score_type bd_score_type_crps_plain, bd_score_type_crps_fair,
    bd_score_type_mixture, bd_score_type_member_mse, bd_score_type_ambiguity,
    bd_score_type_spread_skill;

/* classes.c, ranking.c: of probabilities of classes */
extern const bd_score_type bd_score_type_log_loss, bd_score_type_brier,
    bd_score_type_accuracy, bd_score_type_auc, bd_score_type_precision,
    bd_score_type_ece;

/* Put NaN in all of SCORE.  */
static inline void
bd_no_score (double score[], size_t n)
{
  for (size_t i = 0; i < n; i++)
    score[i] = (double)NAN;
}

#endif
