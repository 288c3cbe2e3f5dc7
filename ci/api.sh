# shellcheck shell=bash disable=SC2154 # some variables are set by the script that sources it
# Calls to the API of GitHub or GitLab. Source this file. Needs `$work`, a private folder.

# Seconds to wait before the first retry; each further wait is twice as long.
api_wait=${RCALINT_RETRY_SECONDS:-2}

# api_sign HEADER...: sets the headers of every call. They are in a file to keep the token off the command line.
api_sign() {
  printf '%s\n' "$@" "Content-Type: application/json" "User-Agent: rcalint" >"$work/headers"
}

# api METHOD URL [BODY-FILE]: writes the response to $work/answer and sets $api_status (000: no response).
# Retries after a server error, except for POST, which may have succeeded.
api() {
  local wait=$api_wait attempt
  for attempt in 1 2 3 4; do
    api_once "$@"
    if [ "$1" = POST ] || ! api_stumbled || [ "$attempt" = 4 ]; then return 0; fi
    sleep "$wait"
    wait=$((wait * 2))
  done
}

# True if the last call failed with an error that may be temporary.
api_stumbled() {
  case $api_status in 5?? | 429 | 000) return 0 ;; *) return 1 ;; esac
}

api_once() {
  local call=(-q --silent --globoff --connect-timeout 10 --max-time 60 --request "$1" --header "@$work/headers")
  if [ -n "${3:-}" ]; then call+=(--data-binary "@$3"); fi
  : >"$work/answer"
  # Redirects are not followed: the token is for this server only.
  api_status=$(curl "${call[@]}" --output "$work/answer" --write-out '%{http_code}' --url "$2") || api_status=000
}

# api_download URL FILE BYTES: downloads at most BYTES bytes of what the API redirects to; sets $api_status as above (413: too
# large). The token is sent to the API only.
api_download() {
  local to over='=https' status
  to=$(curl -q --silent --globoff --connect-timeout 10 --max-time 60 --header "@$work/headers" \
    --output "$work/answer" --write-out '%{http_code} %{redirect_url}' --url "$1") || to='000 '
  api_status=${to%% *}
  to=${to#* }
  if [ "$api_status" != 302 ]; then
    # A response that is not a redirect is an error.
    if [ "$api_status" = 200 ]; then api_status=000; fi
    return 0
  fi
  # Plain HTTP is allowed only on this machine.
  case $to in http://127.0.0.1:*) over='=http' ;; esac
  status=$work/status
  { curl -q --silent --fail --globoff --connect-timeout 10 --max-time 300 --proto "$over" \
    --write-out '%{stderr}%{http_code}' --url "$to" 2>"$status" || true; } | head -c "$(($3 + 1))" >"$2" || true
  api_status=$(tail -c 3 "$status")
  if [ "$(wc -c <"$2")" -gt "$3" ]; then api_status=413; fi
}
