//! Roles of sections. `build.rs` also uses them.

/// The byte that replaces each byte of inline code in the prose of a document.
pub const CODE: u8 = 0x1a;

/// What a section is for. Several headings lead to one role (`lexicon/sections.toml`).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// What happened, in short.
    Summary,
    /// Who was affected and how much.
    Impact,
    /// What the system is.
    Background,
    /// The event that set it off.
    Trigger,
    /// How it was noticed.
    Detection,
    /// What happened when.
    Timeline,
    /// Why it happened.
    Cause,
    /// What else had to be true.
    ContributingFactors,
    /// What was done during the incident: mitigation, recovery, resolution.
    Response,
    /// What helped.
    WentWell,
    /// What hindered.
    WentWrong,
    /// What was learned.
    Lessons,
    /// What will be done.
    Actions,
    /// Records, links, people, templates.
    Appendix,
    /// None of these.
    Other,
}

impl Role {
    /// Returns the public id, as in the JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Impact => "impact",
            Self::Background => "background",
            Self::Trigger => "trigger",
            Self::Detection => "detection",
            Self::Timeline => "timeline",
            Self::Cause => "cause",
            Self::ContributingFactors => "contributing-factors",
            Self::Response => "response",
            Self::WentWell => "went-well",
            Self::WentWrong => "went-wrong",
            Self::Lessons => "lessons",
            Self::Actions => "actions",
            Self::Appendix => "appendix",
            Self::Other => "other",
        }
    }
}
