# Benchmarks: never part of `make check'.
BENCHES = bench_bag bench_curves bench_draws bench_trees
EXTRA_PROGRAMS += $(BENCHES)
CLEANFILES += $(BENCHES)
bench_bag_SOURCES = %D%/bag.c %D%/rows.c %D%/rows.h
bench_bag_LDADD = libbd.la $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
bench_curves_SOURCES = %D%/curves.c
bench_curves_LDADD = libbd.la $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
bench_draws_SOURCES = %D%/draws.c
bench_draws_LDADD = libbd.la $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
bench_trees_SOURCES = %D%/rows.c %D%/rows.h %D%/trees.c
bench_trees_LDADD = libbd.la $(MUPARSER_LIBS) $(GSL_LIBS) $(BLAS_LIBS)
EXTRA_DIST += %D%/breiman %D%/run.sh %D%/peers/curves.py %D%/peers/locpoly.R \
  %D%/peers/nets.py %D%/peers/trees.R %D%/peers/trees.py

bench: $(BENCHES) bagdrop$(EXEEXT)
	$(SHELL) $(srcdir)/%D%/run.sh $(srcdir)
.PHONY: bench
