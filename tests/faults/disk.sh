#!/bin/sh
# Faults of memory, disks and folders: rows 21 to 26, 36, 37, 41 and 42.
# shellcheck disable=SC2016
# shellcheck source=tests/faults/faults.sh
. "${srcdir:-.}/tests/faults/faults.sh"

rows 30 >"$box/t.csv"
t=$box/t.csv
mkdir "$box/bin" && without_gnuplot "$box/bin"
old=$PATH

# report ARGUMENT...: a report that takes no time
report ()
{
  run bagdrop compare "$t" -m tree,bag-tree -B 4 -k 2 -r 1 "$@"
}

# starts KILOBYTES: the loader finds room for the program's libraries
starts ()
{
  sh -c "ulimit -v $1; exec bagdrop --version" 2>&1 | grep -q -e GSL -e memory
}

fault 21 'memory is short'
if sanitized; then
  reason='sanitizers reserve more addresses than any limit leaves'
else
# From where the program can be loaded to where it has enough, in small steps.
limit=20000
while [ $limit -lt 200000 ] && ! starts $limit; do
  limit=$((limit + 2000))
done
ended=0 enough=
while [ $limit -lt 500000 ]; do
  limit=$((limit + 9000))
  run timeout 5 sh -c "ulimit -v $limit; exec bagdrop bag '$t' -f linear \
    -B 4 -p grid:2 -t 1"
  case $status in
    0) enough=$limit; break ;;
    1) [ "$(wc -l <"$box/stderr")" -eq 1 ] && grep -q memory "$box/stderr" \
         && ! grep -q '^[^#]' "$box/stdout" || { bad "$limit kB"; break; }
       ended=$((ended + 1)) ;;
    *) bad "$limit kB"; break ;;
  esac
done
check "one sentence each at $ended sizes, done with ${enough:-none} kB" \
  test "$enough"
awk 'BEGIN { print "x,y"; for (i = 0; i < 400000; i++) print i "," i % 7 }' \
  >"$box/long.csv"
for limit in 195000 205000 215000 230000; do
  run timeout 20 sh -c "ulimit -v $limit; exec bagdrop bag \
    '$box/long.csv' -f linear -B 2 -p grid:2 -t 1"
  if [ "$status" -eq 0 ]; then
    good "400,000 rows in $limit kB"
  else
    expect_refusal memory "400,000 rows in $limit kB"
  fi
done
run bagdrop bag "$box/long.csv" -B 10000000 -p train -r bootstrap -n
check 'the need can be asked for' grep -q '^memory: about ' "$box/stdout"
run sh -c "ulimit -v 400000; exec bagdrop bag '$box/long.csv' -B 10000000 \
  -p train -e ij,jab"
expect_refusal memory 'members and points that cannot be held'
rm "$box/long.csv"
fi

fault 22 'the disk is full'
if [ -c /dev/full ]; then
  run sh -c "exec bagdrop bag '$t' -B 4 >/dev/full"
  expect_refusal 'cannot write standard output: No space' 'standard output'
  bag "$t" --influence /dev/full
  expect_refusal '/dev/full: ' 'a file'
  for option in --dump-members --part; do
    bag "$t" $option /dev/full
    expect_status 1 "$option"
  done
fi
report -o kept
cp -r kept "$box/kept"
# A limit on the size of files works wherever a full file system does not.
run sh -c "trap '' XFSZ; ulimit -f 4; exec bagdrop compare '$t' \
  -m tree,bag-tree -B 4 -k 2 -r 1 -s 2 -o kept"
expect_status 1 'a file that may not grow'
check 'it is named' grep -q '^bagdrop compare: kept/.*: cannot write: ' \
  "$box/stderr"
check 'what was there is whole' sh -c '
  for file in kept/summary.tsv kept/results.json; do
    test -s $file || exit 1; done; tail -c 9 kept/report.html | grep -q html'
check 'no temporary file' test -z "$(find . -name '*.??????' ! -name '*.html' \
  ! -name '*.json' -o -name '*.tmp')"
disk=
if mkdir "$box/disk" && mount -t tmpfs -o size=64k none "$box/disk" \
  2>/dev/null; then
  disk=yes
  report -o "$box/disk/report"
  expect_status 1 'a file system of 64 kB'
  check 'a file system of 64 kB: no space' grep -q 'No space left' \
    "$box/stderr"
  check 'a file system of 64 kB: no temporary file' test -z "$(find \
    "$box/disk" -name '*.??????' ! -name '*.html' -o -name '*.tmp')"
  umount "$box/disk"
