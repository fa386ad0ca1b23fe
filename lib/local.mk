# The library, room by room.  A file includes only from rooms above its own
# in this list (tests/includes.sh).

baggeddir = $(includedir)/bagdrop
bagged_HEADERS = %D%/bagdrop.h
basedir = $(baggeddir)/base
base_HEADERS = %D%/base/array.h %D%/base/error.h %D%/base/knob.h \
  %D%/base/number.h %D%/base/progress.h %D%/base/rng.h %D%/base/store.h \
  %D%/base/text.h %D%/base/version.h
bddatadir = $(baggeddir)/data
bddata_HEADERS = %D%/data/dataset.h %D%/data/levels.h %D%/data/scenario.h \
  %D%/data/row_labels.h %D%/data/split.h %D%/data/splits.h %D%/data/table.h %D%/data/weights.h \
  %D%/data/csv.h %D%/data/records.h %D%/data/members.h
variancedir = $(baggeddir)/variance
variance_HEADERS = %D%/variance/ambiguity.h %D%/variance/anova.h \
  %D%/variance/bands.h %D%/variance/dense.h %D%/variance/estimate.h \
  %D%/variance/estimator.h %D%/variance/influence.h \
  %D%/variance/jackknife.h %D%/variance/mean.h \
  %D%/variance/moments.h
scoredir = $(baggeddir)/score
score_HEADERS = %D%/score/classes.h %D%/score/conformal.h \
  %D%/score/coverage.h %D%/score/equivalent.h %D%/score/error_632.h \
  %D%/score/forecast.h %D%/score/pit.h %D%/score/proper.h \
  %D%/score/score.h %D%/score/spread_bins.h
fitterdir = $(baggeddir)/fitter
fitter_HEADERS = %D%/fitter/fitter.h %D%/fitter/user.h
netdir = $(baggeddir)/net
net_HEADERS = %D%/net/exact.h %D%/net/fitter_net.h %D%/net/mask.h \
  %D%/net/model.h %D%/net/net.h %D%/net/optimiser.h %D%/net/output.h \
  %D%/net/propagate.h %D%/net/thinned.h %D%/net/train.h %D%/net/unit.h
ensembledir = $(baggeddir)/ensemble
ensemble_HEADERS = %D%/ensemble/recognise.h %D%/ensemble/resample.h %D%/ensemble/run.h \
  %D%/ensemble/part.h %D%/ensemble/source.h %D%/ensemble/stored.h \
  %D%/ensemble/stored_dense.h %D%/ensemble/subnets.h
studydir = $(baggeddir)/study
study_HEADERS = %D%/study/bagging.h %D%/study/budget.h %D%/study/compare.h \
  %D%/study/dropping.h %D%/study/interval.h %D%/study/method.h \
  %D%/study/out_of_bag.h %D%/study/own.h %D%/study/prediction.h \
  %D%/study/response.h %D%/study/variances.h \
  %D%/study/verdict.h

perspectivedir = $(baggeddir)/perspective
perspective_HEADERS = %D%/perspective/layout.h \
  %D%/perspective/perspective.h

