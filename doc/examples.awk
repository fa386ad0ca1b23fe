# The examples of the manual, for a shell to run.  For each `@c run' or `@c file
# NAME' and the @example behind it, into the folder `to':
#   NN.sh   commands (the lines with a prompt, and those that go on)
#   NN.out  what the manual says that they print
#   NN.file and NN.name  a file's text and name
# A command goes on while its line ends in a backslash or inside quotes.
function plain(line)
{
  gsub (/@dots\{\}/, "...", line)
  line = gensub_at(line)
  return line
}

# @{ @} @@ as the reader sees them.
function gensub_at(line,    out, at)
{
  out = ""
  while ((at = index (line, "@")) > 0)
    {
      out = out substr (line, 1, at - 1) substr (line, at + 1, 1)
      line = substr (line, at + 2)
    }
  return out line
}

/^@c run$/ { kind = "run" }
/^@c file / { kind = "file"; name = $3 }

/^@example$/ && kind != "" {
  base = sprintf ("%s/%02d", to, ++count)
  inside = 1
  more = 0
  printf "" >(base "." (kind == "run" ? "out" : "file"))
  if (kind == "file")
    print name >(base ".name")
  next
}

/^@end example$/ {
  inside = 0
  kind = ""
}

inside && kind == "file" { print plain($0) >(base ".file") }

inside && kind == "run" {
  line = plain($0)
  if (!more && line !~ /^\$ /)
    {
      print line >(base ".out")
      next
    }
  if (!more)
    quotes = 0
  sub (/^\$ /, "", line)
  print line >(base ".sh")
  quotes += gsub (/'/, "'", line)
  more = line ~ /\\$/ || quotes % 2 == 1
}