fi

fault 23 'the disk is full for gnuplot'
if have gnuplot; then
  bag "$t" --influence r.tsv --figures pictures
  # Room for the script, but not for a picture of twice its size.
  blocks=$(($(wc -c <pictures/influence.gp) / 512 + 1))
  rm -rf pictures
  run sh -c "trap '' XFSZ; ulimit -f $blocks; exec bagdrop bag '$t' -B 4 \
    -p grid:2 --influence r.tsv --figures pictures"
  expect_status 0 'the numbers are there all the same'
  check 'told, and not left' sh -c "grep -q 'figure influence: .*gnuplot' \
    '$box/stderr' && test -z \"\$(find pictures -type f ! -name '*.gp' \
    -size $blocks)\""
  mkdir fake
  printf '%s\n' '#!/bin/sh' 'case $* in *version*) echo gnuplot 5.4 ;; esac' \
    'echo "<svg>"' >fake/gnuplot
  chmod +x fake/gnuplot
  PATH=$box/work/fake:$old
  rm -rf pictures
  bag "$t" --influence r.tsv --figures pictures
  PATH=$old
  expect_status 0 'a picture without an end'
  check 'a picture without an end is noticed' grep -q \
    'figure influence: .*incomplete picture (disk full' "$box/stderr"
  check 'and not left' test -z "$(find pictures -type f ! -name '*.gp')"
else
  cannot 'no gnuplot'
fi
rm -rf kept fake pictures r.tsv

fault 24 'a write fails in the middle'
report -o whole
size=$(wc -c <whole/report.html)
for part in 1 2 4 8; do
  blocks=$((size / 512 / part))
  run sh -c "trap '' XFSZ; PATH='$box/bin'; ulimit -f $((blocks - 1)); \
    exec bagdrop compare '$t' -m tree,bag-tree -B 4 -k 2 -r 1 -o cut"
  check "after 1/$part of the page: told or done" test "$status" -le 1
  check "after 1/$part of the page: whole files only" sh -c '
    test -z "$(find cut -name "*.tmp" -o -name "*.??????" ! -name "*.html" \
      ! -name "*.json")" && { ! test -e cut/report.html \
      || tail -c 9 cut/report.html | grep -q html; }'
  rm -rf cut
done
bagdrop bag "$data" -B 300 --dump-members m.tsv >/dev/null
run sh -c "trap '' XFSZ; ulimit -f 60; exec bagdrop bag '$data' -B 300 \
  --dump-members n.tsv"
expect_status 1 'members: an error'
deny 'members: no half file' test -e n.tsv
rm -rf whole m.tsv

fault 25 'the folder cannot be written'
for folder in /dev/null/x /proc/x "$t" "$t/x" ''; do
  run bagdrop compare "$t" -B 100000 -o "$folder"
  expect_refusal '' "compare -o '$folder', before the work"
  run bagdrop budget "$t" -o "$folder"
  expect_refusal '' "budget -o '$folder'"
  run bagdrop perspectives 2 -o "$folder"
  expect_refusal '' "perspectives -o '$folder'"
  if [ "$folder" ]; then
    bag "$t" --influence "$folder/x"
    expect_refusal '' "bag --influence '$folder/x'"
  fi
done
# Root writes where the mode forbids it, but not to a file system of this kind.
if mkdir "$box/read-only" && mount -t tmpfs -o ro none "$box/read-only" \
  2>/dev/null; then
  run bagdrop compare "$t" -B 100000 -o "$box/read-only/report"
  expect_refusal 'Read-only file system' 'a file system that is read only'
  umount "$box/read-only"
fi

fault 26 'the output exists, or is the input'
mkdir there && cp "$t" there/summary.tsv
run bagdrop compare there/summary.tsv -o there
expect_refusal 'is the input' compare
ln there/summary.tsv link.csv
run bagdrop compare link.csv -o there
expect_refusal 'is the input' 'compare, by another name'
cp "$t" own.csv
for option in --influence --dump-members --part; do
  bag own.csv $option ./own.csv
  expect_usage_error 'this run reads' "bag $option"
done
run bagdrop dropout own.csv --steps 3 --save own.csv
expect_usage_error 'this run reads' 'dropout --save'
run bagdrop variance own.csv --influence own.csv
expect_usage_error 'this run reads' 'variance --influence'
check 'the input is as it was' cmp own.csv "$t"
echo old >old.tsv && ln old.tsv copy.tsv
bag "$t" --influence old.tsv
check 'a file is replaced, not written over' sh -c \
  'test "$(cat copy.tsv)" = old && test -s old.tsv'
