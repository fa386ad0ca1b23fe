# scores: the root mean squared error of each method with its 95 % interval,
# one row for each method
#
# nrow (up to 20), name_K, kind_K, xlab, ref (error of the best single fit);
# $score (row rmse lo hi)

if (!exists('width_mm')) width_mm = 85
if (!exists('ref')) ref = NaN
a0 = 1e300; a1 = -1e300
take(v) = v == v && abs(v) < 1e300 ? (a0 = lesser(a0, v), \
  a1 = larger(a1, v)) : 0
set xrange [-1:1]
set yrange [-1:1]
set table $scratch
plot '$score' using (take($2), take($3), take($4), 0):(0)
unset table
q = take(ref)
if (a1 < a0) { a0 = 0; a1 = 1 }
far = a0 > 0 && a1 / a0 > 20
xe = far ? 0 : unit(a0, a1); xs = 10.**xe
x0 = far ? a0 / 1.3 : (a0 - room(a0, a1, .05)) / xs
x1 = far ? a1 * 1.3 : (a1 + room(a0, a1, .05)) / xs
if (x0 < 0 && a0 >= 0) { x0 = 0 }

# Names take what they need, up to 45 % of the width, and fold.
name(k) = value(sprintf('name_%d', k))
letters = int((.45 * width_mm - 4) / char_mm)
longest = 4; row_mm = 5
do for [k=1:nrow] {
  longest = larger(longest, larger(strlen(line1(name(k), letters)), \
    strlen(line2(name(k), letters))))
  if (line2(name(k), letters) ne '') { row_mm = 8 }
}
left = 4 + char_mm * longest
pw = width_mm - left - 4
ph = row_mm * nrow
guide = ref == ref
height_mm = 2 + ph + 11.5 + 4.4 * guide
eval 'set terminal ' . page(width_mm, height_mm)
if (out ne '-') { set output out }
eval frame(left, 2, pw, ph)
set xrange [x0:x1]
set yrange [nrow+.5:.5]
set border 1
set errorbars 0
unset ytics
if (far) {
  set logscale x
  eval 'set xtics ' . clean(log_tics(x0, x1))
} else {
  dx = step(x0, x1, larger(2, int(pw / 13)))
  set xtics dx
  set format x decimals(dx)
}
do for [k=1:nrow] {
  y = 2 + row_mm * (k - .5)
  two = line2(name(k), letters) ne ''
  set label 2*k show(line1(name(k), letters)) noenhanced right \
    at screen px(left - 2), py(y - .5 * two * line_mm)
  if (two) {
    set label 2*k+1 show(line2(name(k), letters)) noenhanced right \
      at screen px(left - 2), py(y + .5 * line_mm)
  }
  if (coarse) { continue }
  set arrow k from graph 0, first k to graph 1, first k nohead back \
    lw 0.4 dt (2,4) lc rgb '#BFBFBF'
}
under = short(named(xlab, xe), int((width_mm - 4) / char_mm))
set label 100 show(under) noenhanced center \
  at screen px(beneath(under, left + pw / 2)), py(2 + ph + 8.3)
if (guide) {
  set arrow 100 from first ref / xs, graph 0 to first ref / xs, graph 1 \
    nohead lw 0.8 dt (3,4) lc rgb '#7F7F7F'
  set arrow 101 from screen px(left), py(2 + ph + 13) to \
    screen px(left + 6), py(2 + ph + 13) nohead lw 0.8 dt (3,4) \
    lc rgb '#7F7F7F'
  set label 101 'best single fit' at screen px(left + 7.5), py(2 + ph + 13)
}
row(k) = int(column(1)) == k
plot for [k=1:nrow] '$score' using (row(k) ? $2 / xs : NaN):1:($3 / xs): \
    ($4 / xs) with xerrorbars pt int(word(marks(kind(k)), 1)) ps .8 lw 1 \
    lc rgb hue(kind(k))
unset output
