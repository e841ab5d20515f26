// SPDX-License-Identifier: GPL-3.0-or-later
//! The class `GContacts\Plan`: what is to be sent, from the function that planned it to the one that sends it.

use ext_php_rs::flags::ClassFlags;
use ext_php_rs::php_class;
use gcontacts_engine::Plan;

use crate::error::Error;

/// `GContacts\Plan`. PHP can neither make nor look into one; it is carried out once, in the process that planned it.
#[php_class]
#[php(name = "GContacts\\Plan")]
#[php(flags = ClassFlags::Final)]
pub struct PlanObject {
    plan: Option<Plan>,
}

impl PlanObject {
    /// Wraps a plan.
    pub fn of(plan: Plan) -> Self {
        Self { plan: Some(plan) }
    }

    /// Gives the plan, to be carried out.
    ///
    /// # Errors
    /// Where that was done before.
    pub fn take(&mut self) -> Result<Plan, Error> {
        self.plan.take().ok_or(Error::Call("the plan was carried out before"))
    }
}
