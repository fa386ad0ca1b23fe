# panels: several panels of curves, rows or members that share one key
#
# npanel (1 to 6); for panel K title_K, note_K, type_K (lines, rows, members),
# xlab_K, ylab_K, xmin_K, xmax_K, ymin_K, ymax_K, logx_K (1, or 2 for powers of
# two), logy_K, zero_K, one_K (a guide at 0, at 1), guide_K (a guide there).
# What is not set is 0, empty or found in the data; on logarithmic axes values
# <= 0 are missing.
# nkey; for entry J of the key name_J, kind_J (single, bagging, dropout, other,
# control, truth), rank_J and of_J (number rank of of of its kind; rates of
# dropout rise), shown_J
# lines: nline_K, style_K_L (an entry); $line_K_L (x y lo hi)
# rows: $rows_K (entry value lo hi, then value lo hi of an open mark, if any)
# members: nmember_K, style_K_1, $line_K_1 (x mean lo hi), $members_K (x c1 c2
# ..), ntruth_K, $truth_K (x y), npoint_K, $points_K (x y); the key names the
# data, members, mean and truth by itself

if (!exists('width_mm')) width_mm = 170
if (!exists('nkey')) nkey = 0
number_of(s,k) = exists(sprintf('%s_%d', s, k)) ? \
  value(sprintf('%s_%d', s, k)) : 0
range_of(s,k) = exists(sprintf('%s_%d', s, k)) ? \
  value(sprintf('%s_%d', s, k)) : NaN
text_of(s,k) = exists(sprintf('%s_%d', s, k)) ? \
  value(sprintf('%s_%d', s, k)) : ''
style_of(k,l) = int(number_of(sprintf('style_%d', k), l))
type(k) = text_of('type', k)

# The look of an entry: several rates of dropout go from light to dark, others
# of one kind differ by dash and mark.
sort(j) = j == -4 ? 'truth' : j < 1 ? 'single' : text_of('kind', j)
rank(j) = larger(1, int(number_of('rank', j)))
sequence(j) = sort(j) eq 'dropout' && number_of('of', j) > 1
along(t,a,b,c) = int(.5 + (t < .5 ? a + 2 * t * (b - a) : \
  b + (2 * t - 1) * (c - b)))
shade(t) = 65536 * along(t, 0xFD, 0xE0, 0x7A) + \
  256 * along(t, 0xB4, 0x66, 0x28) + along(t, 0x6B, 0x0C, 0x00)
ink(j) = sort(j) eq 'truth' ? 0 : \
  sequence(j) ? shade((rank(j) - 1.) / (number_of('of', j) - 1)) : \
  int('0x' . rgb(sort(j)))
paler(c,opacity) = int(255 - opacity * (255 - c) + .5)
pale(c,opacity) = 65536 * paler(int(c / 65536), opacity) + \
  256 * paler(int(c / 256) % 256, opacity) + paler(c % 256, opacity)
faint(j,opacity) = term eq 'epslatex' ? pale(ink(j), opacity) : \
  ink(j) + 16777216 * int(255 * (1 - opacity))
set dashtype 15 (10,6)
stroke(j) = sort(j) eq 'truth' ? 15 : sequence(j) ? 11 : \
  11 + (rank(j) - 1 + int((rank(j) - 1) / 4)) % 4
dot(j) = int(word(marks(sort(j)), sequence(j) ? 1 : 1 + (rank(j) - 1) % 4))
full(j) = 2 * int(dot(j) / 2) + 1
breadth(j) = sort(j) eq 'truth' ? .9 : 1.2

# What the data hold: extent (positive where the axis is logarithmic), lines
# with a band, lines of two points and more, lines of few points.
ok(v) = v == v && abs(v) < 1e300
fit(v,log) = ok(v) && (!log || v > 0)
reach_x(v) = (a0 = lesser(a0, v), a1 = larger(a1, v))
reach_y(v) = (b0 = lesser(b0, v), b1 = larger(b1, v))
take(x,y,lo,hi) = fit(x, lx) && fit(y, ly) ? (n = n + 1, reach_x(x), \
  reach_y(y), ok(lo) && fit(hi, ly) ? (m = m + 1, \
  fit(lo, ly) ? reach_y(lo) : 0, reach_y(hi)) : 0) : 0
