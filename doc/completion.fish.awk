# completion.sh's tables as a completion for fish.
BEGIN {
  print "# fish completion for bagdrop, made from its tables of options."
  print "complete -c bagdrop -f"
  print "complete -c bagdrop -n __fish_use_subcommand -s h -l help " \
    "-d 'show the help and exit'"
  print "complete -c bagdrop -n __fish_use_subcommand -s V -l version " \
    "-d 'show the version and exit'"
}

function quoted(text)
{
  gsub (/[\\']/, "\\\\&", text)
  return "'" text "'"
}

$1 == "C" {
  print "complete -c bagdrop -n __fish_use_subcommand -a " $2 " -d " \
    quoted($3)
}

$1 == "A" {
  print "complete -c bagdrop -n '__fish_seen_subcommand_from " $2 "'" \
    ($3 == "files" ? " -F" : "") ($4 == "" ? "" : " -a " quoted($4))
}

$1 == "O" {
  how = $6
  print "complete -c bagdrop -n '__fish_seen_subcommand_from " $2 "'" \
    ($4 == "-" ? "" : " -s " $4) " -l " $3 \
    (how == "flag" ? "" : how == "files" ? " -rF" : how == "dirs" \
       ? " -xa '(__fish_complete_directories)'" : " -x") \
    (how == "words" ? " -a " quoted($7) : how == "list" \
       ? " -a '(__fish_append , " $7 ")'" : "") \
    " -d " quoted($8)
}
