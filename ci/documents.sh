# shellcheck shell=bash disable=SC2154,SC2034 # variables are shared with the script that sources it
# Writes the documents and settings that a change touches to a folder. Source this file. Needs `$work`, a private folder, and
# `fail`, which prints an error and ends the script.
#
# A proposed change is not checked out. The Markdown and TOML files that it adds or changes are written, byte for byte, to a
# folder that is a repository of its own: its one commit has the same files as they were before, and it uses the object store of
# the checkout. There the program compares (`--diff HEAD`), and reads settings, lexicon and baseline from the base commit
# (`--config-from`). So a change cannot choose the settings for its own review, no git filter, hook or attribute is applied, no
# link leads out of the folder, and it does not matter how much history a shallow clone has.

tree=$work/tree
# What git calls documents and settings, by their extensions; `is_document` names the same.
files=()
for extension in htm html markdown md mdown mdwn mdx mkd mkdn qmd rmd toml xhtml; do files+=(":(top,icase)*.$extension"); done
: >"$work/list"

# commit_of REVISION: prints the hash of the commit; fails if there is none.
commit_of() {
  git rev-parse --verify --quiet --end-of-options "$1^{commit}"
}

# lay_out BASE HEAD: writes the changed files, and lists the documents in $work/list.
lay_out() {
  local entry path was is before after
  : >"$work/before"
  : >"$work/after"
  git diff --raw -z --no-abbrev --no-renames --no-ext-diff --no-textconv --end-of-options "$1" "$2" -- \
    "${files[@]}" >"$work/changed"
  mkdir "$tree"
  while IFS= read -r -d '' entry && IFS= read -r -d '' path; do
    read -r was is before after _ <<<"${entry#:}"
    is_plain "$path" || fail 'a changed file has a name that may not be in a repository'
    if is_file "$was"; then printf '%s %s\t%s\0' "$was" "$before" "$path" >>"$work/before"; fi
    if is_file "$is"; then
      printf '%s %s\t%s\0' "$is" "$after" "$path" >>"$work/after"
      write "$after" "$path"
    fi
  done <"$work/changed"
  leave_names "$2"
  make_repository
}

# leave_names HEAD: creates unchanged documents as empty files, since a baseline checks whether its documents still exist.
leave_names() {
  local path
  git ls-tree -r -z --name-only --full-tree --end-of-options "$1" >"$work/all"
  while IFS= read -r -d '' path; do
    is_document "$path" || continue
    if is_plain "$path" && [ ! -e "$tree/$path" ]; then
      case $path in */*) [ -d "$tree/${path%/*}" ] || mkdir -p "$tree/${path%/*}" ;; esac
      : >"$tree/$path"
    fi
  done <"$work/all"
}

# is_document PATH: true if the path has the extension of a document.
is_document() {
  local is=1
  shopt -s nocasematch
  case ${1##*.} in htm | html | markdown | md | mdown | mdwn | mdx | mkd | mkdn | qmd | rmd | xhtml) is=0 ;; esac
  shopt -u nocasematch
  return "$is"
}

# write BLOB PATH: writes a file to the tree, and lists it if it is Markdown.
write() {
  case $2 in */*) mkdir -p "$tree/${2%/*}" ;; esac
  git cat-file blob "$1" >"$tree/$2"
  case $2 in *.[tT][oO][mM][lL]) ;; *) printf '%s\0' "$2" >>"$work/list" ;; esac
}

# Makes the tree a repository: HEAD is the state before the change, the index the state after it.
make_repository() {
  local objects before
  objects=$(cd "$(git rev-parse --git-path objects)" && pwd)
  in_tree git init --quiet --template= .
  printf '%s\n' "$objects" >"$tree/.git/objects/info/alternates"
  in_tree git config core.autocrlf false
  in_tree git update-index -z --index-info <"$work/before"
  before=$(in_tree git write-tree)
  in_tree git update-ref HEAD "$(in_tree git commit-tree -m before "$before")"
  in_tree git read-tree --empty
  in_tree git update-index -z --index-info <"$work/after"
}

# in_tree COMMAND...: runs a command in the tree, without any user or system settings of git.
in_tree() {
  (
    cd "$tree" || exit
    export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
    export GIT_AUTHOR_NAME=rcalint GIT_AUTHOR_EMAIL=rcalint@localhost
    export GIT_COMMITTER_NAME=rcalint GIT_COMMITTER_EMAIL=rcalint@localhost
    "$@"
  )
}

# is_file MODE: true if the mode in git is that of a regular file, not a link or submodule.
is_file() {
  [ "$1" = 100644 ] || [ "$1" = 100755 ]
}

# is_plain PATH: true if the path stays inside the tree. Git rejects most others, too. It may have any other characters.
is_plain() {
  case "/$1/" in
    *//* | */./* | */../* | */.[gG][iI][tT]/*) return 1 ;;
  esac
}
