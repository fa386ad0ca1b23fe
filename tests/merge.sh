#!/bin/sh
# Parts of a run: put together they give the bytes of the whole run, whatever
# the cut, the order and the threads; and what is told of those that do not.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

data=$top/data/mcycle.csv
awk -F, 'BEGIN { OFS = "," } NR == 1 { print $0, "g"; next }
  { print $0, NR % 9 }' "$data" >groups.csv
awk 'BEGIN { for (b = 0; b < 30; b++) { for (i = 0; i < 133; i++)
  printf "%s%d", i ? "," : "", (i * 7 + b * 11) % 5; print "" } }' >counts.csv
printf 'times\n10\n20\n' >at.csv

# whole TOTAL COMMAND...: three parts in three orders, and the run itself.
whole ()
{
  total=$1
  shift
  run bagdrop "$@"
  cp "$box/stdout" whole
  a=$((total / 3 + 1)) b=$((total - 5))
  status=0
  bagdrop "$@" --members "1:$a" --part a.part -t 1 || status=1
  bagdrop "$@" --members "$((a + 1)):$b" --part b.part -t 3 || status=1
  bagdrop "$@" --members "$((b + 1)):$total" --part c.part || status=1
  expect_status 0 "$*: three parts"
  for order in 'a.part b.part c.part' 'c.part b.part a.part' \
    'b.part a.part c.part -t 1'; do
    # shellcheck disable=SC2086
    run bagdrop merge $order
    check "$*: $order" cmp whole "$box/stdout"
  done
}

whole 200 bag "$data"
whole 150 bag "$data" -B 150 -f bspline:knots=6,equal=1 -e ij_u,jab_u
whole 70 bag "$data" -B 70 -p train -f poly:degree=9 -r bootstrap:fraction=0.1
whole 130 bag "$data" -B 130 -r moving -f linear -e none
whole 130 bag "$data" -B 130 -r balanced -p at.csv
whole 70 bag "$data" -B 70 -r residual -f bspline
whole 70 bag groups.csv -y accel -B 70 --groups g
whole 30 bag "$data" --counts counts.csv -f knn
whole 133 bag "$data" -r jackknife -f linear
whole 90 bag -B 90 -f net:steps=50,hidden=5
whole 50 bag "$top/data/diabetes.csv" -B 50 --features 3
whole 150 dropout "$data" -T 150 --predict mc --steps 100
whole 150 dropout "$data" -T 150 --hidden 8,8 --steps 100 --seed 7
bagdrop dropout "$data" --steps 50 --save net.txt >/dev/null
whole 150 dropout --net net.txt -T 150 --predict mc -p at.csv

# Standard input is in the part, and so are files that are no longer there.
bagdrop bag - -B 40 --members 1:20 --part a.part <"$data"
bagdrop bag - -B 40 --members 21:40 --part b.part <"$data"
bagdrop bag - -B 40 <"$data" >whole
run bagdrop merge b.part a.part
check 'standard input' cmp whole "$box/stdout"
cp "$data" one.csv
cp "$data" two.csv
bagdrop bag one.csv -B 40 >whole
bagdrop bag one.csv -B 40 --members 1:30 --part a.part
bagdrop bag two.csv -B 40 --members 31:40 --part b.part
rm one.csv two.csv
run bagdrop merge b.part a.part
check 'the same file under two names' cmp whole "$box/stdout"
run bagdrop bag "$data" -B 40 --part all.part
expect_status 0 'a part that is the whole'
bagdrop bag "$data" -B 40 >whole
run bagdrop merge all.part
check 'alone' cmp whole "$box/stdout"

# refuse WHAT PATTERN PART...: one sentence.
refuse ()
{
  what=$1 pattern=$2
  shift 2
  run bagdrop merge "$@"
  expect_status 1 "$what: refused"
  expect_stderr_line "^bagdrop merge: $pattern\$" "$what"
}

part () # part FILE FROM:TO OPTION...
{
  file=$1 members=$2
  shift 2
  bagdrop bag "$@" --members "$members" --part "$file"
}

