# Check programs, at least one for each room, all in TAP; then scripts.
AM_TESTS_ENVIRONMENT = srcdir='$(srcdir)'; export srcdir; \
  PATH="`pwd`:$$PATH"; export PATH; AWK='$(AWK)'; export AWK; \
  NM='$(NM)'; export NM; OMP_DYNAMIC=false; export OMP_DYNAMIC; \
  OMP_WAIT_POLICY=passive; export OMP_WAIT_POLICY; \
  CK_DEFAULT_TIMEOUT=120; export CK_DEFAULT_TIMEOUT; \
  OPENBLAS_NUM_THREADS=1; export OPENBLAS_NUM_THREADS;
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) \
  $(top_srcdir)/build-aux/tap-driver.sh
AM_LOG_DRIVER_FLAGS = --ignore-exit
TEST_EXTENSIONS = .sh
SH_LOG_COMPILER = $(SHELL)

bd_tests = alloc_fit alloc_table check_adam check_ambiguity check_anova \
  check_answer check_bagging check_bands check_base check_basis check_bins \
  check_bspline check_budget check_categories check_chosen check_column \
  check_compare_classes check_conformal check_contract check_coverage \
  check_covered check_dataset check_dense check_dense_known check_dependence \
  check_draw check_dropping check_effective check_ensemble check_exact \
  check_exact_bag check_exchange check_factor check_features check_figure \
  check_filter check_finite check_forest check_formula check_halves \
  check_influence check_inner_parts check_interp check_interval \
  check_interval_net check_jackknife check_kernel check_kernels check_knn \
  check_known_bags check_lbfgs check_left_out check_levels check_linear \
  check_little check_locpoly check_loess check_mask check_mask_law \
  check_mask_learnt check_mask_words check_members check_model_file \
  check_moments check_moments_sums check_net check_net_known check_nist \
  check_nls check_optimiser check_own check_panels check_part \
  check_perspective check_pivot check_points check_poly check_predictable \
  check_prediction check_propagate check_pspline check_render check_resample \
  check_rng check_robust check_run check_scheme check_score check_score_laws \
  check_score_limits check_scores check_settings check_sine check_source \
  check_split check_splits check_splits_made check_stored_dense check_study \
  check_subnet_laws check_subnet_sources check_subnets check_table check_tex \
  check_text check_thinned check_train check_train_kinds check_tree \
  check_unit check_universal_masks check_update check_user check_variance \
  check_version check_walk check_watch fuzz_model_file fuzz_table

# Whole experiments: half of the time of all check programs.  What they run
# runs in perspectives.sh as well, so that builds with sanitizers, where they
# take minutes, do without them.
bd_experiments = check_averaging check_filter_words check_gradual \
  check_interference check_regularise check_universal

if HAVE_CHECK
check_PROGRAMS += $(bd_tests)
TESTS += $(bd_tests)
if EXPERIMENTS
check_PROGRAMS += $(bd_experiments)
TESTS += $(bd_experiments)
endif
endif

# Slow studies with more data sets, not part of `make check'.
bd_long_tests = long_bands long_interval long_noise long_perspectives \
  long_sine
EXTRA_PROGRAMS += $(bd_long_tests)
CLEANFILES += $(bd_long_tests)
check-long: $(bd_long_tests)
	for t in $(bd_long_tests); do ./$$t || exit 1; done
.PHONY: check-long

bd_shell_tests = %D%/bag.sh %D%/budget.sh %D%/cli.sh %D%/compare.sh \
  %D%/compare_classes.sh %D%/compare_ways.sh %D%/completion.sh %D%/dropout.sh %D%/examples.sh \
  %D%/exports.sh %D%/habits.sh %D%/hostile.sh %D%/includes.sh \
  %D%/influence.sh %D%/install.sh %D%/intervals.sh %D%/man.sh %D%/manual.sh \
  %D%/merge.sh %D%/mpi.sh %D%/page.sh %D%/perspectives.sh %D%/plot.sh \
  %D%/plot_kinds.sh %D%/schema.sh %D%/tables.sh %D%/tex.sh %D%/variance.sh \
  %D%/variance_scores.sh

# What can go wrong from outside, each row of the list of faults by its number;
# the last one counts them in the logs of the others.
bd_fault_tests = %D%/faults/disk.sh %D%/faults/figures.sh \
  %D%/faults/input.sh %D%/faults/numbers.sh %D%/faults/rounding.sh \
  %D%/faults/signals.sh
%D%/faults/count.log: $(bd_fault_tests:.sh=.log)
bd_shell_tests += $(bd_fault_tests) %D%/faults/count.sh
EXTRA_DIST += %D%/faults/faults.sh
TESTS += $(bd_shell_tests)

TEST_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
TEST_LDADD = libbdplots.la libbd.la $(CHECK_LIBS) $(JANSSON_LIBS) \
  $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
