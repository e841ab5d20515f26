// SPDX-License-Identifier: GPL-3.0-or-later
//! The commonest shapes of numbers in the commonest countries, known without the library.
//!
//! Every answer equals the library's: the tests ask both. Where a number is of no shape listed here, there is no
//! answer, and the library is asked.

/// How a country's numbers are made, as far as it is simple.
struct Plan {
    /// ISO 3166-1 alpha-2 code.
    country: &'static str,
    /// Country code, as dialled behind `+`.
    code: &'static str,
    /// What is dialled before a number inside the country.
    trunk: &'static str,
    /// First digits that a number can have.
    first: &'static str,
    /// Digits that a number has.
    length: usize,
}

const PLANS: [Plan; 9] = [
    Plan {
        country: "FR",
        code: "33",
        trunk: "0",
        first: "123456789",
        length: 9,
    },
    Plan {
        country: "BE",
        code: "32",
        trunk: "0",
        first: "123456789",
        length: 8,
    },
    Plan {
        country: "CH",
        code: "41",
        trunk: "0",
        first: "234567",
        length: 9,
    },
    Plan {
        country: "NL",
        code: "31",
        trunk: "0",
        first: "1234567",
        length: 9,
    },
    Plan {
        country: "GB",
        code: "44",
        trunk: "0",
        first: "12378",
        length: 10,
    },
    Plan {
        country: "ES",
        code: "34",
        trunk: "",
        first: "6789",
        length: 9,
    },
    Plan {
        country: "PT",
        code: "351",
        trunk: "",
        first: "29",
        length: 9,
    },
    Plan {
        country: "US",
        code: "1",
        trunk: "",
        first: "23456789",
        length: 10,
    },
    Plan {
        country: "CA",
        code: "1",
        trunk: "",
        first: "23456789",
        length: 10,
    },
];

/// Resolves a number of a common shape to `+` and its digits with the country's code.
pub(super) fn resolve(plus: bool, digits: &str, country: &str) -> Option<String> {
    if plus {
        let fits = PLANS
            .iter()
            .any(|plan| digits.strip_prefix(plan.code).is_some_and(|number| plan.has(number)));
        return fits.then(|| format!("+{digits}"));
    }
    let plan = PLANS.iter().find(|plan| plan.country == country)?;
    let number = digits.strip_prefix(plan.trunk).filter(|number| plan.has(number))?;
    Some(format!("+{}{number}", plan.code))
}

impl Plan {
    fn has(&self, number: &str) -> bool {
        number.len() == self.length && number.starts_with(|digit| self.first.contains(digit))
    }
}

#[cfg(test)]
mod tests {
    use super::super::look_up;
    use super::*;
    use proptest::prelude::*;

    /// Holds a plan against the library for every start of four digits, and several ends.
    #[test]
    fn every_range_of_a_plan_agrees_with_the_library() {
        let mut wrong = Vec::new();
        for plan in &PLANS {
            for start in 0..10_000_u32 {
                for end in ["0000000", "1234567", "9876543"] {
                    let number = format!("{start:04}{end}");
                    check(plan, &number[..plan.length], &mut wrong);
                }
            }
        }
        assert!(
            wrong.is_empty(),
            "{} wrong: {:?}",
            wrong.len(),
            &wrong[..wrong.len().min(20)]
        );
    }

    fn check(plan: &Plan, number: &str, wrong: &mut Vec<String>) {
        let cases = [
            (true, format!("{}{number}", plan.code)),
            (false, format!("{}{number}", plan.trunk)),
        ];
        for (plus, digits) in cases {
            let Some(answer) = resolve(plus, &digits, plan.country) else {
                continue;
            };
            if look_up(plus, &digits, plan.country).as_ref() != Some(&answer) {
                wrong.push(format!("{} {plus} {digits}", plan.country));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn what_is_answered_agrees_with_the_library(
            plus: bool, code in "(33|32|41|31|44|34|351|1|0|00|)", digits in "[0-9]{7,11}",
            country in "(FR|BE|CH|NL|GB|ES|PT|US|CA|DE|)",
        ) {
            let digits = format!("{code}{digits}");
            if let Some(answer) = resolve(plus, &digits, &country) {
                prop_assert_eq!(look_up(plus, &digits, &country), Some(answer));
            }
        }
    }
}
