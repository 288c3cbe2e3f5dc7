//! The few properties of a style sheet that change what is read: bold, italic, struck out and not shown.

use std::collections::BTreeMap;

/// The weight from which type is bold.
const BOLD: u32 = 600;

/// What a style says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Whether the text is in bold, if the style says so.
    pub(super) bold: Option<bool>,
    /// Whether the text is in italics, if the style says so.
    pub(super) italic: Option<bool>,
    /// True if the element is not shown, or is struck out.
    pub(super) hidden: bool,
}

impl Style {
    /// Returns the style that an element has by its name.
    pub(super) fn of_element(name: &str) -> Self {
        let (bold, italic) = match name {
            "b" | "strong" => (Some(true), None),
            "i" | "em" => (None, Some(true)),
            _ => (None, None),
        };
        Self { bold, italic, hidden: false }
    }

    /// Reads declarations such as `font-weight:700;display:none`.
    pub(super) fn parse(declarations: &str) -> Self {
        let pairs = declarations.split(';').filter_map(|declaration| declaration.split_once(':'));
        pairs.fold(Self::default(), |style, (name, value)| {
            style.with(&name.trim().to_ascii_lowercase(), &value.trim().to_ascii_lowercase())
        })
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        match name {
            "font-weight" => self.bold = Some(is_bold(value)),
            "font-style" => self.italic = Some(value.starts_with("italic") || value.starts_with("oblique")),
            "display" => self.hidden = value.starts_with("none"),
            "visibility" => self.hidden |= value.starts_with("hidden"),
            "text-decoration" | "text-decoration-line" => self.hidden |= value.contains("line-through"),
            _ => {}
        }
        self
    }

    /// Returns this style with the changes of a more specific one.
    pub(super) fn then(self, own: Self) -> Self {
        Self {
            bold: own.bold.or(self.bold),
            italic: own.italic.or(self.italic),
            hidden: self.hidden || own.hidden,
        }
    }
}

fn is_bold(weight: &str) -> bool {
    let digits = weight.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    weight.starts_with("bold") || digits.parse::<u32>().is_ok_and(|weight| weight >= BOLD)
}

/// The styles of the classes in a page's own style sheets.
#[derive(Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

impl Styles {
    /// Adds a style sheet. Only rules for a class alone are used (`.c1`, `li.c1`), and none that hold only for some media.
    pub(super) fn add(&mut self, sheet: &str) {
        let mut depth = 0_usize;
        let mut selectors = "";
        let mut from = 0;
        for (at, sign) in sheet.match_indices(['{', '}']) {
            let part = &sheet[from..at];
            from = at + 1;
            if sign == "{" {
                depth += 1;
                selectors = part;
            } else {
                if depth == 1 {
                    self.rule(selectors, Style::parse(part));
                }
                depth = depth.saturating_sub(1);
                selectors = "";
            }
        }
    }

    fn rule(&mut self, selectors: &str, style: Style) {
        if style == Style::default() {
            return;
        }
        for class in
            selectors.rsplit(';').next().into_iter().flat_map(|list| list.split(',')).filter_map(class)
        {
            let own = self.0.entry(class.to_owned()).or_default();
            *own = own.then(style);
        }
    }

    /// Returns the style of a class.
    pub(super) fn of_class(&self, class: &str) -> Option<Style> {
        self.0.get(class).copied()
    }
}

/// Returns the class of a selector such as `.c1` or `li.c1`.
fn class(selector: &str) -> Option<&str> {
    let (element, class) = selector.trim().split_once('.')?;
    let is_name =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    (is_name(element) && is_name(class) && !class.is_empty()).then_some(class)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_class(sheet: &str, class: &str) -> Style {
        let mut styles = Styles::default();
        styles.add(sheet);
        styles.of_class(class).unwrap_or_default()
    }

    #[test]
    fn declarations_are_read() {
        let bold = |weight: &str| Style::parse(&format!("color:red; Font-Weight: {weight}")).bold;
        assert_eq!(
            [bold("700"), bold("bold"), bold("400"), bold("normal")],
            [true, true, false, false].map(Some)
        );
        assert_eq!(Style::parse("font-style:italic").italic, Some(true));
        for hidden in
            ["display: none", "visibility:hidden", "text-decoration:line-through", "DISPLAY:NONE !important"]
        {
            assert!(Style::parse(hidden).hidden, "{hidden}");
        }
        assert_eq!(Style::parse("display:block;;:x;font"), Style::default());
    }

    #[test]
    fn rules_for_a_class_alone_are_used() {
        let sheet = "@import url(x);.c1{font-weight:700}li.c2, .c3 { font-style: italic }";
        assert_eq!(of_class(sheet, "c1").bold, Some(true));
        assert_eq!(of_class(sheet, "c2").italic, Some(true));
        assert_eq!(of_class(sheet, "c3").italic, Some(true));
    }

    #[test]
    fn rules_for_some_elements_or_media_are_not() {
        for sheet in [
            "@media print { .c1 { display: none } }",
            ".menu .c1{display:none}",
            ".c1:hover{display:none}",
            ".c1.open{display:none}",
            "}}.c2{display:none",
        ] {
            assert_eq!(of_class(sheet, "c1"), Style::default(), "{sheet}");
        }
    }
}
