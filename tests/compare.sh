#!/bin/sh
# bagdrop compare: the report folder, the same numbers from every way of
# writing a table and any number of threads, missing tools, signals.
# shellcheck disable=SC2016,SC2317
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

gnuplot=
files=9
if have gnuplot; then gnuplot=yes files=19; fi
data=$box/data.csv
awk 'NR % 4 == 1' "$top/data/mcycle.csv" >"$data"

# The numbers of a summary: no notes, no seconds (column 13).
numbers () { no_costs "$1"; }

small "$data" -o one
expect_status 0 'a small comparison'
check 'nothing on stderr' test ! -s "$box/stderr"
expect_stdout '^Report: one/report.html$' 'the page is named'
expect_stdout '^bagged trees  *6 ' 'the table is printed'
expect_stdout '^Dropout: .*[0-9] random masks .*(CRPS' \
  'what masks are worth in bagged networks'

# The folder
{
  printf '%s\n' one one/figures one/report.html one/results.json \
    one/report.tex one/summary.tsv
  for figure in bands growth members scores variance; do
    printf '%s\n' "one/figures/$figure.gp"
    if [ "$gnuplot" ]; then
      printf '%s\n' "one/figures/$figure.pdf" "one/figures/$figure.svg"
    fi
  done
} | sort >expected
find one | sort >found
check 'exactly the promised files' cmp expected found
header=$(printf '%s\t' method members rmse rmse_se diff diff_lo diff_hi nll \
  crps cover90 width90 sd_mean seconds)
sed '/^#/d' one/summary.tsv >table
check 'the header of summary.tsv' \
  test "$(sed 1q table | cut -f 1-13)" = "${header%?}"
sed 1d table | cut -f 1 >found
printf '%s\n' spline bag-spline tree bag-tree net net-decay net-stop dropout \
  mc-dropout bag-net seeds >expected
check 'eleven methods in their order' cmp expected found
check 'every row has every column' \
  awk -F '\t' 'NR == 1 { n = NF } NF != n { exit 1 }' table
check 'errors and widths are positive numbers' awk -F '\t' 'NR > 1 \
  && !($3 > 0 && $9 > 0 && $10 >= 0 && $10 <= 1 && $11 > 0) { exit 1 }' table
check 'the error of the mean is that of a member less the ambiguity' \
  awk -F '\t' 'NR == 1 { for (k = 1; k <= NF; k++) at[$k] = k; next }
    $at["members"] > 1 { gap = $at["member_mse"] - $at["ambiguity"] - $3 ^ 2
      n++; if (!(gap ^ 2 <= 1e-24 * $at["member_mse"] ^ 2)) exit bad = 1 }
    END { exit bad || n < 5 }' table
check 'limits lie around the difference' \
  awk -F '\t' 'NR > 1 && !($6 <= $5 && $5 <= $7) { exit 1 }' table
for note in bagdrop command data response rows seed folds repeats; do
  check "a note on $note" grep -q "^# $note: ." one/summary.tsv
done
sed -n 's/^# command: //p' one/summary.tsv >again
run sh -c "$(cat again) -o again.d"
numbers one/summary.tsv >a
numbers again.d/summary.tsv >b
check 'the command of the note gives the same numbers' cmp a b

# JSON
if have python3; then
  check 'results.json is JSON' python3 -m json.tool one/results.json
  cat >same.py <<'EOF'
import json
import math

lines = [l.rstrip("\n").split("\t") for l in open("one/summary.tsv")
         if not l.startswith("#")]
methods = json.load(open("one/results.json"))["methods"]
assert [m["method"] for m in methods] == [l[0] for l in lines[1:]]
for m, l in zip(methods, lines[1:]):
    for key, text in zip(lines[0][1:13], l[1:13]):
        if math.isnan(float(text)):
            assert m[key] is None, key
        else:
            assert m[key] == float(text), key
    worth = m["worth_bagged_networks"]
    assert bool(worth) == (m["method"] in ("dropout", "mc-dropout", "seeds"))
    if worth and worth["members"] and worth["lo"]:
        assert 1 <= worth["lo"] <= worth["members"] <= worth["most"]