take_row(j,v,lo,hi) = (rowed = rowed . sprintf('%d ', j), \
  fit(v, lx) ? (n = n + 1, reach_x(v), fit(lo, lx) ? reach_x(lo) : 0, \
  fit(hi, lx) ? reach_x(hi) : 0) : 0)
take_second(v,lo,hi) = fit(v, lx) ? (m = m + 1, reach_x(v), \
  fit(lo, lx) ? reach_x(lo) : 0, fit(hi, lx) ? reach_x(hi) : 0) : 0
few = 12
array bands[6]; array curves[6]; array dots[6]; array ones[6]; array order[6]
array second[6]; array seen[6]; array data[6]
array xlo[6]; array xhi[6]; array ylo[6]; array yhi[6]
dotted = ' '
# Where a list is empty, gnuplot still asks for the file of its first item.
$nothing << END_OF_DATA
0 0 0 0
END_OF_DATA
set xrange [-1:1]
set yrange [-1:1]
do for [k=1:npanel] {
  lx = number_of('logx', k) > 0; ly = number_of('logy', k) > 0
  a0 = 1e300; a1 = -1e300; b0 = 1e300; b1 = -1e300
  bands[k] = ''; curves[k] = ''; dots[k] = ''; ones[k] = ''; order[k] = ''
  second[k] = 0; seen[k] = ''; data[k] = 0
  if (type(k) eq 'rows') {
    n = 0; m = 0; rowed = ''
    f = sprintf('$rows_%d', k)
    set table $scratch
    plot f using (take_row($1, $2, $3, $4), 0):(valid(5) ? \
      take_second($5, $6, $7) : 0, 0)
    unset table
    order[k] = rowed; second[k] = m > 0; data[k] = n + m
    do for [i=1:words(rowed)] { dotted = dotted . word(rowed, i) . ' ' }
  }
  do for [l=1:int(type(k) eq 'members' || type(k) eq 'rows' ? \
      type(k) eq 'members' : number_of('nline', k))] {
    n = 0; m = 0
    set table $scratch
    plot sprintf('$line_%d_%d', k, l) using (take($1, $2, $3, $4), 0):(0)
    unset table
    if (n > 1 && m > 1) { bands[k] = bands[k] . sprintf('%d ', l) }
    if (n > 1) { curves[k] = curves[k] . sprintf('%d ', l) }
    if (n == 1) { ones[k] = ones[k] . sprintf('%d ', l) }
    if (n > 0 && n <= few && type(k) ne 'members') {
      dots[k] = dots[k] . sprintf('%d ', l)
      dotted = dotted . sprintf('%d ', style_of(k, l))
    }
    data[k] = data[k] + n
  }
  if (type(k) eq 'members') {
    do for [j=2:int(number_of('nmember', k))+1] {
      n = 0
      set table $scratch
      plot sprintf('$members_%d', k) \
        using (take($1, column(j), NaN, NaN), 0):(0)
      unset table
      if (n > 1) { seen[k] = seen[k] . sprintf('%d ', j) }
      data[k] = data[k] + n
    }
    n = 0
    if (number_of('ntruth', k) > 0) {
      set table $scratch
      plot sprintf('$truth_%d', k) using (take($1, $2, NaN, NaN), 0):(0)
      unset table
    }
    order[k] = order[k] . (n > 1 ? 'truth ' : '')
    data[k] = data[k] + n
    n = 0
    if (number_of('npoint', k) > 0) {
      set table $scratch
      plot sprintf('$points_%d', k) using (take($1, $2, NaN, NaN), 0):(0)
      unset table
    }
    order[k] = order[k] . (n > 0 ? 'points ' : '')
    data[k] = data[k] + n
  }
  xlo[k] = fit(range_of('xmin', k), lx) ? range_of('xmin', k) : a0
  xhi[k] = fit(range_of('xmax', k), lx) ? range_of('xmax', k) : a1
  ylo[k] = fit(range_of('ymin', k), ly) ? range_of('ymin', k) : b0
  yhi[k] = fit(range_of('ymax', k), ly) ? range_of('ymax', k) : b1
  if (!(xlo[k] <= xhi[k])) { xlo[k] = lx; xhi[k] = lx ? 10 : 1 }
  if (!(ylo[k] <= yhi[k])) { ylo[k] = ly; yhi[k] = ly ? 10 : 1 }
}

