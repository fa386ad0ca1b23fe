#!/bin/sh
# Faults of numbers, names and values: rows 9 to 20 and 40.
# shellcheck disable=SC2016,SC2034
# shellcheck source=tests/faults/faults.sh
. "${srcdir:-.}/tests/faults/faults.sh"

t=$box/t.csv

fault 9 'numbers that are none, and odd ones that are'
for word in 1e400 0x1F 1,5 1_000 Inf 1.2.3 1e 12abc nan; do
  rows 20 | tr , ';' | sed "7s|;.*|;$word|" >"$t"
  bag "$t"
  expect_refusal "$t:7:3: .*'$word'" "$word: line, column, text"
done
rows 20 | tr , ';' | sed '7s|;.*|;١|' >"$t"
bag "$t"
expect_refusal "$t:7:3: " 'a digit of another script'
rows 20 | sed '7s/,.*/,5/' >"$t"
bag - <"$t"
cp "$box/stdout" "$box/plain"
for word in ' 5' +5 5. 05 5e0 '"5"' .5e1; do
  rows 20 | sed "7s/,.*/,$word/" >"$t"
  bag - <"$t"
  check "'$word' is five" cmp "$box/plain" "$box/stdout"
done

fault 10 'a locale with decimal commas'
bag "$data"
cp "$box/stdout" "$box/plain"
german=
if have localedef && localedef -i de_DE -f UTF-8 "$box/de_DE.UTF-8" \
  >/dev/null 2>&1; then
  german=$(LOCPATH=$box LC_ALL=de_DE.UTF-8 printf '%.1f' 1.5 2>/dev/null)
  LOCPATH=$box LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 bag "$data"
  check "de_DE (a shell there prints $german)" cmp "$box/plain" "$box/stdout"
else
  cannot 'no locale of this kind could be made'
fi
for locale in C POSIX C.UTF-8 xx_YY.nonsense; do
  LC_ALL=$locale bag "$data"
  check "LC_ALL=$locale" cmp "$box/plain" "$box/stdout"
done

fault 11 'odd names'
long=$(awk 'BEGIN { for (i = 0; i < 10000; i++) printf "n" }')
for odd in -y 1 ../x '' "$long" '; system(; touch marker;' '$(touch marker)' \
  '`touch marker`' '@'; do
  rows 20 | sed 1d >"$box/body"
  { printf '"%s","%s"\n' "$odd" "$odd"; cat "$box/body"; } >"$t"
  bag "$t" -y 2 -x 1 --influence rows.tsv --figures figures
  short=$(printf '%.20s' "$odd")
  expect_status 0 "'$short' twice: usable by number"
  deny "'$short': nothing ran" test -e marker
  check "'$short': two files, whose names are ours" test "$(find . -type f \
    ! -name 'influence.*' ! -name rows.tsv | wc -l)" -eq 0
  rm -rf figures rows.tsv
done

fault 12 'a column that is not there'
rows 20 >"$t"
for command in bag dropout compare; do
  run bagdrop $command "$t" -y tmie
  expect_status 2 "$command: a mistake of usage"
  expect_stderr_line "'tmie'; the columns are x, y" "$command: the names"
done
{ echo a1,b2,c3,d4,accel,e5,f6,g7,h8,i9,j10,k11,l12,m13,n14,o15,p16,q17,r18
  for i in 1 2 3 4 5; do seq -s , "$i" "$((i + 18))"; done; } >"$t"
bag "$t" -y acel
expect_status 2 'among many'
check 'among many: names, or the nearest' grep -q accel "$box/stderr"

fault 13 'a column of text where numbers belong'
rows 20 | sed '7s/^[0-9]*/abc/' >"$t"
bag "$t"
expect_refusal "$t:7:1: .*'abc'" 'the first bad cell'
awk 'BEGIN { print "id,x,y"; for (i = 1; i < 90; i++) print "n" i "," i "," \
  i % 7 }' >"$t"
bag "$t"
expect_refusal "'id' holds 89 different texts.*-x x" 'a way out'
bag "$t" -y id
check 'as the response: refused' test "$status" -eq 1

fault 14 'missing values'
rows 20 | sed '7s/,.*/,/; 9s/,.*/,NA/' >"$t"
bag "$t"
expect_done 'left out'
check 'and counted' grep -q '^# rows left out: 2$' "$box/stdout"
rows 20 | sed '1!s/,.*/,NA/' >"$t"
bag "$t"
expect_refusal 'every cell is missing' 'all of them'

