#!/usr/bin/env bash
# Comments on a pull request that another workflow has reviewed: the trusted half of the pair for forks.
#
# It has write access, so it runs nothing from the pull request. It takes one thing from the other workflow, the report in
# JSON, as untrusted data: `rcalint render` validates it and renders the comment. GitHub says which pull request it belongs
# to. Nothing from the report is written to the log.
set -euo pipefail
umask 077

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=ci/github.sh
. "$here/github.sh"

# The artifact, the one file in it, and the maximum size of each in bytes.
artifact='rcalint-report'
member='rcalint-report.json'
largest=$((16 << 20))

# Sets $pull to the number of the open pull request whose head is the commit named by the event.
find_pull() {
  local from
  head=$(event .workflow_run.head_sha)
  [[ $head =~ ^[0-9a-f]{40}$ ]] || fail 'the event names no commit'
  from=$(event '"\(.workflow_run.head_repository.owner.login):\(.workflow_run.head_branch)" | @uri')
  api GET "$api_url/pulls?state=open&per_page=100&head=$from"
  [ "$api_status" = 200 ] || fail "cannot read the pull requests (status $api_status)"
  pull=$(jq -r --arg head "$head" 'first(.[] | select(.head.sha == $head) | .number | tonumber)' "$work/answer")
  if [ -z "$pull" ]; then
    say 'no open pull request has this commit as its head any more; nothing to do'
    exit 0
  fi
}

# Downloads the newest report of the other workflow's run to $work/report.json.
fetch_report() {
  local run id
  run=$(event '.workflow_run.id | tonumber')
  api GET "$api_url/actions/runs/$run/artifacts?per_page=100&name=$artifact"
  [ "$api_status" = 200 ] || fail "cannot read the artifacts (status $api_status); the workflow needs \`actions: read\`"
  id=$(jq -r --arg name "$artifact" '
    [.artifacts[] | select(.name == $name and (.expired | not))] | max_by(.created_at) // empty | .id | tonumber' \
    "$work/answer")
  if [ -z "$id" ]; then
    say 'the other workflow left no report; nothing to do'
    exit 0
  fi
  api_download "$api_url/actions/artifacts/$id/zip" "$work/report.zip" "$largest"
  [ "$api_status" = 200 ] || fail "cannot download the report (status $api_status)"
  unpack
}

# Extracts the report: the bytes of one member, up to the maximum size, under a fixed name.
unpack() {
  local names
  names=$(unzip -Z1 "$work/report.zip" 2>/dev/null </dev/null) || fail 'the artifact is not an archive, or too large'
  [ "$names" = "$member" ] || fail "the artifact must contain exactly one file, $member"
  unzip -p "$work/report.zip" "$member" 2>/dev/null </dev/null | head -c "$((largest + 1))" >"$work/report.json" || true
  [ "$(wc -c <"$work/report.json")" -le "$largest" ] || fail 'the report is too large'
}

find_pull
fetch_report

arguments=(render --from "$work/report.json" --max-file-size "$largest" --output "json=$report")
arguments+=(--output "markdown=$work/comment.md" --output "step-summary=$work/summary.md")
arguments+=(--link-base "${GITHUB_SERVER_URL:-https://github.com}/$GITHUB_REPOSITORY/blob/$head")
# The default branch is checked out; its settings name the buckets.
if [ -n "${INPUT_CONFIG:-}" ]; then arguments+=(--config "$INPUT_CONFIG"); fi
if [ "${INPUT_ISOLATED:-false}" = true ]; then arguments+=(--isolated); fi
if comments; then sticky_open comment; fi

rm -f "$report"
if ! "$rcalint" "${arguments[@]}" >/dev/null 2>"$work/said"; then
  show "$work/said"
  fail 'the report of the other workflow was rejected; see above'
fi
publish
