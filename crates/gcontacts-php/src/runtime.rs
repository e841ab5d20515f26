// SPDX-License-Identifier: GPL-3.0-or-later
//! The asynchronous runtime and the connections, one of each per process; another is the background thread's.
//!
//! They are made with the first call that needs them, never when PHP loads the extension: php-fpm and pcntl fork, and a
//! runtime that is shared with the parent hangs both and mixes up their connections. One left by a parent is
//! forgotten, not dropped, since dropping it would reach into the parent's.

use std::cell::RefCell;
use std::future::Future;
use std::mem::ManuallyDrop;
use std::time::Duration;

use gcontacts_people::{Client, ClientOptions};
use tokio::runtime::{Builder, Runtime};

use crate::background;
use crate::error::Error;

/// How long the end of the process waits for what still runs, a name that is being resolved.
const SHUTDOWN: Duration = Duration::from_millis(500);

/// How many sets of options keep their connections: a process serves one site, rarely two.
const CLIENTS: usize = 4;

thread_local! {
    /// Never dropped by the thread's own end: a forked child that did nothing must leave it alone.
    static PROCESS: RefCell<Option<ManuallyDrop<Process>>> = const { RefCell::new(None) };
}

struct Process {
    pid: u32,
    network: Network,
}

/// A runtime and the connections that live in it; for one thread.
pub struct Network {
    runtime: Runtime,
    clients: Vec<(ClientOptions, Client)>,
}

impl Network {
    /// Makes the runtime. Connections come about with the first call.
    ///
    /// # Errors
    /// Where the system gives none.
    pub fn new() -> Result<Self, Error> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .on_thread_start(block_signals)
            .build()
            .map_err(|error| Error::Runtime(error.to_string()))?;
        Ok(Self {
            runtime,
            clients: Vec::new(),
        })
    }

    fn client(&mut self, options: ClientOptions) -> Result<Client, Error> {
        if let Some((_, client)) = self.clients.iter().find(|(known, _)| *known == options) {
            return Ok(client.clone());
        }
        let client = Client::new(&options)?;
        self.clients.truncate(CLIENTS - 1);
        self.clients.insert(0, (options, client.clone()));
        Ok(client)
    }

    /// Runs `work` with a client of these options to its end.
    ///
    /// # Errors
    /// What the making of the client fails with, and what `work` does.
    pub fn run<T, E, F>(&mut self, options: ClientOptions, work: impl FnOnce(Client) -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, E>>,
        Error: From<E>,
    {
        let client = self.client(options)?;
        Ok(self.runtime.block_on(work(client))?)
    }

    /// Ends it, within a bounded time.
    pub fn shut_down(self) {
        drop(self.clients);
        self.runtime.shutdown_timeout(SHUTDOWN);
    }
}

/// Runs `work` with a client of these options to its end. No PHP code may run inside of it.
///
/// # Errors
/// What the making of runtime or client fails with, and what `work` does.
pub fn run<T, E, F>(options: ClientOptions, work: impl FnOnce(Client) -> F) -> Result<T, Error>
where
    F: Future<Output = Result<T, E>>,
    Error: From<E>,
{
    // Google forbids two writes of a user at a time.
    background::wait();
    with_process(|process| process.network.run(options, work))
}

/// Runs `work`, which makes its own connections, to its end. No PHP code may run inside of it.
///
/// # Errors
/// What the making of the runtime fails with.
pub fn wait<T>(work: impl Future<Output = T>) -> Result<T, Error> {
    with_process(|process| Ok(process.network.runtime.block_on(work)))
}

fn with_process<T>(act: impl FnOnce(&mut Process) -> Result<T, Error>) -> Result<T, Error> {
    PROCESS.with_borrow_mut(|slot| {
        if slot.as_ref().is_some_and(|process| process.pid != std::process::id()) {
            // The parent's: `ManuallyDrop` forgets it.
            *slot = None;
        }
        match slot {
            Some(process) => act(process),
            None => act(slot.insert(ManuallyDrop::new(Process {
                pid: std::process::id(),
                network: Network::new()?,
            }))),
        }
    })
}

/// Ends the runtime of this process, at the end of the module.
pub fn shut_down() {
    let process = PROCESS
        .with_borrow_mut(Option::take)
        .filter(|process| process.pid == std::process::id());
    if let Some(process) = process {
        ManuallyDrop::into_inner(process).network.shut_down();
    }
}

/// Keeps PHP's signal handlers off the calling thread: one that resolves names, or makes a call in the background.
pub fn block_signals() {
    #[expect(
        unsafe_code,
        reason = "fills a set of signals on the stack and blocks them for the calling thread alone"
    )]
    unsafe {
        let mut signals: libc::sigset_t = std::mem::zeroed();
        libc::sigfillset(&raw mut signals);
        libc::pthread_sigmask(libc::SIG_BLOCK, &raw const signals, std::ptr::null_mut());
    }
}
