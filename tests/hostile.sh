#!/bin/sh
# Names that would like to run something: in a shell, in gnuplot, in a page.
# shellcheck disable=SC1003,SC2016,SC2317
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

# table NAME-OF-X NAME-OF-Y: as CSV, the names quoted
table ()
{
  printf '%s\n' "$1" | sed 's/"/""/g; 1s/^/"/; $s/$/"/' | tr '\n' '\001' \
    | sed 's/.$/,/' | tr '\001' '\n'
  printf '%s\n' "$2" | sed 's/"/""/g; 1s/^/"/; $s/$/"/'
  awk 'BEGIN { for (i = 0; i < 24; i++) print i "," (i * 7) % 11 }'
}

# quoted TEXT: as a cell of a CSV file
quoted ()
{
  printf '"%s"' "$(printf '%s' "$1" | sed 's/"/""/g')"
}

# levels TEXT TEXT: a column of these two, whose name is ordinary; the second
# in the order of bytes becomes the name of a column of 0 and 1
levels ()
{
  echo colour,y
  for i in 0 1 2 3 4 5 6 7 8 9 10 11; do
    quoted "$1"
    echo ",$((i * 7 % 11))"
    quoted "$2"
    echo ",$((i * 5 % 11))"
  done
}

# tags FILE: what stands for a tag in a page and comes from no page of ours
foreign ()
{
  sed 's/<svg.*//' "$1" | grep -E -i \
    -e '<(script|img|iframe|object|embed|link|form|x)[^a-z]' \
    -e '<[^>]* on[a-z]+=' -e 'javascript:'
}

# twelve_rows FILE: a header and eleven methods, all of one width, and notes
twelve_rows ()
{
  awk -F '\t' '/^# [a-z _0-9]*: / { next } !n++ { columns = NF }
    NF != columns { bad = 1 } END { exit n != 12 || columns < 13 || bad }' \
    "$1"
}

