// SPDX-License-Identifier: GPL-3.0-or-later
//! The settings of php.ini: where Google's services are reached. Only the system's administrator may set them, as
//! they say who gets the access tokens.

use std::ffi::{CStr, c_char, c_int};

use ext_php_rs::flags::IniEntryPermission;
use ext_php_rs::zend::{IniEntryDef, IniEntryDefs};

const PEOPLE_ENDPOINT: &CStr = c"gcontacts.people_endpoint";
const OAUTH_ENDPOINT: &CStr = c"gcontacts.oauth_endpoint";

static ENTRIES: IniEntryDefs<3> = IniEntryDefs::new([
    IniEntryDef::new(
        PEOPLE_ENDPOINT,
        c"https://people.googleapis.com",
        IniEntryPermission::System,
    ),
    IniEntryDef::new(OAUTH_ENDPOINT, c"", IniEntryPermission::System),
    IniEntryDef::end(),
]);

#[expect(
    unsafe_code,
    reason = "PHP's C function that reads one setting; the library's own reads the whole table"
)]
unsafe extern "C" {
    fn zend_ini_string(name: *const c_char, name_length: usize, original: c_int) -> *mut c_char;
}

/// Registers the settings; once per module startup.
pub fn register(module_number: i32) {
    IniEntryDef::register(ENTRIES.as_slice(), module_number);
}

/// The base of the People API's paths.
pub fn people_endpoint() -> String {
    read(PEOPLE_ENDPOINT)
}

/// The base of the OAuth paths; empty for Google's own addresses.
pub fn oauth_endpoint() -> String {
    read(OAUTH_ENDPOINT)
}

fn read(name: &CStr) -> String {
    #[expect(
        unsafe_code,
        reason = "the name is a registered setting's; PHP answers with a string it keeps or null"
    )]
    let value = unsafe {
        let value = zend_ini_string(name.as_ptr(), name.count_bytes(), 0);
        (!value.is_null()).then(|| CStr::from_ptr(value).to_string_lossy().into_owned())
    };
    value.unwrap_or_default().trim().to_owned()
}
