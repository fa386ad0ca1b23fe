#!/bin/sh
# make install, then a program that knows the library by pkg-config alone,
# then make uninstall.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

make=${MAKE:-make}
cc=${CC:-cc}
[ -f "$home/Makefile" ] || skip 'not in a build folder'
have "${make%% *}" || skip "no $make"
have "${cc%% *}" || skip "no $cc"
have pkg-config || skip 'no pkg-config'
pkg-config --exists gsl || skip 'pkg-config does not know GSL'
if grep -q 'fsanitize=\|--coverage' "$home/Makefile"; then
  skip 'instrumented'
fi

# A folder that configure was told would not follow the prefix given here.
if grep -E '^[a-z]*dir = /' "$home/Makefile" \
  | grep -v -E '^(src|oldinclude|sysconf|[a-z]*state)dir' >/dev/null; then
  skip 'configured with folders outside the prefix'
fi

to=$box/to
MAKEFLAGS=
export MAKEFLAGS
unset DESTDIR
AM_UPDATE_INFO_DIR=no # it would leave a list of manuals
export AM_UPDATE_INFO_DIR
run $make -C "$home" --no-print-directory install prefix="$to" \
  exec_prefix="$to"
expect_status 0 'make install'
check 'the program is installed' test -x "$to/bin/bagdrop"
check 'the header is installed' test -f "$to/include/bagdrop/bagdrop.h"
for file in bash-completion/completions/bagdrop zsh/site-functions/_bagdrop \
  fish/vendor_completions.d/bagdrop.fish; do
  check "$file is installed" test -s "$to/share/$file"
done
if grep -q '^man1dir' "$home/Makefile" && ls "$home"/doc/*.1 "$top"/doc/*.1; then
  check 'man pages of all commands are installed' \
    test "$(find "$to" -name 'bagdrop*.1' | wc -l)" -ge 10
fi >"$box/stdout" 2>"$box/stderr"
run "$to/bin/bagdrop" --version
expect_status 0 'the installed program runs'

cat >program.c <<'EOF'
#include <bagdrop.h>
#include <stdio.h>

int
main (void)
{
  const bd_scenario *sine = bd_scenario_find ("sine");
  bd_dataset *s = bd_scenario_draw (sine, 30, 0.1, 1);
  printf ("%zu %zu\n", s ? s->n : 0, s ? s->d : 0);
  bd_dataset_free (s);
  printf ("%s %s\n", BD_VERSION, bd_version ());
  return !s || bd_version_check (BD_VERSION, NULL);
}
EOF
pc=$(find "$to" -name bagdrop.pc)
if [ -z "$pc" ]; then
  bad 'bagdrop.pc is installed'
  finish
fi
PKG_CONFIG_PATH=$(dirname "$pc"):${PKG_CONFIG_PATH-}
export PKG_CONFIG_PATH
# The file names the prefix of configure; this one is another.
flags=$(pkg-config --define-variable=prefix="$to" \
  --define-variable=exec_prefix="$to" --define-variable=libdir="$to/lib" \
  --define-variable=includedir="$to/include" --cflags --libs bagdrop)
# shellcheck disable=SC2086
run $cc -std=c11 -Wall -Wextra -Wpedantic -Werror -o program program.c $flags
expect_status 0 'a program is compiled with pkg-config alone'
LD_LIBRARY_PATH=$to/lib:${LD_LIBRARY_PATH-}
export LD_LIBRARY_PATH
run ./program
expect_status 0 'it runs'
expect_stdout '^30 1$' 'it counts the rows'
version=$(pkg-config --modversion bagdrop)
expect_stdout "^$version $version\$" 'headers, library and bagdrop.pc agree'
examples=$to/share/doc/bagdrop/examples
for example in bag own_fitter; do
  # shellcheck disable=SC2086
  run $cc -std=c11 -Wall -Wextra -Wpedantic -Werror -o $example \
    "$examples/$example.c" $flags
  expect_status 0 "the installed $example.c is compiled alike"
  run ./$example
  expect_status 0 'it runs'
  check 'it prints as many lines as it should' \
    test "$(wc -l <"$box/stdout")" -eq "$(wc -l <"$examples/$example.out")"
done
for header in $(cd "$to/include/bagdrop" && find . -name '*.h'); do
  header=${header#./}
  printf '#include <%s>\n#include <%s>\ntypedef int some;\n' "$header" \
    "$header" >alone.c
  # shellcheck disable=SC2086
  run $cc -std=c11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only alone.c \
    $flags
  expect_status 0 "$header needs nothing before it"
done
run $make -C "$home" --no-print-directory uninstall prefix="$to" \
  exec_prefix="$to"
expect_status 0 'make uninstall'
check 'nothing is left' test -z "$(find "$to" ! -type d)"
finish
