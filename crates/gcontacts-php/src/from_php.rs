// SPDX-License-Identifier: GPL-3.0-or-later
//! PHP values read as Rust types: a serde deserializer over [`Zval`].
//!
//! Scalars are strict, as in PHP with `strict_types`: an id that arrives as the string `"12"` is refused, since the
//! module casts what the database gives. Every error names the way to the value, as PHP would write it:
//! `records[3].contact.lastname: not valid UTF-8 at byte 1`.

use std::fmt::{self, Display};

use ext_php_rs::types::array::Iter;
use ext_php_rs::types::{ZendHashTable, Zval};
use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// A value that cannot be used, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    path: String,
    message: String,
}

impl ValueError {
    /// The same error, seen from the array that holds the value under `key`.
    #[must_use]
    pub fn under(mut self, key: &str) -> Self {
        let separator = if self.path.is_empty() || self.path.starts_with('[') {
            ""
        } else {
            "."
        };
        self.path = format!("{key}{separator}{}", self.path);
        self
    }

    /// The same error, seen from the list that holds the value at `index`.
    #[must_use]
    pub fn at(self, index: usize) -> Self {
        self.under(&format!("[{index}]"))
    }
}

impl Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.path, self.message)
        }
    }
}

impl std::error::Error for ValueError {}

impl serde::de::Error for ValueError {
    fn custom<T: Display>(message: T) -> Self {
        Self {
            path: String::new(),
            message: message.to_string(),
        }
    }
}

/// Reads the PHP array `array`, which the caller knows as `name`.
///
/// # Errors
/// Where a value has another type than `T` wants, with its path.
pub fn read<T: DeserializeOwned>(name: &str, array: &ZendHashTable) -> Result<T, ValueError> {
    T::deserialize(ArrayReader(array)).map_err(|error| error.under(name))
}

/// Reads the PHP value `value`; paths in errors start inside of it.
///
/// # Errors
/// As [`read`].
pub fn read_value<T: DeserializeOwned>(value: &Zval) -> Result<T, ValueError> {
    T::deserialize(Reader(value))
}

/// The text of a PHP string's bytes.
///
/// # Errors
/// Where it is not UTF-8, with the place.
pub fn text(bytes: &[u8]) -> Result<&str, ValueError> {
    std::str::from_utf8(bytes)
        .map_err(|error| ValueError::custom(format_args!("not valid UTF-8 at byte {}", error.valid_up_to())))
}

struct Reader<'a>(&'a Zval);

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        let value = self.0.dereference();
        if value.is_null() {
            visitor.visit_unit()
        } else if let Some(boolean) = value.bool() {
            visitor.visit_bool(boolean)
        } else if let Some(integer) = value.long() {
            visitor.visit_i64(integer)
        } else if let Some(float) = value.double() {
            visitor.visit_f64(float)
        } else if let Some(string) = value.zend_str() {
            visitor.visit_str(text(string.as_bytes())?)
        } else if let Some(array) = value.array() {
            ArrayReader(array).deserialize_any(visitor)
        } else {
            Err(ValueError::invalid_type(
                Unexpected::Other("object or resource"),
                &visitor,
            ))
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        if self.0.dereference().is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0.dereference().array() {
            Some(array) => ArrayReader(array).deserialize_seq(visitor),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0.dereference().array() {
            Some(array) => ArrayReader(array).deserialize_map(visitor),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        match self.0.dereference().zend_str() {
            Some(string) => visitor.visit_enum(UnitVariant(text(string.as_bytes())?)),
            None => self.deserialize_any(visitor),
        }
    }

    /// Not even looked at: a damaged text beside the one that is read does not matter.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

struct ArrayReader<'a>(&'a ZendHashTable);

impl<'de> Deserializer<'de> for ArrayReader<'_> {
    type Error = ValueError;

    /// An empty PHP array is both a list and a map: the type that is read decides, and here it does not.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        if self.0.has_sequential_keys() {
            self.deserialize_seq(visitor)
        } else {
            self.deserialize_map(visitor)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        if !self.0.is_empty() && !self.0.has_sequential_keys() {
            return Err(ValueError::invalid_type(Unexpected::Map, &"a list"));
        }
        visitor.visit_seq(List {
            entries: self.0.iter(),
            index: 0,
        })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_map(Entries {
            entries: self.0.iter(),
            pending: None,
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        self.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct tuple tuple_struct enum identifier ignored_any
    }
}

struct List<'a> {
    entries: Iter<'a>,
    index: usize,
}

impl<'de> SeqAccess<'de> for List<'_> {
    type Error = ValueError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, ValueError> {
        let Some((_, value)) = self.entries.next_zval() else {
            return Ok(None);
        };
        let index = self.index;
        self.index += 1;
        seed.deserialize(Reader(value))
            .map(Some)
            .map_err(|error| error.at(index))
    }
}

struct Entries<'a> {
    entries: Iter<'a>,
    pending: Option<(String, &'a Zval)>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = ValueError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, ValueError> {
        // Not the iterator's own `next`: it panics on a key that is not UTF-8.
        let Some((key, value)) = self.entries.next_zval() else {
            return Ok(None);
        };
        let key = match key.zend_str() {
            Some(string) => text(string.as_bytes())
                .map_err(|error| error.under("(a key)"))?
                .to_owned(),
            None => key.long().unwrap_or_default().to_string(),
        };
        let (key, _) = self.pending.insert((key, value));
        let reader: StrDeserializer<'_, ValueError> = key.as_str().into_deserializer();
        seed.deserialize(reader).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, ValueError> {
        let (key, value) = self
            .pending
            .take()
            .ok_or_else(|| ValueError::custom("a value without its key"))?;
        seed.deserialize(Reader(value)).map_err(|error| error.under(&key))
    }
}

/// A string that names a variant without content.
struct UnitVariant<'a>(&'a str);

impl<'de> EnumAccess<'de> for UnitVariant<'_> {
    type Error = ValueError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), ValueError> {
        let reader: StrDeserializer<'_, ValueError> = self.0.into_deserializer();
        Ok((seed.deserialize(reader)?, self))
    }
}

impl<'de> VariantAccess<'de> for UnitVariant<'_> {
    type Error = ValueError;

    fn unit_variant(self) -> Result<(), ValueError> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _seed: T) -> Result<T::Value, ValueError> {
        Err(ValueError::invalid_type(
            Unexpected::UnitVariant,
            &"a variant with content",
        ))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, ValueError> {
        Err(ValueError::invalid_type(Unexpected::UnitVariant, &visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        Err(ValueError::invalid_type(Unexpected::UnitVariant, &visitor))
    }
}
