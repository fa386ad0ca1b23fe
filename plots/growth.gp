# growth: mean squared error, or variance of the mean, against the number of
# members M, with the fitted c + w / M and its limit c
#
# nline, title_K, kind_K, c_K (NaN: none, w / M), w_K, ylab; $line_K (M mse)

if (!exists('width_mm')) width_mm = 85
a0 = 1e300; a1 = 0; b0 = 1e300; b1 = -1e300
take(m,v) = m > 0 && v == v && abs(v) < 1e300 ? (a0 = lesser(a0, m), \
  a1 = larger(a1, m), reach(v)) : 0
reach(v) = v == v ? (b0 = lesser(b0, v), b1 = larger(b1, v)) : 0
set xrange [-1:1]
set yrange [-1:1]
set table $scratch
plot for [k=1:nline] sprintf('$line_%d', k) using (take($1, $2), 0):(0)
unset table
limit(k) = value(sprintf('c_%d', k))
slope(k) = value(sprintf('w_%d', k))
fitted(k,m) = m < .999 * a0 || m > 1.001 * a1 ? NaN : \
  ((limit(k) == limit(k) ? limit(k) : 0) + slope(k) / m) / ys
title(k) = value(sprintf('title_%d', k))
do for [k=1:nline] { q = reach(limit(k)) }
if (a1 == 0) { a0 = 1; a1 = 64 }
if (b1 < b0) { b0 = 0; b1 = 1 }

# Logarithmic when the methods are far apart, else linear.
far = b0 > 0 && b1 / b0 > 20
ye = far ? 0 : unit(b0, b1); ys = 10.**ye
y0 = far ? b0 / 1.3 : (b0 - room(b0, b1, .07)) / ys
y1 = far ? b1 * 1.3 : (b1 + room(b0, b1, .05)) / ys
if (y0 < 0 && b0 >= 0) { y0 = 0 }
dy = step(y0, y1, 5)

left = far ? 18 + 4 * long_tics(y0, y1) : 9 + char_mm * wide(y0, y1, dy)
along = int((.68 * (width_mm - left - 3) + 4) / char_mm)
if (line2(named(ylab, ye), along) ne '') {
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
set xrange [a0/1.15:a1*1.15]
set yrange [y0:y1]
set logscale x 2
twos(m,by) = m > a1 ? '' : sprintf("'%.0f' %.0f, ", m, m) . twos(by * m, by)
eval 'set xtics ' . clean('(' . \
  twos(2**int(ceil(log(a0) / log(2) - 1e-9)), \
  2**larger(1, int(ceil(log(a1 / a0) / log(2) / 9)))) . ')')
if (far) {
  set logscale y
  eval 'set ytics ' . clean(log_tics(y0, y1))
} else {
  set ytics dy
  set format y decimals(dy)
}
set label 1 upright(named(ylab, ye), along) noenhanced center rotate \
  at screen px(2.7), py(2.5 + ph / 2)
set label 2 across('number of members M', named(ylab, ye)) center \
  at screen px(left + pw / 2), py(below + 8.3)
set key at screen px(2), py(below + 11.4) left top vertical Left reverse \
  maxrows nline samplen 3 noenhanced
cut_at = int((width_mm - 14) / char_mm) - 19
plot for [k=1:nline] limit(k) / ys with lines lt drawn(0) lw 0.6 dt (6,5) \
    lc rgb hue(kind(k)) notitle, \
  for [k=1:nline] fitted(k, x) with lines lt drawn(k) lw 1.2 dt solid \
    lc rgb hue(kind(k)) notitle, \
  for [k=1:nline] sprintf('$line_%d', k) using 1:($2 / ys) with points \
    pt 7 ps .85 lc rgb 'white' notitle, \
  for [k=1:nline] sprintf('$line_%d', k) using 1:($2 / ys) with points \
    pt mark(k) ps .6 lw 0.9 lc rgb hue(kind(k)) notitle, \
  for [k=1:nline] keyentry with linespoints lt drawn(k) lw 1.2 dt solid pi -1 pt mark(k) ps .6 \
    lc rgb hue(kind(k)) \
    title show(short(title(k), cut_at) . (limit(k) == limit(k) ? \
      ': limit c = ' . spelt(limit(k)) : ': w = ' . spelt(slope(k)) . ', w/M'))
unset output
