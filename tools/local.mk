bin_PROGRAMS += bagdrop
bagdrop_SOURCES = %D%/bag.h %D%/bag_choose.c %D%/bag_influence.c \
  %D%/bag_part.c %D%/bag_print.c %D%/bag_read.c %D%/budget.h \
  %D%/budget_choose.c %D%/budget_figures.c %D%/budget_files.c \
  %D%/budget_findings.c %D%/budget_fitter.c %D%/budget_print.c \
  %D%/cmd_bag.c %D%/cmd_budget.c %D%/cmd_compare.c %D%/cmd_dropout.c \
  %D%/cmd_list.c %D%/cmd_merge.c %D%/cmd_perspectives.c %D%/cmd_plot.c \
  %D%/cmd_simulate.c %D%/cmd_variance.c %D%/common.c %D%/compare.h \
  %D%/compare_budget.c %D%/compare_choose.c %D%/compare_kept.c %D%/compare_memory.c %D%/compare_write.c %D%/compare_read.c %D%/draw.c \
  %D%/draw.h %D%/dropout.h %D%/dropout_choose.c %D%/dropout_influence.c \
  %D%/dropout_kept.c %D%/dropout_match.c %D%/dropout_net.c \
  %D%/dropout_notes.c %D%/dropout_part.c %D%/dropout_print.c \
  %D%/dropout_read.c %D%/figures.c %D%/figures.h \
  %D%/figures_curves.c %D%/folder.c %D%/folder.h %D%/format.c \
  %D%/format.h %D%/html.c %D%/influence.c %D%/influence.h %D%/inputs.c \
  %D%/inputs.h %D%/interrupt.c %D%/interrupt.h %D%/intervals.c \
  %D%/intervals.h %D%/json.c %D%/latex.c %D%/learning.c \
  %D%/limits.c %D%/limits.h \
  %D%/main.c %D%/members.c %D%/members.h %D%/opt.c %D%/opt.h %D%/opt_help.c \
  %D%/opt_value.c %D%/outputs.c %D%/outputs.h %D%/page.c %D%/page.h \
  %D%/part.c %D%/part.h %D%/perspectives.h %D%/perspectives_choose.c \
  %D%/perspectives_figure.c %D%/perspectives_files.c \
  %D%/perspectives_page.c %D%/perspectives_print.c \
  %D%/checkpoint.c %D%/checkpoint.h %D%/checkpoint_hash.c \
  %D%/plot.h %D%/plot_curves.c %D%/plot_kinds.c \
  %D%/plot_learning.c %D%/plot_members.c %D%/plot_methods.c %D%/plot_panel.c \
  %D%/plot_panels.c %D%/plot_source.c %D%/plot_tables.c %D%/plot_width.c \
  %D%/points.c \
  %D%/ranks.c %D%/ranks.h %D%/ranks_members.c %D%/report.h %D%/rows.c \
  %D%/rows.h %D%/scores.c %D%/scores.h %D%/report_table.c %D%/table.c \
  %D%/tell.c %D%/tell.h \
  %D%/tex.c %D%/tex.h %D%/tools.h %D%/variance.h %D%/variance_influence.c \
  %D%/variance_print.c %D%/variance_read.c %D%/variance_scores.c \
  %D%/words.c %D%/words.h
bagdrop_LDADD = libbdplots.la libbd.la $(JANSSON_LIBS) $(MPI_LIBS) $(MUPARSER_LIBS) $(GSL_LIBS) \
  $(BLAS_LIBS)
