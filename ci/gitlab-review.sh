#!/usr/bin/env bash
# Reviews the postmortems of a GitLab merge request: a code quality report, and one note that is kept up to date.
#
#   RCALINT_BINARY    the program [default: the one in the same archive as this script]
#   RCALINT_TOKEN     a project access token with the scope `api`; without it no note is written
#   RCALINT_REPORT    the path of the code quality report [default: rcalint-codequality.json]
#   RCALINT_CONFIG, RCALINT_BASELINE, RCALINT_PRESET, RCALINT_FAIL_ON   the options of `rcalint check`; files are read from the base branch
set -euo pipefail
umask 077

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rcalint=${RCALINT_BINARY:-$here/../rcalint}
report=$PWD/${RCALINT_REPORT:-rcalint-codequality.json}

# shellcheck source=ci/api.sh
. "$here/api.sh"
# shellcheck source=ci/documents.sh
. "$here/documents.sh"
# shellcheck source=ci/sticky.sh
. "$here/sticky.sh"

say() {
  printf 'rcalint: %s\n' "$1" >&2
}

fail() {
  say "$1"
  exit 2
}

warn() {
  say "$1"
}

find_comment() {
  local project=$CI_API_V4_URL/projects/$CI_PROJECT_ID
  list_url=$project/merge_requests/$CI_MERGE_REQUEST_IID/notes
  edit_url=$list_url
  edit_with=PUT
  api_sign "PRIVATE-TOKEN: $RCALINT_TOKEN"
  api GET "$CI_API_V4_URL/user"
  [ "$api_status" = 200 ] || return 1
  author=$(jq -r .username "$work/answer")
  sticky_find
}

# require_commit WHAT COMMIT: prints the hash of the commit, and fetches the commit if a shallow clone lacks it.
require_commit() {
  commit_of "$2" && return
  say "the $1 of the merge request is not in the clone and is fetched; GIT_DEPTH: 0 is faster"
  git fetch --quiet --no-tags --depth=1 --end-of-options origin "$2" >&2 || true
  commit_of "$2" || fail "the $1 of the merge request is not there; set GIT_DEPTH to 0"
}

base=$(require_commit base "${CI_MERGE_REQUEST_DIFF_BASE_SHA:?this is not a merge request pipeline}")
head=$(require_commit head "${CI_MERGE_REQUEST_SOURCE_BRANCH_SHA:-$CI_COMMIT_SHA}")
lay_out "$base" "$head"

arguments=(check --format text --force-filter --files-from "$work/list" --diff HEAD --config-from "$base")
if [ -n "${RCALINT_CONFIG:-}" ]; then arguments+=(--config "$RCALINT_CONFIG"); fi
if [ -n "${RCALINT_BASELINE:-}" ]; then arguments+=(--baseline "$RCALINT_BASELINE"); fi
if [ -n "${RCALINT_PRESET:-}" ]; then arguments+=(--preset "$RCALINT_PRESET"); fi
if [ -n "${RCALINT_FAIL_ON:-}" ]; then arguments+=(--fail-on "$RCALINT_FAIL_ON"); fi
arguments+=(--output "gitlab=$report" --output "markdown=$work/comment.md" --output "json=$work/report.json")
arguments+=(--link-base "${CI_MERGE_REQUEST_SOURCE_PROJECT_URL:-$CI_PROJECT_URL}/-/blob/$head")
if [ -n "${RCALINT_TOKEN:-}" ]; then sticky_open note; else say 'without RCALINT_TOKEN no note is written'; fi

rm -f "$report"
code=0
in_tree "$rcalint" "${arguments[@]}" || code=$?
[ -s "$report" ] || fail "the review failed (exit status $code)"
sticky_post "$(jq '(.documents + .errors) | length' "$work/report.json")" 'it needs the scope api and the role Reporter'
exit "$code"
