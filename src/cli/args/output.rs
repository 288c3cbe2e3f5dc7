//! The outputs of a run and their destinations.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::config::Preset;
use crate::render::{Format, Parts};

/// Maximum length in bytes of the base URL of links.
const MAX_LINK_BASE: usize = 200;

/// Which outputs a run writes, and where.
#[derive(Debug, Args)]
pub(crate) struct OutputArgs {
    /// Output format [default: text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// Also write a format to a file, whole or not at all; repeatable, and `-` is standard output
    #[arg(long, value_name = "FORMAT=PATH", value_parser = parse_target)]
    pub(crate) output: Vec<OutputTarget>,
    /// The address that links to lines start with in `markdown` and `step-summary`, without the document's path
    #[arg(long, value_name = "URL", value_parser = parse_link_base)]
    pub(crate) link_base: Option<String>,
    /// The earlier comment, which `markdown` updates: settled questions are ticked, new ones are marked
    #[arg(long, value_name = "FILE")]
    pub(crate) previous: Option<PathBuf>,
    /// Also print what each judgement of the text output rests on, with its points, and each remedy (JSON always has them)
    #[arg(long)]
    pub(crate) why: bool,
    /// Print findings only: no summary, no questions (JSON is always complete)
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

impl OutputArgs {
    /// Returns the parts of a review to show; the option takes precedence over the preset.
    pub(crate) fn parts(&self, preset: Preset) -> Parts {
        match preset {
            _ if self.quiet => Parts::Findings,
            Preset::Draft => Parts::Questions,
            Preset::Review | Preset::Gate => Parts::All,
        }
    }
}

/// One `--output FORMAT=PATH`.
#[derive(Clone, Debug)]
pub(crate) struct OutputTarget {
    pub(crate) format: Format,
    pub(crate) path: PathBuf,
}

fn parse_target(text: &str) -> Result<OutputTarget, String> {
    let (format, path) = text.split_once('=').ok_or("expected FORMAT=PATH, such as sarif=out.sarif")?;
    if path.is_empty() {
        return Err("the path is missing; use `-` for standard output".to_owned());
    }
    let format = Format::from_str(format, false)
        .map_err(|_| format!("unknown format `{format}`; expected one of {}", format_names().join(", ")))?;
    Ok(OutputTarget { format, path: path.into() })
}

fn format_names() -> Vec<String> {
    let values = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    values.map(|value| value.get_name().to_owned()).collect()
}

/// Parses the base URL of links.
fn parse_link_base(text: &str) -> Result<String, String> {
    let base = text.trim_end_matches('/');
    let is_web = base.starts_with("https://") || base.starts_with("http://");
    let is_plain = base.chars().all(|sign| sign.is_ascii_alphanumeric() || "-._~:/%@+,=".contains(sign));
    if !is_web || !is_plain || base.len() > MAX_LINK_BASE {
        return Err("expected an address such as https://example.com/team/repository/blob/main".to_owned());
    }
    Ok(base.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn an_output_has_a_format_and_a_path() {
        let output = parse_target("step-summary=a=b.md").unwrap();
        assert_eq!((output.format, &*output.path), (Format::StepSummary, Path::new("a=b.md")));
        assert!(parse_target("sarif").unwrap_err().contains("FORMAT=PATH"));
        assert!(parse_target("sarif=").unwrap_err().contains("standard output"));
        assert!(parse_target("sarfi=x").unwrap_err().contains("expected one of text, concise"));
    }

    #[test]
    fn the_base_of_links_is_a_web_address() {
        let base = parse_link_base("https://x.example/a/blob/main/");
        assert_eq!(base.unwrap(), "https://x.example/a/blob/main");
        for base in
            ["javascript:alert(1)", "x.example", "https://x y", "https://x)[", "https://x\n", "https://x?a"]
        {
            assert!(parse_link_base(base).is_err(), "{base}");
        }
    }
}
