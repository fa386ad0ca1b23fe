#!/bin/sh
# Completion in bash, zsh and fish, as far as these shells are installed.
# shellcheck source=tests/lib.sh
. "${srcdir:-.}/tests/lib.sh"

file_of () # file_of NAME: where it was made, or came with the tarball
{
  if [ -f "$home/doc/$1" ]; then echo "$home/doc/$1"; else echo "$top/doc/$1"; fi
}

# Each of these asks a shell for what follows COMMAND LINE, sorted, on a line.
# bash gives the words as its line editor would, = being a word of its own.
in_bash ()
{
  bash -c '. "$1" && COMP_WORDS=($(sed "s/=/ = /g" <<<"$2"))
    [[ $2 == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    $(complete -p bagdrop | sed "s/.*-F \([^ ]*\).*/\1/")
    printf "%s\n" "${COMPREPLY[@]}"' bash "$(file_of bash/bagdrop)" "$1"
}
in_fish ()
{
  HOME=$box fish --no-config -c 'source $argv[1]; complete -C $argv[2]' \
    "$(file_of fish/bagdrop.fish)" "$1" | cut -f 1
}
# zsh completes at a terminal only; a key shows the line as it left it.
in_zsh ()
{
  timeout 20 zsh -f -c 'zmodload zsh/zpty || exit
    zpty box zsh -f -i
    zpty -w box "PS1= ; unsetopt zle_bracketed_paste; TERM=dumb; stty -echo"
    zpty -w box "fpath=(${1:h} \$fpath); autoload -Uz compinit; compinit -u -D"
    zpty -w box "tell () { print -r -- \"<\$BUFFER>\"; BUFFER= }; zle -N tell"
    zpty -w box "bindkey \"^X\" tell; echo REA\"\"DY"
    zpty -r box got "*READY*"
    zpty -n -w box "$2"$'"'\\t\\x18'"'
    zpty -r box got "*<*>*"
    print -r -- "${${got##*<}%%>*}"' zsh "$(file_of zsh/_bagdrop)" "$1"
}
ask () # ask SHELL COMMAND-LINE
{
  "in_$1" "$2" 2>"$box/stderr" | sort | tr '\n' ' ' | sed 's/ *$//'
}
same () # same SHELL COMMAND-LINE WORDS
{
  got=$(ask "$1" "$2")
  if [ "$got" = "$3" ]; then
    good "$1: '$2' -> $3"
  else
    bad "$1: '$2' -> '$got', not '$3'"
  fi
}
holds () # holds SHELL COMMAND-LINE WORD
{
  case " $(ask "$1" "$2") " in
    *" $3 "*) good "$1: '$2' offers $3" ;;
    *) bad "$1: '$2' does not offer $3" ;;
  esac
}

printf 'x,y\n1,2\n' >mine.csv
mkdir folder
for shell in bash fish; do
  have $shell || continue
  file=bagdrop
  if [ $shell = fish ]; then file=bagdrop.fish; fi
  check "$shell can read its file" $shell -n "$(file_of $shell/$file)"
  same $shell 'bagdrop comp' compare
  same $shell 'bagdrop compare --met' --methods
  same $shell 'bagdrop compare --methods bag-t' bag-tree
  same $shell 'bagdrop bag -f lo' 'locpoly loess'
  same $shell 'bagdrop bag --resample circ' circular
  same $shell 'bagdrop dropout --predict sca' scaling
  same $shell 'bagdrop simulate friedman' 'friedman1 friedman2 friedman3'
  same $shell 'bagdrop list scen' scenarios
  same $shell 'bagdrop compare mi' mine.csv
  same $shell 'bagdrop bag --counts mi' mine.csv
  same $shell 'bagdrop bag --seed mi' ''
  for command in $(bagdrop --option-table | cut -f 1); do
    holds $shell 'bagdrop ' "$command"
    for option in $(bagdrop "$command" --option-table | cut -f 1); do
      echo "--$option"
    done >options
    ask $shell "bagdrop $command --" | tr ' ' '\n' >offered
    check "$shell: every option of $command, and no other" \
      test "$(sort options)" = "$(grep '^--' offered | sort)"
  done
done
if have bash; then
  same bash 'bagdrop compare --methods=bag-t' bag-tree
  same bash 'bagdrop compare --methods=' \
    "$(ask bash 'bagdrop compare --methods ')"
  same bash 'bagdrop compare -m tree,bag-t' tree,bag-tree
  same bash 'bagdrop compare -o f' folder
  same bash 'bagdrop compare -o mi' ''
  same bash 'bagdrop nonsense --met' ''
fi
if have zsh; then
  check 'zsh can read its file' zsh -n "$(file_of zsh/_bagdrop)"
  if zsh -f -c 'zmodload zsh/zpty' 2>"$box/stderr"; then
    same zsh 'bagdrop comp' 'bagdrop compare'
    same zsh 'bagdrop compare --met' 'bagdrop compare --methods='
    same zsh 'bagdrop compare -m tree,bag-t' 'bagdrop compare -m tree,bag-tree,'
    same zsh 'bagdrop bag --resample circ' 'bagdrop bag --resample circular'
    same zsh 'bagdrop simulate friedm' 'bagdrop simulate friedman'
    same zsh 'bagdrop bag --counts mi' 'bagdrop bag --counts mine.csv'
  fi
fi
have bash || have fish || have zsh || skip 'neither bash nor zsh nor fish'
finish
