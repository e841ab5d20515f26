// SPDX-License-Identifier: GPL-3.0-or-later
//! Countries by the names that people write.

/// Code, then names in lower case.
const COUNTRIES: [(&str, &[&str]); 32] = [
    ("AT", &["austria", "autriche", "österreich"]),
    ("AU", &["australia", "australie"]),
    ("BE", &["belgium", "belgique", "belgië", "belgien"]),
    ("BR", &["brazil", "brésil", "brasil"]),
    ("CA", &["canada"]),
    ("CH", &["switzerland", "suisse", "schweiz", "svizzera"]),
    ("CN", &["china", "chine"]),
    ("CZ", &["czech republic", "czechia", "république tchèque", "tchéquie"]),
    ("DE", &["germany", "allemagne", "deutschland"]),
    ("DK", &["denmark", "danemark", "danmark"]),
    ("DZ", &["algeria", "algérie"]),
    ("ES", &["spain", "espagne", "españa"]),
    ("FI", &["finland", "finlande", "suomi"]),
    ("FR", &["france", "frankreich"]),
    (
        "GB",
        &["united kingdom", "royaume-uni", "great britain", "uk", "england"],
    ),
    ("GR", &["greece", "grèce"]),
    ("HU", &["hungary", "hongrie"]),
    ("IE", &["ireland", "irlande"]),
    ("IN", &["india", "inde"]),
    ("IT", &["italy", "italie", "italia"]),
    ("JP", &["japan", "japon"]),
    ("LU", &["luxembourg"]),
    ("MA", &["morocco", "maroc"]),
    ("NL", &["netherlands", "pays-bas", "nederland"]),
    ("NO", &["norway", "norvège", "norge"]),
    ("PL", &["poland", "pologne", "polska"]),
    ("PT", &["portugal"]),
    ("RO", &["romania", "roumanie"]),
    ("SE", &["sweden", "suède", "sverige"]),
    ("TN", &["tunisia", "tunisie"]),
    (
        "US",
        &["united states", "états-unis", "usa", "united states of america"],
    ),
    ("ZA", &["south africa", "afrique du sud"]),
];

/// The code of a country's name.
#[must_use]
pub fn code(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    COUNTRIES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))
        .map(|(code, _)| *code)
}