rm -rf there link.csv own.csv old.tsv copy.tsv

fault 36 'paths from the data, links in the way'
{ echo '../../x,/tmp/y'; rows 30 | sed 1d; } >"$box/path.csv"
run bagdrop bag "$box/path.csv" -B 4 --influence r.tsv --figures figures
check 'files of ours only' test -z "$(find "$box" -newer "$box/path.csv" \
  -type f ! -path '*/work/figures/influence.*' ! -name r.tsv ! -name stdout \
  ! -name stderr)"
echo victim >"$box/victim"
mkdir out && ln -s "$box/victim" out/summary.tsv
ln -s "$box/victim" out/summary.tsv.XXXXXX
PATH=$box/bin report -o out
PATH=$old
check 'a link is replaced, not followed' sh -c "test \"\$(cat '$box/victim')\" \
  = victim && test ! -L out/summary.tsv && grep -q rmse out/summary.tsv"
rm -rf out figures r.tsv

fault 37 'names that a spreadsheet takes for formulas'
{ echo '=1+1,y'; rows 30 | sed 1d; } >"$box/path.csv"
bag "$box/path.csv"
check 'a name stays as it is' grep -q '^=1+1	mean' "$box/stdout"
awk 'BEGIN { print "g,y"; for (i = 0; i < 40; i++) print (i % 2 ? \
  "=cmd|x" : "@a") "," i % 7 }' >"$box/path.csv"
run bagdrop bag "$box/path.csv" -B 4
check 'so does a cell' grep -q '^=cmd|x	' "$box/stdout"
check 'all other cells are numbers' sh -c "grep -v '^#' '$box/stdout' | sed 1d \
  | cut -f 2- | tr '\t' '\n' | grep -v -x -e '-\{0,1\}[0-9.e+-]*' -e nan \
  | test \$(wc -l) -eq 0"
check 'and the README warns of it' grep -q -i spreadsheet "$top/README"
run bagdrop bag "$box/path.csv" -B 4 --excel-safe
check '--excel-safe: an apostrophe before it' sh -c \
  "grep -q \"^'=cmd|x	\" '$box/stdout' && grep -q \"^'@a	\" '$box/stdout'"
deny '--excel-safe: no number is touched' grep -q "'-" "$box/stdout"

fault 41 'two runs into one folder'
PATH=$box/bin
bagdrop compare "$t" -m tree,bag-tree -B 4 -k 2 -r 1 -o both >/dev/null &
bagdrop compare "$t" -m tree,bag-tree -B 4 -k 2 -r 1 -o both >/dev/null &
wait
PATH=$old
check 'whole files' sh -c 'tail -c 9 both/report.html | grep -q html \
  && test "$(grep -vc "^#" both/summary.tsv)" = 3'
check 'nothing else' test "$(find both -type f ! -path 'both/figures/*' \
  | wc -l)" -eq 4
rm -rf both
bagdrop perspectives 2 -R 60 --networks 2 -T 8 --network steps=30,hidden=8 \
  -o both >/dev/null 2>&1 &
first=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
  [ -s both/repetitions.txt ] && break
  sleep 0.1
done
run bagdrop perspectives 2 -R 60 --networks 2 -T 8 \
  --network steps=30,hidden=8 -o both
expect_refusal 'another run is writing' 'records of repetitions'
kill $first 2>/dev/null
wait $first 2>/dev/null
rm -rf both

fault 42 'an odd environment'
bag "$t"
cp "$box/stdout" "$box/plain"
for setting in TZ=Pacific/Kiritimati TZ=nonsense HOME=/nonexistent \
  TMPDIR=/nonexistent TMPDIR=/proc COLUMNS=1 'OMP_NUM_THREADS=3'; do
  run env "$setting" bagdrop bag "$t" -B 4 -p grid:2
  check "$setting" cmp "$box/plain" "$box/stdout"
done
run env -i "$(command -v bagdrop)" bag "$t" -B 4 -p grid:2
check 'no environment at all' cmp "$box/plain" "$box/stdout"
run env TMPDIR=/nonexistent PATH="$PATH" bagdrop compare "$t" \
  -m tree,bag-tree -B 4 -k 2 -r 1 -o there
expect_status 0 'temporary files lie beside the output'
if have faketime; then
  run faketime -f '+0 x1000' bagdrop bag "$t" -B 4 -p grid:2
  check 'a clock that runs ahead' cmp "$box/plain" "$box/stdout"
else
  cannot 'a clock that jumps needs faketime'
fi
finish_faults
