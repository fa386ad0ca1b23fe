RECIPES = %D%/members.gp %D%/bands.gp %D%/variance.gp %D%/growth.gp \
  %D%/budget.gp %D%/budget_n.gp %D%/budget_x.gp %D%/influence.gp \
  %D%/scores.gp %D%/panels.gp
plotsdir = $(pkgdatadir)/plots
dist_plots_DATA = %D%/style.gp $(RECIPES)
EXTRA_DIST += %D%/recipes.awk

# The recipes as C strings, so that the program needs no file at run time.
BUILT_SOURCES += %D%/recipes.c
CLEANFILES += %D%/recipes.c
%D%/recipes.c: %D%/recipes.awk %D%/style.gp $(RECIPES)
	$(AM_V_GEN)$(MKDIR_P) %D% && \
	( cd $(srcdir) && LC_ALL=C $(AWK) -f %D%/recipes.awk %D%/style.gp $(RECIPES) ) \
	  > $@.tmp && mv $@.tmp $@

noinst_LTLIBRARIES += libbdplots.la
libbdplots_la_SOURCES = %D%/figure.c %D%/figure.h %D%/gnuplot.c \
  %D%/gnuplot.h %D%/quote.c %D%/render.c %D%/svg.c \
  %D%/tex.c
nodist_libbdplots_la_SOURCES = %D%/recipes.c