WRAP = -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
WRAP_ALL = $(WRAP),--wrap=aligned_alloc,--wrap=free \
  -Wl,--wrap=gsl_matrix_alloc,--wrap=gsl_matrix_calloc \
  -Wl,--wrap=gsl_vector_alloc,--wrap=gsl_vector_calloc \
  -Wl,--wrap=gsl_rng_alloc,--wrap=gsl_eigen_symmv_alloc \
  -Wl,--wrap=gsl_matrix_free,--wrap=gsl_vector_free \
  -Wl,--wrap=gsl_rng_free,--wrap=gsl_eigen_symmv_free
TOOLS = %D%/tools.c %D%/tools.h
EXTRA_DIST += %D%/tap.h
WATCH = %D%/train_tools.c %D%/train_tools.h %D%/watch_tools.c \
  %D%/watch_tools.h
MASK = %D%/mask_tools.c %D%/mask_tools.h
MODEL_FILE = %D%/model_file_tools.c %D%/model_file_tools.h
OPTIMISER = %D%/optimiser_tools.c %D%/optimiser_tools.h
BANDS = %D%/band_tools.c %D%/band_tools.h
STAT = %D%/stat_tools.c %D%/stat_tools.h

check_adam_SOURCES = %D%/check_adam.c $(TOOLS) \
  %D%/train_tools.c %D%/train_tools.h
check_adam_CPPFLAGS = $(TEST_CPPFLAGS)
check_adam_LDADD = $(TEST_LDADD)
check_anova_SOURCES = %D%/check_anova.c $(TOOLS)
check_anova_CPPFLAGS = $(TEST_CPPFLAGS)
check_anova_LDADD = $(TEST_LDADD)
check_averaging_SOURCES = %D%/check_averaging.c $(TOOLS)
check_averaging_CPPFLAGS = $(TEST_CPPFLAGS)
check_averaging_LDADD = $(TEST_LDADD)
check_perspective_SOURCES = %D%/check_perspective.c $(TOOLS)
check_perspective_CPPFLAGS = $(TEST_CPPFLAGS)
check_perspective_LDADD = $(TEST_LDADD)
check_filter_SOURCES = %D%/check_filter.c $(TOOLS)
check_filter_CPPFLAGS = $(TEST_CPPFLAGS)
check_filter_LDADD = $(TEST_LDADD)
check_filter_words_SOURCES = %D%/check_filter_words.c $(TOOLS)
check_filter_words_CPPFLAGS = $(TEST_CPPFLAGS)
check_filter_words_LDADD = $(TEST_LDADD)
check_gradual_SOURCES = %D%/check_gradual.c $(TOOLS) \
  %D%/gradual_tools.c %D%/gradual_tools.h
check_gradual_CPPFLAGS = $(TEST_CPPFLAGS)
check_gradual_LDADD = $(TEST_LDADD)
check_walk_SOURCES = %D%/check_walk.c $(TOOLS) \
  %D%/gradual_tools.c %D%/gradual_tools.h
