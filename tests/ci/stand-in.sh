#!/usr/bin/env bash
# Stands in for a program that has no `--output` yet: runs the real one for its JSON, and makes of that what the
# scripts need, in the simplest form.
set -euo pipefail

kept=()
outputs=()
previous=
base=
while [ $# -gt 0 ]; do
  case $1 in
    --output) outputs+=("$2"); shift 2 ;;
    --previous) previous=$2; shift 2 ;;
    --link-base) base=$2; shift 2 ;;
    --format) shift 2 ;;
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
      said=$(jq -r '.documents[] | "\(.path): \(.verdict)"' "$json")
      digest=$(cksum <<<"$said" | cut -d ' ' -f 1)
      status=first
      if [ -n "$previous" ]; then status=changed; fi
      if grep -q "digest v1 $digest " "${previous:-/dev/null}"; then status=unchanged; fi
      printf '<!-- rcalint:sticky v1 -->\n<!-- rcalint:digest v1 %s %s -->\n%s\n%s\n' "$digest" "$status" "$said" "$base"
      ;;
  esac >"${output#*=}"
done
jq -r '.documents[] | "::notice file=\(.path)::\(.verdict)"' "$json"
exit "$code"
