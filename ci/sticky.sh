# shellcheck shell=bash disable=SC2154,SC2034 # what it needs is set by the script that sources it
# One comment that is kept up to date; to be sourced after api.sh. Needs `say` and `warn`, which tell the reader of the log
# something, and `find_comment`, which calls sticky_find with
#   $list_url   where comments are listed and created
#   $edit_url   what an id is appended to, to change a comment
#   $edit_with  PATCH or PUT
#   $author     the account that writes our comments

# How our comments begin. The author is asked for as well: anybody can write these words.
sticky_marker='<!-- rcalint:sticky v1 -->'
# Whether there is a place to write to, and what is there already.
sticky_may=no
sticky_id=

# Finds our comment: its id is left in $sticky_id, its text in $work/previous.md. Fails if the list cannot be read.
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

# sticky_put FILE: makes our comment say what the file says. Returns 3 if the token may not, 1 if the server cannot.
sticky_put() {
  local attempt wait=$api_wait
  jq -n --rawfile body "$1" '{body: $body}' >"$work/body.json"
  for attempt in 1 2 3 4; do
    if sticky_says "$1"; then return 0; fi
    sticky_send
    case $api_status in
      2??) return 0 ;;
      401 | 403 | 404) return 3 ;;
    esac
    if ! api_stumbled || [ "$attempt" = 4 ]; then return 1; fi
    # The comment may have been created although the answer says otherwise: look before writing another.
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

# Whether our comment says this already. The program says so in the second line, since links change with every commit;
# and nothing is new if nothing differs but line ends, which servers change.
sticky_says() {
  [ -n "$sticky_id" ] || return 1
  if [ "$(tr -d '\r' <"$work/previous.md")" = "$(tr -d '\r' <"$1")" ]; then return 0; fi
  [[ $(sed -n 2p "$1") =~ ^'<!-- rcalint:digest v1 '[0-9a-f]+' unchanged -->'$ ]]
}

# sticky_open WHAT: looks for our earlier comment, which is called WHAT here, and hands it to the program as an argument.
# Where it cannot look it will not write, or there might be two.
sticky_open() {
  sticky_what=$1
  if find_comment; then
    sticky_may=yes
    if [ -s "$work/previous.md" ]; then arguments+=(--previous "$work/previous.md"); fi
  else
    say "${sticky_what}s cannot be read (status $api_status), so none is written"
  fi
}

# sticky_post COUNT ELSE: posts $work/comment.md, if there is something to say about COUNT documents or an earlier comment
# has to be put right; ELSE is what to do where that is not allowed. A review that could not be posted is still a review.
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
