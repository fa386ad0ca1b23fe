# shellcheck shell=sh
# What the scripts of this folder share.  Each row of the list of faults is a
# block of checks:
#
#   fault N 'what goes wrong'
#   ... checks ...
#
# and counts as provoked and survived when it has checks and none failed.
# `finish_faults' says how many did, in lines that count.sh adds up.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

data=$top/data/mcycle.csv
row=
survived=0

# sanitized: the program was built with sanitizers, or to count coverage
sanitized () { grep -q 'fsanitize=\|--coverage' "$home/Makefile" 2>/dev/null; }

# close_row: the verdict on the row before
close_row ()
{
  [ "$row" ] || return 0
  if [ "$failed" -gt "$failed_before" ]; then
    echo "fault $row: NOT SURVIVED: $title"
  elif [ "$checks" -eq "$checks_before" ]; then
    echo "fault $row: not provoked: ${reason:-no checks}"
  else
    echo "fault $row: survived: $title${reason:+ (not provoked: $reason)}"
    survived=$((survived + 1))
  fi
  row=
}

# fault NUMBER WHAT: the checks that follow belong to this row.
fault ()
{
  close_row
  row=$1 title=$2
  reason=
  checks_before=$checks
  failed_before=$failed
}

# cannot REASON: why a row, or a part of it, cannot be provoked here.
cannot ()
{
  reason=$*
  echo "fault $row: cannot be provoked here: $reason"
}

# bag ARGUMENT...: few members, the smallest run that reads a table.
bag () { run bagdrop bag -B 4 -p grid:2 "$@"; }

# expect_refusal PATTERN WHAT: status 1, one sentence, no table.
expect_refusal ()
{
  if [ "$status" -eq 1 ] && ! grep -q '^[^#]' "$box/stdout" \
    && [ "$(wc -l <"$box/stderr")" -eq 1 ] \
    && grep -q -e "^bagdrop[a-z ]*: .*$1" "$box/stderr"; then
    good "$2"
  else
    bad "$2: no sentence like '$1'"
  fi
}

# expect_done WHAT: status 0, silence, numbers only.
expect_done ()
{
  if [ "$status" -eq 0 ] && [ ! -s "$box/stderr" ]; then
    good "$1"
  else
    bad "$1"
  fi
}

# rows COUNT: a table of two columns with a header
rows ()
{
  awk -v n="$1" 'BEGIN { print "x,y"
    for (i = 1; i <= n; i++) print i "," (i * 7) % 11 }'
}

# numbers FILE: the table, without the notes above it
numbers () { grep -v '^#' "$1"; }

finish_faults ()
{
  close_row
  echo "$survived faults of 45 provoked and survived in $name.sh"
  finish
}
