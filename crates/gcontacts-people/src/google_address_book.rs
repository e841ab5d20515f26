// SPDX-License-Identifier: GPL-3.0-or-later
//! The address book that Google keeps.

use gcontacts_core::ResourceName;
use http::header;
use oauth2::AccessToken;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::answer::Answer;
use crate::connections::Connections;
use crate::request::{self, Request};
use crate::{AddressBook, BatchOutcomes, Client, ContactGroup, Deadline, Error, FieldMask, GroupData};
use crate::{Limiter, ListedPerson, MembersModified, Pace, Pacer, Page, Person, SyncPage, batch};

/// From here on a read goes as a POST that says it is a GET: Google's front end refuses long addresses, and its own
/// clients switch at this length.
const LONGEST_TARGET: usize = 2048;

/// The address book of the account that an access token stands for.
#[derive(Clone, Debug)]
pub struct GoogleAddressBook {
    client: Client,
    token: AccessToken,
    pacer: Pacer,
}

impl GoogleAddressBook {
    /// Opens the address book; nothing is sent yet. Calls are as fast as Google allows.
    #[must_use]
    pub fn new(client: Client, token: AccessToken) -> Self {
        Self {
            client,
            token,
            pacer: Pacer::new(Limiter::default(), Pace::default()),
        }
    }

    /// The same address book, called as fast as `pacer` allows.
    #[must_use]
    pub fn paced(self, pacer: Pacer) -> Self {
        Self { pacer, ..self }
    }

    /// Counts the contacts: the cheapest call that proves API, scope and token.
    ///
    /// # Errors
    /// What the call fails with.
    pub async fn count(&self, deadline: Deadline) -> Result<usize, Error> {
        let page: ConnectionsPage<Person> = self.send(request::count(), deadline).await?;
        Ok(page.total_items.unwrap_or_default())
    }

    async fn connections(&self, request: Request, deadline: Deadline) -> Result<Page<Person>, Error> {
        let page: ConnectionsPage<Person> = self.send(request, deadline).await?;
        Ok(Page {
            items: page.connections,
            next: token(page.next_page_token),
            total: page.total_items,
        })
    }

    async fn send<T: DeserializeOwned>(&self, request: Request, deadline: Deadline) -> Result<T, Error> {
        self.answer(request, deadline).await?.read()
    }

    async fn answer(&self, request: Request, deadline: Deadline) -> Result<Answer, Error> {
        let (effect, cost) = (request.effect, request.cost);
        let request = self.http_request(request)?;
        loop {
            self.client.sleep(self.pacer.wait(cost, deadline)?).await;
            let mut answer = self.client.call_patiently(effect, &request, deadline).await;
            if !self.pacer.note(&mut answer, cost, deadline) {
                return answer;
            }
        }
    }

    fn http_request(&self, request: Request) -> Result<http::Request<Vec<u8>>, Error> {
        let base = &self.client.endpoints().people;
        let mut bearer = header::HeaderValue::try_from(format!("Bearer {}", self.token.secret())).map_err(|error| {
            Error::Invalid {
                what: "access token",
                why: error.to_string(),
            }
        })?;
        bearer.set_sensitive(true);
        let mut builder = http::Request::builder().header(header::AUTHORIZATION, bearer);
        let target = compact(&request.target());
        let body = if let Some(body) = request.body {
            builder = builder.method(request.method).uri(format!("{base}{target}"));
            builder = builder.header(header::CONTENT_TYPE, "application/json");
            body
        } else if target.len() > LONGEST_TARGET {
            let (path, query) = target.split_once('?').unwrap_or((&target, ""));
            builder = builder.method(http::Method::POST).uri(format!("{base}{path}"));
            builder = builder.header("X-HTTP-Method-Override", request.method.as_str());
            builder = builder.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            query.to_owned()
        } else {
            builder = builder.method(request.method).uri(format!("{base}{target}"));
            String::new()
        };
        builder.body(body.into_bytes()).map_err(|error| Error::Invalid {
            what: "request",
            why: error.to_string(),
        })
    }
}

impl AddressBook for GoogleAddressBook {
    async fn create(&self, person: &Person, deadline: Deadline) -> Result<Person, Error> {
        self.send(request::create(person)?, deadline).await
    }

    async fn get(&self, name: &ResourceName, deadline: Deadline) -> Result<Person, Error> {
        self.send(request::get(name)?, deadline).await
    }

    async fn update(&self, person: &Person, fields: &FieldMask, deadline: Deadline) -> Result<Person, Error> {
        self.send(request::update(person, fields)?, deadline).await
    }

    async fn delete(&self, name: &ResourceName, deadline: Deadline) -> Result<(), Error> {
        self.send(request::delete(name)?, deadline).await.map(|Empty {}| ())
    }

