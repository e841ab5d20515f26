// SPDX-License-Identifier: GPL-3.0-or-later
//! Field masks: which fields of a person a call reads or replaces.

use std::collections::BTreeSet;
use std::fmt;

/// An ordered set of mask paths, for example `emailAddresses,names`.
///
/// In an update each named field is replaced whole, and a field that is not named stays as it is
/// (People API, people.updateContact). `resourceName` and `etag` are no mask paths.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldMask(BTreeSet<String>);

impl FieldMask {
    /// Makes a mask of the given paths.
    pub fn of<'a>(paths: impl IntoIterator<Item = &'a str>) -> Self {
        paths.into_iter().collect()
    }

    /// Adds a path.
    pub fn insert(&mut self, path: &str) {
        self.0.insert(path.to_owned());
    }

    /// Whether the mask names `path`.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        self.0.contains(path)
    }

    /// Whether the mask names nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Yields the paths in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Makes the mask that names what either names: a batch has one mask for all its people.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).cloned().collect())
    }
}

impl<'a> FromIterator<&'a str> for FieldMask {
    fn from_iter<I: IntoIterator<Item = &'a str>>(paths: I) -> Self {
        Self(paths.into_iter().map(ToOwned::to_owned).collect())
    }
}

impl fmt::Display for FieldMask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, path) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            f.write_str(path)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_is_an_ordered_set() {
        let mask = FieldMask::of(["urls", "names", "urls"]);
        assert_eq!(mask.to_string(), "names,urls");
        assert_eq!(
            mask.union(&FieldMask::of(["addresses"])).to_string(),
            "addresses,names,urls"
        );
        assert!(mask.contains("names") && !mask.contains("name"));
        assert!(FieldMask::default().is_empty());
        assert_eq!(FieldMask::default().to_string(), "");
    }
}