EOF
  check 'results.json holds the numbers of summary.tsv' python3 same.py
  small "$data" -o two --json
  check '--json prints JSON and nothing else' \
    python3 -m json.tool "$box/stdout"
  rm -rf two
fi

# HTML
check 'the question, the verdict, the table, figures, methods, the command' \
  test "$(grep -o '^<h[12]>[A-Z][a-z]*' one/report.html | cut -c 5- | xargs)" \
  = 'Which Verdict Table Figures Methods Run'
deny 'the page refers to nothing outside' \
  grep -E -i '(src|href|url|action) *[=(] *.? *(https?:|//|data:|file:)' \
  one/report.html
deny 'the page runs nothing' \
  grep -E -i '<(script|iframe|object|embed|link|base|form|img)' one/report.html
if [ "$gnuplot" ]; then
  check 'five pictures in the page' \
    test "$(grep -c '<svg' one/report.html)" -eq 5
  check 'no two things have one id' test -z "$(grep -o ' id="[^"]*"' \
    one/report.html | sort | uniq -d)"
fi
if have xmllint; then
  # HTML 5 and SVG elements are news to xmllint; anything else counts.
  html5='figure|figcaption|details|summary|main|section|header|footer|nav'
  svg='svg|g|path|use|defs|text|tspan|desc|symbol|filter|fe[a-z]*|circle'
  svg="$svg|rect|line|polygon|polyline|clippath|lineargradient|stop|pattern"
  xmllint --html --noout one/report.html 2>&1 | grep 'error :' \
    | grep -E -v "Tag ($html5|$svg) invalid" \
    >wrong
  status=$?
  cp wrong "$box/stderr"
  check 'the page is well formed' test ! -s wrong
  for svg in one/figures/*.svg; do
    if [ -f "$svg" ]; then check "$svg is XML" xmllint --noout "$svg"; fi
  done
fi

# Figures draw themselves in an empty folder.
if [ "$gnuplot" ]; then
  for figure in bands growth members scores variance; do
    mkdir alone && cp one/figures/$figure.gp alone
    run sh -c "cd alone && gnuplot -d -e \"term='pdfcairo'\" $figure.gp"
    check "$figure.gp draws its PDF alone" \
      sh -c "tail -c 64 alone/$figure.pdf | grep -a -q '%%EOF'"
    rm -rf alone
  done
fi

# Costs
run bagdrop compare "$data" -m spline,bag-tree,dropout -B 9 -k 2 -r 1 -o costs
check 'memory of each method' awk -F '\t' '/^#/ { next }
  !n++ { at = NF; bad = $NF != "memory_mib"; next }
  !($at > 1 && $at < 4000) { bad = 1 } END { exit bad || n != 4 }' \
  costs/summary.tsv
check 'memory on the page' grep -q '<th>MiB</th>' costs/report.html
run bagdrop compare "$data" -m spline,bag-tree -B 9 -k 2 -r 1 -o costs \
  --no-memory
check '--no-memory' sh -c "sed '/^#/d;/^method/d' costs/summary.tsv \
  | grep -v -c 'nan\$' | grep -qx 0"
expect_stdout ' [0-9]*  *-$' '--no-memory: a stroke in the table'
awk 'BEGIN { for (i = 0; i < 60000; i++) print i, (i * 7919) % 1009 }' \
  >many.txt
run bagdrop compare many.txt -m spline,bag-tree -B 9 -k 2 -r 1 -o costs
check 'the more rows, the more memory' awk -F '\t' '!/^#/ && $1 == "bag-tree" \
  { exit !($NF > 20) }' costs/summary.tsv
rm -rf costs many.txt

# Threads; pictures are drawn by the same gnuplot whatever their number.
without_gnuplot "$box/bin"
old=$PATH
PATH=$box/bin
for n in 1 8; do
  OMP_NUM_THREADS=$n
  export OMP_NUM_THREADS
  small "$data" -o threads
  # The seconds and nothing else may differ, in the notes too.
  awk -F '\t' 'BEGIN { OFS = FS } NF > 13 { $13 = $NF = "" } 1' \
    threads/summary.tsv >"threads.$n"
done
unset OMP_NUM_THREADS
check 'the same bytes for 1 and 8 threads' cmp threads.1 threads.8
small "$data" -o threads --threads 3
PATH=$old
numbers threads/summary.tsv >b
check 'the same numbers for --threads 3' cmp a b

# A second run over the first
cp one/report.html before
echo mine >one/mine
small "$data" -o one --seed 2
expect_status 0 'over an existing folder'
deny 'the page is new' cmp before one/report.html
check 'the files of others stay' test "$(cat one/mine)" = mine
check 'no temporary file' \
  test "$(find one -type f ! -name mine | wc -l)" -eq $files
rm -rf one two threads again.d

# No gnuplot, a broken one, one that hangs.  The results stay the same.
mkdir "$box/fake"
PATH=$box/bin
small "$data" -o none
PATH=$old
expect_status 0 'without gnuplot'
expect_stderr_line 'gnuplot was not found' 'without gnuplot: one sentence'
numbers none/summary.tsv >b
check 'without gnuplot: the same numbers' cmp a b
check 'without gnuplot: scripts' test -s none/figures/members.gp
deny 'without gnuplot: no pictures' ls none/figures/*.svg
check 'without gnuplot: the page says so' grep -q 'Not drawn' none/report.html
rm -rf none

fake () # fake LINE...: a gnuplot that answers --version, then does this
{
  {
    printf '%s\n' '#!/bin/sh' \
      "case \$* in --version) echo gnuplot 5.4; exit 0 ;; esac"
    printf '%s\n' "$@"
  } >"$box/fake/gnuplot"
  chmod +x "$box/fake/gnuplot"
}
PATH=$box/fake:$old
fake 'echo "line 7: it is broken" >&2' 'echo "<svg"' 'exit 1'
tiny "$data" -o broken
expect_status 0 'a gnuplot that fails'
check 'a gnuplot that fails: its words' grep -q 'it is broken' "$box/stderr"
check 'a gnuplot that fails: nothing half drawn' \
  test "$(find broken -type f ! -name "*.gp" | wc -l)" -eq 4
fake 'exit 0'
tiny "$data" -o broken
check 'a gnuplot that draws nothing is noticed' \
  grep -q 'incomplete' "$box/stderr"
printf '#!/bin/sh\nexec sleep 100\n' >"$box/fake/gnuplot"
tiny "$data" -o broken
expect_stderr_line 'gnuplot was not found' 'a gnuplot that only hangs'
if have timeout; then
  fake 'echo $$ >'"$box/pid" 'echo "<svg"' 'exec sleep 100'
  run timeout --foreground --preserve-status -s TERM 2 bagdrop compare \
    "$data" -o hangs --members 4 --networks 2 --masks 2 --folds 2 --repeats 1
  expect_status 143 'SIGTERM while gnuplot hangs'
  check 'SIGTERM while gnuplot hangs: nothing half drawn' \
    test -z "$(find hangs -type f ! -name '*.gp')"
  deny 'SIGTERM while gnuplot hangs: it is gone' kill -0 "$(cat "$box/pid")"
fi
PATH=$old
rm -rf broken hangs

# Folders that cannot be: seen before the work, which here would take minutes.
rm -f expected found table same.py wrong threads.? before again b
rm -f a
refused ()
{
  run bagdrop compare "$data" -o "$1" --members 100000
  expect_status 1 "-o $1"
  expect_stderr_line '^bagdrop compare: .' "-o $1: one sentence"
}
refused /dev/null
refused /dev/null/x
if [ -d /proc/self ]; then refused /proc/x; fi
echo data >file
refused file
refused file/below
check 'a file in the way stays as it was' test "$(cat file)" = data
mkdir -p taken/report.html && refused taken && rm -r taken
mkdir taken && echo data >taken/figures && refused taken && rm -r taken
mkdir taken && cp "$data" taken/summary.tsv
run bagdrop compare taken/summary.tsv -o taken --members 100000
expect_stderr_line 'is the input' 'never over the input'
check 'the input is as it was' cmp "$data" taken/summary.tsv
rm -r taken file
mkdir -p locked && chmod a-w locked
if ! (: >locked/try) 2>/dev/null; then refused locked; fi
rm -rf locked
expect_nothing 'refused folders leave nothing'
tiny "$data" -o deep/er/still
expect_status 0 'missing parents are made'
rm -r deep

# Signals: timeout gives the command signals that are not ignored.
whole ()
{
  find . -type f ! -name '*.gp' ! -name '*.svg' ! -name '*.pdf' \
    ! -name report.html ! -name report.tex ! -name results.json \
    ! -name summary.tsv >"$box/stray"
  for file in dies/*.html dies/*.tex dies/figures/*.svg dies/figures/*.pdf; do
    if [ -f "$file" ]; then
      tail -c 64 "$file" | grep -a -q -e '</svg>' -e '%%EOF' -e '</html>' \
        -e '^.endinput$' \
        || echo "$file" >>"$box/stray"
    fi
  done
  test ! -s "$box/stray"
}
interrupt () # interrupt SIGNAL STATUS SECONDS...
{
  signal=$1 number=$2
  shift 2
  for moment; do
    run timeout --foreground --preserve-status -s "$signal" "$moment" \
      bagdrop compare "$data" -o dies --members 6 --networks 2 --masks 6 \
      --folds 3 --repeats 1
    if [ "$status" -eq 0 ] || [ "$status" -eq "$number" ]; then
      good "SIG$signal after $moment s"
    else
      bad "SIG$signal after $moment s"
    fi
    check "SIG$signal after $moment s: whole files only" whole
    rm -rf dies
  done
}
if have timeout; then
  interrupt INT 130 0.02 0.3 0.6 0.9
  interrupt TERM 143 0.1 0.7 0.8
  interrupt HUP 129 0.65
fi
expect_nothing 'signals leave nothing else'

# One table, many ways to write it
PATH=$box/bin
mkdir "$box/forms"
forms=$box/forms
tr -d '\r' <"$data" >"$forms/plain.csv"
cd "$forms" || exit 99
tr , '\t' <plain.csv >tabs.tsv
tr , ';' <plain.csv >semicolons.csv
tr , ' ' <plain.csv | sed 's/ /   /; s/^/  /' >blanks.txt
printf '\357\273\277' | cat - plain.csv >bom.csv
awk '{ printf "%s\r\n", $0 }' plain.csv >crlf.csv
tr '\n' '\r' <plain.csv >cr.csv
sed 's/\([^,]*\),\(.*\)/"\1","\2"/' plain.csv >quoted.csv
sed 's/,/ , /; s/$/ /' plain.csv >padded.csv
sed 1d plain.csv >headless.csv
awk '{ print } NR % 20 == 0 { print "" } END { print "\n\n" }' plain.csv \
  >gaps.csv
awk 'NR == 1 { print "# made by hand, 1;2" } { print } NR % 30 == 0 \
  { print "# a note" }' plain.csv >comments.csv
awk 'NR > 1 { printf "\n" } { printf "%s", $0 }' plain.csv >endless.csv
sed '1!s/,/e0,+/; s/+-/-/' plain.csv >exponents.csv
awk -F, 'NR == 5 || NR == 9 { print $1 "," } NR == 12 { print "NA," $2 } 1' \
  plain.csv >missing.csv
awk -F, '{ print (NR == 1 ? "who,note" : "x" NR ",NA") "," $0 }' plain.csv \
  >texts.csv
cd "$box/work" || exit 99
tiny "$data" -m spline,tree,bag-tree -o form
numbers form/summary.tsv >"$box/a"
rm -rf form
for form in "$forms"/*; do
  form=$(basename "$form")
  case $form in
    texts.csv) tiny "$forms/$form" -m spline,tree,bag-tree -o form -x times -y 4 ;;
    *) tiny "$forms/$form" -m spline,tree,bag-tree -o form ;;
  esac
  numbers form/summary.tsv >b 2>/dev/null
  check "$form: the same numbers" cmp "$box/a" b
  if [ "$form" = missing.csv ]; then
    expect_stdout '^3 of [0-9]* rows .* left out' 'rows left out are told'
    check 'rows left out are counted' \
      grep -q '^# rows left out: 3$' form/summary.tsv
  fi
  rm -rf form b
done
tiny - -m spline,tree,bag-tree -o form <"$data"
numbers form/summary.tsv >b
check 'standard input: the same numbers' cmp "$box/a" b
if have mkfifo; then
  mkfifo pipe
  cat "$data" >pipe &
  tiny pipe -m spline,tree,bag-tree -o form
  numbers form/summary.tsv >b
  check 'a FIFO: the same numbers' cmp "$box/a" b
fi
PATH=$old

# Splits of others, chosen methods, knobs of all networks
mkdir "$box/choices" && cd "$box/choices" || exit 99
names () { sed '/^#/d' few/summary.tsv | sed 1d | cut -f 1 | xargs; }
awk 'BEGIN { print "a,b"; for (i = 0; i < 9; i++) print i "," 3 * i + 1 }' \
  >splits.csv
few ()
{
  run bagdrop compare "$data" --members 4 --networks 2 --masks 2 -o few "$@"
}
few --splits splits.csv --methods tree,spline
expect_status 0 'splits from a file'
check 'the chosen methods in the order of all' \
  test "$(names)" = 'spline tree'
check 'a note on the splits' \
  grep -q '^# splits: splits.csv (2)$' few/summary.tsv
deny 'no note on folds' grep -q '^# folds' few/summary.tsv
check 'no figure without ensembles' \
  test "$(echo few/figures/*.gp)" = few/figures/scores.gp
numbers few/summary.tsv >a
sed -n 's/^# command: //p' few/summary.tsv >again
run sh -c "$(cat again) -o few"
numbers few/summary.tsv >b
check 'the command of the note takes the same splits' cmp a b
rm -rf few

# A row with a missing value counts: its number is passed over.
awk 'NR == 4 { print "," } 1' "$data" >holes.csv
awk -F, 'NR == 1 { print; next } { for (i = 1; i <= 2; i++) if ($i >= 2) $i++
  print $1 "," $2 }' splits.csv >moved.csv
run bagdrop compare holes.csv --splits moved.csv -m spline,tree -o few
numbers few/summary.tsv >b
check 'splits count the rows of the file' cmp a b
rm -rf few
run bagdrop compare "$data" --splits splits.csv --first-splits 1 -m all \
  --members 4 --networks 2 --masks 2 --network steps=20 -o few
expect_status 0 'one split of all methods'
check 'thirteen methods' \
  test "$(names | wc -w)" -eq 13
deny 'no nan on the page' grep -q '[> ]nan[ <]' few/report.html
rm -rf few
for one in net dropout mc-dropout bag-dropout untied seeds; do
  tiny "$data" -m $one --network hidden=3,units=relu,steps=20 -o few
  expect_status 0 "only $one"
  check "only $one: its row" test "$(names)" = $one
  deny "only $one: no trouble with figures" grep -q figure "$box/stderr"
  rm -rf few
done

printf 'a,b\n1,2\n3,x\n' >bad.csv
few --splits bad.csv
expect_status 1 'a split that is no number'
expect_stderr_line "^bagdrop compare: bad.csv:3:3: 'x' in column 'b'" \
  'a split that is no number: where it stands'
few --splits splits.csv --folds 3
expect_usage_error 'takes the place' '--splits and --folds'
few --splits splits.csv --repeats 2
expect_usage_error 'takes the place' '--splits and --repeats'
few --first-splits 1
expect_usage_error 'needs --splits' '--first-splits alone'
run bagdrop compare --splits splits.csv
expect_usage_error 'which is not there' '--splits without DATA'
few --methods tree,forest
expect_usage_error "no method is called 'forest'" '--methods forest'
few --network stpes=3
expect_usage_error "did you mean 'steps'" '--network stpes=3'
few --network units=soft
expect_usage_error "no unit 'soft'" '--network units=soft'
few --methods tree --network steps=3
expect_usage_error 'none of the methods is a network' '--network for trees'
rm -f splits.csv holes.csv moved.csv bad.csv a b again
expect_nothing 'refused options leave nothing'
finish
