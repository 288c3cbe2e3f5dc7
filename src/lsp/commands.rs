//! Commands that the client can have executed.

use gen_lsp_types::{ExecuteCommandParams, Range, Uri};
use lsp_server::{ErrorCode, ResponseError};
use serde_json::{Value, json};

use crate::lsp::queries::{error, parse};
use crate::lsp::view::View;
use crate::render;
use crate::report::Finding;

/// Moves the cursor: the arguments are a document and a range.
pub(crate) const SELECT: &str = "rcalint.select";
/// Opens the facilitator's sheet of a document.
pub(crate) const PREPARE_REVIEW: &str = "rcalint.prepareReview";
/// Adds a finding to the baseline: the arguments are a document and a fingerprint.
pub(crate) const IGNORE: &str = "rcalint.ignoreAsKnown";
/// Shows how to report a wrong finding: the arguments are as above.
pub(crate) const REPORT: &str = "rcalint.reportAsWrong";

/// All commands.
pub(crate) const ALL: [&str; 4] = [SELECT, PREPARE_REVIEW, IGNORE, REPORT];

/// A command about a document that has been judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    PrepareReview,
    /// Adds the finding with this fingerprint to the baseline.
    Ignore(String),
    /// Shows how to report the finding with this fingerprint.
    Report(String),
}

/// What a client wants to have done.
pub(crate) enum Order {
    Select(Uri, Range),
    About(Uri, Command),
}

/// The answer to a request, and what else is to be done.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) result: Result<Value, ResponseError>,
    pub(crate) then: Option<Effect>,
}

/// What a command does beside answering.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Opens a new text with this name.
    Open { name: String, text: String },
    /// Shows a message.
    Say(String),
    /// Reads the settings again.
    Reload,
}

impl From<Value> for Answer {
    fn from(result: Value) -> Self {
        Self { result: Ok(result), then: None }
    }
}

/// Reads the parameters of `workspace/executeCommand`.
pub(crate) fn read(params: &Value) -> Result<Order, ResponseError> {
    let ExecuteCommandParams { command, arguments, .. } = parse(params)?;
    let arguments = arguments.unwrap_or_default();
    let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Null);
    let uri = || parse::<Uri>(argument(0));
    let fingerprint = || parse::<String>(argument(1));
    Ok(match command.as_str() {
        SELECT => Order::Select(uri()?, parse(argument(1))?),
        PREPARE_REVIEW => Order::About(uri()?, Command::PrepareReview),
        IGNORE => Order::About(uri()?, Command::Ignore(fingerprint()?)),
        REPORT => Order::About(uri()?, Command::Report(fingerprint()?)),
        _ => return Err(error(ErrorCode::InvalidParams, "there is no such command")),
    })
}

impl Command {
    /// Does what can be done without the client.
    pub(crate) fn run(&self, view: &View<'_>) -> Answer {
        let done = match self {
            Self::PrepareReview => sheet(view),
            Self::Ignore(fingerprint) => find(view, fingerprint).and_then(|finding| ignore(view, finding)),
            Self::Report(fingerprint) => find(view, fingerprint).map(report),
        };
        match done {
            Ok((result, then)) => Answer { result: Ok(result), then: Some(then) },
            Err(why) => Answer { result: Err(error(ErrorCode::RequestFailed, &why)), then: None },
        }
    }
}

fn find<'a>(view: &View<'a>, fingerprint: &str) -> Result<&'a Finding, String> {
    let mut findings = view.judged().into_iter().flat_map(|judged| &judged.report.findings);
    let found = findings.find(|finding| finding.fingerprint == fingerprint);
    found.ok_or_else(|| "the finding is not in the text any more".to_owned())
}

fn sheet(view: &View<'_>) -> Result<(Value, Effect), String> {
    let judged = view.judged().ok_or("the document does not look like a postmortem")?;
    let text = render::sheet(&judged.report, &view.options());
    let stem = view.analysis.path.file_stem().unwrap_or_default().to_string_lossy();
    Ok((json!(text), Effect::Open { name: format!("{stem}-questions.md"), text }))
}

fn ignore(view: &View<'_>, finding: &Finding) -> Result<(Value, Effect), String> {
    let judged = view.judged().ok_or("the document was not judged")?;
    let title = judged.report.title.as_deref();
    view.analysis.project.ignore(&view.analysis.path, title, finding)?;
    Ok((Value::Null, Effect::Reload))
}

/// Returns the sentence of a finding as an example that the rule must not find, as in a file of the lexicon.
fn report(finding: &Finding) -> (Value, Effect) {
    let line = |key: &str, value: &str| format!("{key} = {}\n", toml::Value::from(value));
    let example = format!("[[good]]\n{}{}", line("text", &finding.sentence), line("under", &finding.section));
    let message = format!(
        "To report that this is no finding, send this as an example for lexicon/rules/{}.toml:\n\n{example}",
        finding.rule
    );
    (json!(example), Effect::Say(message))
}