check_walk_CPPFLAGS = $(TEST_CPPFLAGS)
check_walk_LDADD = $(TEST_LDADD)
check_budget_SOURCES = %D%/check_budget.c $(TOOLS)
check_budget_CPPFLAGS = $(TEST_CPPFLAGS)
check_budget_LDADD = $(TEST_LDADD)
check_answer_SOURCES = %D%/check_answer.c $(TOOLS)
check_answer_CPPFLAGS = $(TEST_CPPFLAGS)
check_answer_LDADD = $(TEST_LDADD)
check_base_SOURCES = %D%/check_base.c $(TOOLS)
check_base_CPPFLAGS = $(TEST_CPPFLAGS)
check_base_LDADD = $(TEST_LDADD)
check_basis_SOURCES = %D%/check_basis.c $(TOOLS)
check_basis_CPPFLAGS = $(TEST_CPPFLAGS)
check_basis_LDADD = $(TEST_LDADD)
check_column_SOURCES = %D%/check_column.c
check_column_CPPFLAGS = $(TEST_CPPFLAGS)
check_column_LDADD = $(TEST_LDADD)
check_contract_SOURCES = %D%/check_contract.c $(TOOLS)
check_contract_CPPFLAGS = $(TEST_CPPFLAGS)
check_contract_LDADD = $(TEST_LDADD)
check_dataset_SOURCES = %D%/check_dataset.c
check_dataset_CPPFLAGS = $(TEST_CPPFLAGS)
check_dataset_LDADD = $(TEST_LDADD)
check_dense_SOURCES = %D%/check_dense.c $(TOOLS)
check_dense_CPPFLAGS = $(TEST_CPPFLAGS)
check_dense_LDADD = $(TEST_LDADD)
check_stored_dense_SOURCES = %D%/check_stored_dense.c $(TOOLS)
check_stored_dense_CPPFLAGS = $(TEST_CPPFLAGS)
check_stored_dense_LDADD = $(TEST_LDADD)
check_dense_known_SOURCES = %D%/check_dense_known.c $(TOOLS)
check_dense_known_CPPFLAGS = $(TEST_CPPFLAGS)
check_dense_known_LDADD = $(TEST_LDADD)
check_draw_SOURCES = %D%/check_draw.c $(TOOLS)
check_draw_CPPFLAGS = $(TEST_CPPFLAGS)
check_draw_LDADD = $(TEST_LDADD)
check_ensemble_SOURCES = %D%/check_ensemble.c $(TOOLS)
check_ensemble_CPPFLAGS = $(TEST_CPPFLAGS)
check_ensemble_LDADD = $(TEST_LDADD)
check_exact_SOURCES = %D%/check_exact.c $(TOOLS)
check_exact_CPPFLAGS = $(TEST_CPPFLAGS)
check_exact_LDADD = $(TEST_LDADD)
check_figure_SOURCES = %D%/check_figure.c %D%/scratch.h
check_figure_CPPFLAGS = $(TEST_CPPFLAGS)
check_figure_LDADD = $(TEST_LDADD)
check_finite_SOURCES = %D%/check_finite.c $(TOOLS)
check_finite_CPPFLAGS = $(TEST_CPPFLAGS)
check_finite_LDADD = $(TEST_LDADD)
check_moments_SOURCES = %D%/check_moments.c $(TOOLS)
check_moments_CPPFLAGS = $(TEST_CPPFLAGS)
check_moments_LDADD = $(TEST_LDADD)
check_net_SOURCES = %D%/check_net.c $(TOOLS)
check_net_CPPFLAGS = $(TEST_CPPFLAGS)
check_net_LDADD = $(TEST_LDADD)
check_net_known_SOURCES = %D%/check_net_known.c $(TOOLS)
check_net_known_CPPFLAGS = $(TEST_CPPFLAGS)
check_net_known_LDADD = $(TEST_LDADD)
check_pspline_SOURCES = %D%/check_pspline.c $(TOOLS)
check_pspline_CPPFLAGS = $(TEST_CPPFLAGS)
check_pspline_LDADD = $(TEST_LDADD)
check_panels_SOURCES = %D%/check_panels.c %D%/scratch.h
check_panels_CPPFLAGS = $(TEST_CPPFLAGS)
check_panels_LDADD = $(TEST_LDADD)
FIGURE = %D%/figure_tools.c %D%/figure_tools.h %D%/scratch.h
check_render_SOURCES = %D%/check_render.c $(FIGURE)
check_render_CPPFLAGS = $(TEST_CPPFLAGS)
check_render_LDADD = $(TEST_LDADD)
check_run_SOURCES = %D%/check_run.c $(TOOLS)
check_run_CPPFLAGS = $(TEST_CPPFLAGS)
check_run_LDADD = $(TEST_LDADD)
check_rng_SOURCES = %D%/check_rng.c $(TOOLS)
check_rng_CPPFLAGS = $(TEST_CPPFLAGS)
check_rng_LDADD = $(TEST_LDADD)
check_score_SOURCES = %D%/check_score.c $(TOOLS)
check_score_CPPFLAGS = $(TEST_CPPFLAGS)
check_score_LDADD = $(TEST_LDADD)
check_exchange_SOURCES = %D%/check_exchange.c $(TOOLS)
check_exchange_CPPFLAGS = $(TEST_CPPFLAGS)
check_exchange_LDADD = $(TEST_LDADD)
SCORES = %D%/score_tools.c %D%/score_tools.h
check_scores_SOURCES = %D%/check_scores.c $(SCORES) $(TOOLS)
check_scores_CPPFLAGS = $(TEST_CPPFLAGS)
check_scores_LDADD = $(TEST_LDADD)
check_score_laws_SOURCES = %D%/check_score_laws.c $(SCORES) $(TOOLS)
check_score_laws_CPPFLAGS = $(TEST_CPPFLAGS)
check_score_laws_LDADD = $(TEST_LDADD)
check_score_limits_SOURCES = %D%/check_score_limits.c $(SCORES) $(TOOLS)
check_score_limits_CPPFLAGS = $(TEST_CPPFLAGS)
check_score_limits_LDADD = $(TEST_LDADD)
EXTRA_DIST += %D%/golden/scores.py %D%/golden/scores.txt \
  %D%/golden/binomial.R %D%/golden/binomial.txt
check_sine_SOURCES = %D%/check_sine.c $(TOOLS) \
  %D%/sine_tools.c %D%/sine_tools.h
check_sine_CPPFLAGS = $(TEST_CPPFLAGS)
check_sine_LDADD = $(TEST_LDADD)
check_source_SOURCES = %D%/check_source.c $(TOOLS)
check_source_CPPFLAGS = $(TEST_CPPFLAGS)
check_source_LDADD = $(TEST_LDADD)
check_split_SOURCES = %D%/check_split.c $(TOOLS)
check_split_CPPFLAGS = $(TEST_CPPFLAGS)
check_split_LDADD = $(TEST_LDADD)
check_splits_SOURCES = %D%/check_splits.c $(TOOLS)
check_splits_CPPFLAGS = $(TEST_CPPFLAGS)
check_splits_LDADD = $(TEST_LDADD)
check_own_SOURCES = %D%/check_own.c \
  %D%/study_tools.c %D%/study_tools.h $(TOOLS)
