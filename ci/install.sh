#!/usr/bin/env bash
# Prints the path of the program to run: the installed one in RCALINT_BINARY, or a release, downloaded and verified.
#
#   RCALINT_BINARY        an installed program to use instead of a download
#   RCALINT_VERSION       the release to download
#   RCALINT_DOWNLOAD_URL  the base URL of the releases, without the version
#   RCALINT_SHA256        the archive's checksum; by default the published one
#   RCALINT_FOLDER        the folder to unpack it to
set -euo pipefail

fail() {
  printf 'rcalint: %s\n' "$1" >&2
  exit 1
}

# Prints the target triple in the archive name for this machine.
target() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo x86_64-unknown-linux-musl ;;
    Linux-aarch64 | Linux-arm64) echo aarch64-unknown-linux-musl ;;
    Darwin-x86_64) echo x86_64-apple-darwin ;;
    Darwin-arm64) echo aarch64-apple-darwin ;;
    MINGW*-x86_64 | MSYS*-x86_64) echo x86_64-pc-windows-msvc ;;
    *) fail "no release is built for $(uname -s) on $(uname -m); install rcalint and name it as \`binary\`" ;;
  esac
}

download() {
  local over='=https'
  # Plain HTTP is allowed only from this machine, where a mirror may run.
  case $1 in http://127.0.0.1:*) over='=http' ;; esac
  curl -q --silent --show-error --fail --location --retry 3 --retry-delay "${RCALINT_RETRY_SECONDS:-2}" \
    --connect-timeout 10 --max-time 300 --proto "$over" --proto-redir '=https' --output "$2" --url "$1" ||
    fail "$1 could not be downloaded"
}

checksum() {
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi <"$1" | cut -d ' ' -f 1
}

if [ -n "${RCALINT_BINARY:-}" ]; then
  command -v -- "$RCALINT_BINARY" || fail "there is no program \`$RCALINT_BINARY\`"
  exit 0
fi

version=${RCALINT_VERSION:?is not set}
folder=${RCALINT_FOLDER:?is not set}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "\`$version\` is not a version"
target=$(target)
name=rcalint-$target-v$version
case $target in *windows*) archive=$name.zip ;; *) archive=$name.tar.gz ;; esac
url=${RCALINT_DOWNLOAD_URL:?is not set}/v$version/$archive

mkdir -p "$folder"
download "$url" "$folder/$archive"
expected=${RCALINT_SHA256:-}
if [ -z "$expected" ]; then
  download "$url.sha256" "$folder/$archive.sha256"
  expected=$(cut -d ' ' -f 1 "$folder/$archive.sha256")
fi
[[ $expected =~ ^[0-9a-f]{64}$ ]] || fail "the checksum of $archive is not a SHA-256 checksum"
actual=$(checksum "$folder/$archive")
if [ "$actual" != "$expected" ]; then
  rm -f "$folder/$archive"
  fail "$archive is not what was released: its SHA-256 is $actual, not $expected"
fi

case $archive in
  *.zip) unzip -q -o "$folder/$archive" -d "$folder" ;;
  *) tar -xzf "$folder/$archive" -C "$folder" ;;
esac
program=$folder/$name/rcalint
case $target in *windows*) program=$program.exe ;; esac
[ -x "$program" ] || fail "$archive does not contain the program"
printf '%s\n' "$program"
