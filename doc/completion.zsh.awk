# completion.sh's tables as a completion for zsh.
BEGIN {
  print "#compdef bagdrop"
  print "# zsh completion for bagdrop, made from its tables of options."
  print "_bagdrop ()\n{"
  print "  local curcontext=$curcontext state line"
  print "  local -a commands\n  commands=("
}

# TEXT inside single quotes, where _arguments or _describe reads on to SPECIAL.
function quoted(text, special)
{
  gsub (/\\/, "\\\\", text)
  gsub (special, "\\\\&", text)
  gsub (/'/, "'\\''", text)
  return text
}

function action(how, words)
{
  if (how == "files")
    return words == "" ? "_files" : "{ compadd -- " words "; _files }"
  if (how == "dirs")
    return "_files -/"
  if (how == "words")
    return "(" words ")"
  if (how == "list")
    return "_values -s , name " words
  return " "
}

$1 == "C" { print "    '" quoted($2 ":" $3, "`") "'" }

$1 == "A" {
  arguments[$2] = "        '*: :" action($3, $4) "'"
  order[++count] = $2
}

$1 == "O" {
  text = "[" quoted($8, "[][]") "]"
  if ($6 != "flag")
    text = text ":" quoted($5, ":") ":" action($6, $7)
  long = "--" $3 ($6 == "flag" ? "" : "=")
  if ($4 == "-")
    spec = "'" long text "'"
  else
    spec = "'(-" $4 " --" $3 ")'{-" $4 ($6 == "flag" ? "" : "+") "," long \
      "}'" text "'"
  options[$2] = options[$2] "        " spec " \\\n"
}

END {
  print "  )"
  print "  _arguments -C '(- *)'{-h,--help}'[show the help and exit]' \\"
  print "    '(- *)'{-V,--version}'[show the version and exit]' \\"
  print "    '1: :->command' '*:: :->rest'"
  print "  case $state in"
  print "    command) _describe command commands; return ;;"
  print "    rest) ;;"
  print "    *) return ;;"
  print "  esac"
  print "  case $line[1] in"
  for (i = 1; i <= count; i++)
    printf "    %s)\n      _arguments -s \\\n%s%s\n      ;;\n", order[i], \
      options[order[i]], arguments[order[i]]
  print "  esac\n}"
  # Found in fpath this file is the function; sourced it asks for it.
  print "if [[ $funcstack[1] == _bagdrop ]]; then"
  print "  _bagdrop \"$@\""
  print "else"
  print "  compdef _bagdrop bagdrop"
  print "fi"
}