check_own_CPPFLAGS = $(TEST_CPPFLAGS)
check_own_LDADD = $(TEST_LDADD)
check_splits_made_SOURCES = %D%/check_splits_made.c $(TOOLS)
check_splits_made_CPPFLAGS = $(TEST_CPPFLAGS)
check_splits_made_LDADD = $(TEST_LDADD)
check_compare_classes_SOURCES = %D%/check_compare_classes.c \
  %D%/class_tools.c %D%/class_tools.h
check_compare_classes_CPPFLAGS = $(TEST_CPPFLAGS)
check_compare_classes_LDADD = $(TEST_LDADD)
check_inner_parts_SOURCES = %D%/check_inner_parts.c
check_inner_parts_CPPFLAGS = $(TEST_CPPFLAGS)
check_inner_parts_LDADD = $(TEST_LDADD)
check_chosen_SOURCES = %D%/check_chosen.c \
  %D%/study_tools.c %D%/study_tools.h $(TOOLS)
check_chosen_CPPFLAGS = $(TEST_CPPFLAGS)
check_chosen_LDADD = $(TEST_LDADD)
check_study_SOURCES = %D%/check_study.c \
  %D%/study_tools.c %D%/study_tools.h $(TOOLS)
check_study_CPPFLAGS = $(TEST_CPPFLAGS)
check_study_LDADD = $(TEST_LDADD)
check_table_SOURCES = %D%/check_table.c
check_table_CPPFLAGS = $(TEST_CPPFLAGS)
check_table_LDADD = $(TEST_LDADD)
check_text_SOURCES = %D%/check_text.c $(TOOLS)
check_text_CPPFLAGS = $(TEST_CPPFLAGS)
check_text_LDADD = $(TEST_LDADD)
check_train_SOURCES = %D%/check_train.c $(TOOLS) \
  %D%/train_tools.c %D%/train_tools.h
check_train_CPPFLAGS = $(TEST_CPPFLAGS)
check_train_LDADD = $(TEST_LDADD)
check_train_kinds_SOURCES = %D%/check_train_kinds.c $(TOOLS) \
  %D%/train_tools.c %D%/train_tools.h
