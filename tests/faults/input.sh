#!/bin/sh
# Faults of the file that is read: rows 1 to 8, 38 and 39.
# shellcheck disable=SC2016
# shellcheck source=tests/faults/faults.sh
. "${srcdir:-.}/tests/faults/faults.sh"

t=$box/t.csv

fault 1 'a ragged row'
printf 'x,y\n1\n' >"$t"
bag "$t"
expect_refusal ':2:2: 1 field.*has 2' 'line, column, both counts'
printf 'x,y\n1,2\n"a\nb",2\n3\n4,5\n' >"$t"
bag "$t"
expect_refusal ':5:' 'the line of the file, not the record'
printf '1,2\n3,4\n5\n6,7\n' >"$t"
run bagdrop variance "$t"
expect_refusal ':3:2: 1 field' 'members from elsewhere'

fault 2 'an unterminated quote'
printf 'x,y\n1,"2\n3,4\n5,6\n' >"$t"
bag "$t"
expect_refusal ':2:3: .*never closed' 'where it began'

fault 3 'text behind a closing quote'
printf 'x,y\n1,"a"b\n' >"$t"
bag "$t"
expect_refusal ':2:6: .*closing quote' 'its column'
printf 'x,y\n1,a"b"\n' >"$t"
bag "$t"
expect_refusal ':2:4: .*quote inside' 'a quote in the middle'

fault 4 'NUL and control bytes'
printf 'x,y\n1,2\0,3\n' >"$t"
bag "$t"
expect_refusal ':2:4: .*NUL' 'NUL'
for byte in 001 013 033 177; do
  # shellcheck disable=SC2059
  printf "x,y\n1,2\\$byte\n" >"$t"
  bag "$t"
  expect_refusal ':2:4: .*control' "byte $byte"
done

fault 5 'a name that is not UTF-8'
rows 20 | sed '1s/x/a\xffb/' >"$t"
bag "$t"
expect_done 'read'
check 'shown with U+FFFD' grep -q "^a$(printf '\357\277\275')b	mean" \
  "$box/stdout"
bag "$t" --influence rows.tsv --figures figures
check 'drawn' test -s figures/influence.gp
if have iconv; then
  check 'as UTF-8' iconv -f UTF-8 -t UTF-16 figures/influence.gp
fi
rm -rf figures rows.tsv

fault 6 'ends of lines'
rows 20 >"$t"
bag - <"$t"
cp "$box/stdout" "$box/plain"
same () # same WHAT: the table $t on standard input gives the same bytes
{
  bag - <"$t"
  check "$1" cmp "$box/plain" "$box/stdout"
}
{ printf '\357\273\277'; rows 20; } >"$t"
same 'a byte-order mark'
rows 20 | awk '{ printf "%s\r\n", $0 }' >"$t"
same CRLF
rows 20 | tr '\n' '\r' >"$t"
same 'a lone CR'
rows 20 | awk 'NR > 1 { print "" } { printf "%s", $0 }' >"$t"
same 'no final newline'
{ rows 20; printf '\n\n  \n\n'; } >"$t"
same 'blank lines at the end'

fault 7 'nothing to read'
for text in '' 'x,y\n' '# a\n# b\n' '\n\n'; do
  # shellcheck disable=SC2059
  printf "$text" >"$t"
  bag "$t"
  expect_refusal "$t:[0-9:]* no data rows" "no row in '$(printf %s "$text" \
    | tr -d '\\')'"
done
bag - </dev/null
expect_refusal 'standard input:1:1: no data rows' /dev/null
printf 'x,y\n1,2\n' >"$t"
bag "$t"
expect_refusal 'only 1 row' 'one row'

fault 8 'very long lines, very many columns'
awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "1,"; print 1 }' >"$t"
bag "$t"
expect_refusal ':1:20001: more than 10000 columns' 'a million columns'
head -c 20M /dev/zero | tr '\0' 1 >"$t"
bag "$t"
expect_refusal '' 'a cell of 20 million digits'
if ! sanitized; then
run sh -c "ulimit -v 200000; head -c 1G /dev/zero | tr '\\0' 1 \
  | bagdrop bag - -B 4"
expect_refusal 'standard input:1:[0-9]*: ' 'a cell of a billion bytes'
fi

fault 38 'what is no ordinary file, and one that changes'
bag .
expect_refusal '\.: is a directory$' 'a directory'
bag "$box/no/such.csv"
expect_refusal 'No such file' 'no file'
bag /dev/zero
expect_refusal '/dev/zero:1:1: .*NUL' 'a file without end'
if have mkfifo; then
  mkfifo pipe
  rows 20 >pipe &
  bag pipe
  expect_done 'a FIFO'
  (echo x,y; for i in 1 2 3 4; do echo "$i,$i"; sleep 0.1; done) >pipe &
  bag pipe
  check 'a slow FIFO: all its rows' grep -q '^# rows: 4$' "$box/stdout"
  (rows 20 | head -c 40) >pipe &
  bag pipe
  check 'one that is cut short' test "$status" -le 1
  rm pipe
fi
# A mapped file that shrinks ends its reader by SIGBUS.
awk 'BEGIN { print "x,y"; for (i = 0; i < 300000; i++) print i "," i % 7 }' \
  >"$t"
(sleep 0.03; : >"$t") &
bag "$t" -f linear
wait
check 'a file that shrinks while it is read' test "$status" -le 1

fault 39 'one file twice'
rows 20 >"$t"
bag "$t"
numbers "$box/stdout" >"$box/plain"
run bagdrop bag "$t" -B 4 -p "$t"
expect_done 'as data and as points'
run bagdrop bag - -B 4 -p - <"$t"
expect_usage_error 'standard input cannot be read twice' 'standard input twice'
run bagdrop bag - -B 4 --counts - <"$t"
expect_usage_error 'standard input cannot be read twice' 'as data and as weights'
run bagdrop dropout - --steps 3 -p - <"$t"
expect_usage_error 'standard input cannot be read twice' 'in dropout'
run bagdrop variance - --counts - <"$t"
expect_usage_error 'standard input cannot be read twice' 'in variance'
finish_faults
