//! The thread that judges texts, one after the other, while the main thread talks to the client.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use gen_lsp_types::Uri;

use crate::lsp::workspace::{Outcome, Project};

/// A text to judge.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    pub(crate) project: Arc<Project>,
}

/// What was found out about one version of a document.
#[derive(Debug)]
pub(crate) struct Analysis {
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    pub(crate) path: PathBuf,
    pub(crate) project: Arc<Project>,
    pub(crate) outcome: Outcome,
}

/// The thread. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Worker {
    jobs: Sender<Job>,
    pub(crate) results: Receiver<Analysis>,
    /// The document and version that is being judged.
    pub(crate) busy: Option<(Uri, i32)>,
}

impl Worker {
    /// Starts a thread that judges texts as `check` does.
    pub(crate) fn start() -> Self {
        Self::judging(|job| job.project.review(&job.path, &job.text))
    }

    fn judging(judge: impl Fn(&Job) -> Outcome + Send + 'static) -> Self {
        let (jobs, inbox) = unbounded::<Job>();
        let (outbox, results) = unbounded();
        thread::spawn(move || {
            for job in inbox {
                if outbox.send(analysis(job, &judge)).is_err() {
                    return;
                }
            }
        });
        Self { jobs, results, busy: None }
    }

    /// Hands over a text, when the last one is done.
    pub(crate) fn judge(&mut self, job: Job) {
        self.busy = Some((job.uri.clone(), job.version));
        let _ = self.jobs.send(job); // the thread does not end before this
    }
}

/// Judges one text. A panic is a result like any other, so that it does not end the server.
fn analysis(job: Job, judge: &impl Fn(&Job) -> Outcome) -> Analysis {
    let outcome = catch_unwind(AssertUnwindSafe(|| judge(&job)));
    let outcome = outcome.unwrap_or_else(|panic| {
        Outcome::Failed(format!("rcalint failed on this document: {}", reason(&*panic)))
    });
    let Job { uri, version, path, project, .. } = job;
    Analysis { uri, version, path, project, outcome }
}

/// Returns the message of a panic.
fn reason(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("for an unknown reason")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::lsp::workspace::Workspace;
    use crate::settings::SettingsOptions;

    #[test]
    fn a_panic_on_one_text_does_not_end_the_thread() {
        let options = SettingsOptions { isolated: true, no_reader: true, ..SettingsOptions::default() };
        let project = Workspace::new(options).project(Path::new("/none/a.md")).unwrap();
        let mut worker = Worker::judging(|job| {
            assert!(job.text != "bad", "a bad text");
            Outcome::Skipped
        });
        let job = |text: &str| Job {
            uri: Uri("a".to_owned()),
            version: 1,
            path: PathBuf::from("/none/a.md"),
            text: text.to_owned(),
            project: Arc::clone(&project),
        };
        worker.judge(job("bad"));
        worker.judge(job("good"));
        let [bad, good] = [(); 2].map(|()| worker.results.recv().unwrap().outcome);
        assert!(matches!(bad, Outcome::Failed(why) if why == "rcalint failed on this document: a bad text"));
        assert!(matches!(good, Outcome::Skipped));
    }
}
