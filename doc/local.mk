# A page for the program and one for each command.
bd_pages = %D%/bagdrop.1 %D%/bagdrop-compare.1 %D%/bagdrop-bag.1 \
  %D%/bagdrop-dropout.1 %D%/bagdrop-budget.1 %D%/bagdrop-perspectives.1 \
  %D%/bagdrop-merge.1 %D%/bagdrop-plot.1 %D%/bagdrop-variance.1 %D%/bagdrop-simulate.1 \
  %D%/bagdrop-list.1
if HAVE_MAN
dist_man_MANS = $(bd_pages)
endif
EXTRA_DIST += %D%/bagdrop.h2m %D%/command.h2m %D%/man.sh %D%/DESIGN
# The program is an order-only prerequisite: a tarball, where the pages are
# newer than the sources of their text, needs neither the program nor help2man.
$(bd_pages): %D%/bagdrop.h2m %D%/command.h2m %D%/man.sh $(bagdrop_SOURCES) \
    | bagdrop$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) %D% && page=`basename $@ .1` && \
	  command=`echo $$page | sed 's/^bagdrop-*//'` && \
	  $(SHELL) $(srcdir)/%D%/man.sh '$(HELP2MAN)' ./bagdrop$(EXEEXT) \
	    $(srcdir)/%D%/`if test -n "$$command"; then echo command; \
	      else echo bagdrop; fi`.h2m $$command >$@.tmp && mv $@.tmp $@

# Completion in shells, from the same tables; in the tarball, as the pages are.
bashcompletiondir = $(datarootdir)/bash-completion/completions
zshcompletiondir = $(datarootdir)/zsh/site-functions
fishcompletiondir = $(datarootdir)/fish/vendor_completions.d
dist_bashcompletion_DATA = %D%/bash/bagdrop
dist_zshcompletion_DATA = %D%/zsh/_bagdrop
dist_fishcompletion_DATA = %D%/fish/bagdrop.fish
EXTRA_DIST += %D%/completion.sh %D%/completion.bash.awk \
  %D%/completion.fish.awk %D%/completion.zsh.awk
%D%/bash/bagdrop %D%/zsh/_bagdrop %D%/fish/bagdrop.fish: %D%/completion.sh \
    %D%/completion.bash.awk %D%/completion.fish.awk %D%/completion.zsh.awk \
    $(bagdrop_SOURCES) | bagdrop$(EXEEXT)
	$(AM_V_GEN)dir=`dirname $@` && $(MKDIR_P) $$dir && \
	  $(SHELL) $(srcdir)/%D%/completion.sh ./bagdrop$(EXEEXT) \
	    `basename $$dir` >$@.tmp && mv $@.tmp $@

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

# The manual, where makeinfo is or where a tarball brought it: Automake's own
# rules for it (info_TEXINFOS) cannot be left out by a condition.
bd_manual = %D%/bagdrop.info
if HAVE_INFO
bdinfodir = $(infodir)
dist_bdinfo_DATA = $(bd_manual)
endif
EXTRA_DIST += %D%/bagdrop.texi %D%/examples.awk
CLEANFILES += %D%/bagdrop.html %D%/bagdrop.pdf
BD_MAKEINFO = $(MAKEINFO) -D 'VERSION $(VERSION)'
$(bd_manual): %D%/bagdrop.texi
	$(AM_V_GEN)$(MKDIR_P) %D% && \
	  $(BD_MAKEINFO) --output=$@ $(srcdir)/%D%/bagdrop.texi
%D%/bagdrop.html: %D%/bagdrop.texi
	$(AM_V_GEN)$(MKDIR_P) %D% && $(BD_MAKEINFO) --html --no-split \
	  --output=$@ $(srcdir)/%D%/bagdrop.texi
%D%/bagdrop.pdf: %D%/bagdrop.texi
	$(AM_V_GEN)$(MKDIR_P) %D% && texi2pdf --batch --quiet --clean \
	  --texinfo='@set VERSION $(VERSION)' --output=$@ \
	  $(srcdir)/%D%/bagdrop.texi
html-local: %D%/bagdrop.html
pdf-local: %D%/bagdrop.pdf
# The list of manuals that `info' begins with, as Automake's rules treat it.
install-data-hook:
	@if test -f '$(DESTDIR)$(infodir)/bagdrop.info' && \
	  test no != "$${AM_UPDATE_INFO_DIR-}" && \
	  install-info --version >/dev/null 2>&1; then \
	  install-info --info-dir='$(DESTDIR)$(infodir)' \
	    '$(DESTDIR)$(infodir)/bagdrop.info' || :; \
	fi
uninstall-hook:
	@if test -f '$(DESTDIR)$(infodir)/dir' && \
	  test no != "$${AM_UPDATE_INFO_DIR-}" && \
	  install-info --version >/dev/null 2>&1; then \
	  install-info --info-dir='$(DESTDIR)$(infodir)' --remove \
	    bagdrop.info || :; \
	fi
