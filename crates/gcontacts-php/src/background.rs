// SPDX-License-Identifier: GPL-3.0-or-later
//! One call that goes on while PHP prepares what follows, on a thread of its own with its own connections.
//!
//! There is one such call at a time, and calls that PHP waits for begin after it: Google forbids two writes of a user at a
//! time. The thread comes about with the first call, never when PHP loads the extension, and one of a parent process is
//! forgotten, for the reasons of [`crate::runtime`]. It knows no PHP value. A call that nobody waits for when the request
//! ends is broken off: what became of it is found out as after a kill.

use std::cell::RefCell;
use std::future::Future;
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{Builder, JoinHandle};

use gcontacts_engine::{Changes, Sent};
use gcontacts_people::oauth::AccessToken;
use gcontacts_people::{Deadline, GoogleAddressBook, Pacer};
use tokio::sync::oneshot;

use crate::error::Error;
use crate::runtime::{Network, block_signals};
use crate::transport::{Paced, Transport};

/// What a call brought.
pub enum Answer {
    /// What became of a plan.
    Sent(Paced<Sent>),
    /// A page of changes.
    Changes(Paced<Changes>),
}

impl From<Paced<Sent>> for Answer {
    fn from(sent: Paced<Sent>) -> Self {
        Self::Sent(sent)
    }
}

impl From<Paced<Changes>> for Answer {
    fn from(changes: Paced<Changes>) -> Self {
        Self::Changes(changes)
    }
}

type Job = Box<dyn FnOnce(&mut Network) + Send>;

thread_local! {
    /// Never dropped by the thread's own end, as the runtime.
    static BACKGROUND: RefCell<Option<ManuallyDrop<Background>>> = const { RefCell::new(None) };
}

struct Background {
    pid: u32,
    jobs: Sender<Job>,
    thread: JoinHandle<()>,
    call: Option<Call>,
}

enum Call {
    UnderWay {
        answer: Receiver<Result<Answer, Error>>,
        /// Breaks the call off when it is dropped.
        lives: oneshot::Sender<()>,
    },
    Over(Box<Result<Answer, Error>>),
}

impl Background {
    fn new() -> Result<Self, Error> {
        let mut network = Network::new()?;
        let (jobs, received) = mpsc::channel::<Job>();
        let thread = Builder::new()
            .name("gcontacts".to_owned())
            .spawn(move || {
                block_signals();
                for job in received {
                    // A panic of one call must not take the others with it; its caller sees that no answer came.
                    let _ = catch_unwind(AssertUnwindSafe(|| job(&mut network)));
                }
                network.shut_down();
            })
            .map_err(|error| Error::Runtime(error.to_string()))?;
        Ok(Self {
            pid: std::process::id(),
            jobs,
            thread,
            call: None,
        })
    }

    /// Waits for the end of the call; its answer stays.
    fn settle(&mut self) {
        self.call = match self.call.take() {
            Some(Call::UnderWay { answer, lives }) => {
                let answered = answer.recv().unwrap_or(Err(Error::BrokenOff));
                drop(lives);
                Some(Call::Over(Box::new(answered)))
            }
            settled => settled,
        };
    }
}

/// Makes sure that a call can begin.
///
/// # Errors
/// Where another is under way, or its answer was not collected.
pub fn free() -> Result<(), Error> {
    let free = with_background(false, |background| match background.call {
        Some(_) => Err(Error::Call("another call is under way")),
        None => Ok(()),
    });
    free.unwrap_or(Ok(()))
}

/// Begins a call: `work` with the address book of the account that `token` stands for, on the background thread. No PHP
/// value may get into it. Its answer comes with what was learned of the account's quota.
///
/// # Errors
/// As [`free`], and where the system gives no thread.
pub fn begin<T, F>(
    Transport {
        deadline,
        options,
        limiter,
        pace,
    }: Transport,
    token: AccessToken,
    work: impl FnOnce(GoogleAddressBook, Deadline) -> F + Send + 'static,
) -> Result<(), Error>
where
    F: Future<Output = Result<T, Error>>,
    Answer: From<Paced<T>>,
{
    free()?;
    with_background(true, |background| {
        let (tell, answer) = mpsc::channel();
        let (lives, dies) = oneshot::channel::<()>();
        let job: Job = Box::new(move |network| {
            let pacer = Pacer::new(limiter, pace);
            let answered = network.run(options, async |client| {
                let book = GoogleAddressBook::new(client, token).paced(pacer.clone());
                tokio::select! {
                    answered = work(book, deadline) => answered,
                    _ = dies => Err(Error::BrokenOff),
                }
            });
            // Nobody may be left who wants to know.
            let _ = tell.send(answered.map(|answer| Answer::from(Paced::of(answer, &pacer))));
        });
        background
            .jobs
            .send(job)
            .map_err(|_| Error::Runtime("the thread for calls is gone".to_owned()))?;
        background.call = Some(Call::UnderWay { answer, lives });
        Ok(())
    })
    .unwrap_or(Err(Error::Call("no thread for calls")))
}

/// Waits for the end of the call that was begun; `own` takes its answer, or gives back what is another's.
///
/// # Errors
/// What the call failed with, and where none was begun, or another.
pub fn end<T>(own: impl FnOnce(Answer) -> Result<T, Box<Answer>>) -> Result<T, Error> {
    let answer = with_background(false, |background| {
        background.settle();
        let Some(Call::Over(over)) = background.call.take() else {
            return Err(Error::Call("no call is under way"));
        };
        own((*over)?).map_err(|other| {
            background.call = Some(Call::Over(Box::new(Ok(*other))));
            Error::Call("another call is under way")
        })
    });
    answer.unwrap_or(Err(Error::Call("no call is under way")))
}

/// Waits until no call is under way; its answer stays to be collected.
pub fn wait() {
    with_background(false, |background| {
        background.settle();
        Ok(())
    });
}

/// Breaks off the call that is under way, at the end of a request.
pub fn abandon() {
    with_background(false, |background| {
        background.call = None;
        Ok(())
    });
}

/// Ends the thread, at the end of the module: its code is unloaded with it.
pub fn shut_down() {
    let background = BACKGROUND
        .with_borrow_mut(Option::take)
        .filter(|background| background.pid == std::process::id());
    if let Some(background) = background {
        let Background { jobs, thread, call, .. } = ManuallyDrop::into_inner(background);
        drop((call, jobs));
        let _ = thread.join();
    }
}

/// Runs `act` with the background of this process; nothing where there is none and none is to be made.
fn with_background<T>(make: bool, act: impl FnOnce(&mut Background) -> Result<T, Error>) -> Option<Result<T, Error>> {
    BACKGROUND.with_borrow_mut(|slot| {
        if slot
            .as_ref()
            .is_some_and(|background| background.pid != std::process::id())
        {
            // The parent's: `ManuallyDrop` forgets it.
            *slot = None;
        }
        match slot {
            Some(background) => Some(act(background)),
            None if make => Some(Background::new().and_then(|made| act(slot.insert(ManuallyDrop::new(made))))),
            None => None,
        }
    })
}