# Axes: the ends, the tics and the space that their numbers take.
down(lo,hi,log,part) = log ? lo / larger(1.1, (1. * hi / lo)**part) : \
  lo - room(lo, hi, part)
up(lo,hi,log,part) = log ? hi * larger(1.1, (1. * hi / lo)**part) : \
  hi + room(lo, hi, part)
few_tics(lo,hi) = 1. * hi / lo < 5
shown_at(v,lo,hi,by) = plain(lo, hi) ? sprintf(decimals(by), v) : \
  show(sprintf('%.3g×', v / 10.**decade(v)) . power(decade(v)))
evens(v,lo,hi,by) = v > hi ? '' : sprintf("'%s' %.12g, ", \
  shown_at(v, lo, hi, by), v) . evens(v + by, lo, hi, by)
even_tics(lo,hi,by) = '(' . evens(by * ceil(lo / by), lo, hi, by) . ')'
# At least two numbers: where a step of 1, 2 or 5 leaves one, the outermost two
# of a finer step.
first_in(lo,by) = by * ceil(lo / by - 1e-9)
last_in(hi,by) = by * floor(hi / by + 1e-9)
finer(by) = by / (tidy(by / 10.**decade(by)) == 5 ? 2.5 : 2)
parted(lo,hi,by) = last_in(hi, by) - first_in(lo, by) > .5 * by ? by : \
  parted(lo, hi, finer(by))
lone(lo,hi,by) = parted(lo, hi, by) < .9 * by
fixed(v,by) = (v < 0 ? '−' : '') . sprintf(decimals(by), abs(v))
two_ends(lo,hi,by) = sprintf("('%s' %.12g, '%s' %.12g, )", \
  fixed(first_in(lo, by), by), first_in(lo, by), \
  fixed(last_in(hi, by), by), last_in(hi, by))
log2(v) = log(v) / log(2)
twos(m,hi,by) = m > hi ? '' : sprintf("'%g' %.12g, ", m, m) . \
  twos(by * m, hi, by)
two_tics(lo,hi,fits) = '(' . twos(2.**ceil(log2(lo) - 1e-9), hi, \
  2.**larger(1, ceil(log2(1. * hi / lo) / fits))) . ')'
# On a logarithmic axis of mm millimetres with numbers of w: 1, 2 and 5 of each
# decade, or 1 and 3, or 1 alone have theirs.
depth(lo,hi,mm,w) = .3 * mm / log10(1. * hi / lo) > w ? 3 : \
  .47 * mm / log10(1. * hi / lo) > w ? 2 : 1
chosen(m,deep) = m == 1 || deep == 3 && (m == 2 || m == 5) || \
  deep == 2 && m == 3
one_tic(m,e,lo,hi,deep) = m * 10.**e > hi || m * 10.**e < lo ? '' : \
  chosen(m, deep) ? sprintf("'%s' %.12g, ", show(label(m, e, lo, hi)), \
  m * 10.**e) : hi / lo < 1e5 ? sprintf("'' %.12g 1, ", m * 10.**e) : ''
of_decade(m,e,lo,hi,deep) = m > 9 ? '' : one_tic(m, e, lo, hi, deep) . \
  of_decade(m + 1, e, lo, hi, deep)
decades(e,lo,hi,deep) = 10.**e > hi ? '' : of_decade(1, e, lo, hi, deep) . \
  decades(e + 1, lo, hi, deep)
