# completion.sh's tables as a completion for bash, which needs nothing else.
BEGIN {
  print "# bash completion for bagdrop, made from its tables of options."
}

$1 == "C" { commands = commands " " $2 }

$1 == "A" {
  operand = operand "    " $2 ") how=" $3 " words='" $4 "' ;;\n"
}

$1 == "O" {
  option[$2] = option[$2] " --" $3 ($4 == "-" ? "" : " -" $4)
  if ($6 == "flag")
    next
  pattern = $2 " --" $3
  value = value "    '" pattern "'" ($4 == "-" ? "" : " | '" $2 " -" $4 "'") \
    ") how=" $6 " words='" $7 "' ;;\n"
}

END {
  print "_bagdrop ()\n{"
  print "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}"
  print "  local command=${COMP_WORDS[1]} how= words= options= head="
  print "  COMPREPLY=()"
  print "  # --name=value comes as three words."
  print "  case $cur in"
  print "    =) cur= ;;"
  print "    *) if [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi ;;"
  print "  esac"
  print "  if [[ $COMP_CWORD -eq 1 ]]; then"
  print "    COMPREPLY=($(compgen -W '" substr (commands, 2) \
    " --help --version' -- \"$cur\"))"
  print "    return"
  print "  fi"
  print "  case $command in"
  for (c in option)
    line[++count] = "    " c ") options='" substr (option[c], 2) "' ;;"
  # awk gives no order: sort, so that the same tables give the same file.
  for (i = 2; i <= count; i++)
    for (j = i; j > 1 && line[j - 1] > line[j]; j--)
      {
        keep = line[j]
        line[j] = line[j - 1]
        line[j - 1] = keep
      }
  for (i = 1; i <= count; i++)
    print line[i]
  print "  esac"
  print "  case \"$command $prev\" in"
  printf "%s", value
  print "  esac"
  print "  if [[ -z $how && $cur == -* ]]; then"
  print "    COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))"
  print "    return"
  print "  fi"
  print "  if [[ -z $how ]]; then"
  print "    case $command in"
  gsub (/    /, "      ", operand)
  printf "%s", operand
  print "    esac"
  print "  fi"
  print "  if [[ $how == list && $cur == *,* ]]; then"
  print "    head=${cur%,*}, cur=${cur##*,}"
  print "  fi"
  print "  COMPREPLY=($(compgen -P \"$head\" -W \"$words\" -- \"$cur\"))"
  print "  case $how in"
  print "    files) COMPREPLY+=($(compgen -f -- \"$cur\")) ;;"
  print "    dirs) COMPREPLY+=($(compgen -d -- \"$cur\")) ;;"
  print "    *) return ;;"
  print "  esac"
  print "  compopt -o filenames 2>/dev/null"
  print "}"
  print "complete -F _bagdrop bagdrop"
}
