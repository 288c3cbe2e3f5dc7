//! The thread that judges open texts, one after the other, while the main thread talks to the client.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use gen_lsp_types::Uri;

use crate::lsp::workspace::{self, Outcome, Problem, Project};

/// A text to judge.
#[derive(Debug)]
pub(crate) struct Review {
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    pub(crate) project: Arc<Project>,
}

/// What the thread is to do.
#[derive(Debug)]
pub(crate) enum Job {
    Review(Review),
    /// Checks the text of a configuration.
    Check {
        uri: Uri,
        version: i32,
        path: PathBuf,
        text: String,
    },
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

/// A job that is done.
#[derive(Debug)]
pub(crate) enum Done {
    Reviewed(Analysis),
    /// A configuration was checked.
    Checked {
        uri: Uri,
        version: i32,
        problem: Option<Problem>,
    },
}

/// The thread. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Worker {
    jobs: Sender<Job>,
    pub(crate) results: Receiver<Done>,
    /// The document that it works on.
    pub(crate) busy: Option<Uri>,
}

impl Worker {
    /// Starts a thread that judges texts as `check` does.
    pub(crate) fn start() -> Self {
        Self::doing(done)
    }

    fn doing(work: impl Fn(Job) -> Done + Send + 'static) -> Self {
        let (jobs, inbox) = unbounded();
        let (outbox, results) = unbounded();
        thread::spawn(move || {
            for job in inbox {
                if outbox.send(work(job)).is_err() {
                    return;
                }
            }
        });
        Self { jobs, results, busy: None }
    }

    /// Hands over a job, when the last one is done.
    pub(crate) fn start_job(&mut self, job: Job) {
        let (Job::Review(Review { uri, .. }) | Job::Check { uri, .. }) = &job;
        self.busy = Some(uri.clone());
        let _ = self.jobs.send(job); // the thread does not end before this
    }
}

fn done(job: Job) -> Done {
    match job {
        Job::Review(review) => Done::Reviewed(judge(review)),
        Job::Check { uri, version, path, text } => {
            let problem = guarded(|| workspace::check_typed(&path, &text));
            let problem = problem.unwrap_or_else(|why| Some(Problem::at_start(&path, why)));
            Done::Checked { uri, version, problem }
        }
    }
}

/// Judges one text.
pub(crate) fn judge(review: Review) -> Analysis {
    judge_by(review, |review| review.project.review(&review.path, &review.text))
}

fn judge_by(review: Review, judge: impl Fn(&Review) -> Outcome) -> Analysis {
    let outcome = guarded(|| judge(&review)).unwrap_or_else(Outcome::Failed);
    let Review { uri, version, path, project, .. } = review;
    Analysis { uri, version, path, project, outcome }
}

/// Does something that may panic. A panic is a result like any other, so that it does not end the server.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work))
        .map_err(|panic| format!("rcalint failed on this document: {}", reason(&*panic)))
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
        let mut worker = Worker::doing(|job| {
            let Job::Review(review) = job else { return done(job) };
            Done::Reviewed(judge_by(review, |review| {
                assert!(review.text != "bad", "a bad text");
                Outcome::Skipped
            }))
        });
        for text in ["bad", "good"] {
            worker.start_job(Job::Review(Review {
                uri: Uri("a".to_owned()),
                version: 1,
                path: PathBuf::from("/none/a.md"),
                text: text.to_owned(),
                project: Arc::clone(&project),
            }));
        }
        let [bad, good] = [(); 2].map(|()| match worker.results.recv().unwrap() {
            Done::Reviewed(analysis) => analysis.outcome,
            Done::Checked { .. } => panic!("nothing was to be checked"),
        });
        assert!(matches!(bad, Outcome::Failed(why) if why == "rcalint failed on this document: a bad text"));
        assert!(matches!(good, Outcome::Skipped));
    }
}