one_decade(lo,hi) = hi / lo >= 40 && decade(hi) == -decade(1. / lo)
dense(lo,hi,deep) = deep == 1 && !one_decade(lo, hi) ? log_tics(lo, hi) : \
  '(' . decades(decade(lo), lo, hi, larger(2, deep)) . ')'
even_step(lo,hi,mm,w) = step(lo, hi, larger(1, lesser(4, int(.6 * mm / w))))
even_list(lo,hi,by) = lone(lo, hi, by) && plain(lo, hi) ? \
  two_ends(lo, hi, parted(lo, hi, by)) : even_tics(lo, hi, by)
log_list(lo,hi,mm,w) = few_tics(lo, hi) ? \
  even_list(lo, hi, even_step(lo, hi, mm, w)) : \
  dense(lo, hi, depth(lo, hi, mm, w))
log_chars(lo,hi) = !plain(lo, hi) ? (few_tics(lo, hi) ? 7 : 6) : \
  few_tics(lo, hi) ? wide(lo, hi, step(lo, hi, 4)) : \
  larger(strlen(sprintf('%g', 10.**decade(lo))), \
  strlen(sprintf('%g', 10.**decade(hi))))

name_mm = .203 * text_pt
array xe[6]; array ye[6]; array dy[6]; array left[6]; array rows_of[6]
cols = npanel < 4 ? npanel : npanel == 4 ? 2 : 3
cols = width_mm < 90 ? 1 : width_mm < 130 ? lesser(cols, 2) : cols
rows = (npanel + cols - 1) / cols
tall = rows > 1 ? 30 : cols > 1 ? 60 : lesser(60, .55 * (width_mm - 20))
gap = 4.
array column_left[6]; array needed[6]
crowd = 0
do for [c=1:6] { column_left[c] = 0 }
do for [k=1:npanel] {
  lx = number_of('logx', k) > 0; ly = number_of('logy', k) > 0
  xe[k] = lx ? 0 : unit(xlo[k], xhi[k])
  xs = 10.**xe[k]
  part = type(k) eq 'rows' || dots[k] ne '' ? .05 : .03
  q = down(xlo[k], xhi[k], lx, part) / xs
  xhi[k] = up(xlo[k], xhi[k], lx, part) / xs
  xlo[k] = q
  ye[k] = ly ? 0 : unit(ylo[k], yhi[k])
  ys = 10.**ye[k]
  q = down(ylo[k], yhi[k], ly, .05) / ys
  yhi[k] = up(ylo[k], yhi[k], ly, .05) / ys
  ylo[k] = q
  dy[k] = step(ylo[k], yhi[k], 5)
  if (type(k) eq 'rows') {
    w = 4
    do for [i=1:words(order[k])] {
      w = larger(w, strlen(short(text_of('name', \
        int(word(order[k], i))), 24)))
    }
    left[k] = 2.5 + name_mm * w
    crowd = larger(crowd, words(order[k]))
  } else {
    left[k] = 3.7 + char_mm * (ly ? log_chars(ylo[k], yhi[k]) : \
      wide(ylo[k], yhi[k], dy[k]))
    if (text_of('ylab', k) ne '') {
      left[k] = left[k] + 5.1 + fold_mm * \
        (line2(named(text_of('ylab', k), ye[k]), int(tall / char_mm)) ne '')
    }
  }
}

# Panels that stand in one column begin alike; rows, with their names, do not,
# and where they stand under other panels the column is wider for that.
array bare[6]
do for [c=1:cols] {
  bare[c] = 0
  most = 0
  do for [k=c:npanel:cols] {
    most = larger(most, left[k])
    if (type(k) ne 'rows') { bare[c] = larger(bare[c], left[k]) }
  }
  column_left[c] = bare[c] > 0 && rows > 1 && cols > 1 ? \
    (bare[c] + 2 * most) / 3 : most
}
do for [k=1:npanel] {
  c = (k - 1) % cols + 1
  needed[k] = left[k]
  if (type(k) ne 'rows') { left[k] = cols > 1 ? bare[c] : column_left[c] }
}
lefts = sum [c=1:cols] column_left[c]
pw = (width_mm - lefts - 3 - gap * (cols - 1)) / cols
cell(k) = column_left[(k - 1) % cols + 1] + pw
letters(k) = int((cell(k) + 1) / name_mm) - 3 * (npanel > 1)
wide_mm(k) = cell(k) - left[k]
below_letters(k) = int(wide_mm(k) / name_mm) + 4
part_of(s,n,i) = i == 1 ? line1(s, n) : line2(s, n)
lines_in(s,n) = s eq '' ? 0 : line2(s, n) eq '' ? 1 : 2
lines_above(k) = larger(1, lines_in(text_of('title', k), letters(k))) + \
  lines_in(text_of('note', k), letters(k) + 3 * (npanel > 1))

