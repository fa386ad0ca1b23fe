# style: the look that all figures share
#
# Sizes are millimetres at print size; text is of text_pt (8) points and lines
# are in points.
# Any variable can be set first:  gnuplot -e "term='pdfcairo'" NAME.gp
#
# term: svg, pngcairo, pdfcairo; cairolatex, epslatex (NAME.tex for \input in
# a document with graphicx and color, beside its lines as PDF or EPS); dumb (a
# plot of characters, `columns' wide)

set encoding utf8
set minussign
if (!exists('term')) term = 'svg'
if (!exists('dpi')) dpi = 300
if (!exists('text_pt')) text_pt = 8
if (!exists('columns')) columns = 79
latex = term eq 'cairolatex' || term eq 'epslatex'
coarse = term eq 'dumb'
if (!exists('out')) out = coarse ? '-' : figure_name . \
  (latex ? '.tex' : term eq 'pdfcairo' ? '.pdf' : \
  term eq 'pngcairo' ? '.png' : '.svg')

# A page of w x h mm on which 1 pt is 1 pt, whatever the terminal.  Columns of
# a terminal are as wide as characters are elsewhere, and half as wide as high.
page(w,h) = term eq 'pdfcairo' ? sprintf("pdfcairo size %.3fcm,%.3fcm \
  font 'DejaVu Sans,%g' fontscale 0.75 linewidth 2 pointscale 0.85 \
  dashlength 1.8 rounded background 'white'", w / 10., h / 10., text_pt) : \
  term eq 'pngcairo' ? sprintf("pngcairo size %d,%d font 'DejaVu Sans,%g' \
  fontscale %.4f linewidth %.4f pointscale %.4f dashlength 1.8 rounded \
  background 'white'", \
  w / 25.4 * dpi, h / 25.4 * dpi, text_pt, .75 * dpi / 72, 1. * dpi / 72, \
  .85 * dpi / 72) : \
  latex ? sprintf("%s size %.3fcm,%.3fcm font ',%g' linewidth 2 \
  pointscale 0.85 dashlength 1.8 rounded \
  header '\\fontsize{%g}{%g}\\selectfont'", \
  term eq 'epslatex' ? 'epslatex color' : 'cairolatex pdf', \
  w / 10., h / 10., text_pt, text_pt, 1.2 * text_pt) : \
  coarse ? sprintf('dumb mono noenhanced size %d,%d', \
  columns, h / line_mm + 1) : sprintf("svg size %d,%d linewidth 1.3333 rounded \
  font 'DejaVu Sans,Verdana,sans-serif,%.6g' background 'white'", \
  w / 25.4 * 96 + .5, h / 25.4 * 96 + .5, text_pt * 96 / 72.)
if (coarse) width_mm = 85. / 79 * columns
char_mm = coarse ? 85. / 79 : .186 * text_pt
digit_mm = coarse ? char_mm : .227 * text_pt
line_mm = coarse ? 2 * char_mm : .443 * text_pt
fold_mm = term eq 'svg' ? .557 * text_pt : coarse ? line_mm : .457 * text_pt
px(mm) = 1. * mm / width_mm
py(mm) = 1 - 1. * mm / height_mm
frame(x,y,w,h) = sprintf("set lmargin at screen %.6f; \
  set rmargin at screen %.6f; set tmargin at screen %.6f; \
  set bmargin at screen %.6f", px(x), px(x + w), py(y), py(y + h))

# Colour-blind safe; the marks tell the kinds apart in grey as well.
rgb(kind) = kind eq 'bagging' ? '0072B2' : kind eq 'dropout' ? 'D55E00' : \
  kind eq 'single' ? '4D4D4D' : kind eq 'control' ? 'CC79A7' : '009E73'
hue(kind) = '#' . rgb(kind)
# PostScript has no opacity: there the colour is mixed with white.
mixed(c,opacity) = int(255 - opacity * (255 - int('0x' . c)) + .5)
tint(c,opacity) = sprintf('#%02X%02X%02X', mixed(c[1:2], opacity), \
  mixed(c[3:4], opacity), mixed(c[5:6], opacity))