fault 15 'as many inputs as rows, or more'
for n in 6 7 8; do
  awk -v n=$n 'BEGIN { print "a,b,c,d,e,f,g,y"; srand (1)
    for (i = 0; i < n; i++) { for (j = 0; j < 7; j++) printf "%g,", rand ()
      print rand () } }' >"$t"
  run bagdrop bag "$t" -f linear -r bootstrap -B 8
  if [ $n -lt 8 ]; then
    expect_refusal "$n rows, 8 coefficients.*lambda" "$n rows: ridge offered"
  else
    check "$n rows: no crash" test "$status" -le 1
  fi
  run bagdrop bag "$t" -f linear:lambda=1 -B 8
  expect_done "$n rows: ridge"
  run bagdrop dropout "$t" --steps 5 --hidden 3
  check "$n rows: a network" test "$status" -le 1
done

fault 16 'a constant response'
awk 'BEGIN { print "x,y"; for (i = 0; i < 60; i++) print i ",5" }' >"$t"
for command in bag compare; do
  run bagdrop $command "$t"
  expect_refusal "1:3: column 'y' is constant (every value is 5)" "$command"
done
run bagdrop dropout "$t" --steps 10 --hidden 3 -p grid:3
expect_done 'dropout: nothing to refuse'
deny 'dropout: no nan, no infinity' sh -c "grep -v '^#' '$box/stdout' \
  | grep -i -q -e nan -e inf"

fault 17 'constant, equal and collinear inputs'
awk 'BEGIN { print "a,c,y"; for (i = 0; i < 30; i++) print i ",7," i * i % 7
  }' >"$t"
bag "$t" -f linear
expect_refusal "1:3: column 'c' is constant.*-x a" 'constant: the column'
awk 'BEGIN { print "a,b,y"; for (i = 0; i < 30; i++) print i "," 2 * i + 1 \
  "," i * i % 7 }' >"$t"
run bagdrop bag "$t" -f linear -B 8 -p train
expect_done 'collinear'
numbers "$box/stdout" | cut -f 3 >"$box/both"
run bagdrop bag "$t" -f linear -B 8 -x a -p train
numbers "$box/stdout" | cut -f 2 >"$box/one"
check 'collinear: the curve of one of them' sh -c "
  paste '$box/both' '$box/one' | awk 'NR > 1 { d = \$1 - \$2; n++
    if (d * d > 1e-18) bad = 1 } END { exit bad || n != 30 }'"

fault 18 'extreme values'
for y in 1e308 1e-320; do
  awk -v y=$y 'BEGIN { print "x,y"
    for (i = 0; i < 60; i++) print i "," (i % 2 ? "-" : "") y }' >"$t"
  for command in bag dropout compare; do
    run bagdrop $command "$t"
    expect_refusal "1:3: column 'y' holds .*1e" "$y in $command"
  done
done
for y in 1e130 1e-130; do
  awk -v y=$y 'BEGIN { print "x,y"
    for (i = 0; i < 60; i++) print i "," i * i % 7 * y }' >"$t"
  for fitter in tree pspline linear; do
    bag "$t" -f $fitter
    expect_done "$y: $fitter"
    deny "$y: $fitter: no nan or infinity" sh -c \
      "grep -v '^#' '$box/stdout' | cut -f 2,3 | grep -i -q -e nan -e inf"
  done
done

fault 19 'members that cannot be fitted'
printf 'x,y\n1,2\n2,3\n3,4\n' >"$t"
run bagdrop bag "$t" -f linear -r bootstrap -B 50 -p grid:2
expect_done 'three rows'
check 'how many' grep -q '^# members that could not be fitted: [1-9]' \
  "$box/stdout"
check 'what to do' grep -q '^# advice: .*use --resample' "$box/stdout"

fault 20 'training that diverges'
run bagdrop dropout "$data" --steps 300 --learning-rate 1e6
expect_usage_error 'must be a number from' 'a rate that nobody can mean'
run bagdrop dropout "$data" --steps 300 --learning-rate 10 \
  --optimiser sgd:momentum=0.99 -u relu
expect_refusal 'loss is not finite.*lower --learning-rate' \
  'the learning rate is named'

fault 40 'mistaken options'
run bagdrop bag "$data" --nosuch
expect_usage_error 'no option --nosuch' unknown
run bagdrop bag "$data" --in age
expect_usage_error 'ambiguous' 'an ambiguous prefix'
run bagdrop bag "$data" --fitter
expect_usage_error '--fitter needs a value' 'no value'
for bad in --members=-5 --members=1e9 -B=-5 -B1 --threads=0 --seed=-1; do
  run bagdrop bag "$data" "$bad"
  expect_usage_error 'must be a whole number' "$bad"
done
run bagdrop bag "$data" --interval jab+:level=95
expect_usage_error 'level is 95; .*0.9999; did you mean 0.95?$' \
  'level=95: a share'
expect_nothing 'nothing is left behind'
finish_faults