check_train_kinds_CPPFLAGS = $(TEST_CPPFLAGS)
check_train_kinds_LDADD = $(TEST_LDADD)
check_update_SOURCES = %D%/check_update.c $(WATCH) $(TOOLS)
check_update_CPPFLAGS = $(TEST_CPPFLAGS)
check_update_LDADD = $(TEST_LDADD)
check_watch_SOURCES = %D%/check_watch.c $(WATCH) $(TOOLS)
check_watch_CPPFLAGS = $(TEST_CPPFLAGS)
check_watch_LDADD = $(TEST_LDADD)
check_kernels_SOURCES = %D%/check_kernels.c %D%/kernels_cases.h $(TOOLS)
check_kernels_CPPFLAGS = $(TEST_CPPFLAGS)
check_kernels_LDADD = $(TEST_LDADD)
check_thinned_SOURCES = %D%/check_thinned.c $(TOOLS)
check_thinned_CPPFLAGS = $(TEST_CPPFLAGS)
check_thinned_LDADD = $(TEST_LDADD)
check_tree_SOURCES = %D%/check_tree.c %D%/tree_tools.c %D%/tree_tools.h
check_tree_CPPFLAGS = $(TEST_CPPFLAGS)
check_tree_LDADD = $(TEST_LDADD)
check_bins_SOURCES = %D%/check_bins.c %D%/tree_tools.c %D%/tree_tools.h
check_bins_CPPFLAGS = $(TEST_CPPFLAGS)
check_bins_LDADD = $(TEST_LDADD)
check_forest_SOURCES = %D%/check_forest.c %D%/tree_tools.c %D%/tree_tools.h
check_forest_CPPFLAGS = $(TEST_CPPFLAGS)
check_forest_LDADD = $(TEST_LDADD)
check_categories_SOURCES = %D%/check_categories.c %D%/tree_tools.c %D%/tree_tools.h
check_categories_CPPFLAGS = $(TEST_CPPFLAGS)
check_categories_LDADD = $(TEST_LDADD)
check_unit_SOURCES = %D%/check_unit.c $(TOOLS)
check_unit_CPPFLAGS = $(TEST_CPPFLAGS)
check_unit_LDADD = $(TEST_LDADD)
check_bands_SOURCES = %D%/check_bands.c $(TOOLS)
check_bands_CPPFLAGS = $(TEST_CPPFLAGS)
check_bands_LDADD = $(TEST_LDADD)
check_interference_SOURCES = %D%/check_interference.c $(TOOLS)
check_interference_CPPFLAGS = $(TEST_CPPFLAGS)
check_interference_LDADD = $(TEST_LDADD)
check_influence_SOURCES = %D%/check_influence.c $(TOOLS)
check_influence_CPPFLAGS = $(TEST_CPPFLAGS)
check_influence_LDADD = $(TEST_LDADD)
check_jackknife_SOURCES = %D%/check_jackknife.c $(TOOLS)
check_jackknife_CPPFLAGS = $(TEST_CPPFLAGS)
check_jackknife_LDADD = $(TEST_LDADD)
check_universal_SOURCES = %D%/check_universal.c $(TOOLS)
check_universal_CPPFLAGS = $(TEST_CPPFLAGS)
check_universal_LDADD = $(TEST_LDADD)
check_universal_masks_SOURCES = %D%/check_universal_masks.c $(TOOLS)
check_universal_masks_CPPFLAGS = $(TEST_CPPFLAGS)
check_universal_masks_LDADD = $(TEST_LDADD)
check_variance_SOURCES = %D%/check_variance.c $(TOOLS)
check_variance_CPPFLAGS = $(TEST_CPPFLAGS)
check_variance_LDADD = $(TEST_LDADD)
fuzz_table_SOURCES = %D%/fuzz_table.c
fuzz_table_CPPFLAGS = $(TEST_CPPFLAGS)
fuzz_table_LDADD = $(TEST_LDADD) $(CSV_LIBS)
alloc_fit_SOURCES = %D%/alloc_fit.c
alloc_fit_CPPFLAGS = $(TEST_CPPFLAGS)
alloc_fit_LDADD = $(TEST_LDADD)
alloc_fit_LDFLAGS = $(WRAP_ALL)
alloc_table_SOURCES = %D%/alloc_table.c
alloc_table_CPPFLAGS = $(TEST_CPPFLAGS)
alloc_table_LDADD = $(TEST_LDADD)
alloc_table_LDFLAGS = $(WRAP)
check_coverage_SOURCES = %D%/check_coverage.c $(BANDS) $(TOOLS)
check_coverage_CPPFLAGS = $(TEST_CPPFLAGS)
check_coverage_LDADD = $(TEST_LDADD)
long_bands_SOURCES = %D%/long_bands.c $(BANDS) $(TOOLS)
long_bands_CPPFLAGS = $(TEST_CPPFLAGS)
long_bands_LDADD = $(TEST_LDADD)
long_noise_SOURCES = %D%/long_noise.c $(TOOLS)
long_noise_CPPFLAGS = $(TEST_CPPFLAGS)
long_noise_LDADD = $(TEST_LDADD)
long_perspectives_SOURCES = %D%/long_perspectives.c
long_perspectives_CPPFLAGS = $(TEST_CPPFLAGS)
long_perspectives_LDADD = $(TEST_LDADD)
long_sine_SOURCES = %D%/long_sine.c $(TOOLS) \
  %D%/sine_tools.c %D%/sine_tools.h
long_sine_CPPFLAGS = $(TEST_CPPFLAGS)
long_sine_LDADD = $(TEST_LDADD)

check_bspline_SOURCES = %D%/check_bspline.c %D%/curve_tools.c %D%/curve_tools.h \
  $(TOOLS)
check_bspline_CPPFLAGS = $(TEST_CPPFLAGS)
check_bspline_LDADD = $(TEST_LDADD)
check_formula_SOURCES = %D%/check_formula.c
check_formula_CPPFLAGS = $(TEST_CPPFLAGS)
check_formula_LDADD = $(TEST_LDADD)
check_interp_SOURCES = %D%/check_interp.c \
  %D%/smooth_tools.c %D%/smooth_tools.h
check_interp_CPPFLAGS = $(TEST_CPPFLAGS)
check_interp_LDADD = $(TEST_LDADD)
check_kernel_SOURCES = %D%/check_kernel.c \
  %D%/smooth_tools.c %D%/smooth_tools.h
check_kernel_CPPFLAGS = $(TEST_CPPFLAGS)
check_kernel_LDADD = $(TEST_LDADD)
check_knn_SOURCES = %D%/check_knn.c \
  %D%/smooth_tools.c %D%/smooth_tools.h
check_knn_CPPFLAGS = $(TEST_CPPFLAGS)
check_knn_LDADD = $(TEST_LDADD)
check_linear_SOURCES = %D%/check_linear.c \
  %D%/linear_tools.c %D%/linear_tools.h $(TOOLS)
check_linear_CPPFLAGS = $(TEST_CPPFLAGS)
check_linear_LDADD = $(TEST_LDADD)
check_locpoly_SOURCES = %D%/check_locpoly.c %D%/curve_tools.c %D%/curve_tools.h \
  $(TOOLS)
check_locpoly_CPPFLAGS = $(TEST_CPPFLAGS)
check_locpoly_LDADD = $(TEST_LDADD)
check_loess_SOURCES = %D%/check_loess.c \
  %D%/smooth_tools.c %D%/smooth_tools.h
