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
    /// Also write a format to a file, whole or not at all; repeatable, and `-` is standard output. Without FORMAT=, the
    /// extension of the path tells the format
    #[arg(long, value_name = "[FORMAT=]PATH", value_parser = parse_target::<Format>)]
    pub(crate) output: Vec<OutputTarget<Format>>,
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

/// One `--output [FORMAT=]PATH`.
#[derive(Clone, Debug)]
pub(crate) struct OutputTarget<F> {
    pub(crate) format: F,
    pub(crate) path: PathBuf,
}

impl<F> OutputTarget<F> {
    /// True if it is standard output.
    pub(crate) fn is_standard_output(&self) -> bool {
        self.path.as_os_str() == "-"
    }
}

/// An output format that files are written in.
pub(crate) trait FileFormat: ValueEnum {
    /// An example of a path, for messages.
    const EXAMPLE: &'static str;

    /// Returns the format of files with this extension in lower case.
    fn of_extension(extension: &str) -> Option<Self>;
}

impl FileFormat for Format {
    const EXAMPLE: &'static str = "out.sarif";

    fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension {
            "txt" => Self::Text,
            "json" => Self::Json,
            "jsonl" => Self::Jsonl,
            "sarif" => Self::Sarif,
            "xml" => Self::Junit,
            "md" | "markdown" => Self::Markdown,
            _ => return None,
        })
    }
}

/// Parses `FORMAT=PATH`, or a path whose extension tells the format.
pub(crate) fn parse_target<F: FileFormat>(text: &str) -> Result<OutputTarget<F>, String> {
    let Some((format, path)) = text.split_once('=') else {
        return of_bare_path(text);
    };
    if path.is_empty() {
        return Err("the path is missing; use `-` for standard output".to_owned());
    }
    let format = F::from_str(format, false).map_err(|_| {
        format!("unknown format `{format}`; expected one of {}", format_names::<F>().join(", "))
    })?;
    Ok(OutputTarget { format, path: path.into() })
}

fn of_bare_path<F: FileFormat>(text: &str) -> Result<OutputTarget<F>, String> {
    let path = PathBuf::from(text);
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref().and_then(F::of_extension) {
        Some(format) => Ok(OutputTarget { format, path }),
        None => Err(format!(
            "expected FORMAT=PATH, or a path whose extension tells the format, such as {}",
            F::EXAMPLE
        )),
    }
}

fn format_names<F: ValueEnum>() -> Vec<String> {
    let values = F::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    values.map(|value| value.get_name().to_owned()).collect()
}

/// Parses the base URL of links.
pub(crate) fn parse_link_base(text: &str) -> Result<String, String> {
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
        let output = target("step-summary=a=b.md").unwrap();
        assert_eq!((output.format, &*output.path), (Format::StepSummary, Path::new("a=b.md")));
        assert!(target("sarif").unwrap_err().contains("FORMAT=PATH"));
        assert!(target("sarif=").unwrap_err().contains("standard output"));
        assert!(target("sarfi=x").unwrap_err().contains("expected one of text, concise"));
    }

    #[test]
    fn the_extension_of_a_bare_path_tells_the_format() {
        for (path, format) in [
            ("out/a.sarif", Format::Sarif),
            ("a.b.JSON", Format::Json),
            ("comment.md", Format::Markdown),
            ("tests.xml", Format::Junit),
        ] {
            let output = target(path).unwrap();
            assert_eq!((output.format, &*output.path), (format, Path::new(path)));
        }
        for path in ["-", "out", "out.", ".md", "a.yaml"] {
            assert!(target(path).unwrap_err().contains("such as out.sarif"), "{path}");
        }
    }

    fn target(text: &str) -> Result<OutputTarget<Format>, String> {
        parse_target(text)
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
