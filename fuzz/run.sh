#!/usr/bin/env bash
# Looks for inputs that break a check, on one core, one target after the other:
#
#   fuzz/run.sh [SECONDS [TARGET...]]
#
# Needs a nightly toolchain and cargo-fuzz. Inputs that reach new code go to fuzz/found, those that fail a check to fuzz/artifacts.
set -euo pipefail
cd "$(dirname "$0")"

seconds=${1:-600}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(document analyse render lexicon config oracle page reader diff saved)
root=..

# Documents, and for `render` with a path and words of a report before them.
seed_documents() {
  mkdir -p seeds/document seeds/analyse seeds/render
  for file in "$root"/examples/*.md "$root"/tests/scenarios/*.md; do
    name=$(basename "$file")
    cp "$file" "seeds/document/$name"
    cp "$file" "seeds/analyse/$name"
    # shellcheck disable=SC2016 # the backticks are Markdown
    { printf 'incidents/%s\0What of `db`, @team and <b>?\0' "$name"; cat "$file"; } >"seeds/render/$name"
  done
}

# Settings, and lexicon files after the byte that says which file it is: the small ones in the order of `fuzz/src/lexicon.rs`.
seed_lexicon() {
  mkdir -p seeds/config seeds/lexicon seeds/oracle seeds/page seeds/reader seeds/diff seeds/saved
  cp "$root/examples/team.toml" "$root/src/cli/commands/init/rcalint.toml" seeds/config/
  at=0
  for name in abbreviations bucket frames guards lexicon questions rule sections tiers irregular words; do
    for adds in 0 11; do
      { printf '%b' "\\x$(printf %02x $((at + adds)))"; cat "small/$name.toml"; } >"seeds/lexicon/$name-$adds"
    done
    at=$((at + 1))
  done
  printf '\10\0\7\11\1\6\14\2' >seeds/oracle/section
  printf '\27\0\30\10\1\2\11\1\15\2\16' >seeds/page/section
  printf 'diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -1 +1,2 @@\n-a\n+b\n+<!-- rcalint-allow: x -- y -->\n' >seeds/diff/change
  # shellcheck disable=SC2016 # the backticks are Markdown
  printf 'Human error.\0`db`\0@team ![x](y)\0/approve\0fixes #12' >seeds/saved/words
  printf '\20\0\0\62\377#Cause\nWe forgot it.\nA' >seeds/reader/layers
}

# Syntax of Markdown and TOML, and the words of the lexicon.
dictionary() {
  printf '"%s"\n' '# ' '## ' '\\n\\n' '- [ ] ' '- [x] ' '**' '> ' '```' '| ' '|---|' '<!-- ' ' -->' '<td>' '</' '&amp;' '---\\n' \
    '\xc2\xa0' '\xe2\x80\xae' '\xe2\x80\x9c' '\xf0\x9f\x99\x88' '\xef\xbb\xbf' '\x1b[' '::error::' '##[' 'rcalint-allow: ' \
    '[[' ']]' ' = [' '{person}' '..3' '...4' '^ ' '~' '|' 'match = ' \
    'diff --git a/' '--- a/' '+++ b/' '@@ -1,2 +3,4 @@' 'rename from ' | sed 's/\\\\n/\\x0a/g'
  grep -hoE '"[a-z][a-z -]{2,18}"' "$root"/lexicon/words/*.toml "$root"/lexicon/sections.toml "$root"/lexicon/rules/*.toml |
    sort -u
}

seed_documents
seed_lexicon
dictionary >seeds/words.dict
# Longer inputs take longer and find nothing more.
declare -A longest=([document]=4096 [analyse]=1024 [render]=1024 [lexicon]=2048 [config]=2048 [oracle]=256 [page]=256 [reader]=1024 [diff]=1024 [saved]=1024)
for target in "${targets[@]}"; do
  mkdir -p "found/$target" "corpus/$target"
  cargo +nightly fuzz run --fuzz-dir . --sanitizer none "$target" "found/$target" "seeds/$target" "corpus/$target" -- \
    -dict=seeds/words.dict -max_total_time="$seconds" -max_len="${longest[$target]}" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
done
