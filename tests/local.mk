# Check programs, at least one for each room, all in TAP; then scripts.
AM_TESTS_ENVIRONMENT = srcdir='$(srcdir)'; export srcdir; \
  PATH="`pwd`:$$PATH"; export PATH; AWK='$(AWK)'; export AWK; \
  NM='$(NM)'; export NM; OMP_DYNAMIC=false; export OMP_DYNAMIC;
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) \
  $(top_srcdir)/build-aux/tap-driver.sh
AM_LOG_DRIVER_FLAGS = --ignore-exit
TEST_EXTENSIONS = .sh
SH_LOG_COMPILER = $(SHELL)

bd_tests = check_column check_dataset check_figure check_render \
  check_table check_tree fuzz_table alloc_table

if HAVE_CHECK
check_PROGRAMS += $(bd_tests)
TESTS += $(bd_tests)
endif

TEST_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
TEST_LDADD = libbdplots.la libbd.la $(CHECK_LIBS) $(JANSSON_LIBS) \
  $(GSL_LIBS) $(BLAS_LIBS)
WRAP = -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc

check_column_SOURCES = %D%/check_column.c
check_column_CPPFLAGS = $(TEST_CPPFLAGS)
check_column_LDADD = $(TEST_LDADD)
check_dataset_SOURCES = %D%/check_dataset.c
check_dataset_CPPFLAGS = $(TEST_CPPFLAGS)
check_dataset_LDADD = $(TEST_LDADD)
check_figure_SOURCES = %D%/check_figure.c %D%/scratch.h
check_figure_CPPFLAGS = $(TEST_CPPFLAGS)
check_figure_LDADD = $(TEST_LDADD)
check_render_SOURCES = %D%/check_render.c %D%/scratch.h
check_render_CPPFLAGS = $(TEST_CPPFLAGS)
check_render_LDADD = $(TEST_LDADD)
check_table_SOURCES = %D%/check_table.c
check_table_CPPFLAGS = $(TEST_CPPFLAGS)
check_table_LDADD = $(TEST_LDADD)
check_tree_SOURCES = %D%/check_tree.c %D%/tree_tools.c %D%/tree_tools.h
check_tree_CPPFLAGS = $(TEST_CPPFLAGS)
check_tree_LDADD = $(TEST_LDADD)
fuzz_table_SOURCES = %D%/fuzz_table.c
fuzz_table_CPPFLAGS = $(TEST_CPPFLAGS)
fuzz_table_LDADD = $(TEST_LDADD) $(CSV_LIBS)
alloc_table_SOURCES = %D%/alloc_table.c
alloc_table_CPPFLAGS = $(TEST_CPPFLAGS)
alloc_table_LDADD = $(TEST_LDADD)
alloc_table_LDFLAGS = $(WRAP)

EXTRA_DIST += $(TESTS_SCRIPTS) %D%/golden/gagurine.csv \
  %D%/golden/gagurine_rpart.txt
