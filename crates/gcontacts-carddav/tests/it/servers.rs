// SPDX-License-Identifier: GPL-3.0-or-later
//! Real servers, started here: Radicale and Xandikos, as `tests/requirements.txt` installs them.

use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use gcontacts_carddav::guard::Reach;
use gcontacts_carddav::{Access, Client, Error, Login};

/// A server with an address book of its own, stopped when it goes.
pub struct Server {
    child: Child,
    pub url: String,
    _home: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server's program, as `cargo xtask test` installs it, or from the path.
fn program(name: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../target/python/bin")
        .join(name);
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::iter::once(target)
        .chain(std::env::split_paths(&folders).map(|folder| folder.join(name)))
        .find(|path| path.is_file())
        .unwrap_or_else(|| panic!("{name} is not installed: `cargo xtask test --only crates` installs it"))
}

/// A free port, drawn below those that the kernel gives to whoever asks for any: a server takes a while to start.
fn port() -> u16 {
    let draw = |_| u16::try_from(10_000 + RandomState::new().hash_one(0) % 20_000).unwrap();
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    (0..1000).map(draw).find(is_free).unwrap()
}

fn vcard(number: usize) -> String {
    format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u{number}\r\nN:Martin{number};Zoé;;;\r\nFN:Zoé Martin{number}\r\nTEL;TYPE=CELL:06 00 00 00 {number:02}\r\nEND:VCARD\r\n"
    )
}

fn wait(mut child: Child, url: String, home: tempfile::TempDir, port: u16) -> Server {
    let end = Instant::now() + Duration::from_mins(3);
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < end, "the server did not start");
        assert!(child.try_wait().unwrap().is_none(), "the server ended");
        std::thread::sleep(Duration::from_millis(100));
    }
    Server {
        child,
        url,
        _home: home,
    }
}

pub fn radicale(cards: usize) -> Server {
    let program = program("radicale");
    let home = tempfile::tempdir().unwrap();
    let (port, folder) = (port(), home.path().join("data/collection-root/zoe/contacts"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(
        folder.join(".Radicale.props"),
        r#"{"tag": "VADDRESSBOOK", "D:displayname": "Carnet de Zoé"}"#,
    )
    .unwrap();
    for number in 0..cards {
        fs::write(folder.join(format!("c{number}.vcf")), vcard(number)).unwrap();
    }
    let users = home.path().join("users");
    fs::write(&users, "zoe:s3cret\n").unwrap();
    let child = Command::new(program)
        .args(["--config", "", "--server-hosts"])
        .arg(format!("127.0.0.1:{port}"))
        .arg("--storage-filesystem-folder")
        .arg(home.path().join("data"))
        .args([
            "--auth-type",
            "htpasswd",
            "--auth-htpasswd-encryption",
            "plain",
            "--auth-delay",
            "0",
            "--auth-htpasswd-filename",
        ])
        .arg(&users)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait(child, format!("http://127.0.0.1:{port}/"), home, port)
}

fn xandikos() -> Server {
    let program = program("xandikos");
    let home = tempfile::tempdir().unwrap();
    let port = port();
    let child = Command::new(program)
        .args([
            "serve",
            "--defaults",
            "--current-user-principal",
            "/user/",
            "-l",
            "127.0.0.1",
            "-p",
        ])
        .arg(port.to_string())
        .arg("-d")
        .arg(home.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait(child, format!("http://127.0.0.1:{port}/"), home, port)
}

pub fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

fn client() -> Client {
    Client::new(Access {
        reach: Reach::Any,
        proxy: None,
        until: Instant::now() + Duration::from_mins(1),
    })
    .unwrap()
}

pub fn login(password: &str) -> Login {
    Login {
        user: "zoe".to_owned(),
        password: password.to_owned(),
    }
}

#[test]
fn radicale_is_read_from_its_root() {
    let server = radicale(230);
    let client = client();
    let (login, start) = (login("s3cret"), client.address(&server.url).unwrap());
    run(async {
        let books = client.books(&start, &login).await.unwrap();
        let [book] = books.as_slice() else { panic!("{books:?}") };
        assert_eq!(book.name, "Carnet de Zoé");
        assert_eq!(
            client.books(&book.url, &login).await.unwrap(),
            books,
            "the address of the book itself is as good"
        );
        let (cards, more) = client.cards(&book.url, &login, "FR", 1000).await.unwrap();
        assert_eq!((cards.len(), more), (230, false));
        assert!(
            cards
                .iter()
                .any(|card| card.uid == "u7" && card.card.name.given == "Zoé")
        );
        let (cards, more) = client.cards(&book.url, &login, "FR", 10).await.unwrap();
        assert_eq!((cards.len(), more), (10, true));
    });
}

#[test]
fn a_wrong_password_is_told() {
    let server = radicale(1);
    let client = client();
    let start = client.address(&server.url).unwrap();
    assert_eq!(run(client.books(&start, &login("wrong"))), Err(Error::Login));
}

#[test]
fn a_private_host_is_refused_before_it_is_asked() {
    let server = radicale(1);
    let strict = Client::new(Access {
        reach: Reach::Public,
        proxy: None,
        until: Instant::now() + Duration::from_mins(1),
    })
    .unwrap();
    assert!(matches!(strict.address(&server.url), Err(Error::Insecure(_))));
    assert!(matches!(strict.address("https://127.0.0.1/"), Err(Error::Private(_))));
    // A public name that leads inside is found out when it is resolved.
    let url = strict.address("https://localhost.localdomain/").unwrap();
    let refused = run(strict.books(&url, &login("s3cret")));
    assert!(
        matches!(refused, Err(Error::Private(_) | Error::Network(_))),
        "{refused:?}"
    );
}

#[test]
fn xandikos_is_read() {
    let server = xandikos();
    let client = client();
    let start = client.address(&server.url).unwrap();
    run(async {
        let books = client.books(&start, &Login::default()).await.unwrap();
        let book = books.first().unwrap();
        for number in 0..3 {
            let url = book.url.join(&format!("c{number}.vcf")).unwrap();
            let put = Command::new("curl")
                .args(["-sf", "-X", "PUT", "-H", "Content-Type: text/vcard", "--data-binary"])
                .arg(vcard(number))
                .arg(url.as_str())
                .status()
                .unwrap();
            assert!(put.success());
        }
        let (cards, more) = client.cards(&book.url, &Login::default(), "FR", 1000).await.unwrap();
        assert_eq!((cards.len(), more), (3, false));
    });
}
