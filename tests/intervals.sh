#!/bin/sh
# --interval of bagdrop bag and bagdrop dropout: columns, notes, refusals.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

data=$top/data/mcycle.csv

# limits ROWS: so many rows, whose last two columns are int_lo < int_hi
limits ()
{
  awk -F '\t' '/^#/ { next } !head { head = 1
      if ($(NF - 1) != "int_lo" || $NF != "int_hi") bad = 1; next }
    { rows++; if (!($(NF - 1) + 0 < $NF + 0) || /nan/) bad = 1 }
    END { exit !(rows == '"$1"' && !bad) }' "$box/stdout"
}

# says WHAT: a note does
says () { check "note: $1" grep -q -e "^# .*$1" "$box/stdout"; }

names=$(bagdrop list intervals | sed -n 's/^  \([a-z][^ ]*\) .*/\1/p')
check 'eight intervals' test "$(echo "$names" | wc -l)" -eq 8
for interval in $names; do
  run bagdrop bag "$data" -B 60 -p grid:5 --interval "$interval"
  expect_status 0 "bag, $interval: done"
  check "bag, $interval: five rows of limits" limits 5
  says "interval: $interval at level 90 %"
  says 'interval coverage: 1*[0-9]* of'
done
for interval in gaussian cv+ scaled-cv+ split scaled-split:parts=3; do
  run bagdrop dropout "$data" --steps 200 -p grid:5 --interval "$interval"
  expect_status 0 "dropout, $interval: done"
  check "dropout, $interval: five rows of limits" limits 5
  says "interval: ${interval%:*} at level 90 %"
done

# Promises of the theory, by hand: 1 - 2 .1 - 2 (1 - 1/5) / (133/5 + 1).
run bagdrop bag "$data" -B 60 -p grid:2 --interval cv+
says 'covers at least 74.2 %'
run bagdrop bag "$data" -B 60 -p grid:2 --interval jab+:level=.95
says 'covers at least 90 %.*(but for chance between the members)'
run bagdrop bag "$data" -f poly -r jackknife -p grid:2 --interval jab+
says 'covers at least 80 %.*distribution; about 90 %'
run bagdrop bag "$data" -B 60 -p grid:2 --interval split
says 'covers at least 90 %'

# Beyond the rows that there are.
run bagdrop bag "$data" -B 60 -p grid:2 --interval jab+:level=.999
says 'infinite; at this level 999 such rows are needed'
check 'both ends are infinite' \
  test "$(grep -v '^#' "$box/stdout" | sed 1d | cut -f 9,10 | sort -u)" = \
  "$(printf -- '-inf\tinf')"
run bagdrop bag "$data" -B 60 -p grid:2 --interval oob:level=.99
says 'infinite; at this level 199 such rows are needed'

# Rows that hang together.
awk -F , 'NR == 1 { print $0 ",day" } NR > 1 { print $0 "," int (NR / 5) }' \
  "$data" >groups.csv
for interval in jab+ cv+; do
  run bagdrop bag groups.csv -y accel --groups day -B 60 -p grid:3 \
    --interval "$interval"
  expect_status 0 "groups, $interval: done"
  check "groups, $interval: limits" limits 3
  says 'for rows of a new group'
done
run bagdrop bag "$data" -r moving:length=5 -B 60 -p grid:3 --interval oob
check 'blocks, oob: limits' limits 3
says 'the rows depend on their neighbours'
run bagdrop bag "$data" -B 4 -p grid:3 --interval jab+
says 'more are dropped, since too few members left them out'

# No spread, no response.
run bagdrop bag "$data" -f poly -r none -p grid:3 --interval scaled-cv+
expect_status 0 'members that do not differ'
says 'nan; the members do not differ'
run bagdrop dropout "$data" --steps 100 -p grid:3 --save net --interval split
run bagdrop dropout --net net "$data" -p grid:3 --interval scaled-split
check 'a given network: limits' limits 3
says 'too narrow if the network was trained on them'
printf 'times\n10\n20\n' >at.csv
run bagdrop dropout --net net -p at.csv --interval split
expect_status 0 'a given network without rows'
says 'nan; no rows with a response'

for threads in 1 4; do
  run bagdrop bag "$data" -B 100 --interval scaled-cv+ -t $threads
  cp "$box/stdout" "bag$threads"
  run bagdrop dropout "$data" --steps 100 --interval cv+ -t $threads
  cp "$box/stdout" "net$threads"
done
check 'bag: same bytes for 1 and 4 threads' cmp bag1 bag4
check 'dropout: same bytes for 1 and 4 threads' cmp net1 net4

refuse () # refuse SAID COMMAND...
{
  said=$1
  shift
  run bagdrop "$@"
  expect_usage_error "$said" "$1: $said"
}
refuse "did you mean 'jab+'?" bag "$data" --interval jab
refuse 'level is 2; it must be' bag "$data" --interval oob:level=2
refuse "no knob is called 'parts'" bag "$data" --interval cv+:parts=2
refuse "which 'none' does not do; use cv+" bag "$data" -r none --interval jab+
refuse "which 'bayes' does not do; use cv+" bag "$data" -r bayes --interval oob
refuse 'depend on each other; use oob' bag "$data" -r moving --interval jab+
refuse 'depend on each other; use oob' bag "$data" -r stationary \
  --interval split
refuse 'estimators none leaves out' bag "$data" -e none --interval jab+
printf '1,2,9\n2,2,4\n' >index.csv
refuse 'are for all of them; use jab+' bag "$data" --index index.csv \
  --interval cv+
refuse 'masks leave out units; use cv+' dropout "$data" --interval jab+
refuse 'is trained already; use split' dropout --net net "$data" --interval cv+
awk -F , 'NR == 1 { print } NR > 1 { print $1 "," ($2 > 0 ? "up" : "down") }' \
  "$data" >classes.csv
run bagdrop dropout classes.csv --interval cv+
check 'classes have none' grep -q 'response of numbers, not of classes' \
  "$box/stderr"
finish