# The key: as few lines as its columns allow, each as wide as it must be.
keys = ''
do for [j=1:nkey] {
  if (number_of('shown', j) > 0) { keys = keys . sprintf('%d ', j) }
}
kinds = ''
has = ''
do for [k=1:npanel] {
  if (type(k) eq 'members') {
    j = style_of(k, 1)
    if (strstrt(' ' . kinds, sprintf(' %d ', j)) == 0) {
      kinds = kinds . sprintf('%d ', j)
    }
    has = has . order[k] . 'members mean '
  }
}
if (strstrt(has, 'points')) { keys = keys . '-1 ' }
if (strstrt(has, 'members')) { keys = keys . '-2 -3 ' }
if (strstrt(has, 'truth')) { keys = keys . '-4 ' }
do for [i=1:words(keys)] {
  if (int(word(keys, i)) > 0 && sort(int(word(keys, i))) eq 'truth') {
    keys = strstrt(has, 'truth') ? keys[1:strlen(keys)-3] : keys
    break
  }
}
key_count = words(keys)
key(i) = int(word(keys, i))
key_name(j) = j > 0 ? short(text_of('name', j), 30) : \
  word("'data' 'single members' 'their mean' 'truth'", -j)
swatch = 10.
swatch_of(j) = j == -2 || j == -3 ? \
  larger(swatch, 4. * words(kinds)) : swatch
beside = 1.2 + 2 * char_mm * coarse # a stroke of characters is longer
key_wide(j) = swatch_of(j) + beside + char_mm * strlen(key_name(j))
widest(i,j) = i > j ? 0 : larger(key_wide(key(i)), widest(i + 1, j))
key_column(c,r) = widest(c * r + 1, lesser((c + 1) * r, key_count))
key_columns(r) = (key_count + r - 1) / r
key_total(r) = sum [c=0:key_columns(r)-1] (key_column(c, r) + 4)
key_rows = key_count
do for [r=key_count:1:-1] {
  if (key_total(r) <= width_mm - 4) { key_rows = r }
}
pitch = 4.2
key_tall = key_rows ? pitch * key_rows + 3.8 : 0

array head[6]; array below[6]
spare = 98 + 36 * (rows - 1) - key_tall - 1
do for [r=1:rows] {
  head[r] = 0; below[r] = 5.5
  do for [k=(r-1)*cols+1:lesser(npanel, r * cols)] {
    head[r] = larger(head[r], 2.7 + line_mm * lines_above(k))
    below[r] = larger(below[r], 5.5 + 3.8 * \
      lines_in(named(text_of('xlab', k), xe[k]), below_letters(k)))
  }
  spare = spare - head[r] - below[r] - 3 * (r < rows)
}
least = larger(30, 3.4 * crowd)
ph = lesser(larger(spare / rows, least), \
  larger(least, pw * (cols == 1 ? .6 : 1.45)))
body = sum [r=1:rows] (head[r] + ph + below[r] + 3 * (r < rows))
height_mm = body + key_tall + 1

