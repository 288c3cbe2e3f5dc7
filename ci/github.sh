# shellcheck shell=bash disable=SC2154,SC2034 # variables are shared with the script that sources it
# Shared by the scripts for GitHub. Source this file first. Needs `$here`, the folder of the scripts, and creates `$work`, a
# private folder.

work=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/rcalint.XXXXXX")
trap 'rm -rf "$work"' EXIT
report=${RUNNER_TEMP:-$PWD}/rcalint-report.json
api_url=${GITHUB_API_URL:-https://api.github.com}/repos/$GITHUB_REPOSITORY

# shellcheck source=ci/api.sh
. "$here/api.sh"
# shellcheck source=ci/sticky.sh
. "$here/sticky.sh"

say() {
  printf '::notice::rcalint: %s\n' "$1"
}

warn() {
  printf '::warning::rcalint: %s\n' "$1"
}

fail() {
  printf '::error::rcalint: %s\n' "$1"
  exit 2
}

# show FILE: prints untrusted text. Workflow commands in it are ignored.
show() {
  local stop
  [ -s "$1" ] || return 0
  stop=rcalint-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '::stop-commands::%s\n' "$stop"
  cat "$1"
  printf '::%s::\n' "$stop"
}

# event PATH: prints a value of the event.
event() {
  jq -r "$1 // empty" "$GITHUB_EVENT_PATH"
}

# True if there is a pull request to comment on, and a token to do so.
comments() {
  [ -n "${pull:-}" ] && [ "${INPUT_COMMENT:-true}" = true ] && [ -n "${RCALINT_TOKEN:-}" ]
}

# Looks for the comment of an earlier run.
find_comment() {
  list_url=$api_url/issues/$pull/comments
  edit_url=$api_url/issues/comments
  edit_with=PATCH
  author=${INPUT_COMMENT_AUTHOR:-}
  if [ -z "$author" ]; then
    # A personal token can read its own account; the token of a workflow cannot.
    api GET "${GITHUB_API_URL:-https://api.github.com}/user"
    author='github-actions[bot]'
    if [ "$api_status" = 200 ]; then author=$(jq -r .login "$work/answer"); fi
  fi
  sticky_find
}

# Sets $rcalint to the path of the program: by default the release that belongs to this action.
find_program() {
  local from=${GITHUB_ACTION_PATH:-} owner name
  # GitHub unpacks actions to _actions/OWNER/NAME/REF; anywhere else, the action is the repository itself.
  IFS=/ read -r owner name _ <<<"${from##*/_actions/}"
  case $from in */_actions/*) from=$owner/$name ;; *) from=$GITHUB_REPOSITORY ;; esac
  RCALINT_VERSION=${RCALINT_VERSION:-$(sed -n 's/^version = "\(.*\)"$/\1/p' "$here/../Cargo.toml" | head -n 1)}
  RCALINT_DOWNLOAD_URL=${RCALINT_DOWNLOAD_URL:-${GITHUB_SERVER_URL:-https://github.com}/$from/releases/download}
  RCALINT_FOLDER=$work/program
  export RCALINT_VERSION RCALINT_DOWNLOAD_URL RCALINT_FOLDER
  rcalint=$("$here/install.sh") || fail 'there is no program to run; see above'
  case $rcalint in /* | [A-Za-z]:*) ;; *) rcalint=$PWD/$rcalint ;; esac
}

# Publishes the step summary, the outputs, and the comment, if there is one to write or update.
publish() {
  cat "$work/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
  jq -r --arg report "$report" '
    ([.documents[].verdict] as $all
      | first(("start-over", "undetermined", "examined", "clear") | select(. as $one | $all | index($one)))
        // "none") as $verdict
    | "verdict=\($verdict)",
      "findings=\([.documents[].findings[]] | length)",
      "report=\($report)"' "$report" >>"$GITHUB_OUTPUT"
  if [ "$(jq '(.guard // []) | length' "$report")" -gt 0 ]; then
    say 'this change touches its own check; the step summary says how'
  fi
  sticky_post "$(jq '(.documents + .errors) | length' "$report")" 'see the step summary'
}

api_sign "Authorization: Bearer ${RCALINT_TOKEN:-}" 'Accept: application/vnd.github+json' 'X-GitHub-Api-Version: 2022-11-28'
find_program
