# Turns the recipes into C:  LC_ALL=C awk -f recipes.awk style.gp X.gp ...
#
# The first file is the style.  Each other file begins with a comment
# "# NAME: one sentence", which may run over several lines up to a bare "#".
# The texts become arrays of characters because a string literal may be too
# long for a C compiler.

BEGIN {
  for (i = 128; i < 256; i++)
    code[sprintf("%c", i)] = sprintf("\\%o", i)
  code["'"] = "\\'"
  code["\\"] = "\\\\"
  print "/* Made by recipes.awk from the .gp files.  Do not edit.  */"
  print "#include <config.h>\n\n#include \"plots/figure.h\"\n"
}

FNR == 1 {
  if (NR > 1)
    finish()
  begin()
}

heading {
  if ($0 !~ /^# ./)
    heading = 0
  else
    help[count] = help[count] (FNR > 1 ? " " : "") substr($0, 3)
}

{
  put($0)
}

END {
  finish()
  print "const bd_recipe bd_recipes[] = {"
  for (k = 2; k <= count; k++) {
    at = index(help[k], ": ")
    name = substr(help[k], 1, at - 1)
    text = substr(help[k], at + 2)
    gsub(/[\\"]/, "\\\\&", text)
    printf "  { \"%s\",\n    \"%s\",\n    text_%d },\n", name, text, k
  }
  print "  { NULL, NULL, NULL }\n};"
}

function begin() {
  count++
  heading = 1
  if (count == 1)
    print "const char bd_recipe_style[] = {"
  else
    printf "static const char text_%d[] = {\n", count
}

function finish() {
  print "  '\\0'\n};\n"
}

function put(line,   i, n, c, out) {
  n = length(line)
  out = " "
  for (i = 1; i <= n; i++) {
    c = substr(line, i, 1)
    out = out " '" (c in code ? code[c] : c) "',"
    if (i % 12 == 0)
      out = out "\n "
  }
  print out " '\\n',"
}