eval 'set terminal ' . page(width_mm, height_mm)
if (out ne '-') { set output out }
set multiplot
set errorbars 0
set style fill solid noborder
letter = 'abcdef'
y = 0
do for [k=1:npanel] {
  c = (k - 1) % cols + 1
  r = (k - 1) / cols + 1
  if (c == 1) { x = 0; y = r == 1 ? 0 : y + head[r-1] + ph + below[r-1] + 3 }
  at = x
  across = column_left[c] + pw
  w_mm = across - left[k]
  x = at + left[k]
  lx = number_of('logx', k); ly = number_of('logy', k)
  xs = 10.**xe[k]; ys = 10.**ye[k]
  y0 = ylo[k]; y1 = yhi[k]; x0 = xlo[k]; x1 = xhi[k]
  unset logscale
  unset label
  unset arrow
  eval frame(x, y + head[r], w_mm, ph)

  # The axes.
  set xrange [x0:x1]
  set border 3
  if (lx) {
    set logscale x
    w = 1 + digit_mm * larger(2, log_chars(x0, x1))
    eval 'set xtics ' . clean(lx == 2 ? \
      two_tics(x0, x1, larger(2, w_mm / w)) : \
      log_list(x0, x1, w_mm, w))
  } else {
    do for [i=1:8] {
      q = step(x0, x1, i)
      if (i == 1 || (digit_mm * wide(x0, x1, q) + 2.) * ((x1 - x0) / q) \
          < w_mm) { dx = q }
    }
    if (lone(x0, x1, dx)) {
      eval 'set xtics ' . clean(two_ends(x0, x1, parted(x0, x1, dx)))
    } else {
      set xtics dx
    }
    set format x decimals(dx)
  }
  if (type(k) eq 'rows') {
    n = words(order[k])
    set yrange [n + .7:.3]
    unset ytics
    do for [i=1:n] {
      set label 100+i show(short(text_of('name', int(word(order[k], i))), 24)) \
        noenhanced right at graph 0, first i offset -.6, 0
      set arrow 100+i from graph 0, first i to graph 1, first i nohead back \
        lw .4 lc rgb '#DEDEDE'
    }
  } else {
    set yrange [y0:y1]
    if (ly) {
      set logscale y
      eval 'set ytics nomirror scale .5 noenhanced ' . \
        clean(log_list(y0, y1, ph, 4))
    } else {
      set ytics nomirror scale .5 noenhanced dy[k]
      set format y decimals(dy[k])
    }
  }

  # The texts.
  bottom = y + head[r] + ph
  if (npanel > 1) {
    set label 1 bold(letter[k:k]) \
      at screen px(at + 1), py(y + 2.5)
  }
  q = text_of('title', k)
  do for [i=1:lines_in(q, letters(k))] {
    set label 1+i show(part_of(q, letters(k), i)) noenhanced \
      at screen px(at + 1 + 3.8 * (npanel > 1)), \
      py(y + 2.5 + line_mm * (i - 1))
  }
  n = larger(1, lines_in(q, letters(k)))
  q = text_of('note', k)
  w = letters(k) + 3 * (npanel > 1)
  do for [i=1:lines_in(q, w)] {
    set label 3+i show(part_of(q, w, i)) noenhanced tc rgb '#6B6B6B' \
      at screen px(at + 1), py(y + 2.5 + line_mm * (n + i - 1))
  }
  q = across(named(text_of('xlab', k), xe[k]), named(text_of('ylab', k), \
    type(k) eq 'rows' ? 0 : ye[k]))
  w = below_letters(k)
  do for [i=1:lines_in(q, w)] {
    set label 5+i show(part_of(q, w, i)) noenhanced center \
      at screen px(x + w_mm / 2), py(bottom + 8.3 + line_mm * (i - 1))
  }
  if (type(k) ne 'rows') {
    set label 8 upright(named(text_of('ylab', k), ye[k]), int(ph / char_mm)) \
      noenhanced center rotate \
      at screen px(x - needed[k] + 2.7), py(bottom - ph / 2)
  }
  if (data[k] == 0) {
    set label 9 'no data' center tc rgb '#6B6B6B' at graph .5, .5
  }

  # The guides.
  do for [i=0:2] {
    q = i < 2 ? i : range_of('guide', k)
    at_guide = q / (type(k) eq 'rows' ? xs : ys)
    if ((i == 2 ? q == q : number_of(i ? 'one' : 'zero', k) > 0) && \
        !(i == 0 && (type(k) eq 'rows' ? lx : ly))) {
      if (type(k) eq 'rows' && at_guide >= x0 && at_guide <= x1) {
        set arrow i+1 from first at_guide, graph 0 to first at_guide, graph 1 \
          nohead back lw .6 lc rgb '#8C8C8C'
      }
      if (type(k) ne 'rows' && at_guide >= y0 && at_guide <= y1) {
        set arrow i+1 from graph 0, first at_guide to graph 1, first at_guide \
          nohead back lw .6 lc rgb '#8C8C8C'
      }
    }
  }

  # The data.  What is missing lies outside of the frame.
  X(v) = fit(v, lx) ? v / xs : NaN
  Y(v) = fit(v, ly) ? v / ys : NaN
  L(v) = ok(v) ? larger(ly && v <= 0 ? y0 : v / ys, y0) : NaN
  H(v) = fit(v, ly) ? lesser(v / ys, y1) : NaN
  block(s,k,there) = there ? sprintf('$%s_%d', s, k) : '$nothing'
  at_word(list,i) = i > words(list) ? 1 : int(word(list, i))
  line(list,i) = i > words(list) ? '$nothing' : \
    sprintf('$line_%d_%d', k, at_word(list, i))
  S(list,i) = style_of(k, at_word(list, i))
  if (type(k) eq 'rows') {
    f = sprintf('$rows_%d', k)
    apart = second[k] ? .17 : 0
    away = lx ? 10 * x1 : x1 + 9 * (x1 - x0)
    P(v) = fit(v, lx) ? v / xs : away
    A(lo,hi) = ok(lo) && fit(hi, lx) ? \
      larger(lx && lo <= 0 ? x0 : lo / xs, x0) : away
    D(lo,hi) = A(lo, hi) == away ? 0 : lesser(hi / xs, x1) - A(lo, hi)
    V(j) = second[k] ? full(j) : dot(j)
    plot f using (A($3, $4)):($0 + 1 - apart):(D($3, $4)):(0):(ink($1)) \
        with vectors nohead lw 1 lc rgb variable, \
      f using (P($2)):($0 + 1 - apart) with points pt 7 ps .5 \
        lc rgb 'white', \
      f using (P($2)):($0 + 1 - apart):(V($1)):(ink($1)) \
        with points pt variable ps .65 lw .9 lc rgb variable, \
      for [i=1:second[k]] f using (A($6, $7)):($0 + 1 + apart): \
        (D($6, $7)):(0):(ink($1)) with vectors nohead lw 1 lc rgb variable, \
      for [i=1:second[k]] f using (P($5)):($0 + 1 + apart) \
        with points pt 7 ps .6 lc rgb 'white', \
      for [i=1:second[k]] f using (P($5)):($0 + 1 + apart): \
        (V($1) - 1):(ink($1)) with points pt variable ps .65 lw .9 \
        lc rgb variable
  } else {
    j = style_of(k, 1)
    thin = type(k) eq 'members' ? faint(j, larger(.08, \
      lesser(.6, 12. / larger(number_of('nmember', k), 1)))) : 0
    shown_points = strstrt(order[k], 'points') > 0
    shown_truth = strstrt(order[k], 'truth') > 0
    f = block('members', k, words(seen[k]) > 0)
    c1 = curves[k]; d1 = dots[k]; b1 = bands[k]; o1 = ones[k]; s1 = seen[k]
    if (type(k) eq 'members') {
      n = number_of('npoint', k)
      big = n > 2000 ? .2 : n > 300 ? .3 : .45
      plot NaN notitle, \
        for [i=1:words(s1)] f using (X($1)):(Y(column(at_word(s1, i)))) \
          with lines lw .5 lc rgb thin, \
        for [i=1:shown_points] block('points', k, shown_points) \
          using (X($1)):(Y($2)) with points pt ring ps big lw .5 \
          lc rgb '#4D4D4D', \
        for [i=1:words(c1)] line(c1, i) using (X($1)):(Y($2)) with lines \
          lw 2.6 lc rgb 'white', \
        for [i=1:words(c1)] line(c1, i) using (X($1)):(Y($2)) with lines \
          lw 1.5 lc rgb ink(j), \
        for [i=1:shown_truth] block('truth', k, shown_truth) \
          using (X($1)):(Y($2)) with lines lw .9 dt 15 lc rgb 'black'
    } else {
      veiled = words(b1) < 4 ? .2 : words(b1) < 8 ? .14 : .1
      plot NaN notitle, \
        for [i=1:words(b1)] line(b1, i) using (X($1)): \
          (coarse ? NaN : L($3)):(H($4)) \
          with filledcurves lc rgb faint(S(b1, i), veiled), \
        for [i=1:coarse * words(b1)] line(b1, i) using (X($1)):(L($3)) \
          with lines lt drawn(0), \
        for [i=1:coarse * words(b1)] line(b1, i) using (X($1)):(H($4)) \
          with lines lt drawn(0), \
        for [i=1:words(o1)] line(o1, i) using (X($1)):(L($3)):(0): \
          (H($4) - L($3)) with vectors nohead lw 1 lc rgb ink(S(o1, i)), \
        for [i=1:words(c1)] line(c1, i) using (X($1)):(Y($2)) with lines \
          lw breadth(S(c1, i)) dt stroke(S(c1, i)) lc rgb ink(S(c1, i)), \
        for [i=1:words(d1)] line(d1, i) using (X($1)):(Y($2)) with points \
          pt 7 ps .85 lc rgb 'white', \
        for [i=1:words(d1)] line(d1, i) using (X($1)):(Y($2)) with points \
          pt dot(S(d1, i)) ps .6 lw .9 lc rgb ink(S(d1, i))
    }
  }
  x = at + across + gap
}

