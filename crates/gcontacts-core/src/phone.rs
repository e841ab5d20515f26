//! Phone numbers, and when two of them are the same.
