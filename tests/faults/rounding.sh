#!/bin/sh
# Fault 43: a program around the library that has set another rounding mode,
# or flushes tiny numbers to zero.
# shellcheck source=tests/faults/faults.sh
. "${srcdir:-.}/tests/faults/faults.sh"

fault 43 'an unusual state of the floating-point unit'
cat >mode.c <<'END'
#include <fenv.h>
#include <stdio.h>
#include <stdlib.h>
#if defined __SSE2__
#include <xmmintrin.h>
#endif

static int mode;

/* Before main: as a plug-in would.  */
__attribute__ ((constructor)) static void
start (void)
{
  const char *name = getenv ("FP_MODE");
  mode = name && *name == 'u' ? FE_UPWARD : name && *name == 'd' ? FE_DOWNWARD
                                                                 : FE_TONEAREST;
  fesetround (mode);
#if defined __SSE2__
  if (name && *name == 'f')
    _mm_setcsr (_mm_getcsr () | 0x8040);
#endif
}

/* Behind it: is everything as it was?  */
__attribute__ ((destructor)) static void
end (void)
{
  const char *name = getenv ("FP_MODE");
  if (fegetround () != mode)
    fputs ("the rounding mode has changed\n", stderr);
#if defined __SSE2__
  if (name && *name == 'f' && (_mm_getcsr () & 0x8040) != 0x8040)
    fputs ("tiny numbers are no longer flushed\n", stderr);
#endif
}
END
if ! cc -shared -fPIC -o mode.so mode.c -lm 2>"$box/stderr"; then
  cannot 'no C compiler that makes a shared object'
elif sanitized; then
  cannot 'the libraries of sanitizers have to be loaded first'
elif ! LD_PRELOAD=$PWD/mode.so FP_MODE=u true 2>/dev/null; then
  cannot 'no LD_PRELOAD'
else
  # No point is at a split of a tree; networks count in single precision.
  printf 'times\n5.05\n20.03\n33.33\n50.01\n' >at.csv
  for fitter in tree linear pspline net:steps=30,hidden=4; do
    run bagdrop bag "$data" -B 6 -p at.csv -f $fitter
    numbers "$box/stdout" | cut -f 1-3 >plain
    for mode in up down flush; do
      run env "LD_PRELOAD=$PWD/mode.so" FP_MODE=$mode bagdrop bag "$data" \
        -B 6 -p at.csv -f $fitter
      expect_done "$fitter, $mode: done, and the mode left alone"
      numbers "$box/stdout" | cut -f 1-3 >other
      check "$fitter, $mode: the same numbers but for rounding" awk '
        NR == FNR { for (i = 1; i <= NF; i++) a[FNR, i] = $i; next }
        FNR > 1 { n++; for (i = 1; i <= 3; i++) { d = $i - a[FNR, i]
          if (!(d * d <= 1e-10 * (a[FNR, i] ^ 2 + 1))) bad = 1 } }
        END { exit bad || n != 4 }' plain other
    done
  done
fi
finish_faults
