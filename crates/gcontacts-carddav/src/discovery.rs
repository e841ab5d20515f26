// SPDX-License-Identifier: GPL-3.0-or-later
//! From the address that a person knows to the address books behind it (RFC 6764).

use url::Url;

use crate::client::{Client, Login};
use crate::multistatus::Resource;
use crate::{Error, request};

/// Where a server says that its address books are (RFC 5785).
const WELL_KNOWN: &str = "/.well-known/carddav";

/// An address book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// Its address.
    pub url: Url,
    /// Its name; the last part of its address where it has none.
    pub name: String,
}

impl Client {
    /// Finds the address books from an address: of one of them, of its home, of its owner, or of the server.
    ///
    /// # Errors
    /// What the server refuses, and [`Error::NoBook`] where it has none.
    pub async fn books(&self, url: &Url, login: &Login) -> Result<Vec<Book>, Error> {
        let mut asked = Vec::new();
        let mut failure = None;
        for start in [url.clone(), self.joined(url, WELL_KNOWN)?] {
            match self.books_from(&start, login, &mut asked).await {
                Ok(books) if !books.is_empty() => return Ok(books),
                Ok(_) => {}
                // Another address will not make a wrong password right.
                Err(error @ (Error::Login | Error::Private(_) | Error::Insecure(_) | Error::Deadline)) => {
                    return Err(error);
                }
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        Err(failure.unwrap_or_else(|| Error::NoBook(url.to_string())))
    }

    async fn books_from(&self, start: &Url, login: &Login, asked: &mut Vec<Url>) -> Result<Vec<Book>, Error> {
        let mut next = vec![start.clone()];
        // An address, its owner, the owner's home.
        for _ in 0..3 {
            let mut leads = Vec::new();
            for url in std::mem::take(&mut next) {
                if asked.contains(&url) {
                    continue;
                }
                asked.push(url.clone());
                let (at, answer) = self.ask(&request::look(&url, 1), login).await?;
                let books = self.found(&at, &answer.resources)?;
                if !books.is_empty() {
                    return Ok(books);
                }
                for resource in &answer.resources {
                    let places = resource.homes.iter().chain(Some(&resource.principal));
                    for place in places.filter(|place| !place.is_empty()) {
                        leads.push(self.joined(&at, place)?);
                    }
                }
            }
            leads.dedup();
            next = leads;
        }
        Ok(Vec::new())
    }

    fn found(&self, at: &Url, resources: &[Resource]) -> Result<Vec<Book>, Error> {
        let mut books = Vec::new();
        for resource in resources.iter().filter(|resource| resource.is_book) {
            let url = self.joined(at, &resource.href)?;
            let last = url
                .path()
                .trim_end_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned();
            let name = if resource.name.is_empty() {
                last
            } else {
                resource.name.clone()
            };
            books.push(Book { url, name });
        }
        Ok(books)
    }
}