noinst_LTLIBRARIES += libbd.la
libbd_la_SOURCES = \
  %D%/base/array.c %D%/base/blas.c %D%/base/blas.h %D%/base/error.c \
  %D%/base/kernel.h %D%/base/knob.c %D%/base/philox_avx512.h \
  %D%/base/number.c %D%/base/rng.c %D%/base/store.c %D%/base/text.c \
  %D%/base/version.c \
  %D%/data/cell.c %D%/data/cell.h %D%/data/choice.c %D%/data/choice.h \
  %D%/data/choice_check.c %D%/data/column.c %D%/data/column.h %D%/data/csv.c \
  %D%/data/dataset.c %D%/data/labels.c %D%/data/levels.c %D%/data/records.c \
  %D%/data/members.c %D%/data/members_file.h %D%/data/members_held.c \
  %D%/data/name.c %D%/data/name.h %D%/data/points.c %D%/data/scenario.c \
  %D%/data/row_labels.c %D%/data/sniff.c %D%/data/sniff.h %D%/data/split.c %D%/data/splits.c \
  %D%/data/splits_made.c %D%/data/splits_nested.c %D%/data/table.c \
  %D%/data/texts.c %D%/data/texts.h %D%/data/weights.c \
  %D%/score/calibration.c %D%/score/classes.c %D%/score/conformal.c \
  %D%/score/coverage.c %D%/score/equivalent.c %D%/score/error_632.c \
  %D%/score/forecast.c %D%/score/members.c %D%/score/pit.c \
  %D%/score/point.c %D%/score/proper.c %D%/score/ranking.c \
  %D%/score/score.c %D%/score/scores.h %D%/score/spread_bins.c \
  %D%/variance/ambiguity.c %D%/variance/anova.c %D%/variance/bands.c \
  %D%/variance/dense.c %D%/variance/dense_gram.c \
  %D%/variance/dense_parts.h %D%/variance/dense_sums.c \
  %D%/variance/dense_tiles.c %D%/variance/dense_weights.c \
  %D%/variance/dots.c %D%/variance/dots.h %D%/variance/estimate.c \
  %D%/variance/estimator.c %D%/variance/influence.c \
  %D%/variance/jackknife.c %D%/variance/little.c %D%/variance/mean.c \
  %D%/variance/moments.c %D%/variance/moments_block.c \
  %D%/variance/moments_little.c %D%/variance/moments_loops.c \
  %D%/variance/moments_loops.h %D%/variance/moments_merge.c \
  %D%/variance/moments_split.c %D%/variance/moments_sums.h \
  %D%/variance/split.c \
  %D%/fitter/bandwidth.c %D%/fitter/bandwidth.h %D%/fitter/bspline.c \
  %D%/fitter/bspline.h %D%/fitter/bspline_plan.c %D%/fitter/formula.c \
  %D%/fitter/formula.h %D%/fitter/interp.c %D%/fitter/kernel.c \
  %D%/fitter/knn.c %D%/fitter/line.c %D%/fitter/line.h %D%/fitter/linear.c \
  %D%/fitter/linear.h %D%/fitter/linear_plan.c %D%/fitter/locpoly.c \
  %D%/fitter/locpoly.h %D%/fitter/locpoly_plan.c %D%/fitter/locpoly_sums.c \
  %D%/fitter/locpoly_windows.c \
  %D%/fitter/loess.c %D%/fitter/loess.h %D%/fitter/loess_local.c \
  %D%/fitter/nls.c %D%/fitter/nls.h %D%/fitter/nls_plan.c \
  %D%/fitter/place.c %D%/fitter/place.h %D%/fitter/poly.c %D%/fitter/poly.h \
  %D%/fitter/poly_plan.c %D%/fitter/poly_sums.c %D%/fitter/robust.c \
  %D%/fitter/finite.c %D%/fitter/finite.h \
  %D%/fitter/basis.c %D%/fitter/basis.h %D%/fitter/pspline.c \
  %D%/fitter/pspline.h %D%/fitter/pspline_plan.c %D%/fitter/registry.c \
  %D%/fitter/tree.c %D%/fitter/tree.h %D%/fitter/tree_bins.c \
  %D%/fitter/tree_classes.c %D%/fitter/tree_draw.c %D%/fitter/tree_grow.c %D%/fitter/tree_levels.c \
  %D%/fitter/tree_order.c %D%/fitter/tree_plan.c %D%/fitter/tree_prune.c \
  %D%/fitter/tree_random.c %D%/fitter/tree_rows.c %D%/fitter/tree_sorted.c \
  %D%/fitter/tree_split.c %D%/fitter/user.c \
  %D%/net/exact.c %D%/net/exact_bins.c %D%/net/exact_fill.c \
  %D%/net/exact_halves.c %D%/net/exact_loss.c %D%/net/exact_sums.c \
  %D%/net/exact_sums.h %D%/net/exact_walk.c %D%/net/exact_walk.h \
  %D%/net/fit.c %D%/net/fitter_net.c %D%/net/kernels.c %D%/net/kernels.h \
  %D%/net/kernels_avx2_double.c %D%/net/kernels_avx2_float.c \
  %D%/net/kernels_avx512_double.c %D%/net/kernels_avx512_float.c \
  %D%/net/kernels_body.h %D%/net/kernels_math.h \
  %D%/net/kernels_plain_double.c %D%/net/kernels_plain_float.c \
  %D%/net/kernels_set.h %D%/net/kernels_shallow.h %D%/net/kernels_step.h \
  %D%/net/kernels_subsets.h %D%/net/lane.h %D%/net/lane_avx2.h \
  %D%/net/lane_avx512.h %D%/net/lane_plain.h %D%/net/lbfgs.c \
  %D%/net/line_search.c %D%/net/line_search.h %D%/net/mask.c \
  %D%/net/mask_draw.c %D%/net/mask_fill.c %D%/net/mask_fill.h \
  %D%/net/mask_laws.c %D%/net/mask_learnt.c %D%/net/model.c \
  %D%/net/model_file.h %D%/net/model_lines.c %D%/net/model_lines.h \
  %D%/net/model_read.c %D%/net/model_write.c %D%/net/net.c \
  %D%/net/optimiser.c %D%/net/options.c %D%/net/output.c %D%/net/pass.h \
  %D%/net/pass_body.h %D%/net/pass_double.c %D%/net/pass_float.c \
  %D%/net/propagate.c %D%/net/step.c %D%/net/thinned.c \
  %D%/net/thinned_each.c %D%/net/thinned_plan.h %D%/net/train.c \
  %D%/net/train_masks.c %D%/net/train_rows.c %D%/net/train_watch.c \
  %D%/net/train_whole.c %D%/net/trainer.h \
  %D%/net/unit.c \
  %D%/ensemble/bag.c %D%/ensemble/blocks.c %D%/ensemble/draw.c %D%/ensemble/draw.h \
  %D%/ensemble/dropout.c %D%/ensemble/fixed.c %D%/ensemble/geometric.c %D%/ensemble/labels.c \
  %D%/ensemble/little.c %D%/ensemble/part_join.c %D%/ensemble/part_read.c \
  %D%/ensemble/part_write.c %D%/ensemble/patch.c %D%/ensemble/patch.h \
  %D%/ensemble/rao.c %D%/ensemble/recognise.c \
  %D%/ensemble/resample.c %D%/ensemble/response.c %D%/ensemble/run.c \
  %D%/ensemble/schemes.c %D%/ensemble/schemes.h %D%/ensemble/store.c \
  %D%/ensemble/stored.c %D%/ensemble/stored_dense.c %D%/ensemble/subnets.c \
  %D%/study/answer.c %D%/study/bagging.c %D%/study/bagging_job.c \
  %D%/study/bagging_folds.c %D%/study/bagging_intervals.c \
  %D%/study/bagging_intervals.h %D%/study/bagging_job.h \
  %D%/study/bagging_parts.c %D%/study/bagging_store.c %D%/study/budget.c \
  %D%/study/budget_kept.c %D%/study/budget_kept.h \
  %D%/study/budget_sums.c %D%/study/budget_sums.h %D%/study/compare.c %D%/study/compare_points.c %D%/study/compare_points.h \
  %D%/study/compare_score.c %D%/study/compare_score.h %D%/study/response.c \
  %D%/study/dropping.c \
  %D%/study/dropping_cost.c %D%/study/dropping_folds.c \
  %D%/study/dropping_folds.h %D%/study/dropping_intervals.c \
  %D%/study/dropping_intervals.h %D%/study/dropping_kept.c \
  %D%/study/dropping_scores.c %D%/study/dropping_search.c \
  %D%/study/dropping_store.c %D%/study/dropping_there.c \
  %D%/study/dropping_there.h %D%/study/ensemble.c %D%/study/ensemble.h \
  %D%/study/exchange.c %D%/study/exchange.h %D%/study/growth.c \
  %D%/study/own.c \
  %D%/study/held.c %D%/study/held.h \
  %D%/study/held_parts.c %D%/study/held_parts.h %D%/study/interval.c \
  %D%/study/growth.h %D%/study/identity.c %D%/study/identity.h \
  %D%/study/inner_parts.c %D%/study/inner_parts.h \
  %D%/study/inner.c %D%/study/inner.h %D%/study/jobs.c %D%/study/jobs.h \
  %D%/study/kept.c %D%/study/kept.h \
  %D%/study/left_out.c %D%/study/left_out.h %D%/study/out_of_bag.c \
  %D%/study/prediction.c %D%/study/prediction_exact.c \
  %D%/study/prediction_masks.c %D%/study/prediction_parts.c \
  %D%/study/method.c %D%/study/near_noise.c %D%/study/summary.c %D%/study/summary.h \
  %D%/study/untied.c %D%/study/untied.h %D%/study/variances.c %D%/study/variances_fill.c \
  %D%/study/variances_jackknife.c %D%/study/variances_parts.c \
  %D%/study/variances_scores.c \
  %D%/study/variances_job.h %D%/study/verdict.c
