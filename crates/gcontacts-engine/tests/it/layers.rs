// SPDX-License-Identifier: GPL-3.0-or-later
//! Who may know whom: a rule that is only written down is soon broken.

use std::collections::BTreeSet;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

/// What the crates say themselves. Without what they depend on: a machine that has just built them lacks the crates of other
/// platforms, and may have no network.
fn metadata() -> Metadata {
    MetadataCommand::new()
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .unwrap()
}

/// What a crate needs to be built, without what its tests need.
fn needs(metadata: &Metadata, name: &str) -> BTreeSet<String> {
    let package = metadata
        .workspace_packages()
        .into_iter()
        .find(|package| package.name.as_str() == name);
    let package = package.unwrap_or_else(|| panic!("no crate {name}"));
    let normal = package
        .dependencies
        .iter()
        .filter(|needed| needed.kind != DependencyKind::Development);
    normal.map(|needed| needed.name.clone()).collect()
}

fn ours(needed: &BTreeSet<String>) -> BTreeSet<&str> {
    let is_ours = |name: &&str| name.starts_with("gcontacts-") || *name == "people-emulator" || *name == "xtask";
    needed.iter().map(String::as_str).filter(is_ours).collect()
}

#[test]
fn each_crate_knows_only_those_below_it() {
    let metadata = metadata();
    let layers: &[(&str, &[&str])] = &[
        ("gcontacts-core", &[]),
        ("gcontacts-carddav", &["gcontacts-core"]),
        ("gcontacts-people", &["gcontacts-core"]),
        (
            "gcontacts-engine",
            &["gcontacts-carddav", "gcontacts-core", "gcontacts-people"],
        ),
        (
            "gcontacts-php",
            &[
                "gcontacts-carddav",
                "gcontacts-core",
                "gcontacts-engine",
                "gcontacts-people",
            ],
        ),
        // A mistake of the client must not hide in the emulator.
        ("people-emulator", &[]),
    ];
    let exists = |name: &str| {
        metadata
            .workspace_packages()
            .iter()
            .any(|package| package.name.as_str() == name)
    };
    let mut checked = 0;
    for (name, allowed) in layers.iter().filter(|(name, _)| exists(name)) {
        let needed = needs(&metadata, name);
        let allowed = allowed.iter().copied().collect();
        assert!(ours(&needed).is_subset(&allowed), "{name} knows {:?}", ours(&needed));
        checked += 1;
    }
    assert!(checked >= 5, "only {checked} crates were found");
}

#[test]
fn nobody_needs_the_extension() {
    let metadata = metadata();
    for package in metadata.workspace_packages() {
        assert!(
            !needs(&metadata, &package.name).contains("gcontacts-php"),
            "{} needs the extension",
            package.name
        );
    }
}

#[test]
fn the_domain_knows_no_outside_world() {
    let needed = needs(&metadata(), "gcontacts-core");
    let outside = [
        "tokio",
        "reqwest",
        "http",
        "hyper",
        "rand",
        "getrandom",
        "chrono",
        "time",
        "ext-php-rs",
        "oauth2",
    ];
    let known: Vec<_> = outside.into_iter().filter(|name| needed.contains(*name)).collect();
    assert!(known.is_empty(), "the domain knows {known:?}");
}

#[test]
fn only_the_client_knows_the_network_and_only_the_extension_php() {
    let metadata = metadata();
    let who_needs = |name: &str| -> BTreeSet<String> {
        let packages = metadata.workspace_packages();
        packages
            .iter()
            .filter(|of| needs(&metadata, &of.name).contains(name))
            .map(|of| of.name.to_string())
            .collect()
    };
    let product = |names: BTreeSet<String>| -> BTreeSet<String> {
        names
            .into_iter()
            .filter(|name| name.starts_with("gcontacts-") && name != "gcontacts-carddav")
            .collect()
    };
    assert_eq!(
        product(who_needs("reqwest")),
        BTreeSet::from(["gcontacts-people".to_owned()])
    );
    assert_eq!(
        product(who_needs("ext-php-rs")),
        BTreeSet::from(["gcontacts-php".to_owned()])
    );
}
