# shellcheck shell=bash disable=SC2154,SC2034 # variables are shared with the script that sources it
# Which documents a GitHub event is about; to be sourced after documents.sh. Needs `$api_url`.

# Leaves the number of the pull request, if any, in $pull, the commit under review in $head, and the documents in $tree.
gather_documents() {
  pull=
  head=$(commit_of HEAD) || fail 'this is no checkout; the step actions/checkout has to come first'
  case ${GITHUB_EVENT_NAME:-} in
    pull_request | pull_request_target) gather_checked_out ;;
    workflow_run) gather_through_api ;;
  esac
}

# event PATH: a value of the event.
event() {
  jq -r "$1 // empty" "$GITHUB_EVENT_PATH"
}

# A pull request whose merge commit, or head, is checked out.
gather_checked_out() {
  local base
  pull=$(event '.pull_request.number | tonumber')
  base=$(base_of_checkout) || fail 'the base of the pull request is not there; set fetch-depth to 2 at actions/checkout'
  lay_out_settings "$base"
  lay_out_changed "$base" "$head"
  if settings_changed "$base" "$head"; then settings_differ=yes; fi
  # Links lead to the commit that people see, not to the merge commit made for this run.
  head=$(event .pull_request.head.sha)
}

# What the checked-out commit is compared with: the first parent of the merge commit, else where the branch left.
base_of_checkout() {
  local base
  if [ "$(commit_of HEAD^2)" = "$(event .pull_request.head.sha)" ] && commit_of HEAD^1; then return; fi
  base=$(commit_of "$(event .pull_request.base.sha)") && git merge-base --end-of-options "$base" "$head"
}

# A run of another workflow, about a pull request that may come from a fork. What that run said or made is not looked
# at. The event names a commit; the pull request is the open one with this very commit as its head.
gather_through_api() {
  local from
  lay_out_settings "$head"
  head=$(event .workflow_run.head_sha)
  [[ $head =~ ^[0-9a-f]{40}$ ]] || fail 'the event names no commit'
  from=$(event '"\(.workflow_run.head_repository.owner.login):\(.workflow_run.head_branch)" | @uri')
  api GET "$api_url/pulls?state=open&per_page=100&head=$from"
  [ "$api_status" = 200 ] || fail "pull requests cannot be read (status $api_status)"
  pull=$(jq -r --arg head "$head" 'first(.[] | select(.head.sha == $head) | .number | tonumber)' "$work/answer")
  if [ -z "$pull" ]; then
    say 'no open pull request has this commit as its head any more; nothing to do'
    exit 0
  fi
  fetch_changed
}

# Fetches the Markdown files of the pull request, page by page, and lists them.
fetch_changed() {
  local page=1 path blob
  while [ "$page" -le 30 ]; do
    api GET "$api_url/pulls/$pull/files?per_page=100&page=$page"
    [ "$api_status" = 200 ] || fail "the files of the pull request cannot be read (status $api_status)"
    mv "$work/answer" "$work/files"
    jq -j '.[] | select(.status != "removed" and (.filename | test("\\.(md|markdown)$"; "i")))
      | .sha, "\u0000", .filename, "\u0000"' "$work/files" >"$work/changed"
    while IFS= read -r -d '' blob && IFS= read -r -d '' path; do
      fetch "$blob" "$path"
    done <"$work/changed"
    if jq -e '[.[].filename | test("rcalint[^/]*\\.toml$|(^|/)lexicon/.*\\.toml$"; "i")] | any' "$work/files" >"$work/any"; then
      settings_differ=yes
    fi
    [ "$(jq length "$work/files")" -ge 100 ] || return 0
    page=$((page + 1))
  done
}

# fetch BLOB PATH: writes one file of the pull request, if it is what git calls by that name.
fetch() {
  if ! is_plain "$2"; then
    say 'a changed file has control characters in its name and is not reviewed'
    return
  fi
  [[ $1 =~ ^[0-9a-f]{40}$ ]] || fail 'a file has no name in git'
  api GET "$api_url/git/blobs/$1"
  [ "$api_status" = 200 ] || fail "a file of the pull request cannot be read (status $api_status)"
  mkdir -p "$tree/$(dirname "./$2")"
  jq -r .content "$work/answer" | base64 -d >"$tree/$2"
  [ "$(git hash-object --no-filters -- "$tree/$2")" = "$1" ] || fail 'a file is not what its name in git says'
  listed "$2"
}