libbd_la_SOURCES += %D%/perspective/cast.c %D%/perspective/cast.h \
  %D%/perspective/layout.c %D%/perspective/masked.c \
  %D%/perspective/masked.h %D%/perspective/registry.c \
  %D%/perspective/repetition.c %D%/perspective/repetition.h \
  %D%/perspective/run.c %D%/perspective/team.c %D%/perspective/team.h \
  %D%/perspective/tune.c %D%/perspective/verdict.c \
  %D%/perspective/verdict.h %D%/perspective/watch.c \
  %D%/perspective/watch.h
# 1
libbd_la_SOURCES += %D%/perspective/interference.c \
  %D%/perspective/interference_finding.c \
  %D%/perspective/interference_finding.h \
  %D%/perspective/interference_lesion.c \
  %D%/perspective/interference_lesion.h \
  %D%/perspective/interference_overlap.c \
  %D%/perspective/interference_overlap.h \
  %D%/perspective/interference_planted.c \
  %D%/perspective/interference_planted.h \
  %D%/perspective/interference_texts.h
# 2
libbd_la_SOURCES += %D%/perspective/ensemble.c \
  %D%/perspective/ensemble_contrasts.c %D%/perspective/ensemble_contrasts.h \
  %D%/perspective/ensemble_picture.c %D%/perspective/ensemble_picture.h \
  %D%/perspective/ensemble_texts.h %D%/perspective/growth.c \
  %D%/perspective/growth.h
