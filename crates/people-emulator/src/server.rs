// SPDX-License-Identifier: GPL-3.0-or-later
//! The server on the network, with a thread and a runtime of its own.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::thread::JoinHandle;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request as HttpRequest, State as Shared};
use axum::http::Response;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::oneshot;

use crate::config::Config;
use crate::connection::{Cut, CuttableListener};
use crate::http::Request;
use crate::service::{Reply, Service};

/// A running emulator; it stops when this is dropped.
///
/// ```no_run
/// # use serde_json::json;
/// let server = people_emulator::Server::start(people_emulator::Config::default());
/// let token = server.token("phone@example.com", &["https://www.googleapis.com/auth/contacts"]);
/// server.order_fault(json!({"match": "people.createContact", "action": "drop_after"}));
/// // … calls to server.url() with the token …
/// assert_eq!(server.state()["contacts"].as_array().map(Vec::len), Some(1));
/// ```
#[derive(Debug)]
pub struct Server {
    service: Arc<Service>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts an emulator on a free port of the loopback interface.
    ///
    /// # Panics
    /// Where no port can be had: this is for tests. A program uses [`Server::listen`].
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "a test that cannot have its server has nothing to test"
    )]
    pub fn start(config: Config) -> Self {
        Self::listen(config, 0).expect("a free port on 127.0.0.1")
    }

    /// Starts an emulator on a port of the loopback interface; 0 is any free one.
    ///
    /// # Errors
    /// The port is taken, or the system gives no thread.
    pub fn listen(config: Config, port: u16) -> io::Result<Self> {
        // Bound here, so that the port is known and taken when this returns; served there, so that this may be called
        // from within another runtime.
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let service = Arc::new(Service::new(config, &format!("http://{address}")));
        let (stop, stopped) = oneshot::channel();
        let shared = Arc::clone(&service);
        let thread = std::thread::Builder::new()
            .name("people-emulator".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        // Serving ends only when it is dropped.
                        _ = serve(listener, shared) => {}
                        _ = stopped => {}
                    }
                });
                runtime.shutdown_background();
            })?;
        Ok(Self {
            service,
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// `http://127.0.0.1:port`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// An access token of an account for scopes (full names, or `openid`, `email`).
    #[must_use]
    pub fn token(&self, user: &str, scopes: &[&str]) -> String {
        let answer = self.control("POST", "/_token", json!({"user": user, "scopes": scopes}));
        answer
            .get("access_token")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    /// Contacts, labels and trash of the first account.
    #[must_use]
    pub fn state(&self) -> Value {
        self.control("GET", "/_state", json!({}))
    }

    /// Contacts, labels and trash of an account.
    #[must_use]
    pub fn state_of(&self, user: &str) -> Value {
        self.control("GET", "/_state", json!({"user": user}))
    }

    /// Calls so far, with counts.
    #[must_use]
    pub fn log(&self) -> Value {
        self.control("GET", "/_log", json!({}))
    }

    /// Forgets the calls so far.
    pub fn clear_log(&self) {
        self.control("DELETE", "/_log", json!({}));
    }

    /// Troubles ordered, with how often each happened.
    #[must_use]
    pub fn faults(&self) -> Value {
        self.control("GET", "/_faults", json!({}))
    }

    /// Orders a trouble, or a list of them.
    pub fn order_fault(&self, fault: Value) {
        self.control("POST", "/_faults", fault);
    }

    /// Cancels the troubles ordered.
    pub fn clear_faults(&self) {
        self.control("DELETE", "/_faults", json!({}));
    }

    /// Calls that have come and not ended yet: how many are `under_way`, and how many of these are `held`.
    #[must_use]
    pub fn calls(&self) -> Value {
        self.control("GET", "/_calls", json!({}))
    }

    /// Tells the calls that wait to go on.
    pub fn release(&self) {
        self.control("POST", "/_faults/release", json!({}));
    }

    /// Changes settings.
    pub fn configure(&self, change: Value) {
        self.control("POST", "/_config", change);
    }

    /// Does something at the phone.
    #[expect(
        clippy::must_use_candidate,
        reason = "done for what it changes; the answer is a courtesy"
    )]
    pub fn phone(&self, operation: Value) -> Value {
        self.control("POST", "/_phone", operation)
    }

    /// Puts the clock forward.
    pub fn advance_clock(&self, seconds: i64) {
        self.control("POST", "/_clock", json!({"advance_s": seconds}));
    }

    /// Makes contacts that were there before.
    #[expect(
        clippy::must_use_candidate,
        reason = "done for what it changes; the answer is a courtesy"
    )]
    pub fn seed(&self, seed: Value) -> Value {
        self.control("POST", "/_seed", seed)
    }

    /// Returns to an empty book and the settings of the start.
    pub fn reset(&self) {
        self.control("POST", "/_reset", json!({}));
    }

    /// Runs a control, as over HTTP.
    ///
    /// # Panics
    /// Where the control refuses: a test has asked for something that is not.
    #[expect(
        clippy::must_use_candidate,
        reason = "done for what it changes; the answer is a courtesy"
    )]
    #[expect(clippy::panic, reason = "a test that orders nonsense must fail at that line")]
    pub fn control(&self, verb: &str, path: &str, body: Value) -> Value {
        match self.service.control(verb, path, None, body) {
            Ok(answer) => answer,
            Err((status, reason)) => panic!("{verb} {path}: {status} {reason}"),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The thread may have ended by itself; then nobody hears it.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            // A panic in it has been printed already.
            let _ = thread.join();
        }
    }
}

async fn serve(listener: std::net::TcpListener, service: Arc<Service>) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    let router = axum::Router::new().fallback(answer).with_state(service);
    axum::serve(
        CuttableListener(listener),
        router.into_make_service_with_connect_info::<Cut>(),
    )
    .await
}

/// Answers in a task of its own: it goes on when the client goes away.
async fn answer(
    Shared(service): Shared<Arc<Service>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: HttpRequest,
) -> Response<Body> {
    let own_cut = cut.clone();
    let task = tokio::spawn(async move {
        let (head, body) = request.into_parts();
        let limit = service.state().config.max_body_len;
        let (bytes, too_long) = match to_bytes(body, limit).await {
            Ok(bytes) => (bytes, false),
            Err(_) => (axum::body::Bytes::new(), true),
        };
        let query = head.uri.query().unwrap_or_default();
        let uri_len = head.uri.path().len() + query.len() + 1;
        let request = Request::new(head.method.as_str(), head.uri.path(), query, head.headers, bytes);
        let ready = tokio::time::Instant::now() + service.least_time(&request);
        let response = match service.serve(&request, uri_len, too_long).await {
            Reply::Whole(answer) => answer.into_response(&request),
            Reply::Half(answer) => {
                cut.in_the_body();
                answer.into_response(&request)
            }
            Reply::Nothing => closed(&cut),
        };
        tokio::time::sleep_until(ready).await;
        response
    });
    task.await.unwrap_or_else(|_| closed(&own_cut))
}

/// Nothing of this response is written: the connection is closed.
fn closed(cut: &Cut) -> Response<Body> {
    cut.now();
    Response::default()
}
