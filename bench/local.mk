# Benchmarks: never part of `make check'.
BENCHES = bench_trees
EXTRA_PROGRAMS += $(BENCHES)
CLEANFILES += $(BENCHES)
bench_trees_SOURCES = %D%/trees.c
bench_trees_LDADD = libbd.la $(GSL_LIBS) $(BLAS_LIBS)
EXTRA_DIST += %D%/run.sh

bench: $(BENCHES) bagdrop$(EXEEXT)
	$(SHELL) $(srcdir)/%D%/run.sh $(srcdir)
.PHONY: bench
