#!/usr/bin/env bash
# Stands in for a program that has no `--output` yet: runs the real one for its JSON, and makes of that what the
# scripts need, in the simplest form.
set -euo pipefail

kept=()
outputs=()
previous=
while [ $# -gt 0 ]; do
  case $1 in
    --output) outputs+=("$2"); shift 2 ;;
    --previous) previous=$2; shift 2 ;;
    --format | --link-base) shift 2 ;;
    *) kept+=("$1"); shift ;;
  esac
done

json=$(mktemp)
trap 'rm "$json"' EXIT
code=0
"$RCALINT_REAL" "${kept[@]}" --format json >"$json" || code=$?
[ "$code" -lt 2 ] || exit "$code"
for output in "${outputs[@]}"; do
  case ${output%%=*} in
    json) cat "$json" ;;
    gitlab) jq '[.documents[].findings[] | {check_name: .rule}]' "$json" ;;
    *)
      echo '<!-- rcalint:stand-in -->'
      if [ -n "$previous" ]; then echo "after an earlier comment"; fi
      jq -r '.documents[] | "\(.path): \(.verdict)"' "$json"
      ;;
  esac >"${output#*=}"
done
jq -r '.documents[] | "::notice file=\(.path)::\(.verdict)"' "$json"
exit "$code"
