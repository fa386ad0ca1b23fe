# influence: the share of a variance that each unit carries: rows along one
# input under the data, the sum of the sorted shares, or bars of hidden units
#
# form (along, sorted, units), kind_1, units, xlab, ylab, top; for units
# nlayer, width_K; $share (x y layer share error top, in percent)

if (!exists('width_mm')) width_mm = form eq 'units' ? 170 : 85
along = form eq 'along'; bars = form eq 'units'
a0 = 1e300; a1 = -1e300; b0 = 1e300; b1 = -1e300; s0 = 0; s1 = 0; n = 0
inputs = 0
take(x,y,l,s,e) = s != s ? 0 : (n = n + 1, a0 = lesser(a0, x), \
  a1 = larger(a1, x), b0 = lesser(b0, y), b1 = larger(b1, y), \
  inputs = larger(inputs, l == 0 ? x : 0), \
  s0 = lesser(s0, bars ? s - e : s), s1 = larger(s1, bars ? s + e : s))
set xrange [-1:1]
set yrange [-1:1]
set table $scratch
plot '$share' using (take($1, $2, $3, $4, $5), 0):(0)
unset table
if (n == 0) { a0 = 0; a1 = 1; b0 = 0; b1 = 1; s1 = 1 }
color = hue(kind(1))
grey = '#8C8C8C'

# The axis of the shares, in percent.
share_label = 'share (%)'
y0 = form eq 'sorted' ? 0 : s0 - room(s0, s1, .05) * (s0 < 0)
y1 = form eq 'sorted' ? larger(100, b1) * 1.04 : s1 + room(s0, s1, .05)
dy = step(y0, y1, along ? 3 : 4)
left = 9 + char_mm * wide(y0, y1, dy)

