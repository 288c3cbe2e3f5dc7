#!/usr/bin/env bash
# Packs a release archive, with the name that ci/install.sh and `cargo binstall` expect, and writes its checksum.
#
#   ci/package.sh PROGRAM TARGET FOLDER
set -euo pipefail

program=$1
target=$2
folder=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$here/Cargo.toml" | head -n 1)
name=rcalint-$target-v$version

mkdir -p "$folder/$name/ci"
cp "$program" "$folder/$name/"
cp "$here"/{README.md,CHANGELOG.md,LICENSE-APACHE,LICENSE-MIT,NOTICE.md} "$folder/$name/"
cp -r "$here/docs" "$folder/$name/"
cp "$here"/ci/{api,documents,sticky,gitlab-review}.sh "$folder/$name/ci/"

cd "$folder"
case $target in
  *windows*) archive=$name.zip && 7z a -bd "$archive" "$name" >/dev/null ;;
  *) archive=$name.tar.gz && tar -czf "$archive" "$name" ;;
esac
rm -r "$name"
if command -v sha256sum >/dev/null; then sha256sum "$archive"; else shasum -a 256 "$archive"; fi >"$archive.sha256"