# The key.  Arrows of one colour that follow each other would all get the
# dashes of the first in SVG, so that every other one has a shade of its own.
eval frame(0, 0, width_mm, height_mm)
unset logscale
set xrange [0:1]
set yrange [0:1]
unset tics
unset border
unset label
unset arrow
x = 2
do for [c=0:(key_rows ? key_columns(key_rows) - 1 : -1)] {
  do for [i=c*key_rows+1:lesser((c+1)*key_rows, key_count)] {
    j = key(i)
    y = body + 4.7 + pitch * (i - 1 - c * key_rows)
    set label 100+i show(key_name(j)) noenhanced \
      at screen px(x + swatch_of(j) + beside), py(y)
    if (j == -1) {
      set label 200+i '' at screen px(x + swatch / 2), py(y) \
        point pt ring ps .45 lw .5 lc rgb '#4D4D4D'
    }
    if (j == -4 || j > 0) {
      set arrow 100+i from screen px(x), py(y) to screen px(x + swatch), \
        py(y) nohead lw breadth(j) dt stroke(j) lc rgb ink(j) + i % 2
    }
    if (j > 0 && strstrt(dotted, sprintf(' %d ', j))) {
      set label 200+i '' at screen px(x + swatch / 2), py(y) \
        front point pt 7 ps .85 lc rgb 'white'
      set label 300+i '' at screen px(x + swatch / 2), py(y) \
        front point pt dot(j) ps .6 lw .9 lc rgb ink(j)
    }
    if (j == -2 || j == -3) {
      wide_one = swatch_of(j) / larger(1, words(kinds))
      do for [l=1:words(kinds)] {
        set arrow 1000*l+i from screen px(x + (l - 1) * wide_one), py(y) \
          to screen px(x + l * wide_one - (l < words(kinds)) * .8), py(y) \
          nohead lw j == -2 ? .5 : 1.5 lc rgb j == -2 ? \
          faint(int(word(kinds, l)), .6) : ink(int(word(kinds, l)))
      }
    }
  }
  x = x + key_column(c, key_rows) + 4
}
plot NaN notitle
unset multiplot
unset output
