// SPDX-License-Identifier: GPL-3.0-or-later
//! Rust types written as PHP values: a serde serializer into [`Zval`].
//!
//! Structs become arrays with string keys, sequences become lists, units and `None` become null, unit variants become
//! strings. Nothing else crosses the door, so nothing else is written.

use std::fmt::Display;

use ext_php_rs::boxed::ZBox;
use ext_php_rs::convert::IntoZval;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ZendHashTable, Zval};
use serde::ser::{Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use crate::error::Error;

/// A PHP array, as a function returns it.
pub struct PhpArray(Zval);

impl PhpArray {
    /// Writes `value`, a struct or a sequence.
    ///
    /// # Errors
    /// Where it holds what has no counterpart in PHP.
    pub fn of<T: Serialize>(value: &T) -> Result<Self, Error> {
        let written = value.serialize(Writer)?;
        if written.is_array() {
            Ok(Self(written))
        } else {
            Err(Error::custom("not an array"))
        }
    }

    /// The same array with another member.
    ///
    /// # Errors
    /// Where the value has no counterpart in PHP.
    pub fn with(mut self, key: &str, value: impl IntoZval) -> Result<Self, Error> {
        let table = self.0.array_mut().ok_or_else(|| Error::custom("not an array"))?;
        table.insert(key, scalar(value)?).map_err(Error::custom)?;
        Ok(self)
    }
}

impl IntoZval for PhpArray {
    const TYPE: DataType = DataType::Array;
    const NULLABLE: bool = false;

    fn set_zval(self, value: &mut Zval, _persistent: bool) -> ext_php_rs::error::Result<()> {
        *value = self.0;
        Ok(())
    }
}

impl serde::ser::Error for Error {
    fn custom<T: Display>(message: T) -> Self {
        Self::Answer(message.to_string())
    }
}

fn scalar(value: impl IntoZval) -> Result<Zval, Error> {
    value.into_zval(false).map_err(Error::custom)
}

struct Writer;

type Unwritable = Impossible<Zval, Error>;

impl Serializer for Writer {
    type Ok = Zval;
    type Error = Error;
    type SerializeSeq = Table;
    type SerializeTuple = Unwritable;
    type SerializeTupleStruct = Unwritable;
    type SerializeTupleVariant = Unwritable;
    type SerializeMap = Table;
    type SerializeStruct = Table;
    type SerializeStructVariant = Unwritable;

    fn serialize_bool(self, value: bool) -> Result<Zval, Error> {
        scalar(value)
    }

    fn serialize_i8(self, value: i8) -> Result<Zval, Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<Zval, Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<Zval, Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<Zval, Error> {
        scalar(value)
    }

    fn serialize_u8(self, value: u8) -> Result<Zval, Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<Zval, Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<Zval, Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<Zval, Error> {
        self.serialize_i64(i64::try_from(value).map_err(Error::custom)?)
    }

    fn serialize_f32(self, value: f32) -> Result<Zval, Error> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<Zval, Error> {
        scalar(value)
    }

    fn serialize_char(self, value: char) -> Result<Zval, Error> {
        scalar(value.to_string())
    }

    fn serialize_str(self, value: &str) -> Result<Zval, Error> {
        scalar(value)
    }

    fn serialize_bytes(self, _value: &[u8]) -> Result<Zval, Error> {
        Err(Error::custom("bytes that are no text"))
    }

    fn serialize_none(self) -> Result<Zval, Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Zval, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Zval, Error> {
        Ok(Zval::null())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Zval, Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> Result<Zval, Error> {
        scalar(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _name: &'static str, value: &T) -> Result<Zval, Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _value: &T,
    ) -> Result<Zval, Error> {
        Err(unwritable(variant))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Table, Error> {
        Ok(Table::new(length))
    }

    fn serialize_tuple(self, _length: usize) -> Result<Unwritable, Error> {
        Err(unwritable("tuple"))
    }

    fn serialize_tuple_struct(self, name: &'static str, _length: usize) -> Result<Unwritable, Error> {
        Err(unwritable(name))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Unwritable, Error> {
        Err(unwritable(variant))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Table, Error> {
        Ok(Table::new(length))
    }

    fn serialize_struct(self, _name: &'static str, length: usize) -> Result<Table, Error> {
        Ok(Table::new(Some(length)))
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Unwritable, Error> {
        Err(unwritable(variant))
    }
}

fn unwritable(what: &str) -> Error {
    Error::custom(format_args!("{what} has no shape in PHP"))
}

/// A list or a map that is being written.
struct Table {
    table: ZBox<ZendHashTable>,
    key: String,
}

impl Table {
    fn new(length: Option<usize>) -> Self {
        let length = length.and_then(|length| u32::try_from(length).ok()).unwrap_or_default();
        Self {
            table: ZendHashTable::with_capacity(length),
            key: String::new(),
        }
    }

    fn insert<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Error> {
        self.table.insert(key, value.serialize(Writer)?).map_err(Error::custom)
    }

    fn finish(self) -> Result<Zval, Error> {
        scalar(self.table)
    }
}

impl SerializeSeq for Table {
    type Ok = Zval;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.table.push(value.serialize(Writer)?).map_err(Error::custom)
    }

    fn end(self) -> Result<Zval, Error> {
        self.finish()
    }
}

impl SerializeStruct for Table {
    type Ok = Zval;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        self.insert(key, value)
    }

    fn end(self) -> Result<Zval, Error> {
        self.finish()
    }
}

impl SerializeMap for Table {
    type Ok = Zval;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let key = key.serialize(Writer)?;
        self.key = key.string().ok_or_else(|| Error::custom("a key that is no text"))?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let key = std::mem::take(&mut self.key);
        self.insert(&key, value)
    }

    fn end(self) -> Result<Zval, Error> {
        self.finish()
    }
}