# attack NUMBER FILE: compare it; nothing may run, everything may be drawn
attack ()
{
  number=$1
  shift
  tiny "$@" -o report
  expect_status 0 "name $number: compared"
  check "name $number: silent on stderr" test ! -s "$box/stderr"
  check "name $number: nothing ran" \
    test -z "$(find "$box" -name '*marker*' ! -path "$box/input/*")"
  deny "name $number: no foreign tag" foreign report/report.html
  check "name $number: every row of summary.tsv is ours" \
    twelve_rows report/summary.tsv
  if have python3; then
    check "name $number: JSON" python3 -m json.tool report/results.json
  fi
  if have iconv; then
    check "name $number: UTF-8" sh -c 'for f in report/report.html \
      report/summary.tsv report/results.json report/figures/*.gp; do
      iconv -f UTF-8 -t UTF-16 $f || exit 1; done'
  fi
  if have gnuplot; then
    check "name $number: ten pictures" \
      test "$(find report/figures -name '*.svg' -o -name '*.pdf' | wc -l)" \
      -eq 10
    (cd report/figures && gnuplot -d -e "term='svg'" members.gp) \
      2>"$box/stderr"
    status=$?
    expect_status 0 "name $number: drawn again"
    check "name $number: nothing ran then" \
      test -z "$(find "$box" -name '*marker*' ! -path "$box/input/*")"
  fi
  if have xmllint && have gnuplot; then
    check "name $number: SVG is XML" xmllint --noout report/figures/*.svg
  fi
  rm -rf report
}

mkdir "$box/input"
input=$box/input
long=$(awk 'BEGIN { for (i = 0; i < 10000; i++) printf "n" }')

table '"; system("touch marker"); "`touch marker`' \
  "'; system('touch marker'); '\$(touch marker)" >"$input/1.csv"
table '<script>touch("marker")</script>|touch marker' \
  '"><img src=x onerror=alert(1)><touch marker' >"$input/2.csv"
table 'x
system("touch marker")
!touch marker' 'y
EOD
!touch marker' >"$input/3.csv"
{
  printf 'a\377b\300\200,\355\240\200%s\n' '%s %n %d'
  table x y | sed 1d
} >"$input/4.csv"
table "$long" "-$long" >"$input/5.csv"
table '@touch marker\' '{/Symbol a}_{b}^c \U+221E &amp; ]]> --> </svg>' \
  >"$input/6.csv"
table '--help' '|touch marker' >"$input/7.csv"
levels '"; system("touch marker"); "`touch marker`' \
  "'; system('touch marker'); '\$(touch marker)" >"$input/8.csv"
levels '<script>touch("marker")</script>|touch marker' \
  '"><img src=x onerror=alert(1)><touch marker\' >"$input/9.csv"
levels A 'x
!touch marker
system("touch marker")
EOD' >"$input/10.csv"
levels "$(printf 'a\377b\300\200,\355\240\200')" \
  "$(printf '\377%%s%%n %%d')" >"$input/11.csv"
levels A '{/Symbol a}_{b}^c @touch marker &amp; ]]> --> </svg> %s%n' \
  >"$input/12.csv"
for number in 1 2 3 4 5 6 7 8 9 10 11 12; do
  attack $number "$input/$number.csv"
done

# File names; they reach the page, the notes and the command.
cd "$input" || exit 99
table x y >"$box/plain.csv"
for file in '"; system("touch marker"); ".csv' '`touch marker`.csv' \
  '$(touch marker).csv' '<script>alert(1)<x>.csv' '-o' '%s%n.csv' \
  "it's.csv" "$(printf 'a\nspline\t1\nb.csv')" "$(printf '\377\376.csv')" \
  '|touch marker'; do
  cp "$box/plain.csv" "./$file"
done
without_gnuplot "$box/bin"
old=$PATH
PATH=$box/bin
number=0
for file in ./*; do
  case $file in
    ./[1-9].csv | ./1[0-9].csv) continue ;;
  esac
  number=$((number + 1))
  cp "$file" "$box/work" 2>/dev/null
  cd "$box/work" || exit 99
  run bagdrop compare --members 4 --networks 2 --masks 2 --folds 2 \
    --repeats 1 -o report -- "${file#./}"
  expect_status 0 "file $number: compared"
  check "file $number: nothing ran" test ! -e marker
  deny "file $number: no foreign tag" foreign report/report.html
  check "file $number: every row of summary.tsv is ours" \
    twelve_rows report/summary.tsv
  case $file in
    *[![:print:]]*) ;;
    *)
      cp report/summary.tsv "$box/first.tsv"
      sed -n 's/^# command: //p' report/summary.tsv >"$box/again"
      rm -rf report
      run sh "$box/again"
      check "file $number: the noted command runs again" sh -c '
        grep -v "^#" "$1" | cut -f 1-12 >"$1.a"
        grep -v "^#" bagdrop-report/summary.tsv | cut -f 1-12 | cmp - "$1.a"
        ' sh "$box/first.tsv"
      check "file $number: nothing ran then" test ! -e marker
      ;;
  esac
  rm -rf report bagdrop-report
  cd "$input" || exit 99
done

PATH=$old

# A folder's name that looks like an option or a command
cd "$box/work" || exit 99
for folder in '-r' "it's \`touch marker\`" '<b>%s%n$(touch marker)'; do
  tiny "$box/plain.csv" "--output=$folder"
  expect_status 0 "folder '$folder'"
  if have gnuplot; then
    check "folder '$folder': drawn" test -s "./$folder/figures/members.pdf"
  fi
  check "folder '$folder': nothing ran" test ! -e marker
done

# Messages: one line, whatever is in the cell
printf 'x,y\n1,"a\nb\033[2J"\n2,3\n' >bad.csv
tiny bad.csv
expect_status 1 'an escape sequence in a cell'
printf 'x,y\n1,"a\nb%%s%%n"\n2,3\n' >bad.csv
tiny bad.csv
expect_stderr_line "'a b%s%n'" 'a newline in a cell is shown as a blank'
finish
