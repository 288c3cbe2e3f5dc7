#!/usr/bin/env bash
# Reviews the postmortems of a GitLab merge request: a code quality report, and one note that is kept up to date.
#
#   RCALINT_BINARY    the program [default: the one of the archive that this script came in]
#   RCALINT_TOKEN     a project access token with the scope `api`; without it no note is written
#   RCALINT_REPORT    where the code quality report goes [default: rcalint-codequality.json]
#   RCALINT_CONFIG, RCALINT_BASELINE, RCALINT_FAIL_ON   as the options of `rcalint check`; files of the base branch
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

find_note() {
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

post_note() {
  local posted=0
  sticky_put "$work/comment.md" || posted=$?
  case $posted in
    0) ;;
    3) say 'this token may not write notes; it needs the scope api and the role Reporter' ;;
    *) say "the note could not be written (status $api_status)" ;;
  esac
}

base=$(commit_of "${CI_MERGE_REQUEST_DIFF_BASE_SHA:?this is no pipeline of a merge request}") ||
  fail 'the base of the merge request is not there; set GIT_DEPTH to 0'
head=$(commit_of "${CI_MERGE_REQUEST_SOURCE_BRANCH_SHA:-$CI_COMMIT_SHA}") ||
  fail 'the head of the merge request is not there; set GIT_DEPTH to 0'
lay_out_settings "$base"
lay_out_changed "$base" "$head"

arguments=(check --force-filter --files-from "$work/list" --format text)
if [ -n "${RCALINT_CONFIG:-}" ]; then arguments+=(--config "$RCALINT_CONFIG"); fi
if [ -n "${RCALINT_BASELINE:-}" ]; then arguments+=(--baseline "$RCALINT_BASELINE"); fi
if [ -n "${RCALINT_FAIL_ON:-}" ]; then arguments+=(--fail-on "$RCALINT_FAIL_ON"); fi
arguments+=(--output "gitlab=$report" --output "markdown=$work/comment.md")
arguments+=(--link-base "${CI_MERGE_REQUEST_SOURCE_PROJECT_URL:-$CI_PROJECT_URL}/-/blob/$head")

noting=no
if [ -z "${RCALINT_TOKEN:-}" ]; then
  say 'without RCALINT_TOKEN no note is written'
elif find_note; then
  noting=yes
  if [ -s "$work/previous.md" ]; then arguments+=(--previous "$work/previous.md"); fi
else
  say "notes cannot be read (status $api_status), so none is written"
fi

rm -f "$report"
code=0
(cd "$tree" && "$rcalint" "${arguments[@]}") || code=$?
[ -s "$report" ] || fail "the review did not come about (exit status $code)"

if settings_changed "$base" "$head"; then
  printf '\n%s\n' "$settings_note" >>"$work/comment.md"
  say "${settings_note#> }"
fi
if [ "$noting" = yes ] && { [ -s "$work/list" ] || [ -n "$sticky_id" ]; }; then post_note; fi
exit "$code"