check_loess_CPPFLAGS = $(TEST_CPPFLAGS)
check_loess_LDADD = $(TEST_LDADD)
check_mask_SOURCES = %D%/check_mask.c $(MASK) $(TOOLS)
check_mask_CPPFLAGS = $(TEST_CPPFLAGS)
check_mask_LDADD = $(TEST_LDADD)
check_mask_law_SOURCES = %D%/check_mask_law.c $(MASK) $(TOOLS)
check_mask_law_CPPFLAGS = $(TEST_CPPFLAGS)
check_mask_law_LDADD = $(TEST_LDADD)
check_mask_learnt_SOURCES = %D%/check_mask_learnt.c $(MASK) $(TOOLS)
check_mask_learnt_CPPFLAGS = $(TEST_CPPFLAGS)
check_mask_learnt_LDADD = $(TEST_LDADD)
check_mask_words_SOURCES = %D%/check_mask_words.c $(MASK) $(TOOLS)
check_mask_words_CPPFLAGS = $(TEST_CPPFLAGS)
check_mask_words_LDADD = $(TEST_LDADD)
check_nist_SOURCES = %D%/check_nist.c
check_nist_CPPFLAGS = $(TEST_CPPFLAGS)
check_nist_LDADD = $(TEST_LDADD)
check_nls_SOURCES = %D%/check_nls.c
check_nls_CPPFLAGS = $(TEST_CPPFLAGS)
check_nls_LDADD = $(TEST_LDADD)
check_poly_SOURCES = %D%/check_poly.c %D%/curve_tools.c %D%/curve_tools.h \
  $(TOOLS)
check_poly_CPPFLAGS = $(TEST_CPPFLAGS)
check_poly_LDADD = $(TEST_LDADD)
check_robust_SOURCES = %D%/check_robust.c \
  %D%/linear_tools.c %D%/linear_tools.h $(TOOLS)
check_robust_CPPFLAGS = $(TEST_CPPFLAGS)
check_robust_LDADD = $(TEST_LDADD)
check_levels_SOURCES = %D%/check_levels.c
check_levels_CPPFLAGS = $(TEST_CPPFLAGS)
check_levels_LDADD = $(TEST_LDADD)
check_points_SOURCES = %D%/check_points.c
check_points_CPPFLAGS = $(TEST_CPPFLAGS)
check_points_LDADD = $(TEST_LDADD)
check_user_SOURCES = %D%/check_user.c $(TOOLS)
check_user_CPPFLAGS = $(TEST_CPPFLAGS)
check_user_LDADD = $(TEST_LDADD)
check_version_SOURCES = %D%/check_version.c
check_version_CPPFLAGS = $(TEST_CPPFLAGS)
check_version_LDADD = $(TEST_LDADD)
check_PROGRAMS += fits_schema
fits_schema_SOURCES = %D%/fits_schema.c
fits_schema_LDADD = $(JANSSON_LIBS)
check_part_SOURCES = %D%/check_part.c $(TOOLS)
check_part_CPPFLAGS = $(TEST_CPPFLAGS)
check_part_LDADD = $(TEST_LDADD)
check_pivot_SOURCES = %D%/check_pivot.c %D%/curve_tools.c %D%/curve_tools.h \
  $(TOOLS)
check_pivot_CPPFLAGS = $(TEST_CPPFLAGS)
check_pivot_LDADD = $(TEST_LDADD)
check_settings_SOURCES = %D%/check_settings.c
check_settings_CPPFLAGS = $(TEST_CPPFLAGS)
check_settings_LDADD = $(TEST_LDADD)
check_effective_SOURCES = %D%/check_effective.c $(TOOLS)
check_effective_CPPFLAGS = $(TEST_CPPFLAGS)
check_effective_LDADD = $(TEST_LDADD)
check_regularise_SOURCES = %D%/check_regularise.c $(TOOLS)
check_regularise_CPPFLAGS = $(TEST_CPPFLAGS)
check_regularise_LDADD = $(TEST_LDADD)
check_resample_SOURCES = %D%/check_resample.c $(TOOLS)
check_resample_CPPFLAGS = $(TEST_CPPFLAGS)
check_resample_LDADD = $(TEST_LDADD)
check_scheme_SOURCES = %D%/check_scheme.c $(TOOLS)
check_scheme_CPPFLAGS = $(TEST_CPPFLAGS)
check_scheme_LDADD = $(TEST_LDADD)
check_factor_SOURCES = %D%/check_factor.c $(STAT) $(TOOLS)
check_factor_CPPFLAGS = $(TEST_CPPFLAGS)
check_factor_LDADD = $(TEST_LDADD)
check_exact_bag_SOURCES = %D%/check_exact_bag.c \
  %D%/exact_tools.c %D%/exact_tools.h $(STAT) $(TOOLS)
check_exact_bag_CPPFLAGS = $(TEST_CPPFLAGS)
check_exact_bag_LDADD = $(TEST_LDADD)
check_bagging_SOURCES = %D%/check_bagging.c \
  %D%/bag_tools.c %D%/bag_tools.h $(STAT) $(TOOLS)
