# budget_n: the variance of the prediction and the variance that is reported
# for it, against the number of rows, one panel for each method
#
# npanel (up to 20), title_K, note_K, kind_K, xlab, ylab;
# $size_K (n variance se reported se)

if (!exists('width_mm')) width_mm = 170
a0 = 1e300; a1 = 0; b0 = 1e300; b1 = 0
take(n,v) = n > 0 && v > 0 && v < 1e300 ? (a0 = lesser(a0, n), \
  a1 = larger(a1, n), b0 = lesser(b0, v), b1 = larger(b1, v)) : 0
set xrange [-1:1]
set yrange [-1:1]
set table $scratch
plot for [k=1:npanel] sprintf('$size_%d', k) \
  using (take($1, $2), take($1, $4), 0):(0)
unset table
if (a1 == 0) { a0 = 10; a1 = 100; b0 = .1; b1 = 1 }
x0 = a0 / 1.2; x1 = a1 * 1.2
y0 = b0 / 1.6; y1 = b1 * 1.6
cols = npanel < 4 ? npanel : npanel == 4 ? 2 : npanel < 10 ? 3 : 4
cols = width_mm < 90 ? 1 : cols
rows = (npanel + cols - 1) / cols
left = 19
pw = (width_mm - left - 3 - 4. * (cols - 1)) / cols
ph = pw * (cols == 1 ? .42 : cols == 2 ? .66 : .8)
along = int((rows * ph + rows * 4) / char_mm)
letters = int(pw / char_mm) - 3
head = 9.2
body = rows * (ph + head) + 3. * (rows - 1)
narrow = width_mm < 130
height_mm = body + 16.7 + 4.4 * narrow
note(k) = exists(sprintf('note_%d', k)) ? value(sprintf('note_%d', k)) : ''

eval 'set terminal ' . page(width_mm, height_mm)
if (out ne '-') { set output out }
set multiplot
set xrange [x0:x1]
set yrange [y0:y1]
set logscale xy
set errorbars 0
twos(n) = n > 1.01 * a1 ? '' : sprintf("'%.0f' %.0f, ", n, n) . twos(2. * n)
x_tics = clean('(' . twos(a0) . ')')
if (a1 / a0 > 300) { x_tics = clean(log_tics(x0, x1)) }
y_tics = clean(log_tics(y0, y1))
blank(n) = n > 1.01 * a1 ? '' : sprintf("'' %.0f, ", n) . blank(2. * n)
letter = 'abcdefghijklmnopqrst'
do for [k=1:npanel] {
  c = (k - 1) % cols
  r = (k - 1) / cols
  x = left + c * (pw + 4.)
  y = head + r * (ph + head + 3)
  eval frame(x, y, pw, ph)
  eval 'set xtics ' . x_tics
  eval 'set ytics ' . y_tics
  if (k + cols <= npanel) { eval 'set xtics ' . clean('(' . blank(a0) . ')') }
  if (c > 0) { set ytics autofreq; set format y '' }
  if (npanel > 1) {
    set label 1 bold(letter[k:k]) \
      at screen px(x), py(y - head + 2.5)
  }
  set label 2 show(short(value(sprintf('title_%d', k)), letters)) noenhanced \
    at screen px(x + (npanel > 1 ? 3.8 : 0)), py(y - head + 2.5)
  set label 3 show(short(note(k), letters + 3)) noenhanced tc rgb '#4D4D4D' \
    at screen px(x), py(y - head + 2.5 + line_mm)
  f = sprintf('$size_%d', k)
  plot f using ($2 > 0 ? $1 : NaN):2 with lines lw 1.2 lc rgb 'black', \
    f using ($2 > 0 ? $1 : NaN):2:($2 - $3 > 0 ? $2 - $3 : y0):($2 + $3) \
      with yerrorbars pt 7 ps .5 lw .7 lc rgb 'black', \
    f using ($4 > 0 ? $1 : NaN):4 with lines lw 1.2 dt (10,6) \
      lc rgb hue(kind(k)), \
    f using ($4 > 0 ? $1 : NaN):4:($4 - $5 > 0 ? $4 - $5 : y0):($4 + $5) \
      with yerrorbars pt 6 ps .6 lw .9 lc rgb hue(kind(k))
}

eval frame(0, 0, width_mm, height_mm)
unset logscale
set xrange [0:1]
set yrange [0:1]
unset tics
unset border
unset label
set label 1 upright(ylab, along) noenhanced center rotate \
  at screen px(2.7), py((body + head) / 2)
set label 2 show(short(across(xlab, ylab), int(width_mm / char_mm) - 8)) noenhanced \
  center at screen px(left + (width_mm - left - 3) / 2.), py(body + 8.3)
y = body + 13.9
set arrow 1 from screen px(left), py(y) to screen px(left + 6), py(y) \
  nohead lw 1.2 lc rgb 'black'
set label 3 '' at screen px(left + 3), py(y) point pt 7 ps .5
set label 4 'variance of the prediction' at screen px(left + 7.5), py(y)
x = narrow ? left : left + 54
y = y + 4.4 * narrow
set arrow 2 from screen px(x), py(y) to screen px(x + 6), py(y) \
  nohead lw 1.2 dt (10,6) lc rgb hue(kind(1))
set label 5 '' at screen px(x + 3), py(y) point pt 6 ps .6 lw .9 \
  lc rgb hue(kind(1))
set label 6 'what the method reports' at screen px(x + 7.5), py(y)
plot NaN notitle
unset multiplot
unset output
