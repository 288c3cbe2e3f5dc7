#!/usr/bin/env bash
# Reviews the postmortems of a GitHub event: annotations, a step summary, and one comment that is kept up to date.
#
# pull_request   reviews the documents that it adds or changes, with the settings of the base branch
# workflow_run   turns the report of another workflow into a comment (github-comment.sh)
# anything else  reviews the postmortems in the checked-out folder, without a comment
#
# Inputs are in the variables INPUT_* and RCALINT_* (see action.yml); the event is in $GITHUB_EVENT_PATH.
set -euo pipefail
umask 077

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ "${GITHUB_EVENT_NAME:-}" = workflow_run ]; then exec "$here/github-comment.sh"; fi

# shellcheck source=ci/github.sh
. "$here/github.sh"
# shellcheck source=ci/documents.sh
. "$here/documents.sh"

# Sets $base and $head, the commits to compare. The base is the first parent of the merge commit, or else the merge base.
find_base() {
  head=$(commit_of HEAD) || fail 'this is not a checkout; run actions/checkout first'
  base=$(base_of_checkout) && return
  say 'the base of the pull request is not in the checkout and is fetched; fetch-depth: 2 at actions/checkout is faster'
  { fetch --depth=2 "$head" && base=$(base_of_checkout); } ||
    { fetch --unshallow "$head" "$(event .pull_request.base.sha)" && base=$(base_of_checkout); } ||
    fail 'the base of the pull request is not there; set fetch-depth to 2 at actions/checkout'
}

base_of_checkout() {
  local target
  if [ "$(commit_of HEAD^2)" = "$(event .pull_request.head.sha)" ] && commit_of HEAD^1; then return; fi
  target=$(commit_of "$(event .pull_request.base.sha)") && git merge-base --end-of-options "$target" "$head"
}

# fetch DEPTH COMMIT...: fetches commits of this repository. The token is sent to its own server only, and is not on a command
# line.
fetch() {
  local depth=$1 server=${GITHUB_SERVER_URL:-https://github.com} secret
  shift
  secret=$(printf 'x-access-token:%s' "${RCALINT_TOKEN:-}" | base64 | tr -d '\n')
  GIT_TERMINAL_PROMPT=0 GIT_CONFIG_COUNT=1 \
    GIT_CONFIG_KEY_0="http.$server/.extraheader" GIT_CONFIG_VALUE_0="Authorization: Basic $secret" \
    git fetch --quiet --no-tags --no-recurse-submodules "$depth" --end-of-options "$server/$GITHUB_REPOSITORY" "$@" \
    >"$work/said" 2>&1
}

# Runs the program on the files of the pull request, or on the checkout.
review() {
  if [ -n "$pull" ]; then in_tree "$rcalint" "$@"; else "$rcalint" "$@"; fi
}

# Writes out the files of a pull request, and adds the arguments for reviewing it.
gather_pull() {
  pull=$(event '.pull_request.number | tonumber')
  find_base
  lay_out "$base" "$head"
  # Links go to the commit that people see, not to the merge commit made for this run.
  head=$(event .pull_request.head.sha)
  arguments+=(--force-filter --files-from "$work/list" --diff HEAD)
  if [ "${INPUT_ISOLATED:-false}" != true ]; then arguments+=(--config-from "$base"); fi
}

arguments=(check --format github)
pull=
case ${GITHUB_EVENT_NAME:-} in
  pull_request | pull_request_target) gather_pull ;;
  *) head=$(commit_of HEAD) || fail 'this is not a checkout; run actions/checkout first' ;;
esac
if [ -n "${INPUT_CONFIG:-}" ]; then arguments+=(--config "$INPUT_CONFIG"); fi
if [ "${INPUT_ISOLATED:-false}" = true ]; then
  if [ -n "${INPUT_BASELINE:-}" ]; then fail 'a baseline is a kind of setting; give either isolated or baseline'; fi
  arguments+=(--isolated)
fi
if [ -n "${INPUT_BASELINE:-}" ]; then arguments+=(--baseline "$INPUT_BASELINE"); fi
if [ -n "${INPUT_PRESET:-}" ]; then arguments+=(--preset "$INPUT_PRESET"); fi
if [ -n "${INPUT_FAIL_ON:-}" ]; then arguments+=(--fail-on "$INPUT_FAIL_ON"); fi
arguments+=(--output "json=$report" --output "markdown=$work/comment.md" --output "step-summary=$work/summary.md")
arguments+=(--link-base "${GITHUB_SERVER_URL:-https://github.com}/$GITHUB_REPOSITORY/blob/$head")
if comments; then sticky_open comment; fi

rm -f "$report"
code=0
# Standard error may contain file names chosen by others.
review "${arguments[@]}" 2>"$work/said" || code=$?
show "$work/said"
[ -s "$report" ] || fail "the review failed (exit status $code)"
publish
exit "$code"