check_bagging_CPPFLAGS = $(TEST_CPPFLAGS)
check_bagging_LDADD = $(TEST_LDADD)
check_prediction_SOURCES = %D%/check_prediction.c $(TOOLS)
check_prediction_CPPFLAGS = $(TEST_CPPFLAGS)
check_prediction_LDADD = $(TEST_LDADD)
check_predictable_SOURCES = %D%/check_predictable.c $(TOOLS)
check_predictable_CPPFLAGS = $(TEST_CPPFLAGS)
check_predictable_LDADD = $(TEST_LDADD)
check_dropping_SOURCES = %D%/check_dropping.c $(TOOLS)
check_dropping_CPPFLAGS = $(TEST_CPPFLAGS)
check_dropping_LDADD = $(TEST_LDADD)
check_features_SOURCES = %D%/check_features.c \
  %D%/bag_tools.c %D%/bag_tools.h $(STAT) $(TOOLS)
check_features_CPPFLAGS = $(TEST_CPPFLAGS)
check_features_LDADD = $(TEST_LDADD)
check_left_out_SOURCES = %D%/check_left_out.c \
  %D%/bag_tools.c %D%/bag_tools.h $(STAT) $(TOOLS)
check_left_out_CPPFLAGS = $(TEST_CPPFLAGS)
check_left_out_LDADD = $(TEST_LDADD)
check_model_file_SOURCES = %D%/check_model_file.c $(MODEL_FILE) $(TOOLS)
check_model_file_CPPFLAGS = $(TEST_CPPFLAGS)
check_model_file_LDADD = $(TEST_LDADD)
fuzz_model_file_SOURCES = %D%/fuzz_model_file.c $(MODEL_FILE) $(TOOLS)
fuzz_model_file_CPPFLAGS = $(TEST_CPPFLAGS)
fuzz_model_file_LDADD = $(TEST_LDADD)
check_optimiser_SOURCES = %D%/check_optimiser.c $(OPTIMISER) $(TOOLS)
check_optimiser_CPPFLAGS = $(TEST_CPPFLAGS)
check_optimiser_LDADD = $(TEST_LDADD)
check_lbfgs_SOURCES = %D%/check_lbfgs.c $(OPTIMISER)
check_lbfgs_CPPFLAGS = $(TEST_CPPFLAGS)
check_lbfgs_LDADD = $(TEST_LDADD)
EXTRA_DIST += %D%/golden/gagurine_curves.txt %D%/golden/gagurine_near.txt \
  %D%/golden/loess.R %D%/golden/loess.txt %D%/golden/make_curves.py \
  %D%/golden/nist_polynomials.txt %D%/golden/nls_puromycin.R \
  %D%/golden/nls_puromycin.txt \
  %D%/golden/nist/Bennett5.csv \
  %D%/golden/nist/BoxBOD.csv \
  %D%/golden/nist/Chwirut1.csv \
  %D%/golden/nist/Chwirut2.csv \
  %D%/golden/nist/DanWood.csv \
  %D%/golden/nist/ENSO.csv \
  %D%/golden/nist/Eckerle4.csv \
  %D%/golden/nist/Filip.csv \
  %D%/golden/nist/Gauss1.csv \
  %D%/golden/nist/Gauss2.csv \
  %D%/golden/nist/Gauss3.csv \
  %D%/golden/nist/Hahn1.csv \
  %D%/golden/nist/Kirby2.csv \
  %D%/golden/nist/Lanczos1.csv \
  %D%/golden/nist/Lanczos2.csv \
  %D%/golden/nist/Lanczos3.csv \
  %D%/golden/nist/Longley.csv \
  %D%/golden/nist/MGH09.csv \
  %D%/golden/nist/MGH10.csv \
  %D%/golden/nist/MGH17.csv \
  %D%/golden/nist/Misra1a.csv \
  %D%/golden/nist/Misra1b.csv \
  %D%/golden/nist/Misra1c.csv \
  %D%/golden/nist/Misra1d.csv \
  %D%/golden/nist/Nelson.csv \
  %D%/golden/nist/NoInt1.csv \
  %D%/golden/nist/NoInt2.csv \
  %D%/golden/nist/Norris.csv \
  %D%/golden/nist/Pontius.csv \
  %D%/golden/nist/README \
  %D%/golden/nist/Rat42.csv \
  %D%/golden/nist/Rat43.csv \
  %D%/golden/nist/Roszman1.csv \
  %D%/golden/nist/Thurber.csv \
  %D%/golden/nist/Wampler1.csv \
  %D%/golden/nist/Wampler2.csv \
  %D%/golden/nist/Wampler3.csv \
  %D%/golden/nist/Wampler4.csv \
  %D%/golden/nist/Wampler5.csv \
  %D%/golden/nist/linear.csv \
  %D%/golden/nist/nonlinear.csv
EXTRA_DIST += $(bd_shell_tests) %D%/lib.sh %D%/golden/gagurine.csv \
  %D%/golden/gagurine_rpart.txt %D%/golden/anova.R %D%/golden/draw.py %D%/golden/forest.R \
  %D%/golden/forest.csv %D%/golden/forest.txt %D%/golden/pivot.py %D%/golden/kernels.py \
  %D%/golden/pivot.txt
