//! What stands below the options in `--help`: examples to copy, and what the exit status says.

/// Of the program.
pub(crate) const WHOLE: &str = "\
Examples:
  rcalint                                 review the postmortems in this folder and below
  rcalint incidents/2026-01-02.md         review one draft; it is read whatever it looks like
  rcalint check - < draft.md              review what is piped in
  git diff --name-only --diff-filter=d main | rcalint check --files-from - --force-filter
                                          review what a branch adds and changes
  rcalint questions incidents/2026-01-02.md > sheet.md
                                          prepare the review meeting
  rcalint explain human-error             why a finding matters, and what to write instead
  rcalint rules                           all rules in one table
  rcalint baseline create                 adopt it on old documents: only what is new fails
  rcalint init                            write a commented rcalint.toml to make your own
  rcalint config                          what holds here, and where it comes from
  rcalint lexicon check                   try out what rcalint.toml adds to the lexicon

Settings stand in the nearest rcalint.toml: looked for in the current folder and
upward from there, never above the root of the repository (where .git is).

A path that is also the name of a command is written with a folder: ./rules

Exit status:
  0  nothing at or above --fail-on
  1  something at or above it
  2  wrong usage or configuration, or a file could not be read (all others are
     still reported)

Nothing leaves this machine.";

/// Of `check`.
pub(crate) const CHECK: &str = "\
Examples:
  rcalint check                           the postmortems in this folder and below
  rcalint check incidents/ notes.md       a folder and a file
  rcalint check --fail-on warning         fail on anything worth rewriting
  rcalint check --format json > out.json  everything, for a script
  rcalint check --format concise          one line a finding, for editors
  rcalint check --output sarif=out.sarif --output markdown=comment.md
                                          several formats in one run
  rcalint check - --stdin-filename a.md < a.md
  rcalint check --baseline rcalint-baseline.toml
                                          fail only on what the baseline does not know
  rcalint check --diff main --config-from main
                                          what a branch changes, with the settings of main
  rcalint check --jsonl-documents < documents.jsonl > results.jsonl
                                          many documents out of another program

Folders are walked without hidden files and what .gitignore names; of what is
found there, only Markdown that looks like a postmortem is read. A file that is
named is always read, unless --force-filter is given.";

/// Of `explain`.
pub(crate) const EXPLAIN: &str = "\
Examples:
  rcalint explain                         everything that can be explained
  rcalint explain hindsight               a rule: why, what to write instead, sentences
  rcalint explain upstream                a bucket, with its factors
  rcalint explain human/hand-over         a factor of a bucket";

/// Of `rules`.
pub(crate) const RULES: &str = "\
Examples:
  rcalint rules                           id, severity and summary of each rule
  rcalint rules --format json             all that is known about each, for a script";

/// Of `lexicon`.
pub(crate) const LEXICON: &str = "\
Examples:
  rcalint lexicon check                   what the rcalint.toml that holds here adds
  rcalint lexicon check team/rcalint.toml a configuration file
  rcalint lexicon check team/lexicon      a folder laid out like lexicon/ of the source

Exit status: 0 all is well, 1 an example does not hold, 2 something does not load.";

/// Of `questions`.
pub(crate) const QUESTIONS: &str = "\
Examples:
  rcalint questions incident.md > sheet.md  to print, or to paste into a document
  rcalint questions - < incident.md         the same for what is piped in
  rcalint questions --format json a.md      all questions with what they are about

Exit status: 0, or 2 if the file could not be read.";
