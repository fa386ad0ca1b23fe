#!/bin/sh
# The programs of doc/examples say what stands beside them, and are as short
# as the documents claim.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

examples=$top/doc/examples

# alike GOT WANTED: the same words; numbers may differ by 0.002, since
# machines round differently.
alike ()
{
  awk 'function number (s) { return s ~ /^-?[0-9]+\.[0-9]+[:)]?$/ }
    NR == FNR { line[++lines] = $0; next }
    {
      n = split ($0, b); if (split (line[FNR], a) != n) wrong = 1
      for (k = 1; k <= n; k++)
        if (number (a[k]) && number (b[k])) {
          d = a[k] - b[k]; if (d > .002 || d < -.002) wrong = 1
        } else if (a[k] != b[k]) wrong = 1
    }
    END { exit wrong || FNR != lines || lines == 0 }' "$1" "$2"
}

for example in bag own_fitter; do
  have "example_$example" || skip "example_$example was not built"
  run "example_$example"
  expect_status 0 "$example runs"
  check "$example says what $example.out says" \
    alike "$box/stdout" "$examples/$example.out"
done
check 'bag.c has at most 30 lines' \
  test "$(wc -l <"$examples/bag.c")" -le 30
check 'own_fitter.c has at most 60 lines' \
  test "$(wc -l <"$examples/own_fitter.c")" -le 60
sed 's/^0\.5: ./&9/' "$examples/bag.out" >other
deny 'another number is seen' alike other "$examples/bag.out"
sed 1d "$examples/bag.out" >other
deny 'a missing line is seen' alike other "$examples/bag.out"
finish
