#!/bin/sh
# results.json is what doc/results.schema.json says, whatever is compared.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

schema=$top/doc/results.schema.json
data=$top/data/mcycle.csv
have fits_schema || skip 'fits_schema was not built'

# The judge of others, where it is
cat >judge.py <<'EOF2'
import json, sys
import jsonschema
schema = json.load(open(sys.argv[1]))
judge = jsonschema.Draft202012Validator
judge.check_schema(schema)
judge(schema).validate(json.load(open(sys.argv[2])))
EOF2
python=
if have python3 && python3 -c 'from jsonschema import Draft202012Validator' \
  2>"$box/stderr"; then
  python=yes
fi

valid () # valid WHAT FILE
{
  run fits_schema "$schema" "$2"
  expect_status 0 "$1"
  if [ "$python" ]; then
    run python3 judge.py "$schema" "$2"
    expect_status 0 "$1: to python3-jsonschema, too"
  fi
}

compared () # compared WHAT ARGUMENT...
{
  what=$1
  shift
  tiny "$@" -o report
  valid "$what" report/results.json
}

compared 'eleven methods' "$data"
cp report/results.json good.json
tiny --json -o report
cp "$box/stdout" printed.json
valid 'simulated data, printed' printed.json
compared 'all methods' "$data" --methods all
compared 'no single fit' "$data" --methods bag-tree,bag-spline
compared 'knobs of networks' "$data" --methods net --network hidden=3
printf 'one\n0\n5\n9\n' >rows.csv
run bagdrop compare "$data" --splits rows.csv --members 4 --networks 2 \
  --masks 2 -o report
valid 'one split from a file' report/results.json

awk 'BEGIN { srand (5); print "x,y"; for (i = 0; i < 40; i++) { x = rand ()
  print x "," (x + rand () > 1 ? "yes" : "no") } }' >classes.csv
compared 'a response of classes' classes.csv
sed 's/"accuracy"/"acuracy"/' report/results.json >bad.json
run fits_schema "$schema" bad.json
expect_status 1 'a response of classes: a name that is missing is seen'
sed 's/"classes": /"klasses": /' report/results.json >bad.json
run fits_schema "$schema" bad.json
expect_status 1 'a response of classes: classes without names are seen'

# What it would not take
while IFS='|' read -r fault change; do
  sed "$change" good.json >bad.json
  deny "$fault: the file is another" cmp -s good.json bad.json
  run fits_schema "$schema" bad.json
  expect_status 1 "$fault is seen"
done <<'EOF2'
a name that is missing|s/"rmse_se"/"rmse.se"/
text for a number|s/"mse": [0-9.]*/"mse": "7"/
a number for text|s/"source": ".*"/"source": 7/
another program|s/bagdrop compare",$/bagdrop bag",/
an unknown family|s/"family": "bagging"/"family": "boosting"/
a count below its least|s/"rows": 133/"rows": 0/
a part of a count|s/"rows": 133/"rows": 132.5/
two of one name|s/"gsl":/"blas": "x", "gsl":/
EOF2
finish
