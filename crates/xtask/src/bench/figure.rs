// SPDX-License-Identifier: GPL-3.0-or-later
//! A measured figure, and the forms in which it is shown.

use serde_json::json;

/// How the figures are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A line of columns each.
    Text,
    /// A JSON object a line.
    Json,
    /// A table for docs/benchmarks.md.
    Markdown,
}

/// A measured figure.
pub struct Figure {
    /// What was measured, as programs know it.
    pub name: String,
    /// What came out.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
    /// What it may not exceed; nothing where the figure only tells how others do.
    pub aim: Option<f64>,
    /// What cannot be undercut, or what others need for the like.
    pub beside: Beside,
}

/// What a figure is held against.
pub enum Beside {
    /// What cannot be undercut.
    Floor(String, f64),
    /// What others need for the like.
    Peer(String, f64),
}

impl Beside {
    fn parts(&self) -> (&'static str, &str, f64) {
        match self {
            Self::Floor(name, value) => ("floor", name, *value),
            Self::Peer(name, value) => ("peer", name, *value),
        }
    }
}

impl Figure {
    /// Whether the aim is missed.
    pub fn is_missed(&self) -> bool {
        self.aim.is_some_and(|aim| self.value > aim)
    }

    /// Writes the figure.
    pub fn write(&self, form: Form) {
        let (kind, beside, of) = self.beside.parts();
        let (value, of, unit) = (rounded(self.value), rounded(of), self.unit);
        let aim = self.aim.map(rounded);
        let missed = if self.is_missed() { "MISSED" } else { "" };
        match form {
            Form::Json => println!(
                "{}",
                json!({
                    "name": self.name, "value": value, "unit": unit, "aim": aim, "missed": self.is_missed(),
                    kind: of, format!("{kind}_name"): beside,
                })
            ),
            Form::Text => {
                let aim = aim.map_or_else(String::new, |aim| format!("aim {aim}"));
                let line = format!(
                    "{:<40}{value:>10} {unit:<6} {aim:<12} {missed:<7}{kind} {of} ({beside})",
                    self.name
                );
                println!("{line}");
            }
            Form::Markdown => {
                let aim = aim.map_or_else(|| "-".to_owned(), |aim| format!("{aim} {unit}"));
                let mark = if self.is_missed() { " **missed**" } else { "" };
                println!(
                    "| {} | {value} {unit}{mark} | {aim} | {kind} {of} {unit}: {beside} |",
                    self.name
                );
            }
        }
    }
}

/// What stands above all figures.
pub fn heading(form: Form) {
    if form == Form::Markdown {
        println!("| figure | value | aim | beside it |\n|---|---|---|---|");
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::{Beside, Figure};

    #[test]
    fn a_figure_above_its_aim_is_marked() {
        let mut figure = Figure {
            name: "calls".to_owned(),
            value: 10.0,
            unit: "calls",
            aim: Some(9.0),
            beside: Beside::Floor("the formula".to_owned(), 9.0),
        };
        assert!(figure.is_missed());
        figure.value = 9.0;
        assert!(!figure.is_missed());
        (figure.value, figure.aim) = (10.0, None);
        assert!(!figure.is_missed());
    }
}
