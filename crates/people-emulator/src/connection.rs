// SPDX-License-Identifier: GPL-3.0-or-later
//! Connections that the server can cut instead of answering.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// Accepts connections that can be cut.
#[derive(Debug)]
pub struct CuttableListener(pub TcpListener);

/// A connection; once it is cut nothing more is written, and the server closes it.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    cut: Cut,
}

/// Cuts a connection.
#[derive(Debug, Clone, Default)]
pub struct Cut(Arc<AtomicU8>);

const OPEN: u8 = 0;
const IN_THE_BODY: u8 = 1;
const CUT: u8 = 2;

impl Cut {
    /// Nothing more will be written.
    pub fn now(&self) {
        self.0.store(CUT, Ordering::SeqCst);
    }

    /// The next response will be written to the middle of its body.
    pub fn in_the_body(&self) {
        self.0.store(IN_THE_BODY, Ordering::SeqCst);
    }

    /// What may still be written of these bytes.
    fn allowed<'a>(&self, bytes: &'a [u8]) -> io::Result<&'a [u8]> {
        match self.0.load(Ordering::SeqCst) {
            OPEN => Ok(bytes),
            IN_THE_BODY => {
                let head = bytes
                    .windows(4)
                    .position(|end| end == b"\r\n\r\n")
                    .map_or(0, |end| end + 4);
                let middle = head + (bytes.len() - head) / 2;
                Ok(bytes.get(..middle).unwrap_or_default())
            }
            _ => Err(io::ErrorKind::ConnectionAborted.into()),
        }
    }
}

impl Listener for CuttableListener {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            if let Ok((stream, address)) = self.0.accept().await {
                // Without it the two small packets of an answer wait for each other's acknowledgement; a connection
                // serves as well where it cannot be set.
                let _ = stream.set_nodelay(true);
                return (
                    Connection {
                        stream,
                        cut: Cut::default(),
                    },
                    address,
                );
            }
            // Out of file descriptors: some will be free again.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, CuttableListener>> for Cut {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> Self {
        stream.io().cut.clone()
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let allowed = self.cut.allowed(bytes)?;
        let written = Pin::new(&mut self.stream).poll_write(context, allowed);
        if allowed.len() < bytes.len() && written.is_ready() {
            self.cut.now();
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
