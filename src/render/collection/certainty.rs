//! How sure the numbers of a page are: the figures of `docs/accuracy.md`, in sentences.

use crate::report::Tool;

/// What was measured: on public postmortems, and on internal reports.
struct Measured {
    /// Share of verdicts that are right.
    verdict: [&'static str; 2],
    /// Mean F1 of buckets.
    buckets: [&'static str; 2],
    /// Precision of findings.
    precision: [&'static str; 2],
    /// Recall of findings.
    recall: [&'static str; 2],
}

const WITH_READER: Measured = Measured {
    verdict: ["0.76", "0.92"],
    buckets: ["0.71", "0.83"],
    precision: ["0.80", "0.84"],
    recall: ["0.65", "0.67"],
};

const LEXICON_ALONE: Measured = Measured {
    verdict: ["0.60", "0.50"],
    buckets: ["0.66", "0.56"],
    precision: ["0.71", "0.79"],
    recall: ["0.54", "0.28"],
};

const fn measured(tool: &Tool) -> &'static Measured {
    if tool.reader.is_some() { &WITH_READER } else { &LEXICON_ALONE }
}

/// How sure verdicts are.
pub(super) fn of_verdicts(tool: &Tool) -> String {
    let [public, internal] = measured(tool).verdict;
    format!(
        "On labelled postmortems, {} (public ones) and {} (internal reports) of the verdicts were right. Read a difference \
         of one or two documents as no difference.",
        per_cent(public),
        per_cent(internal)
    )
}

/// How sure buckets and factors are.
pub(super) fn of_factors(tool: &Tool) -> String {
    let [public, internal] = measured(tool).buckets;
    format!(
        "On labelled postmortems, the mean F1 of the buckets, which counts those missed and those wrong alike, was {public} \
         (public ones) and {internal} (internal reports). With the reader, 61 % (public ones) and 82 % (internal reports) of \
         the quotes were in lines where somebody had marked a factor of that kind."
    )
}

/// How sure findings are.
pub(super) fn of_findings(tool: &Tool) -> String {
    let measured = measured(tool);
    let ([public, internal], [found, also]) = (measured.precision, measured.recall);
    format!(
        "On labelled postmortems, {} to {} of the findings were right, and {} to {} of those that there are were found. The \
         real numbers are thus rather higher.",
        per_cent(public),
        per_cent(internal),
        per_cent(found.min(also)),
        per_cent(found.max(also))
    )
}

/// Returns a share such as `0.67` as `67 %`.
fn per_cent(share: &str) -> String {
    format!("{} %", share.trim_start_matches("0."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../../../docs/accuracy.md");

    fn row(start: &str) -> Vec<&'static str> {
        let line = PAGE.lines().find(|line| line.starts_with(start)).unwrap();
        line.trim_matches('|').split('|').skip(1).map(str::trim).collect()
    }

    #[test]
    fn the_figures_are_those_of_the_page_about_accuracy() {
        let each = [(&WITH_READER, [0, 2]), (&LEXICON_ALONE, [1, 3])];
        for (measured, columns) in each {
            let of = |start: &str| columns.map(|column| row(start)[column]);
            let part = |nth: usize| of("| sentences found").map(|cell| cell.split(", ").nth(nth).unwrap());
            assert_eq!(of("| verdict right"), measured.verdict);
            assert_eq!(of("| buckets: mean F1"), measured.buckets);
            assert_eq!(part(0), measured.precision);
            assert_eq!(part(1), measured.recall);
        }
    }
}