part a.part 1:30 "$data" -B 60
part b.part 31:60 "$data" -B 60
refuse 'missing at the end' \
  'members 31 to 60 are missing: no part has them' a.part
refuse 'missing at the start' \
  'members 1 to 30 are missing: no part has them' b.part
refuse 'twice' 'a.part and a.part both have members 1 to 30' a.part b.part \
  a.part
refuse 'no part' '.*mcycle.csv: is not a part of a run' a.part "$data"
refuse 'no file' 'nosuch: No such file or directory' a.part nosuch
different='a.part and c.part are parts of different runs:'
part c.part 31:60 "$data" -B 60 --seed 2
refuse 'another seed' "$different --seed is 1 in the first and 2 in the second" \
  a.part c.part
part c.part 31:60 "$data" -B 60 -f linear
refuse 'another fitter' \
  "$different --fitter is tree in the first and linear in the second" \
  a.part c.part
part c.part 31:60 "$data" -B 60 -e ij_u
refuse 'one more option' \
  "$different --estimators is left out in the first and ij_u in the second" \
  a.part c.part
part c.part 31:60 "$data" -B 61
refuse 'another total' 'a.part is part of a run of 60 members and c.part of .*61' \
  a.part c.part
{ cat "$data"; echo 58,3; } >other.csv
part c.part 31:60 other.csv -B 60
refuse 'other data' "$different .* did not hold the same when they were made" \
  a.part c.part
bagdrop dropout "$data" -T 60 --predict mc --members 31:60 --part c.part \
  --steps 50
refuse 'another command' \
  "a.part is part of 'bagdrop bag' and c.part of 'bagdrop dropout'" \
  a.part c.part
size=$(wc -c <b.part)
for at in 16 100 700 3000 $((size - 100)) $((size - 1)); do
  { head -c "$at" b.part; printf '~'; tail -c +$((at + 2)) b.part; } >c.part
  refuse "damaged at byte $at" 'c.part: was damaged or cut off (.*)' \
    a.part c.part
  head -c "$at" b.part >c.part
  refuse "cut at byte $at" 'c.part: was damaged or cut off (.*)' a.part c.part
done
: >c.part
refuse 'empty' 'c.part: is not a part of a run' a.part c.part

# The influence of rows comes from the whole run.
set -- "$data" -B 40 --influence i.tsv --simultaneous
run bagdrop bag "$@"
cp "$box/stdout" whole.tsv
mv i.tsv whole-i.tsv
run bagdrop bag "$@" --members 1:17 --part a.part
expect_status 0 'a part of a run with --influence'
deny 'a part writes no influence' test -e i.tsv
run bagdrop bag "$@" --members 18:40 --part b.part
run bagdrop merge b.part a.part
check 'merge: the same band' cmp "$box/stdout" whole.tsv
check 'merge: the same influence' cmp i.tsv whole-i.tsv

# usage WHAT PATTERN WORD...
usage ()
{
  what=$1 pattern=$2
  shift 2
  run bagdrop "$@"
  expect_usage_error "$pattern" "$what"
}
usage 'no parts' 'name the parts of a run' merge
usage 'a range without a file' 'name its file with --part' bag --members 1:5
usage 'beyond the end' 'the run has 10 members' bag -B 10 --members 1:20 \
  --part x
usage 'backwards' "is '5:1'" bag --members 5:1 --part x
usage 'from 0' "is '0:1'" bag --members 0:1 --part x
usage 'half a range' "is '3:'" bag --members 3: --part x
usage 'with a target' 'do not go together' bag --target-mc-error 5% --part x
usage 'with a dump' 'do not go together' bag --dump-members y --part x
usage 'nothing is drawn' "'closed' draws no whole masks" dropout --part x
usage 'a number of masks' 'says --masks' dropout --members 5 --part x
deny 'no file after a mistake' test -e x
run bagdrop bag "$data" -B 40 --part nosuch/x
expect_status 1 'a folder that is not there'
expect_stderr_line 'nosuch: cannot write here' 'and it is said'
finish