if (along) {
  xe = unit(a0, a1); xs = 10.**xe
  ye = unit(b0, b1); ys = 10.**ye
  x0 = (a0 - room(a0, a1, .02)) / xs; x1 = (a1 + room(a0, a1, .02)) / xs
  v0 = (b0 - room(b0, b1, .05)) / ys; v1 = (b1 + room(b0, b1, .05)) / ys
  dv = step(v0, v1, 4)
  left = larger(left, 9 + char_mm * wide(v0, v1, dv))
  pw = width_mm - left - 3
  upper = .42 * pw; lower = .32 * pw
  deep = int((upper + 5) / char_mm)
  if (line2(named(ylab, ye), deep) ne '') {
    left = left + fold_mm; pw = pw - fold_mm
  }
  below = 2.5 + upper + 3.5 + lower
  height_mm = below + 11.5
  eval 'set terminal ' . page(width_mm, height_mm)
  if (out ne '-') { set output out }
  set multiplot
  dx = step(x0, x1, 5)
  set xrange [x0:x1]
  set xtics dx
  set format x ''
  eval frame(left, 2.5, pw, upper)
  set yrange [v0:v1]
  set ytics dv
  set format y decimals(dv)
  set label 1 upright(named(ylab, ye), deep) noenhanced center rotate \
    at screen px(2.7), py(2.5 + upper / 2)
  big = |$share| > 2000 ? .2 : |$share| > 300 ? .3 : .45
  plot '$share' using ($6 > 0 ? NaN : $1 / xs):($2 / ys) with points pt ring \
      ps big lw .6 lc rgb grey, \
    '$share' using ($6 > 0 ? $1 / xs : NaN):($2 / ys) with points pt 7 \
      ps .6 lc rgb color
  eval frame(left, 2.5 + upper + 3.5, pw, lower)
  set format x decimals(dx)
  set yrange [y0:y1]
  set ytics dy
  set format y decimals(dy)
  set label 1 show(coarse ? '%' : share_label) noenhanced center rotate \
    at screen px(2.7), py(below - lower / 2)
  under = short(across(named(xlab, xe), 'shares in %'), int((width_mm - 4) / char_mm))
  set label 2 show(under) noenhanced center \
    at screen px(beneath(under, left + pw / 2)), py(below + 8.3)
  set arrow 1 from graph 0, first 0 to graph 1, first 0 nohead back \
    lw .4 lc rgb '#BFBFBF'
  plot '$share' using ($6 > 0 ? NaN : $1 / xs):4 with impulses lw 1 lc rgb grey, \
    '$share' using ($6 > 0 ? $1 / xs : NaN):4 with impulses lw 1.6 \
      lc rgb color, \
    '$share' using ($6 > 0 ? $1 / xs : NaN):4 with points pt 7 ps .45 \
      lc rgb color
  unset multiplot
} else { if (bars) {
  total = larger(0, nlayer - 1) * 2 + inputs + (inputs > 0 ? 2 : 0)
  do for [l=1:nlayer] { total = total + value(sprintf('width_%d', l)) }
  start(l) = l == 0 ? total - inputs : l == 1 ? 0 : \
    start(l - 1) + value(sprintf('width_%d', int(l) - 1)) + 2
  pw = width_mm - left - 3
  ph = .3 * pw
  below = 2.5 + ph
  height_mm = below + 7.2
  eval 'set terminal ' . page(width_mm, height_mm)
  if (out ne '-') { set output out }
  eval frame(left, 2.5, pw, ph)
  set xrange [0:total+1]
  set yrange [y0:y1]
  set ytics dy
  set format y decimals(dy)
  unset xtics
  set border 2
  set boxwidth .8
  set style fill solid 1 noborder
  set errorbars 0
  set label 1 show(coarse ? '%' : share_label) noenhanced center rotate \
    at screen px(2.7), py(2.5 + ph / 2)
  name(l) = l == 0 ? 'inputs' : sprintf('hidden layer %d', l)
  count(l) = l == 0 ? inputs : value(sprintf('width_%d', l))
  mm(l) = pw * count(l) / (total + 1)
  shown(l) = strlen(name(l)) * char_mm < mm(l) + 3 ? name(l) : \
    l == 0 ? (mm(0) > 2 ? 'in' : '') : mm(l) > 2 ? sprintf('%d', l) : ''
  do for [l=(inputs > 0 ? 0 : 1):nlayer] {
    set label 10+l shown(l) noenhanced center \
      at first start(l) + .5 + count(l) / 2., screen py(below + 3.8)
    set arrow 10+l from first start(l) + .5, graph -.015 \
      to first start(l) + count(l) + .5, graph -.015 nohead lw .8
  }
  set arrow 1 from graph 0, first 0 to graph 1, first 0 nohead back \
    lw .4 lc rgb '#BFBFBF'
  plot '$share' using (start($3) + $1):($6 > 0 ? NaN : $4) with boxes \
      lc rgb veil(kind(1), .45), \
    '$share' using (start($3) + $1):($6 > 0 ? $4 : NaN) with boxes lc rgb color, \
    '$share' using (start($3) + $1):($5 > 0 ? $4 - $5 : NaN):(0):(2 * $5) \
      with vectors nohead lw .6 lc rgb 'black'
} else {
  pw = width_mm - left - 3
  ph = .66 * pw
  below = 2.5 + ph
  height_mm = below + 11.5
  eval 'set terminal ' . page(width_mm, height_mm)
  if (out ne '-') { set output out }
  eval frame(left, 2.5, pw, ph)
  all = 1. * larger(1, |$share|) # not whole: 2 / 5 would be 0
  set xrange [0:all]
  dx = larger(1, step(0, all, 5))
  set xtics dx
  set format x decimals(dx)
  set yrange [y0:y1]
  set ytics dy
  set format y decimals(dy)
  set label 1 show(coarse ? '%' : 'sum of the shares (%)') noenhanced center rotate \
    at screen px(2.7), py(2.5 + ph / 2)
  under = short(units . ', those that carry most first', \
    int((width_mm - 4) / char_mm))
  set label 2 show(under) noenhanced center \
    at screen px(beneath(under, left + pw / 2)), py(below + 8.3)
  set arrow 1 from first 0, first 0 to first all, first 100 nohead back \
    lw .8 dt (3,4) lc rgb '#7F7F7F'
  set label 3 'if all carried the same' noenhanced right \
    at graph .97, graph .08 textcolor rgb '#595959'
  set arrow 3 from graph .97, graph .04 to graph .85, graph .04 nohead \
    lw .8 dt (3,4) lc rgb '#7F7F7F'
  plot '$share' every ::0::0 using (0):(0):1:2 with vectors nohead lw 1.3 \
      lc rgb color, \
    '$share' using 1:2 with lines lw 1.3 lc rgb color, \
    '$share' using ($6 > 0 ? $1 : NaN):2 with points pt 7 ps .5 lc rgb color
} }
unset output