veil(kind,opacity) = term eq 'epslatex' ? tint(rgb(kind), opacity) : \
  sprintf('#%02X', int(255 * (1 - opacity))) . rgb(kind)
marks(kind) = coarse ? (kind eq 'bagging' ? '2 1 7 14' : kind eq \
  'dropout' ? '4 18 21 16' : kind eq 'control' ? '3 11 12 20' : \
  '19 5 8 9') : kind eq 'bagging' ? '7 6 9 8' : kind eq 'dropout' ? \
  '5 4 11 10' : kind eq 'control' ? '11 10 15 14' : '13 12 15 14'
ring = coarse ? 15 : 6
lesser(a,b) = a < b ? a : b
larger(a,b) = a > b ? a : b

# Text cut to one line, or broken into two, of at most n characters.  A power
# of ten at its end, by which an axis is scaled, is never cut away.
opens(s,i) = i < 2 || s[i:i] eq '(' ? i : opens(s, i - 1)
scale_at(s,i) = i > 1 && s[i+1:i+1] eq '×' ? s[i-1:*] : ''
scale(s) = scale_at(s, opens(s, strlen(s)))
shorn(s) = strlen(s) && strstrt(' ,;:-(', s[strlen(s):*]) ? \
  shorn(s[1:strlen(s)-1]) : s
short(s,n) = strlen(s) <= n ? s : \
  shorn(s[1:n-1-strlen(scale(s))]) . '…' . scale(s)
space(s,i) = i < 2 ? 0 : s[i:i] eq ' ' ? i : space(s, i - 1)
cut(s,n) = strlen(s) <= n ? strlen(s) + 1 : space(s, n + 1)
line1(s,n) = cut(s, n) > n / 3 ? s[1:cut(s, n)-1] : short(s, n)
line2(s,n) = strlen(s) <= n || cut(s, n) <= n / 3 ? '' : \
  short(s[cut(s, n)+1:*], n)
fold(s,n) = line2(s, n) eq '' ? show(line1(s, n)) : \
  show(line1(s, n)) . "\n" . show(line2(s, n))

# Text as the terminal is to be given it: TeX would take some characters for
# commands and knows others only by name.  What has to fit is measured before.
named_in_tex = 'textbackslash textasciicircum textasciitilde textless ' . \
  'textgreater textbar lbrack rbrack'
in_tex(c) = strstrt('#$%&_{}', c) ? '\' . c : \
  strstrt('\^~<>|[]', c) ? \
  '\' . word(named_in_tex, strstrt('\^~<>|[]', c)) . '{}' : \
  strstrt(digit, c) ? sprintf('$^{%d}$', place(c)) : \
  c eq '⁻' ? '$^-$' : c eq '−' ? '$-$' : c eq '×' ? '$\times$' : c
place(c) = sum [i=0:9] (digit[i+1:i+1] eq c ? i : 0)
show(s) = latex ? (spelling = '', (sum [i=1:strlen(s)] \
  (spelling = spelling . in_tex(s[i:i]), 0)), spelling) : s
# A plot of characters cannot turn the label of the y axis: it is told under
# the x axis.  Its lines are drawn by characters that go by the line type.
upright(s,n) = coarse ? '' : fold(s, n)
across(x,y) = coarse && y ne '' ? x . '; upwards: ' . y : x
drawn(type) = coarse ? type : 1
characters = '.*#$%@&='
stroke_of(type) = characters[type+1:type+1] . characters[type+1:type+1]
bold(s) = latex ? '\textbf{' . s . '}' : coarse ? s : \
  sprintf('{/:Bold %s}', s)

# The middle of a text under the axis: at x mm, or as far left as it takes.
beneath(s,x) = lesser(x, width_mm - 2 - strlen(s) * char_mm / 2.)

# Powers of ten in plain Unicode.
digit = '⁰¹²³⁴⁵⁶⁷⁸⁹'
raise(s) = strlen(s) == 0 ? '' : (s[1:1] eq '-' ? '⁻' : \
  digit[int(s[1:1])+1:int(s[1:1])+1]) . raise(s[2:*])
power(e) = '10' . raise(sprintf('%d', e))

