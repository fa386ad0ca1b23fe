# Benchmarks: never part of `make check'.
BENCHES = bench_bag bench_curves bench_draws bench_dropout bench_exact \
  bench_kernels bench_thinned bench_trees bench_variance bench_wall
EXTRA_PROGRAMS += $(BENCHES)
CLEANFILES += $(BENCHES)
bench_bag_SOURCES = %D%/bag.c %D%/rows.c %D%/rows.h
bench_bag_LDADD = libbd.la $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
bench_curves_SOURCES = %D%/curves.c %D%/rows.c %D%/rows.h
bench_curves_LDADD = libbd.la $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
bench_draws_SOURCES = %D%/draws.c %D%/rows.c %D%/rows.h
bench_draws_LDADD = libbd.la $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
bench_dropout_SOURCES = %D%/dropout.c %D%/rows.c %D%/rows.h
bench_dropout_LDADD = libbd.la $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
bench_exact_SOURCES = %D%/exact.c %D%/rows.c %D%/rows.h
bench_exact_LDADD = libbd.la $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
bench_kernels_SOURCES = %D%/kernels.c %D%/rows.c %D%/rows.h
bench_kernels_LDADD = libbd.la $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
bench_thinned_SOURCES = %D%/thinned.c %D%/rows.c %D%/rows.h
bench_thinned_LDADD = libbd.la $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
bench_trees_SOURCES = %D%/rows.c %D%/rows.h %D%/trees.c
bench_trees_LDADD = libbd.la $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
bench_variance_SOURCES = %D%/rows.c %D%/rows.h %D%/variance.c
bench_variance_LDADD = libbd.la $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
bench_wall_SOURCES = %D%/rows.c %D%/rows.h %D%/wall.c
bench_wall_LDADD = $(GSL_LIBS) $(BLAS_LIBS)
EXTRA_DIST += %D%/breiman %D%/run.sh %D%/run_curves.sh %D%/run_dropout.sh \
  %D%/run_nets.sh %D%/run_threads.sh %D%/run_trees.sh %D%/run_variance.sh %D%/table.sh \
  %D%/peers/common.py %D%/peers/curves.py %D%/peers/dropout.py \
  %D%/peers/enumerate.py %D%/peers/infjack.R %D%/peers/locpoly.R %D%/peers/mc.py \
  %D%/peers/nets.py %D%/peers/nnet.R %D%/peers/stacked.py \
  %D%/peers/trees.R %D%/peers/trees.py %D%/peers/variance.R \
  %D%/peers/variance.py %D%/uci.sh

# BENCH='curves threads' for some parts, RUNS=1 for a quick look.
bench: $(BENCHES) bagdrop$(EXEEXT)
	$(SHELL) $(srcdir)/%D%/run.sh $(srcdir) $(BENCH)
	test -z "$(UCI)" || UCI='$(UCI)' $(SHELL) $(srcdir)/%D%/uci.sh 5

# UCI=DIR: the sets of Gal & Ghahramani (2016) with their splits; a few of them
# in `make bench', all here.
bench-uci: bagdrop$(EXEEXT)
	UCI='$(UCI)' $(SHELL) $(srcdir)/%D%/uci.sh 5
bench-long: bagdrop$(EXEEXT)
	UCI='$(UCI)' $(SHELL) $(srcdir)/%D%/uci.sh 20
.PHONY: bench bench-uci bench-long
