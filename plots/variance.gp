# variance: the variance of the members along x, or against the predicted
# value, on a logarithmic axis
#
# nline, title_K, kind_K, xlab, ylab, curve (1: lines, 0: points);
# $line_K (x v)

if (!exists('width_mm')) width_mm = 85
a0 = 1e300; a1 = -1e300; b0 = 1e300; b1 = 0; seen = 0
take(x,v) = x == x && v > 0 && v < 1e300 ? (a0 = lesser(a0, x), \
  a1 = larger(a1, x), b0 = lesser(b0, v), b1 = larger(b1, v), \
  seen = seen + 1) : 0
set xrange [-1:1]
set yrange [-1:1]
set table $scratch
plot for [k=1:nline] sprintf('$line_%d', k) using (take($1, $2), 0):(0)
unset table
if (seen == 0) { a0 = 0; a1 = 1; b0 = .1; b1 = 1 }
xe = unit(a0, a1); xs = 10.**xe
x0 = (a0 - room(a0, a1, .02)) / xs
x1 = (a1 + room(a0, a1, .02)) / xs
dx = step(x0, x1, 5)
spread = larger(1.25, 2.5 / sqrt(b1 / b0))
y0 = b0 / spread
y1 = b1 * spread

left = 18 + 4 * long_tics(y0, y1)
along = int((.68 * (width_mm - left - 3) + 4) / char_mm)
if (line2(ylab, along) ne '') {
  left = left + fold_mm
  along = int((.68 * (width_mm - left - 3) + 4) / char_mm)
}
pw = width_mm - left - 3
ph = .68 * pw
below = 2.5 + ph
height_mm = below + 13.8 + line_mm * nline
eval 'set terminal ' . page(width_mm, height_mm)
if (out ne '-') { set output out }
eval frame(left, 2.5, pw, ph)
set xrange [x0:x1]
set yrange [y0:y1]
set logscale y
set xtics dx
set format x decimals(dx)
eval 'set ytics ' . clean(log_tics(y0, y1))
set label 1 upright(ylab, along) noenhanced center rotate \
  at screen px(2.7), py(2.5 + ph / 2)
under = short(across(named(xlab, xe), ylab), int((width_mm - 4) / char_mm))
set label 2 show(under) noenhanced center \
  at screen px(beneath(under, left + pw / 2)), py(below + 8.3)
set key at screen px(2), py(below + 11.4) left top vertical Left reverse \
  maxrows nline samplen 3 noenhanced
if (seen == 0) {
  set label 3 'no variance above 0' center at graph .5, graph .5
}
cut_at = int((width_mm - 14) / char_mm)
every_nth(k) = larger(1, int(|$line_1| / 7))

if (curve) {
  plot for [k=1:nline] sprintf('$line_%d', k) using ($1 / xs):2 \
    with linespoints lw 1.3 dt dash(k) lc rgb hue(kind(k)) pt mark(k) ps .5 \
    pi -every_nth(k) title show(short(value(sprintf('title_%d', k)), cut_at))
} else {
  plot for [k=1:nline] sprintf('$line_%d', k) using ($1 / xs):2 \
    with points lw .6 lc rgb veil(kind(k), .6) pt mark(k) ps .4 \
    title show(short(value(sprintf('title_%d', k)), cut_at))
}
unset output
