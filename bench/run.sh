#!/bin/sh
# make bench: our workloads, and the same ones in peers where those are
# installed.  Usage, in the build folder: run.sh SRCDIR [PART...], the parts
# being trees, curves, nets, dropout, draws, threads, commands and variance
# (all).
#
# Times are medians of $RUNS (5) runs: CPU seconds with one thread, wall
# seconds where threads or whole commands are compared (on a busy machine these
# say little).  Programs' start and reading are left out, in the peers too,
# except for whole commands.  The ratio is a row's time over that of the row
# with the workload's name.  The error is the root mean square of the mean's:
# of trees against test rows, of curves against the true curve.  The spread is
# the root of the variance between members in the mean over those points, draws
# the part of the time that random numbers take.
# shellcheck disable=SC2034
set -e
srcdir=${1:-.}
[ $# -eq 0 ] || shift
runs=${RUNS:-5}
peers=$srcdir/bench/peers
python=${PYTHON:-python3}
for other in "$python" /usr/bin/python3; do
  if "$other" -c 'import numpy, sklearn' 2> /dev/null; then
    python=$other
    break
  fi
done
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 LC_ALL=C
export PYTHONDONTWRITEBYTECODE=1 # the sources may be read-only
dir=$(mktemp -d "${TMPDIR:-/tmp}/bagdrop-bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

# Versions of the peers, `no' where one is not installed.
of_python ()
{
  "$python" -c "import $1; print ($1.__version__)" 2> /dev/null || echo no
}
of_r ()
{
  Rscript -e "cat (as.character (packageVersion ('$1')))" 2> /dev/null ||
    echo no
}
sklearn=$(of_python sklearn) numpy=$(of_python numpy) torch=$(of_python torch)
ranger=$(of_r ranger) kernsmooth=$(of_r KernSmooth) nnet=$(of_r nnet)

for part in table run_trees run_curves run_nets run_dropout run_threads \
  run_variance; do
  # shellcheck source=/dev/null
  . "$srcdir/bench/$part.sh"
done

cat << EOF
Peers: scikit-learn $sklearn, numpy $numpy, torch $torch, ranger $ranger, \
KernSmooth $kernsmooth, nnet $nnet.
Medians of $runs; one thread and CPU seconds unless said.
EOF
[ $# -gt 0 ] || set -- trees curves nets dropout draws threads commands variance
for part; do
  "part_$part"
done
