#!/bin/sh
# Tables that cannot be read or used: one sentence with file, line and column
# on stderr, exit 1, nothing left behind.
# shellcheck disable=SC2016
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

t=$box/t.csv

# refuse LINE:COLUMN PATTERN WHAT [ARGUMENT...]: of the table in $t
refuse ()
{
  place=$1 pattern=$2 message=$3
  shift 3
  run bagdrop compare "$t" -o report --members 100000 "$@"
  expect_status "${wanted-1}" "$message"
  expect_stderr_line "^bagdrop compare: $t:$place: .*$pattern" \
    "$message: file, line, column"
  check "$message: nothing on stdout" test ! -s "$box/stdout"
}

# rows COUNT [AWK-EXPRESSION]: a table of two columns with a header
rows ()
{
  awk -v n="$1" 'BEGIN { print "x,y"
    for (i = 1; i <= n; i++) print i "," (i * 7) % 11 '"${2-}"' }'
}

: >"$t"
refuse 1:1 'no data rows' 'an empty file'
printf '\n\n  \n' >"$t"
refuse 4:1 'no data rows' 'nothing but blank lines'
printf '# a\n# b\n' >"$t"
refuse 3:1 'no data rows' 'nothing but comments'
printf '\357\273\277' >"$t"
refuse 1:1 'no data rows' 'nothing but a byte-order mark'
echo x,y >"$t"
refuse 2:1 'no data rows' 'header only'
printf 'x,y' >"$t"
refuse 1:4 'no data rows' 'header only, without newline'
rows 1 >"$t"
refuse 2:1 '1 row' 'one row'
rows 19 >"$t"
refuse 20:1 '19 rows .*20 are needed' 'too few rows'
rows 30 >"$t"
refuse 31:1 '40 are needed' 'too few rows for the folds' --folds 20
rows 30 | sed 's/$/,/; 2,$s/$/NA/' >"$t"
refuse 1:5 'every cell is missing' 'an all-missing column'
rows 30 | sed '1!s/$/,7/; 1s/$/,z/' >"$t"
refuse 1:5 "column 'z' is constant" 'a constant response'
rows 30 | sed '1!s/^/7,/; 1s/^/z,/' >"$t"
refuse 1:1 "column 'z' is constant.*-x x" 'a constant input, and a way out'
rows 40 | awk -F, 'BEGIN { OFS = FS } NR > 1 { $3 = 1; if (NR % 2) \
  { $1 = ""; $3 = 2 } } NR == 1 { $3 = "z" } 1' >"$t"
refuse 1:5 'constant' 'constant where no value is missing'
rows 30 | sed '9s/$/,1/' >"$t"
refuse 9:[0-9]* '3 fields.*has 2' 'a row too long'
rows 30 | sed '9s/,.*//' >"$t"
refuse 9:2 '1 field.*has 2' 'a row too short'
rows 30 | awk 'NR == 3 { print "\"1\n2\"" } { print }' >"$t"
refuse 4:3 '1 field' 'a short row of two lines is named by its end'
rows 30 | sed '7s/,.*/,abc/' >"$t"
refuse 7:3 "'abc'" 'text in a column of numbers'
rows 30 | sed '7s/,.*/,"abc"/' >"$t"
refuse 7:3 "'abc'" 'quoted text'
for word in nan NaN inf -Inf +infinity 1e400 -1e999 0x1F 1_000 1.2.3 1e 1e+ \
  -- . + N/A null TRUE 12abc '1 2' '$5' '5%' '١'; do
  rows 30 | sed "7s|,.*|,$word|" >"$t"
  refuse 7:3 'number' "'$word' is not a number"
done
rows 30 | tr , ';' | sed '7s/;.*/;1,5/' >"$t"
refuse 7:3 'decimal point' 'a decimal comma'
rows 30 | sed '7s/^[0-9]*/x/' >"$t"
refuse 7:1 "'x'" 'text in the first column'
rows 30 | awk 'NR == 7 { printf "6,\001\n"; next } 1' | tr '\001' '\000' >"$t"
refuse 7:3 'NUL' 'a NUL byte'
rows 30 | awk 'NR == 7 { printf "6,\0011\n"; next } 1' >"$t"
refuse 7:3 'control' 'a control character'
rows 30 | awk 'NR == 7 { printf "# \001\n" } 1' | tr '\001' '\000' >"$t"
refuse 7:3 'NUL' 'a NUL byte in a comment'
for mark in '\377\376' '\376\377'; do
  # shellcheck disable=SC2059
  { printf "$mark"; rows 30 | awk '{ gsub (/./, "&\001") } 1' \
    | tr '\001' '\000'; } >"$t"
  refuse 1:1 'UTF-16' 'UTF-16 with a mark'
done
rows 30 | awk '{ gsub (/./, "&\001"); printf "%s\n\001", $0 }' \
  | tr '\001' '\000' >"$t"
refuse 1:1 'UTF-16' 'UTF-16 without a mark'
rows 30 | sed '7s/,.*/,"5/' >"$t"
refuse 7:3 'never closed' 'an unterminated quote: where it began'
rows 30 | sed '7s/,.*/,"5"6/' >"$t"
refuse 7:6 'closing quote' 'text after a closing quote'
rows 30 | sed '7s/,.*/,5"6/' >"$t"
refuse 7:4 'quote inside' 'a quote inside a cell'
awk 'BEGIN { for (i = 0; i < 3; i++) { for (j = 1; j < 100000; j++)
  printf "%d,", (i + j) % 7; print i } }' >"$t"
