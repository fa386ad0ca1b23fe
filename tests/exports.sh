#!/bin/sh
# What the library shows and what it uses: names begin with bd_, nothing ends
# the program or writes to its streams, nothing can be changed behind a
# caller's back.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

nm=${NM:-nm}
# Libtool's $NM may carry options and may stand behind a fallback.
# shellcheck disable=SC2086
$nm --version >/dev/null 2>&1 || nm='nm'
have "${nm%% *}" || skip 'no nm'
static=$home/.libs/libbagdrop.a
shared=$home/.libs/libbagdrop.so
if [ ! -f "$static" ] && [ ! -f "$shared" ]; then skip 'no library here'; fi
# Sanitizers and coverage put names of their own into every object.
if [ -f "$static" ] \
  && $nm "$static" 2>/dev/null | grep -q -e '__[au]b*san_' -e __gcov_; then
  skip 'instrumented'
fi

none () # none WHAT: $box/found is empty
{
  if [ -s "$box/found" ]; then
    cp "$box/found" "$box/stderr"
    bad "$1"
  else
    good "$1"
  fi
}

# symbols FILE: "OBJECT TYPE NAME"
# clang keeps the lock of an OpenMP critical section in .gomp_critical_*.
symbols ()
{
  $nm -A -P "$@" 2>/dev/null \
    | awk '$2 !~ /^\.gomp_critical_/ { print $1, $3, $2 }'
}

if [ -f "$shared" ]; then
  symbols -D --defined-only "$shared" \
    | awk '$3 !~ /^bd_/ && $3 !~ /^_(init|fini|edata|end|_bss_start)$/' \
      >"$box/found"
  none 'the shared library exports bd_ names only'
  symbols -D --defined-only "$shared" | awk '$3 ~ /^bd_/' >"$box/names"
  check 'and some of them' test "$(wc -l <"$box/names")" -gt 50
  symbols -D --defined-only "$shared" | awk '$2 ~ /[BC]/' >"$box/found"
  none 'nothing exported is zeroed memory'
fi
# The name that programs ask for; lib/local.mk says when it may change.
if [ -f "$shared" ] && have readelf; then
  readelf -d "$shared" >"$box/found" 2>/dev/null
  check 'the shared library is libbagdrop.so.0' \
    grep -q 'SONAME.*\[libbagdrop\.so\.0\]' "$box/found"
fi
if [ -f "$static" ]; then
  symbols "$static" | awk '$2 ~ /[A-TV-Z]/ && $2 !~ /[wW]/ \
    && $3 !~ /^bd_/ && $3 !~ /^DW\.ref\./' >"$box/found"
  none 'the static library defines global bd_ names only'
  ends='exit _exit quick_exit abort __assert_fail'
  speaks='printf vprintf puts putchar perror stdout stderr'
  changes='setlocale srand rand signal sigaction system popen'
  symbols "$static" | awk -v list="$ends $speaks $changes" 'BEGIN {
      n = split (list, word, " ")
      for (i = 1; i <= n; i++) { bad[word[i]] = bad["__" word[i] "_chk"] = 1 }
    }
    $2 == "U" { sub (/@.*/, "", $3); if ($3 in bad) print }' >"$box/found"
  none 'nothing ends the program, writes to its streams or changes its state'
  # Tables of pointers are constant but for the loader, which fills them in.
  symbols "$static" | awk '$2 ~ /[bBC]/' >"$box/found"
  none 'no zeroed variables'
  if have objdump; then
    objdump -t "$static" 2>/dev/null | awk '$0 ~ / O / \
      && / (\.data|\.bss|\.tdata|\.tbss|\.data\.[a-z_]*[^lo. ][a-z_]*)\t/ \
      && !/ \.data\.rel(\.ro)?(\.local)?\t/' >"$box/found"
    none 'no variables'
    objdump -t "$static" 2>/dev/null | awk '$0 ~ / O / \
      && / \.data\.rel(\.local)?\t/ && $NF !~ /^bd_/' >"$box/found"
    none 'no variables that point somewhere'
  fi
fi
finish