SUBNETS = %D%/subnet_tools.c %D%/subnet_tools.h
check_propagate_SOURCES = %D%/check_propagate.c $(SUBNETS) $(TOOLS)
check_propagate_CPPFLAGS = $(TEST_CPPFLAGS)
check_propagate_LDADD = $(TEST_LDADD)
check_subnets_SOURCES = %D%/check_subnets.c $(SUBNETS) $(TOOLS)
check_subnets_CPPFLAGS = $(TEST_CPPFLAGS)
check_subnets_LDADD = $(TEST_LDADD)
check_subnet_laws_SOURCES = %D%/check_subnet_laws.c $(SUBNETS) $(TOOLS)
check_subnet_laws_CPPFLAGS = $(TEST_CPPFLAGS)
check_subnet_laws_LDADD = $(TEST_LDADD)
check_subnet_sources_SOURCES = %D%/check_subnet_sources.c $(SUBNETS) $(TOOLS)
check_subnet_sources_CPPFLAGS = $(TEST_CPPFLAGS)
check_subnet_sources_LDADD = $(TEST_LDADD)
EXTRA_DIST += %D%/golden/dropout_exact.py %D%/golden/dropout_exact.txt
check_ambiguity_SOURCES = %D%/check_ambiguity.c $(TOOLS)
check_ambiguity_CPPFLAGS = $(TEST_CPPFLAGS)
check_ambiguity_LDADD = $(TEST_LDADD)
check_dependence_SOURCES = %D%/check_dependence.c $(TOOLS)
check_dependence_CPPFLAGS = $(TEST_CPPFLAGS)
check_dependence_LDADD = $(TEST_LDADD)
check_halves_SOURCES = %D%/check_halves.c $(STAT) $(TOOLS)
check_halves_CPPFLAGS = $(TEST_CPPFLAGS)
check_halves_LDADD = $(TEST_LDADD)
check_little_SOURCES = %D%/check_little.c $(STAT) $(TOOLS)
check_little_CPPFLAGS = $(TEST_CPPFLAGS)
check_little_LDADD = $(TEST_LDADD)
check_moments_sums_SOURCES = %D%/check_moments_sums.c $(TOOLS)
check_moments_sums_CPPFLAGS = $(TEST_CPPFLAGS)
check_moments_sums_LDADD = $(TEST_LDADD)
check_known_bags_SOURCES = %D%/check_known_bags.c $(TOOLS)
check_known_bags_CPPFLAGS = $(TEST_CPPFLAGS)
check_known_bags_LDADD = $(TEST_LDADD)
CONFORMAL = %D%/conformal_tools.c %D%/conformal_tools.h $(TOOLS)
check_conformal_SOURCES = %D%/check_conformal.c $(CONFORMAL)
check_conformal_CPPFLAGS = $(TEST_CPPFLAGS)
check_conformal_LDADD = $(TEST_LDADD)
check_interval_SOURCES = %D%/check_interval.c %D%/bag_tools.c \
  %D%/bag_tools.h $(STAT) $(CONFORMAL)
check_interval_CPPFLAGS = $(TEST_CPPFLAGS)
check_interval_LDADD = $(TEST_LDADD)
check_interval_net_SOURCES = %D%/check_interval_net.c $(CONFORMAL)
check_interval_net_CPPFLAGS = $(TEST_CPPFLAGS)
check_interval_net_LDADD = $(TEST_LDADD)
check_covered_SOURCES = %D%/check_covered.c $(CONFORMAL)
check_covered_CPPFLAGS = $(TEST_CPPFLAGS)
check_covered_LDADD = $(TEST_LDADD)
long_interval_SOURCES = %D%/long_interval.c $(CONFORMAL)
long_interval_CPPFLAGS = $(TEST_CPPFLAGS)
long_interval_LDADD = $(TEST_LDADD)
EXTRA_DIST += %D%/golden/conformal.R %D%/golden/conformal.txt
check_members_SOURCES = %D%/check_members.c $(TOOLS)
check_members_CPPFLAGS = $(TEST_CPPFLAGS)
check_members_LDADD = $(TEST_LDADD)
EXTRA_DIST += %D%/golden/members.R %D%/golden/members.py \
  %D%/golden/members_drawn.csv %D%/golden/members_inbag.csv \
  %D%/golden/members_ranger.csv %D%/golden/members_ranger.txt \
  %D%/golden/members_sklearn.csv %D%/golden/members_sklearn.txt \
  %D%/golden/variance.py %D%/golden/variance.txt \
  %D%/golden/variance_counts.csv %D%/golden/variance_members.csv \
  %D%/golden/variance_y.csv
check_tex_SOURCES = %D%/check_tex.c $(FIGURE)
check_tex_CPPFLAGS = $(TEST_CPPFLAGS)
check_tex_LDADD = $(TEST_LDADD)
