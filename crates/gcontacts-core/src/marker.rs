//! The marker on each card: which Dolibarr, which object, which attempt to create it.

use serde::{Deserialize, Serialize};

/// `<instance>:<type>:<id>:<nonce>`, kept in the card's hidden clientData under the key [`Marker::KEY`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Marker {
    /// The Dolibarr that made the card.
    pub instance: String,
    /// Element type of the object, for example `contact`.
    pub element_type: String,
    /// Id of the object.
    pub id: u64,
    /// Tells two creates of one object apart.
    pub nonce: String,
}

impl Marker {
    /// The key under which the marker stands among a card's clientData.
    pub const KEY: &'static str = "dolibarr";
}
