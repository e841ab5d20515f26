// SPDX-License-Identifier: GPL-3.0-or-later
//! People of other address books: of a file, of a CardDAV server. They are only read.

use std::time::Duration;

use gcontacts_carddav::guard::Reach;
use gcontacts_carddav::{Access, Client, Error, Login, Proxy, VCard, read_vcards};
use serde::Serialize;

use crate::candidates::Listed;

/// An address book of a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundBook {
    /// Its address.
    pub url: String,
    /// Its name.
    pub name: String,
}

/// People who may be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Elsewhere {
    /// The people.
    pub candidates: Vec<Listed>,
    /// Whether there are more than was asked for.
    pub more: bool,
}

/// How a CardDAV server is reached.
#[derive(Clone, Debug)]
pub struct Server {
    /// Whether hosts inside the network, and http, are allowed.
    pub private_hosts: bool,
    /// How long all of it may take.
    pub time: Duration,
    /// The proxy of the site.
    pub proxy: Option<Proxy>,
    /// Who asks.
    pub login: Login,
}

/// Reads the vCards of a file.
#[must_use]
pub fn people_of_file(bytes: &[u8], country: &str, limit: usize) -> Elsewhere {
    let mut cards = read_vcards(bytes, country);
    let more = cards.len() > limit;
    cards.truncate(limit);
    Elsewhere {
        candidates: listed(&cards, country),
        more,
    }
}

/// Finds the address books behind an address.
///
/// # Errors
/// What the address or the server refuses.
pub async fn books_of_server(server: &Server, address: &str) -> Result<Vec<FoundBook>, Error> {
    let client = server.client()?;
    let books = client.books(&client.address(address)?, &server.login).await?;
    let books = books.into_iter().map(|book| FoundBook {
        url: book.url.to_string(),
        name: book.name,
    });
    Ok(books.collect())
}

/// Reads the people of an address book, at most `limit`.
///
/// # Errors
/// As [`books_of_server`].
pub async fn people_of_server(server: &Server, address: &str, country: &str, limit: usize) -> Result<Elsewhere, Error> {
    let client = server.client()?;
    let (cards, more) = client
        .cards(&client.address(address)?, &server.login, country, limit)
        .await?;
    Ok(Elsewhere {
        candidates: listed(&cards, country),
        more,
    })
}

impl Server {
    fn client(&self) -> Result<Client, Error> {
        Client::new(Access {
            reach: if self.private_hosts { Reach::Any } else { Reach::Public },
            proxy: self.proxy.clone(),
            until: std::time::Instant::now() + self.time,
        })
    }
}

/// A card without a UID is named by its place: read again, the same file names it the same.
fn listed(cards: &[VCard], country: &str) -> Vec<Listed> {
    let named = cards.iter().enumerate().map(|(place, card)| {
        let name = if card.uid.is_empty() {
            format!("#{place}")
        } else {
            card.uid.chars().take(255).collect()
        };
        Listed::of(name, &card.card, country)
    });
    named.filter(|listed| !listed.candidate.title.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut_where_it_holds_too_many() {
        let file = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Martin;Zoé\r\nEND:VCARD\r\n".repeat(3);
        let people = people_of_file(file.as_bytes(), "FR", 2);
        assert_eq!((people.candidates.len(), people.more), (2, true));
        let names: Vec<_> = people.candidates.iter().map(|listed| listed.name.as_str()).collect();
        assert_eq!(names, ["#0", "#1"]);
        assert_eq!(
            people.candidates.first().map(|listed| listed.candidate.title.as_str()),
            Some("Zoé Martin")
        );
    }
}
