// SPDX-License-Identifier: GPL-3.0-or-later
//! The module entry: what PHP calls when it loads and unloads the extension, and its section of `phpinfo()`.

use ext_php_rs::builders::ModuleBuilder;
use ext_php_rs::internal::startup_guard;
use ext_php_rs::zend::{ModuleEntry, run_handler};
use ext_php_rs::{info_table_end, info_table_row, info_table_start, php_module};

use crate::listed_cards::ListedCards;
use crate::plan_object::PlanObject;
use crate::{
    adopt, background, backup, cleanup, compare, elsewhere, exceptions, import, info, ini, labels, oauth, push, runtime,
};

/// The version that `extension_info()` and `phpinfo()` show.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Says which functions, arguments and shapes the extension has; the PHP module refuses another number.
pub const DOOR: i64 = 1;

#[php_module]
#[php(startup = "startup")]
pub fn get_module(module: ModuleBuilder) -> ModuleBuilder {
    let module = module
        .name("gcontacts")
        .info_function(show_info)
        .request_shutdown_function(end_request)
        .class::<PlanObject>()
        .class::<ListedCards>()
        .shutdown_function(shut_down);
    let module = push::functions(oauth::functions(info::functions(module)));
    let module = labels::functions(compare::functions(adopt::functions(module)));
    let module = backup::functions(cleanup::functions(import::functions(module)));
    elsewhere::functions(module)
}

/// Registers settings and exceptions. Never touches the network: php-fpm forks after it.
fn startup(_kind: i32, module_number: i32) -> i32 {
    startup_guard(|| {
        ini::register(module_number);
        exceptions::register()
    })
}

/// A panic must not cross into C, and at this point there is no PHP left that could be told.
extern "C" fn shut_down(_kind: i32, _module_number: i32) -> i32 {
    let _ = std::panic::catch_unwind(|| {
        background::shut_down();
        runtime::shut_down();
    });
    0
}

/// As at the end of the module.
extern "C" fn end_request(_kind: i32, _module_number: i32) -> i32 {
    let _ = std::panic::catch_unwind(background::abandon);
    0
}

#[expect(unsafe_code, reason = "PHP's C function that prints the settings of a module")]
unsafe extern "C" {
    fn display_ini_entries(module: *mut ModuleEntry);
}

#[expect(unsafe_code, reason = "PHP calls it and hands over its own live module entry")]
unsafe extern "C" fn show_info(module: *mut ModuleEntry) {
    run_handler(|| {
        info_table_start!();
        info_table_row!("GContacts", "enabled");
        info_table_row!("Version", VERSION);
        info_table_row!("Door", DOOR.to_string());
        info_table_end!();
        unsafe { display_ini_entries(module) };
    });
}
