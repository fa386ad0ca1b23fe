if HAVE_MAN
dist_man_MANS = %D%/bagdrop.1
endif
EXTRA_DIST += %D%/bagdrop.h2m %D%/DESIGN
# The program is an order-only prerequisite: a tarball, where the page is newer
# than the sources of its text, needs neither the program nor help2man.
%D%/bagdrop.1: %D%/bagdrop.h2m tools/main.c tools/opt.c tools/opt_help.c tools/cmd_compare.c \
    tools/cmd_bag.c tools/cmd_budget.c tools/cmd_dropout.c \
    tools/cmd_merge.c tools/cmd_perspectives.c tools/cmd_variance.c tools/cmd_list.c \
    tools/cmd_simulate.c | bagdrop$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) %D% && $(HELP2MAN) --no-info \
	  --name='compare bagging and dropout on your data' \
	  --include=$(srcdir)/%D%/bagdrop.h2m --output=$@ ./bagdrop$(EXEEXT)