refuse 1:20001 'more than 10000 columns' '100,000 columns'
awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "1"; print "" }' >"$t"
refuse '1:[0-9]*' '' 'a cell of a million digits'
rows 30 | cut -d , -f 1 >"$t"
refuse 1:1 'only 1 column' 'one column'

rows 40 | awk -F, 'BEGIN { OFS = FS } { $1 = NR % 2 ? "a" : "b" } NR == 1 \
  { $1 = "g" } NR == 9 { $1 = 5 } 1' >"$t"
refuse 2:1 "not a number: 'b'" 'numbers and text in one column'
rows 40 | awk -F, 'BEGIN { OFS = FS } { $1 = NR % 2 ? "a" : "b" } NR == 1 \
  { $1 = "g" } NR == 9 { $1 = "Inf" } 1' >"$t"
refuse 9:1 "not a finite number: 'Inf'" 'an infinite number among text'
rows 40 | awk -F, 'NR == 1 { print "id,x,y" } NR > 1 { print "n" NR "," $0 }' \
  >"$t"
refuse 1:1 "'id' holds 40 different texts in 40 rows; .*-x x" \
  'a column that names rows'
rows 200 | awk -F, 'NR == 1 { print "id,x,y" } NR > 1 { print "n" NR % 65 "," \
  $0 }' >"$t"
refuse 1:1 "'id' holds 65 different texts" 'too many levels'
rows 40 | awk -F, 'NR > 1 { print "a,x," $2 } NR == 1 { print "g,h,y" }' >"$t"
refuse 1:1 "'g' is constant .every value is 'a'" 'a column of one text'
rows 40 | awk -F, 'NR > 1 { print (NR % 2 ? "a," : "b,") $2 }' >"$t"
refuse 1:1 'is this line a header' 'text in a table without a header'

rows 30 >"$t"
wanted=2
refuse '1:[0-9]*' "no column is called 'z'; the columns are x, y" \
  'an unknown response' -y z
refuse '1:[0-9]*' "'z'" 'an unknown input' -x z
refuse '1:[0-9]*' "'3'" 'a number beyond the last column' -y 3
refuse '1:[0-9]*' "'0'" 'columns count from 1' -y 0
unset wanted
refuse '1:[0-9]*' 'response' 'the response as an input' -x y -y y
refuse '1:[0-9]*' 'twice' 'an input twice' -x x,x -y y
refuse '1:[0-9]*' "''" 'an input without a name' -x x, -y y
rows 30 | sed 1s/y/x/ >"$t"
wanted=2
refuse '1:[0-9]*' 'both called' 'two columns of one name' -y x
unset wanted

run bagdrop compare . -o report
expect_status 1 'a directory'
expect_stderr_line '^bagdrop compare: \.: is a directory$' 'a directory: why'
run bagdrop compare no/such.csv -o report
expect_status 1 'a missing file'
expect_stderr_line '^bagdrop compare: no/such.csv: No such file' \
  'a missing file: why'
run sh -c 'exec bagdrop compare - -o report </dev/null'
expect_stderr_line 'standard input:1:1: no data rows' 'empty standard input'
run sh -c 'printf "x,y\n1,2\n3,a\n" | bagdrop compare - -o report'
expect_stderr_line "standard input:3:3: .*'a'" 'places in standard input'
if [ -c /dev/zero ]; then
  run bagdrop compare /dev/zero -o report
  expect_stderr_line '/dev/zero:1:1: .*NUL' 'an endless file'
fi
expect_nothing 'no folder is left'

# Columns of text are inputs.
rows 60 | awk -F, 'BEGIN { OFS = FS; split ("red green blue", c, " ") }
  { print (NR == 1 ? "colour" : NR == 9 ? "NA" : c[NR % 3 + 1]), $1, $2, \
    NR == 1 ? "end" : NR % 2 ? "left" : "right" }' >"$t"
tiny "$t" -y y -o report
expect_status 0 'text columns: compared'
check 'text columns: silent on stderr' test ! -s "$box/stderr"
check 'text columns: a row with a missing text is left out' \
  sh -c 'grep -q "^# rows: 59$" report/summary.tsv \
  && grep -q "^# rows left out: 1$" report/summary.tsv'
sed -n '/"inputs"/,/]/p' report/results.json | tr -d ' \n' >"$box/inputs"
check 'text columns: 0/1 columns but for the first level' test \
  "$(cat "$box/inputs")" = \
  '"inputs":["colour=green","colour=red","x","end=right"],'
{ sed 1q "$t"; sed 1d "$t" | sort -t , -k 4; } >"$box/sorted.csv"
run bagdrop bag "$t" -y y -B 20
expect_status 0 'text columns: bagged'
grep -v '^#' "$box/stdout" | cut -f 1-3 | sort >"$box/rows"
run bagdrop bag "$box/sorted.csv" -y y -B 20
grep -v '^#' "$box/stdout" | cut -f 1-3 | sort >"$box/rows-sorted"
check 'text columns: the order of rows changes no level' \
  cmp "$box/rows" "$box/rows-sorted"
finish
