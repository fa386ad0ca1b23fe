#!/bin/sh
# Members shared between the processes of mpirun: the bytes of one process, and
# one message when something goes wrong.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

bagdrop --version | grep -q 'processes by MPI' || skip 'built without MPI'
have mpirun || skip 'no mpirun'
data=$top/data/mcycle.csv
OMP_NUM_THREADS=1
OMPI_ALLOW_RUN_AS_ROOT=1
OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
OMPI_MCA_rmaps_base_oversubscribe=1
export OMP_NUM_THREADS OMPI_ALLOW_RUN_AS_ROOT OMPI_ALLOW_RUN_AS_ROOT_CONFIRM
export OMPI_MCA_rmaps_base_oversubscribe
run mpirun -n 2 true
[ "$status" -eq 0 ] || skip 'mpirun cannot start processes here'

same () # same WORD...: for 1, 2 and 4 processes
{
  bagdrop "$@" >whole
  for ranks in 1 2 4; do
    run mpirun -n "$ranks" bagdrop "$@"
    expect_status 0 "$*: $ranks done"
    check "$*: $ranks processes" cmp whole "$box/stdout"
  done
}
same bag "$data" -B 300 -e jab_u
same bag "$data" -B 130 -r moving -f bspline
same bag -B 3 -f linear
same dropout "$data" -T 130 --predict mc --steps 50
same dropout "$data" --steps 50
same list fitters

run mpirun -n 3 bagdrop bag - -B 100 <"$data"
bagdrop bag - -B 100 <"$data" >whole
check 'standard input' cmp whole "$box/stdout"
bagdrop bag "$data" -B 40 --dump-members alone >/dev/null
run mpirun -n 3 bagdrop bag "$data" -B 40 --dump-members shared
check 'members are dumped once' cmp alone shared

# refuse STATUS PATTERN WORD...: a message, once.
refuse ()
{
  wanted=$1 pattern=$2
  shift 2
  run mpirun -q -n 3 "$@"
  expect_status "$wanted" "$*: refused"
  check "$*: once" \
    test "$(grep -c -e "bagdrop bag: $pattern" "$box/stderr")" -eq 1
}
refuse 1 'nosuch: No such file' bagdrop bag nosuch
refuse 2 'there is no option' bagdrop bag --bogus
refuse 2 '.*is for one process' bagdrop bag -B 10 --part x
refuse 2 '.*is for one process' bagdrop bag --target-mc-error 5%
cat >alone.sh <<'END'
[ "$OMPI_COMM_WORLD_RANK" != 2 ] || cd /
exec bagdrop bag my.csv -B 100
END
cp "$data" my.csv
refuse 1 'my.csv: No such file' sh alone.sh
finish
