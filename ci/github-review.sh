#!/usr/bin/env bash
# Reviews the postmortems of a GitHub event: annotations, a step summary, and one comment that is kept up to date.
#
# pull_request   the documents that it adds or changes, from the checked-out commit
# workflow_run   the same, fetched as data through the API, for the trusted half of the fork-safe pair
# anything else  the postmortems of the checked-out folder, without a comment
#
# Inputs come as INPUT_* and RCALINT_* variables (action.yml names them); the event is in $GITHUB_EVENT_PATH.
set -euo pipefail
umask 077

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/rcalint.XXXXXX")
trap 'rm -rf "$work"' EXIT
report=${RUNNER_TEMP:-$PWD}/rcalint-report.json
api_url=${GITHUB_API_URL:-https://api.github.com}/repos/$GITHUB_REPOSITORY

# shellcheck source=ci/api.sh
. "$here/api.sh"
# shellcheck source=ci/documents.sh
. "$here/documents.sh"
# shellcheck source=ci/sticky.sh
. "$here/sticky.sh"
# shellcheck source=ci/github-documents.sh
. "$here/github-documents.sh"

say() {
  printf '::notice::rcalint: %s\n' "$1"
}

fail() {
  printf '::error::rcalint: %s\n' "$1"
  exit 2
}

# Whether there is a pull request to comment on, and a token to do it with.
comments() {
  [ -n "${pull:-}" ] && [ "${INPUT_COMMENT:-true}" = true ] && [ -n "${RCALINT_TOKEN:-}" ]
}

# Looks for the comment of an earlier run. Where it cannot look it will not write, or there might be two.
find_comment() {
  list_url=$api_url/issues/$pull/comments
  edit_url=$api_url/issues/comments
  edit_with=PATCH
  author=${INPUT_COMMENT_AUTHOR:-}
  if [ -z "$author" ]; then
    # A personal token says whose it is; the token of a workflow may not ask.
    api GET "${GITHUB_API_URL:-https://api.github.com}/user"
    author='github-actions[bot]'
    if [ "$api_status" = 200 ]; then author=$(jq -r .login "$work/answer"); fi
  fi
  sticky_find
}

# Posts the comment. A review that could not be posted is still a review: the verdict decides how the job ends.
post_comment() {
  local posted=0
  sticky_put "$work/comment.md" || posted=$?
  case $posted in
    0) ;;
    3) say 'this token may not write comments (as for pull requests from forks); see the step summary' ;;
    *) printf '::warning::rcalint: the comment could not be written (status %s)\n' "$api_status" ;;
  esac
}

# What is appended to what people read. The text is ours alone.
add_settings_note() {
  if [ "${settings_differ:-no}" = yes ]; then
    printf '\n%s\n' "$settings_note" | tee -a "$work/summary.md" >>"$work/comment.md"
    say "${settings_note#> }"
  fi
}

# Leaves the path of the program in $rcalint: by default the release that belongs to this action.
find_program() {
  local from=${GITHUB_ACTION_PATH:-} owner name
  # An action is unpacked as _actions/OWNER/NAME/REF; anywhere else it is the repository itself.
  IFS=/ read -r owner name _ <<<"${from##*/_actions/}"
  case $from in */_actions/*) from=$owner/$name ;; *) from=$GITHUB_REPOSITORY ;; esac
  RCALINT_VERSION=${RCALINT_VERSION:-$(sed -n 's/^version = "\(.*\)"$/\1/p' "$here/../Cargo.toml" | head -n 1)}
  RCALINT_DOWNLOAD_URL=${RCALINT_DOWNLOAD_URL:-${GITHUB_SERVER_URL:-https://github.com}/$from/releases/download}
  RCALINT_FOLDER=$work/program
  export RCALINT_VERSION RCALINT_DOWNLOAD_URL RCALINT_FOLDER
  rcalint=$("$here/install.sh") || fail 'there is no program to run; the reason stands above'
  case $rcalint in /* | [A-Za-z]:*) ;; *) rcalint=$PWD/$rcalint ;; esac
}

# Runs the program. What it says on standard error may name files as somebody else called them: no workflow command in
# it is obeyed. Nor is any of the other workflow's pull request, where standard output is not shown at all.
run() {
  local stop
  exec 3>&1
  if [ "${GITHUB_EVENT_NAME:-}" = workflow_run ]; then exec 3>/dev/null; fi
  code=0
  (cd "$folder" && "$rcalint" "${arguments[@]}" 2>"$work/said") >&3 || code=$?
  stop=rcalint-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '::stop-commands::%s\n' "$stop"
  cat "$work/said"
  printf '::%s::\n' "$stop"
}

write_outputs() {
  jq -r --arg report "$report" '
    ([.documents[].verdict] as $all
      | first(("start-over", "undetermined", "examined", "clear") | select(. as $one | $all | index($one)))
        // "none") as $verdict
    | "verdict=\($verdict)",
      "findings=\([.documents[].findings[]] | length)",
      "report=\($report)"' "$report" >>"$GITHUB_OUTPUT"
}

api_sign "Authorization: Bearer ${RCALINT_TOKEN:-}" 'Accept: application/vnd.github+json' 'X-GitHub-Api-Version: 2022-11-28'
find_program

folder=$tree
gather_documents

arguments=(check --force-filter --files-from "$work/list")
if [ -z "${pull:-}" ]; then
  folder=$PWD
  arguments=(check)
fi
if [ -n "${INPUT_CONFIG:-}" ]; then arguments+=(--config "$INPUT_CONFIG"); fi
if [ "${INPUT_ISOLATED:-false}" = true ]; then arguments+=(--isolated); fi
if [ -n "${INPUT_BASELINE:-}" ]; then arguments+=(--baseline "$INPUT_BASELINE"); fi
if [ -n "${INPUT_FAIL_ON:-}" ]; then arguments+=(--fail-on "$INPUT_FAIL_ON"); fi
if [ "${GITHUB_EVENT_NAME:-}" = workflow_run ]; then
  # The other workflow of the pair has annotated and failed; here only the comment is due.
  arguments+=(--exit-zero --format concise)
else
  arguments+=(--format github)
fi
arguments+=(--output "json=$report" --output "markdown=$work/comment.md" --output "step-summary=$work/summary.md")
arguments+=(--link-base "${GITHUB_SERVER_URL:-https://github.com}/$GITHUB_REPOSITORY/blob/$head")

commenting=no
if comments; then
  if find_comment; then
    commenting=yes
    if [ -s "$work/previous.md" ]; then arguments+=(--previous "$work/previous.md"); fi
  else
    say "comments cannot be read (status $api_status), so none is written"
  fi
fi

rm -f "$report"
run
[ -s "$report" ] || fail "the review did not come about (exit status $code)"

add_settings_note
cat "$work/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
write_outputs
# A pull request without postmortems gets no comment, unless an earlier one has to be put right.
if [ "$commenting" = yes ] && { [ -s "$work/list" ] || [ -n "$sticky_id" ]; }; then post_comment; fi
exit "$code"
