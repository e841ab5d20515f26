// SPDX-License-Identifier: GPL-3.0-or-later
//! `formattedType`: what Google calls the types of values, in the reader's language.

/// Language of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

impl Language {
    /// Reads `Accept-Language`.
    #[must_use]
    pub fn of_header(header: Option<&str>) -> Self {
        let first = header.unwrap_or_default().trim_start().to_ascii_lowercase();
        if first.starts_with("fr") {
            Self::French
        } else {
            Self::English
        }
    }
}

/// Type, English, French.
const KINDS: [(&str, &str, &str); 44] = [
    ("home", "Home", "Domicile"),
    ("work", "Work", "Bureau"),
    ("other", "Other", "Autre"),
    ("mobile", "Mobile", "Mobile"),
    ("homeFax", "Home Fax", "Télécopie domicile"),
    ("workFax", "Work Fax", "Télécopie bureau"),
    ("otherFax", "Other Fax", "Autre télécopie"),
    ("pager", "Pager", "Téléavertisseur"),
    ("workMobile", "Work Mobile", "Mobile professionnel"),
    ("workPager", "Work Pager", "Téléavertisseur professionnel"),
    ("main", "Main", "Principal"),
    ("googleVoice", "Google Voice", "Google Voice"),
    ("school", "School", "École"),
    ("blog", "Blog", "Blog"),
    ("profile", "Profile", "Profil"),
    ("homePage", "Home Page", "Page d'accueil"),
    ("ftp", "FTP", "FTP"),
    ("reservations", "Reservations", "Réservations"),
    (
        "appInstallPage",
        "App Install Page",
        "Page d'installation de l'application",
    ),
    ("anniversary", "Anniversary", "Anniversaire"),
    ("spouse", "Spouse", "Conjoint"),
    ("child", "Child", "Enfant"),
    ("mother", "Mother", "Mère"),
    ("father", "Father", "Père"),
    ("parent", "Parent", "Parent"),
    ("brother", "Brother", "Frère"),
    ("sister", "Sister", "Sœur"),
    ("friend", "Friend", "Ami"),
    ("relative", "Relative", "Proche"),
    ("domesticPartner", "Domestic Partner", "Partenaire"),
    ("manager", "Manager", "Responsable"),
    ("assistant", "Assistant", "Assistant"),
    ("referredBy", "Referred By", "Recommandé par"),
    ("partner", "Partner", "Associé"),
    ("account", "Account", "Compte"),
    ("customer", "Customer", "Client"),
    ("loginId", "Login ID", "Identifiant"),
    ("network", "Network", "Réseau"),
    ("organization", "Organization", "Organisation"),
    ("freeBusy", "Free Busy", "Disponibilité"),
    ("aim", "AIM", "AIM"),
    ("jabber", "Jabber", "Jabber"),
    ("skype", "Skype", "Skype"),
    ("googleTalk", "Google Talk", "Google Talk"),
];

/// The name of a predefined type; any other type is its own name.
#[must_use]
pub fn kind_label(kind: &str, language: Language) -> String {
    let Some((_, english, french)) = KINDS.iter().find(|row| row.0 == kind) else {
        return kind.to_owned();
    };
    match language {
        Language::English => (*english).to_owned(),
        Language::French => (*french).to_owned(),
    }
}
