if HAVE_MAN
dist_man_MANS = %D%/bagdrop.1
endif
EXTRA_DIST += %D%/bagdrop.h2m %D%/DESIGN
# The program is an order-only prerequisite: a tarball, where the page is newer
# than the sources of its text, needs neither the program nor help2man.
%D%/bagdrop.1: %D%/bagdrop.h2m tools/main.c tools/opt.c tools/cmd_compare.c \
    tools/cmd_bag.c tools/cmd_budget.c tools/cmd_dropout.c \
    tools/cmd_merge.c tools/cmd_perspectives.c tools/cmd_variance.c tools/cmd_list.c \
    tools/cmd_simulate.c | bagdrop$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) %D% && $(HELP2MAN) --no-info \
	  --name='compare bagging and dropout on your data' \
	  --include=$(srcdir)/%D%/bagdrop.h2m --output=$@ ./bagdrop$(EXEEXT)

dist_doc_DATA += %D%/results.schema.json

# Programs that use the library as others would; tests/examples.sh runs them.
examplesdir = $(docdir)/examples
dist_examples_DATA = %D%/examples/bag.c %D%/examples/bag.out \
  %D%/examples/own_fitter.c %D%/examples/own_fitter.out
check_PROGRAMS += example_bag example_own_fitter
EXAMPLE_LDADD = libbagdrop.la $(GSL_LIBS) $(BLAS_LIBS)
example_bag_SOURCES = %D%/examples/bag.c
example_bag_LDADD = $(EXAMPLE_LDADD)
example_own_fitter_SOURCES = %D%/examples/own_fitter.c
example_own_fitter_LDADD = $(EXAMPLE_LDADD)
