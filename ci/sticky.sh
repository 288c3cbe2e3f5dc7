# shellcheck shell=bash disable=SC2154 # what it needs is set by the script that sources it
# One comment that is kept up to date; to be sourced after api.sh and documents.sh. Needs
#   $list_url   where comments are listed and created
#   $edit_url   what an id is appended to, to change a comment
#   $edit_with  PATCH or PUT
#   $author     the account that writes our comments
# and what documents.sh defines.

# How our comments begin. The author is asked for as well: anybody can write these words.
sticky_marker='<!-- rcalint:sticky v1 -->'

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
  [[ $(sed -n 2p "$1") =~ ^'<!-- rcalint:digest v1 '[0-9a-f]+' unchanged -->'$ ]] &&
    [ "$(grep -cF "$settings_note" "$work/previous.md")" = "$(grep -cF "$settings_note" "$1")" ]
}