    async fn batch_create(&self, people: &[Person], deadline: Deadline) -> Result<BatchOutcomes, Error> {
        if people.is_empty() {
            return Ok(Vec::new());
        }
        batch::check_markers(people)?;
        let created: batch::Created = self.send(request::batch_create(people)?, deadline).await?;
        Ok(created.outcomes(people))
    }

    async fn batch_update(
        &self,
        people: &[Person],
        fields: &FieldMask,
        deadline: Deadline,
    ) -> Result<BatchOutcomes, Error> {
        if people.is_empty() {
            return Ok(Vec::new());
        }
        let updated: batch::Updated = self.send(request::batch_update(people, fields)?, deadline).await?;
        Ok(updated.outcomes(people))
    }

    async fn batch_delete(&self, names: &[ResourceName], deadline: Deadline) -> Result<(), Error> {
        if names.is_empty() {
            return Ok(());
        }
        self.send(request::batch_delete(names)?, deadline)
            .await
            .map(|Empty {}| ())
    }

    async fn batch_get(&self, names: &[ResourceName], deadline: Deadline) -> Result<BatchOutcomes, Error> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let got: batch::Got = self.send(request::batch_get(names)?, deadline).await?;
        Ok(got.outcomes(names))
    }

    async fn list(&self, page_token: Option<&str>, deadline: Deadline) -> Result<Page<Person>, Error> {
        self.connections(request::list(page_token), deadline).await
    }

    async fn list_each<I>(
        &self,
        page_token: Option<&str>,
        deadline: Deadline,
        each: &mut impl FnMut(Person) -> I,
    ) -> Result<Page<I>, Error> {
        let answer = self.answer(request::list(page_token), deadline).await?;
        answer.read_by(Connections(each))
    }

    async fn list_backup(&self, page_token: Option<&str>, deadline: Deadline) -> Result<Page<Person>, Error> {
        self.connections(request::list_backup(page_token), deadline).await
    }

    async fn sync(
        &self,
        sync_token: Option<&str>,
        page_token: Option<&str>,
        deadline: Deadline,
    ) -> Result<SyncPage, Error> {
        let page: ConnectionsPage<ListedPerson> = self.send(request::sync(sync_token, page_token), deadline).await?;
        Ok(SyncPage {
            page: Page {
                items: page.connections,
                next: token(page.next_page_token),
                total: page.total_items,
            },
            sync_token: token(page.next_sync_token),
        })
    }

    async fn list_groups(&self, page_token: Option<&str>, deadline: Deadline) -> Result<Page<ContactGroup>, Error> {
        let page: GroupsPage = self.send(request::list_groups(page_token), deadline).await?;
        Ok(Page {
            items: page.contact_groups,
            next: token(page.next_page_token),
            total: page.total_items,
        })
    }

    async fn create_group(&self, name: &str, data: &[GroupData], deadline: Deadline) -> Result<ContactGroup, Error> {
        self.send(request::create_group(name, data), deadline).await
    }

    async fn rename_group(&self, group: &ResourceName, name: &str, deadline: Deadline) -> Result<ContactGroup, Error> {
        self.send(request::rename_group(group, name)?, deadline).await
    }

    async fn delete_group(&self, group: &ResourceName, deadline: Deadline) -> Result<(), Error> {
        self.send(request::delete_group(group)?, deadline)
            .await
            .map(|Empty {}| ())
    }

    async fn modify_members(
        &self,
        group: &ResourceName,
        add: &[ResourceName],
        remove: &[ResourceName],
        deadline: Deadline,
    ) -> Result<MembersModified, Error> {
        if add.is_empty() && remove.is_empty() {
            return Ok(MembersModified::default());
        }
        self.send(request::modify_members(group, add, remove)?, deadline).await
    }
}

/// The answer to a deletion.
#[derive(Deserialize)]
struct Empty {}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConnectionsPage<T> {
    /// Absent on an empty page.
    #[serde(default = "Vec::new")]
    pub(crate) connections: Vec<T>,
    next_page_token: Option<String>,
    next_sync_token: Option<String>,
    total_items: Option<usize>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupsPage {
    #[serde(default)]
    contact_groups: Vec<ContactGroup>,
    next_page_token: Option<String>,
    total_items: Option<usize>,
}

/// Asks for an answer without indentation, which is as long again as what it indents (Google's standard query parameters).
fn compact(target: &str) -> String {
    let separator = if target.contains('?') { '&' } else { '?' };
    format!("{target}{separator}prettyPrint=false")
}

/// An empty token is how some servers say that there is no further page.
fn token(token: Option<String>) -> Option<String> {
    token.filter(|token| !token.is_empty())
}