# 3
libbd_la_SOURCES += %D%/perspective/filter.c %D%/perspective/filter.h \
  %D%/perspective/filter_bench.h %D%/perspective/filter_ensemble.c \
  %D%/perspective/filter_ensemble.h %D%/perspective/filter_file.c \
  %D%/perspective/filter_gradient.c %D%/perspective/filter_gradient.h \
  %D%/perspective/filter_measure.c %D%/perspective/filter_path.c \
  %D%/perspective/filter_path.h %D%/perspective/filter_plan.c \
  %D%/perspective/filter_signal.c %D%/perspective/filter_signal.h \
  %D%/perspective/filter_texts.h
# 4
libbd_la_SOURCES += %D%/perspective/universal.c %D%/perspective/universal.h \
  %D%/perspective/universal_contrasts.c %D%/perspective/universal_masks.c \
  %D%/perspective/universal_masks.h %D%/perspective/universal_parts.c \
  %D%/perspective/universal_texts.h %D%/perspective/universal_watch.c
# 5
libbd_la_SOURCES += %D%/perspective/regularise.c \
  %D%/perspective/regularise.h %D%/perspective/regularise_df.c \
  %D%/perspective/regularise_linear.c %D%/perspective/regularise_paths.c \
  %D%/perspective/regularise_texts.h
# 6
libbd_la_SOURCES += %D%/perspective/gradual.c %D%/perspective/gradual.h \
  %D%/perspective/gradual_contrasts.c %D%/perspective/gradual_texts.h \
  %D%/perspective/gradual_train.c %D%/perspective/walk.c \
  %D%/perspective/walk.h

lib_LTLIBRARIES += libbagdrop.la
libbagdrop_la_SOURCES =
libbagdrop_la_LIBADD = libbd.la $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
libbagdrop_la_LDFLAGS = -no-undefined -export-symbols-regex '^bd_' \
  -version-info 0:0:0
