//! Whether a document tells the events act by act, so that nobody needs to ask for them.

use crate::analysis::sentences::Analysis;
use crate::analysis::wording::words::SentenceWords;
use crate::document::BlockKind;
use crate::lexicon::Frame;
use crate::model::{Role, SentenceId};

/// Minimum number of sentences that tell what somebody did in an account of the events.
const FEWEST: usize = 5;

/// True if enough sentences tell what somebody did.
pub(super) fn is_told(analysis: &Analysis<'_>) -> bool {
    analysis.ids().filter(|&sentence| tells(analysis, sentence)).take(FEWEST).count() == FEWEST
}

/// True if a sentence of the story tells what a person did, or what the author did.
fn tells(analysis: &Analysis<'_>, sentence: SentenceId) -> bool {
    let words = SentenceWords::new(analysis, sentence);
    let classes = words.classes();
    let own = || words.holds(classes.first_person) && words.holds(classes.act);
    let is_prose = analysis.block(sentence).kind != BlockKind::Heading;
    let of_story = !matches!(
        analysis.role(sentence),
        Role::Actions | Role::Response | Role::Lessons | Role::WentWell | Role::Impact | Role::Appendix
    );
    is_prose && of_story && !analysis.is_remedy(sentence) && (analysis.has(sentence, Frame::Act) || own())
}
