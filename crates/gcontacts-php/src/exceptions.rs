// SPDX-License-Identifier: GPL-3.0-or-later
//! The tree of exceptions: `GContacts\Exception` (a `RuntimeException`) and its children.
//!
//! They are plain classes, registered by hand: a class with a Rust object behind it replaces PHP's way of making the
//! object, and with it the file, the line and the trace.

use std::sync::atomic::{AtomicPtr, Ordering};
use std::{mem, ptr};

use ext_php_rs::args::ArgInfoTables;
use ext_php_rs::builders::{ClassBuilder, ClassProperty};
use ext_php_rs::convert::IntoZval;
use ext_php_rs::error::{Error, Result};
use ext_php_rs::flags::PropertyFlags;
use ext_php_rs::types::{ZendObject, Zval};
use ext_php_rs::zend::{ClassEntry, ExecutorGlobals, ce};

/// A class of the tree, by what the caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something is missing or wrong in the configuration, here or at Google.
    Config,
    /// What PHP handed over cannot be used.
    Data,
    /// The consent or the token is gone.
    Auth,
    /// Google's limits are reached.
    Quota,
    /// Google refused, or answered something that cannot be understood.
    Api,
    /// Google was not reached.
    Transport,
    /// The call's own time was over.
    Deadline,
}

impl Kind {
    const ALL: [Self; 7] = [
        Self::Config,
        Self::Data,
        Self::Auth,
        Self::Quota,
        Self::Api,
        Self::Transport,
        Self::Deadline,
    ];

    const fn class_name(self) -> &'static str {
        match self {
            Self::Config => "GContacts\\ConfigException",
            Self::Data => "GContacts\\DataException",
            Self::Auth => "GContacts\\AuthException",
            Self::Quota => "GContacts\\QuotaException",
            Self::Api => "GContacts\\ApiException",
            Self::Transport => "GContacts\\TransportException",
            Self::Deadline => "GContacts\\DeadlineException",
        }
    }
}

/// The facts that an exception carries.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Which class.
    pub kind: Kind,
    /// In English, for logs.
    pub message: String,
    /// Stable code, for translation.
    pub reason: &'static str,
    /// Google's HTTP status, 0 where there was no answer.
    pub http_status: u16,
    /// Seconds after which it may be tried again, where Google said so.
    pub retry_after: Option<u64>,
}

/// The base class as this start of the module registered it: its children need it before PHP can look classes up.
static BASE: AtomicPtr<ClassEntry> = AtomicPtr::new(ptr::null_mut());

/// Registers the tree; once per module startup.
///
/// # Errors
/// What the registration of a class says.
pub fn register() -> Result<()> {
    ClassBuilder::new("GContacts\\Exception")
        .extends((runtime_exception, "\\RuntimeException"))
        .property(property("reason", || String::new().into_zval(true)))
        .property(property("httpStatus", || 0_i64.into_zval(true)))
        .property(property("retryAfter", || Ok(Zval::null())))
        .registration(|class, arguments| {
            BASE.store(class, Ordering::Release);
            keep(arguments);
        })
        .register()?;
    for kind in Kind::ALL {
        ClassBuilder::new(kind.class_name())
            .extends((base, "\\GContacts\\Exception"))
            .registration(|_, arguments| keep(arguments))
            .register()?;
    }
    Ok(())
}

/// Makes the PHP object of an exception, with the file, line and trace of the PHP code that is running, without
/// arguments.
///
/// # Errors
/// When the class is not registered or PHP refuses a property.
pub fn object(facts: &Facts) -> Result<Zval> {
    let class = ClassEntry::try_find(facts.kind.class_name())
        .ok_or_else(|| Error::InvalidException(ext_php_rs::flags::ClassFlags::empty()))?;
    // The trace would show the beginning of each argument, tokens among them; php.ini may or may not forbid that.
    let shown = mem::replace(&mut ExecutorGlobals::get_mut().exception_ignore_args, true);
    let mut object = ZendObject::new(class);
    ExecutorGlobals::get_mut().exception_ignore_args = shown;
    object.try_call_method("__construct", vec![&facts.message])?;
    object.set_property("reason", facts.reason)?;
    object.set_property("httpStatus", i64::from(facts.http_status))?;
    let retry_after = facts.retry_after.and_then(|seconds| i64::try_from(seconds).ok());
    object.set_property("retryAfter", retry_after)?;
    object.into_zval(false)
}

fn property(name: &str, default: fn() -> Result<Zval>) -> ClassProperty {
    ClassProperty {
        name: name.to_owned(),
        flags: PropertyFlags::Public,
        default: Some(Box::new(default)),
        docs: &[],
        ty: None,
        nullable: false,
        readonly: false,
        default_stub: None,
    }
}

/// PHP borrows the argument tables for the life of the process; ours are empty, as the classes have no methods.
fn keep(arguments: ArgInfoTables) {
    mem::forget(arguments);
}

#[expect(unsafe_code, reason = "PHP's own class, which the library does not name")]
unsafe extern "C" {
    static spl_ce_RuntimeException: *mut ClassEntry;
}

fn runtime_exception() -> &'static ClassEntry {
    #[expect(
        unsafe_code,
        reason = "set by PHP's SPL, which starts before any loaded extension, and never freed before"
    )]
    let class = unsafe { spl_ce_RuntimeException.as_ref() };
    class.unwrap_or_else(|| ce::exception())
}

fn base() -> &'static ClassEntry {
    #[expect(
        unsafe_code,
        reason = "null, or the class that this start of the module registered just before"
    )]
    let class = unsafe { BASE.load(Ordering::Acquire).as_ref() };
    class.unwrap_or_else(runtime_exception)
}
