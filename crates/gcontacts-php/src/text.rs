// SPDX-License-Identifier: GPL-3.0-or-later
//! String arguments.

use ext_php_rs::convert::FromZval;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::Zval;

use crate::from_php::{ValueError, text};

/// The bytes of a string argument.
///
/// Not `&str`: there the library throws a `TypeError` without a cause for what is not UTF-8.
#[derive(Clone, Copy)]
pub struct Text<'a>(&'a [u8]);

impl<'a> Text<'a> {
    /// The bytes as they are, of whatever encoding.
    #[must_use]
    pub fn bytes(self) -> &'a [u8] {
        self.0
    }

    /// The text of the argument called `name`.
    ///
    /// # Errors
    /// Where it is not UTF-8.
    pub fn named(self, name: &str) -> Result<&'a str, ValueError> {
        text(self.0).map_err(|error| error.under(name))
    }
}

impl<'a> FromZval<'a> for Text<'a> {
    const TYPE: DataType = DataType::String;

    fn from_zval(value: &'a Zval) -> Option<Self> {
        value.zend_str().map(|string| Self(string.as_bytes()))
    }
}
