//! What is wrong in files of settings, as diagnostics in these files.

use std::collections::BTreeMap;

use gen_lsp_types::{Diagnostic, Uri};

use crate::lsp::context::Context;
use crate::lsp::workspace::Problem;
use crate::lsp::{diagnostics, uri};

/// What was found out about a configuration that is open, whose text may not be saved yet.
#[derive(Debug)]
struct Typed {
    version: i32,
    problem: Option<Problem>,
}

/// The problems that the client shows, and those that it is to show.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    shown: BTreeMap<String, Shown>,
    /// By URI.
    typed: BTreeMap<String, Typed>,
}

/// What is shown in one file: the version of its text, if it is open, and what is wrong.
type Shown = (Option<i32>, Vec<Diagnostic>);

impl Problems {
    /// Notes what is wrong in a configuration that is open.
    pub(crate) fn note(&mut self, uri: &Uri, version: i32, problem: Option<Problem>) {
        self.typed.insert(uri.0.clone(), Typed { version, problem });
    }

    /// True if something is known about a configuration that is open.
    pub(crate) fn know(&self, uri: &Uri) -> bool {
        self.typed.contains_key(&uri.0)
    }

    /// Forgets a configuration that was closed.
    pub(crate) fn forget(&mut self, uri: &Uri) {
        self.typed.remove(&uri.0);
    }

    /// Shows what is wrong now, and no longer what was.
    pub(crate) fn publish(&mut self, context: &Context) {
        let found = self.found(context);
        let before = std::mem::replace(&mut self.shown, found);
        for solved in before.keys().filter(|address| !self.shown.contains_key(*address)) {
            context.outgoing.publish(Uri(solved.clone()), None, Vec::new());
        }
        for (address, shown) in
            self.shown.iter().filter(|(address, shown)| before.get(*address) != Some(shown))
        {
            context.outgoing.publish(Uri(address.clone()), shown.0, shown.1.clone());
        }
    }

    /// Returns what is wrong, by URI. In a file that is open, its text counts, and else what was last read from the disk.
    fn found(&self, context: &Context) -> BTreeMap<String, Shown> {
        let mut found: BTreeMap<String, Shown> = BTreeMap::new();
        for (address, Typed { version, problem }) in &self.typed {
            let text = context.documents.get(&Uri(address.clone())).map(|document| &document.text);
            let problem = problem.iter().map(|problem| diagnostics::of_problem(problem, text));
            found.insert(address.clone(), (Some(*version), problem.collect()));
        }
        let saved = context.workspace.folders().iter().filter_map(|folder| folder.problem.as_ref());
        for problem in saved.filter(|problem| !self.is_typed(problem)) {
            let address = uri::from_path(&problem.path);
            let text = context.documents.get(&address).map(|document| &document.text);
            let diagnostic = diagnostics::of_problem(problem, text);
            let (_, diagnostics) = found.entry(address.0).or_default();
            if !diagnostics.contains(&diagnostic) {
                diagnostics.push(diagnostic);
            }
        }
        found
    }

    /// True if the file with the problem is open.
    fn is_typed(&self, problem: &Problem) -> bool {
        self.typed
            .keys()
            .any(|address| uri::to_path(&Uri(address.clone())).as_deref() == Some(&*problem.path))
    }
}
