# shellcheck shell=bash disable=SC2154,SC2034 # some variables are set by the script that sources it
# Keeps one comment up to date. Source this file after api.sh. Needs `say` and `warn`, which print a line to the log, and
# `find_comment`, which calls sticky_find with
#   $list_url   the URL for listing and creating comments
#   $edit_url   the URL for editing a comment, without its id
#   $edit_with  PATCH or PUT
#   $author     the account that writes our comments

# Our comments begin with this. The author is checked as well, since anybody can write these words.
sticky_marker='<!-- rcalint:sticky v1 -->'
# `yes` if comments can be read, and the id of our comment, if there is one.
sticky_may=no
sticky_id=

# Finds our comment: sets $sticky_id and writes its text to $work/previous.md. Fails if the list cannot be read.
sticky_find() {
  local page=1
  sticky_id=
  : >"$work/previous.md"
  while [ "$page" -le 100 ]; do
    api GET "$list_url?per_page=100&page=$page"
    [ "$api_status" = 200 ] || return 1
    jq --arg author "$author" --arg marker "$sticky_marker" '
      [.[] | select((.user.login // .author.username) == $author and ((.body // "") | startswith($marker)))]
      | first // empty' "$work/answer" >"$work/ours"
    if [ -s "$work/ours" ]; then
      sticky_id=$(jq -r '.id | tonumber' "$work/ours")
      jq -j '.body' "$work/ours" >"$work/previous.md"
      return 0
    fi
    [ "$(jq length "$work/answer")" -ge 100 ] || return 0
    page=$((page + 1))
  done
}

# sticky_put FILE: creates or updates our comment. Returns 3 if the token has no write access, 1 if the server fails.
sticky_put() {
  local attempt wait=$api_wait
  jq -n --rawfile body "$1" '{body: $body}' >"$work/body.json"
  for attempt in 1 2 3 4; do
    if sticky_is "$1"; then return 0; fi
    sticky_send
    case $api_status in
      2??) return 0 ;;
      401 | 403 | 404) return 3 ;;
    esac
    if ! api_stumbled || [ "$attempt" = 4 ]; then return 1; fi
    # The comment may have been created despite the error, so look for it before creating another.
    sleep "$wait"
    wait=$((wait * 2))
    sticky_find || return 1
  done
}

sticky_send() {
  if [ -n "$sticky_id" ]; then
    api "$edit_with" "$edit_url/$sticky_id" "$work/body.json"
  else
    api POST "$list_url" "$work/body.json"
  fi
}

# sticky_is FILE: true if our comment already has this content. Links change with every commit, so the program says in the second
# line whether the content is unchanged. Line ends do not count, since servers change them.
sticky_is() {
  [ -n "$sticky_id" ] || return 1
  if [ "$(tr -d '\r' <"$work/previous.md")" = "$(tr -d '\r' <"$1")" ]; then return 0; fi
  [[ $(sed -n 2p "$1") =~ ^'<!-- rcalint:digest v1 '[0-9a-f]+' unchanged -->'$ ]]
}

# sticky_open WHAT: looks for our earlier comment and passes it to the program as an argument. WHAT is the word for a comment
# here. If comments cannot be read, none is written, to avoid a second one.
sticky_open() {
  sticky_what=$1
  if find_comment; then
    sticky_may=yes
    if [ -s "$work/previous.md" ]; then arguments+=(--previous "$work/previous.md"); fi
  else
    say "${sticky_what}s cannot be read (status $api_status), so none is written"
  fi
}

# sticky_post COUNT ADVICE: posts $work/comment.md, if COUNT documents were reviewed or an earlier comment must be updated. If
# the token has no write access, prints ADVICE. A review that could not be posted does not fail.
sticky_post() {
  local posted=0
  if [ "$sticky_may" = no ] || { [ "$1" = 0 ] && [ -z "$sticky_id" ]; }; then return 0; fi
  sticky_put "$work/comment.md" || posted=$?
  case $posted in
    0) ;;
    3) say "this token may not write ${sticky_what}s; $2" ;;
    *) warn "the $sticky_what could not be written (status $api_status)" ;;
  esac
}
