#!/bin/sh
# How many of the 45 faults were provoked, and survived, by the tests beside
# this one; it reads what they wrote.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

cat "$home"/tests/faults/[!c]*.log 2>/dev/null | sed -n 's/^fault \([0-9]*\): \([a-zA-Z ]*\).*/\1 \2/p' | sort -u >"$box/log"
[ -s "$box/log" ] || skip 'no logs of the other tests'

# Rows with VERDICT, each once.
rows () { sed -n "s/^\([0-9]*\) $1.*/\1/p" "$box/log" | sort -n -u; }

rows 'survived' >survived
rows 'NOT SURVIVED' >fell
rows 'not provoked' >open
for row in $(cat fell); do
  grep -h "^fault $row: NOT" "$home"/tests/faults/[!c]*.log
done
for row in $(cat open); do
  grep -h "^fault $row: not provoked" "$home"/tests/faults/[!c]*.log
done
check 'no row fell' test ! -s fell
check 'every row is there' sh -c '
  cat survived open fell | sort -n -u | tr "\n" " " >all
  test "$(cat all)" = "$(seq -s " " 45) "'
echo "$(wc -l <survived) faults of 45 provoked"
finish
