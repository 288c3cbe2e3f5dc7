# shellcheck shell=bash disable=SC2154,SC2034 # what it needs is set by the script that sources it, and the other way round
# The documents under review, laid out as data; to be sourced. Needs `$work`, a private folder,
# and `say`, which tells the reader of the log something.
#
# Nothing of a proposed change is checked out. The documents that it adds or changes are written, byte for byte, into
# an empty folder beside the settings, baselines and lexicon files of the base branch. So no change can review itself
# with settings of its own, no filter or hook of git runs, and no link leads out of the folder.

# What is appended to what people read when settings differ.
settings_note='> This changes settings, a baseline or a lexicon of rcalint. The review used those of the base branch.'

tree=$work/tree
mkdir "$tree" "$tree/.git" # .git: settings are looked for no further up
: >"$work/list"

# commit_of REVISION: the commit's name, or failure.
commit_of() {
  git rev-parse --verify --quiet --end-of-options "$1^{commit}"
}

# changed BASE HEAD PATTERN...: what git says of the files that were added or changed.
changed() {
  local base=$1 head=$2
  shift 2
  git diff --raw -z --no-abbrev --no-renames --no-ext-diff --no-textconv --diff-filter=AMT \
    --end-of-options "$base" "$head" -- "$@"
}

# lay_out_settings COMMIT: writes what rcalint may read beside documents.
lay_out_settings() {
  local entry path mode blob
  git ls-tree -r -z --full-tree --end-of-options "$1" >"$work/base"
  while IFS= read -r -d '' entry; do
    path=${entry#*$'\t'}
    read -r mode _ blob <<<"${entry%%$'\t'*}"
    if [[ $path == *.toml ]] && is_file "$mode" && is_plain "$path"; then lay_out "$blob" "$path"; fi
  done <"$work/base"
}

# lay_out_changed BASE HEAD: writes the Markdown files that differ, and lists them.
lay_out_changed() {
  local entry path mode blob
  changed "$1" "$2" ':(icase)*.md' ':(icase)*.markdown' >"$work/changed"
  while IFS= read -r -d '' entry && IFS= read -r -d '' path; do
    read -r _ mode _ blob _ <<<"$entry"
    if ! is_file "$mode"; then continue; fi
    if is_plain "$path"; then
      lay_out "$blob" "$path"
      listed "$path"
    else
      say 'a changed file has control characters in its name and is not reviewed'
    fi
  done <"$work/changed"
}

# listed PATH: puts a file of the tree on the list of documents.
listed() {
  printf '%s\0' "$1" >>"$work/list"
}

# lay_out BLOB PATH: writes a file of the tree.
lay_out() {
  mkdir -p "$tree/$(dirname "./$2")"
  git cat-file blob "$1" >"$tree/$2"
}

# is_file MODE: whether git says of an entry that it is a regular file: no link, no other repository.
is_file() {
  [ "$1" = 100644 ] || [ "$1" = 100755 ]
}

# is_plain PATH: whether a path stays inside the tree and on one line. Git allows most others neither.
is_plain() {
  case "/$1/" in
    *//* | */./* | */../* | */.[gG][iI][tT]/* | *[[:cntrl:]]*) return 1 ;;
  esac
}

# settings_changed BASE HEAD: whether settings, baselines or lexicon files differ.
settings_changed() {
  local differ=0
  git diff --quiet --no-ext-diff --no-textconv --end-of-options "$1" "$2" -- \
    ':(icase,glob)**/*rcalint*.toml' ':(icase,glob)**/lexicon/**/*.toml' || differ=$?
  [ "$differ" = 1 ]
}