# Linear axes: room at both ends, a step of 1, 2 or 5, one number of
# decimals, and a power of ten moved into the axis label when the numbers
# would be long (unless they differ only in their last digits).
room(lo,hi,part) = hi > lo ? part * (hi - lo) : lo == 0 ? 1 : .1 * abs(lo)
tidy(m) = m < 1.5 ? 1 : m < 3.5 ? 2 : m < 7.5 ? 5 : 10
decade(v) = int(floor(log10(v) + 1e-9))
step(lo,hi,n) = tidy((hi - lo) / n / 10.**decade((hi - lo) / n)) \
  * 10.**decade((hi - lo) / n)
places(step) = larger(0, -decade(step))
size(lo,hi) = larger(abs(lo), abs(hi))
unit(lo,hi) = size(lo, hi) == 0 || (size(lo, hi) < 1e5 && \
  size(lo, hi) >= 1e-3) || size(lo, hi) > 1e3 * (hi - lo) ? 0 : \
  3 * int(floor(decade(size(lo, hi)) / 3.))
named(label,e) = e == 0 ? label : label . ' (×' . power(e) . ')'
decimals(step) = sprintf(latex ? '$%%.%df$' : '%%.%df', places(step))
wide(lo,hi,step) = larger(strlen(sprintf(decimals(step), lo)), \
  strlen(sprintf(decimals(step), hi))) - 2 * latex

# Logarithmic axes: the list of tics between lo and hi.
plain(lo,hi) = lo >= 5e-4 && hi < 1e5
number(m,e) = m == 1 ? power(e) : sprintf('%d×', m) . power(e)
label(m,e,lo,hi) = plain(lo, hi) ? sprintf('%g', m * 10.**e) : number(m, e)
tic(m,e,lo,hi) = m * 10.**e > hi || m * 10.**e < lo ? '' : \
  m == 1 || hi / lo < 40 && (m == 2 || m == 5) ? \
  sprintf("'%s' %g, ", show(label(m, e, lo, hi)), m * 10.**e) : \
  hi / lo < 1e5 ? sprintf("'' %g 1, ", m * 10.**e) : ''
long_tics(lo,hi) = !plain(lo, hi) && hi / lo < 40
minor(m,e,lo,hi) = m > 9 ? '' : tic(m, e, lo, hi) . minor(m + 1, e, lo, hi)
tics(e,lo,hi,by) = 10.**e > hi ? '' : minor(1, e, lo, hi) . \
  tics(e + by, lo, hi, by)
each(lo,hi) = larger(1, int(ceil(log10(hi / lo) / 7)))
log_tics(lo,hi) = '(' . tics(each(lo, hi) \
  * int(floor(1. * decade(lo) / each(lo, hi))), lo, hi, each(lo, hi)) . ')'
clean(list) = strlen(list) < 4 ? list : list[1:strlen(list)-3] . ')'

# A number in running text, three digits, never in computer notation.
digits(v,n) = sprintf(sprintf('%%.%df', n), abs(v))
sign(v) = v < 0 ? '−' : ''
spelt(v) = v != v ? 'unknown' : v == 0 ? '0' : sign(v) . \
  (abs(v) < 1e-3 || abs(v) >= 1e5 ? digits(v / 10.**decade(abs(v)), 2) . \
  '×' . power(decade(abs(v))) : digits(v, larger(0, 2 - decade(abs(v)))))

# The k-th method's place among those of its kind: dashes and marks differ.
kind(k) = value(sprintf('kind_%d', k))
nth(k) = 1 + sum [i=1:k-1] (kind(i) eq kind(k))
set dashtype 11 solid
set dashtype 12 (16,8)
set dashtype 13 (3,5)
set dashtype 14 (16,5,3,5)
dash(k) = 11 + (nth(k) - 1) % 4
mark(k) = int(word(marks(kind(k)), 1 + (nth(k) - 1) % 4))

set border 3 lw 0.6 lc rgb 'black' back
set tics out nomirror scale 0.5 noenhanced
set xtics offset 0, (term eq 'svg' ? .45 : 0)
set key spacing (term eq 'svg' ? .84 : latex ? 1.35 : 1)
set linetype 1 lw 1 dt solid
set clip one
set clip two
set samples 400
unset key
