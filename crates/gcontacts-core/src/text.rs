//! Texts, and when two of them are the same.
