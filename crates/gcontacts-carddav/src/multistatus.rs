// SPDX-License-Identifier: GPL-3.0-or-later
//! The answers of a CardDAV server.

use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::{Namespace, ResolveResult};

use crate::Error;

/// How deep an answer may nest: a real one has a handful of levels.
const DEPTH: usize = 64;

const DAV: &str = "DAV:";
const CARDDAV: &str = "urn:ietf:params:xml:ns:carddav";

/// What a server says of some resources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Multistatus {
    /// The resources.
    pub resources: Vec<Resource>,
    /// The token for the next account of changes; empty where there is none.
    pub sync_token: String,
}

/// A resource of a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// Its address, as the server writes it.
    pub href: String,
    /// The status of the resource as a whole; 0 where only its properties have one.
    pub status: u16,
    /// Its name.
    pub name: String,
    /// Whether it is an address book.
    pub is_book: bool,
    /// Whether it holds others.
    pub is_collection: bool,
    /// Whether it keeps an account of changes.
    pub keeps_changes: bool,
    /// Its version.
    pub etag: String,
    /// The card.
    pub data: String,
    /// Who is logged in.
    pub principal: String,
    /// Where the address books are.
    pub homes: Vec<String>,
}

/// Reads an answer. Entities are not expanded: one of the answer's own making is an error.
///
/// # Errors
/// Where it is no XML, has a document type, or nests without end.
pub fn parse(xml: &str) -> Result<Multistatus, Error> {
    let mut reader = NsReader::from_str(xml);
    let mut parsing = Parsing::default();
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|error| bad(&error))?;
        match event {
            Event::Start(start) => {
                let name = name(&namespace, start.local_name().as_ref());
                parsing.open(name)?;
            }
            Event::Empty(start) => {
                let name = name(&namespace, start.local_name().as_ref());
                parsing.open(name)?;
                parsing.close();
            }
            Event::End(_) => parsing.close(),
            Event::Text(text) => parsing.text.push_str(&text),
            Event::CData(text) => parsing.text.push_str(&text),
            Event::GeneralRef(entity) => {
                if let Some(letter) = entity.resolve_char_ref().map_err(|error| bad(&error))? {
                    parsing.text.push(letter);
                } else {
                    let name: &str = &entity;
                    let known = quick_xml::escape::resolve_predefined_entity(name);
                    parsing
                        .text
                        .push_str(known.ok_or_else(|| Error::Answer(format!("the entity &{name};")))?);
                }
            }
            Event::DocType(_) => return Err(Error::Answer("a document type".to_owned())),
            Event::Eof => return Ok(parsing.done),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

fn bad(error: &dyn std::fmt::Display) -> Error {
    Error::Answer(error.to_string())
}

/// The name of an element, with its namespace in short; those of other namespaces have none.
fn name(namespace: &ResolveResult<'_>, local: &str) -> String {
    let prefix = match namespace {
        ResolveResult::Bound(Namespace(uri)) if *uri == DAV => "d",
        ResolveResult::Bound(Namespace(uri)) if *uri == CARDDAV => "c",
        _ => return String::new(),
    };
    format!("{prefix}:{local}")
}

#[derive(Default)]
struct Parsing {
    done: Multistatus,
    path: Vec<String>,
    text: String,
    resource: Resource,
    /// What a propstat tells, until its status is known.
    found: Resource,
    /// The status of the propstat.
    status: u16,
}

impl Parsing {
    fn open(&mut self, name: String) -> Result<(), Error> {
        if self.path.len() >= DEPTH {
            return Err(Error::Answer("elements that nest without end".to_owned()));
        }
        match name.as_str() {
            "d:response" => self.resource = Resource::default(),
            "d:propstat" => (self.found, self.status) = (Resource::default(), 0),
            _ => {}
        }
        self.text.clear();
        self.path.push(name);
        Ok(())
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.text);
        let Some(name) = self.path.pop() else { return };
        let parent = self.path.last().map_or("", String::as_str);
        let trimmed = text.trim();
        match (parent, name.as_str()) {
            ("d:response", "d:href") => trimmed.clone_into(&mut self.resource.href),
            ("d:response", "d:status") => self.resource.status = status(trimmed),
            ("d:propstat", "d:status") => self.status = status(trimmed),
            ("d:prop", "d:displayname") => trimmed.clone_into(&mut self.found.name),
            ("d:prop", "d:getetag") => trimmed.clone_into(&mut self.found.etag),
            ("d:prop", "c:address-data") => self.found.data = text,
            ("d:resourcetype", "c:addressbook") => self.found.is_book = true,
            ("d:resourcetype", "d:collection") => self.found.is_collection = true,
            ("d:report", "d:sync-collection") => self.found.keeps_changes = true,
            ("d:current-user-principal", "d:href") => trimmed.clone_into(&mut self.found.principal),
            ("c:addressbook-home-set", "d:href") => self.found.homes.push(trimmed.to_owned()),
            ("d:multistatus", "d:sync-token") => trimmed.clone_into(&mut self.done.sync_token),
            (_, "d:propstat") if (200..300).contains(&self.status) => self.keep(),
            (_, "d:response") => self.done.resources.push(std::mem::take(&mut self.resource)),
            _ => {}
        }
    }

    fn keep(&mut self) {
        let found = std::mem::take(&mut self.found);
        let known = &mut self.resource;
        for (mine, new) in [
            (&mut known.name, found.name),
            (&mut known.etag, found.etag),
            (&mut known.data, found.data),
            (&mut known.principal, found.principal),
        ] {
            if !new.is_empty() {
                *mine = new;
            }
        }
        known.is_book |= found.is_book;
        known.is_collection |= found.is_collection;
        known.keeps_changes |= found.keeps_changes;
        known.homes.extend(found.homes);
    }
}

/// The number in a status line, for example `HTTP/1.1 200 OK`.
fn status(line: &str) -> u16 {
    line.split_whitespace()
        .nth(1)
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}
