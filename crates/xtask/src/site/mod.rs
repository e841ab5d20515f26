// SPDX-License-Identifier: GPL-3.0-or-later
//! A test site: one folder with its own MariaDB, a copy of a Dolibarr with the module enabled, a web server and the emulator.
//!
//! The folder can be used again: the second start takes a second, and `--reset` brings the database back to the state
//! just after Dolibarr's installation in two.

pub mod dolibarr;
pub mod emulator;
pub mod mariadb;
pub mod php;
pub mod server;

use std::fs::{self, File};
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};
use std::io::Read;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::artefacts::{self, Profile};
use crate::trees::{self, Tree};
use crate::{link, packages, process, signals};
use dolibarr::Dolibarr;
use emulator::Emulator;
use mariadb::Database;
use php::Php;
use server::{Kind, Server};

/// What `site` takes.
#[derive(clap::Args)]
pub struct Options {
    /// The version of a Dolibarr tree at hand, or the path of one.
    #[arg(long)]
    tree: String,
    /// The folder of the site; made if it is not there, used again if it is.
    #[arg(long)]
    home: PathBuf,
    /// The port of Dolibarr; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The port of the database; Dolibarr's plus one unless given, 0 takes a free one.
    #[arg(long)]
    db_port: Option<u16>,
    /// The port of the emulator; Dolibarr's plus two unless given, 0 takes a free one.
    #[arg(long)]
    emulator_port: Option<u16>,
    /// The web server.
    #[arg(long, value_enum, default_value_t = Kind::Builtin)]
    server: Kind,
    /// The extension to load; the debug build unless given.
    #[arg(long)]
    extension: Option<PathBuf>,
    /// Starts from the database as it was just after Dolibarr's installation.
    #[arg(long)]
    reset: bool,
    /// Only sets the site up and stops it again.
    #[arg(long)]
    setup_only: bool,
    /// Stops when standard input ends, and not only on SIGTERM or Ctrl-C.
    #[arg(long)]
    until_stdin_closes: bool,
}

/// Runs a site until it is stopped.
pub fn run(options: &Options) -> Result<()> {
    packages::ensure()?;
    let mut plan = Plan::new(trees::named(&options.tree)?, &options.home);
    plan.port = options.port;
    let beside = |distance: u16| {
        if options.port == 0 {
            0
        } else {
            options.port.saturating_add(distance)
        }
    };
    plan.db_port = options.db_port.unwrap_or_else(|| beside(1));
    plan.emulator_port = options.emulator_port.unwrap_or_else(|| beside(2));
    let (web, database, emulator) = (plan.port, plan.db_port, plan.emulator_port);
    if [(web, database), (web, emulator), (database, emulator)]
        .iter()
        .any(|(one, other)| *one != 0 && one == other)
    {
        bail!("the web server ({web}), the database ({database}) and the emulator ({emulator}) need a port each");
    }
    plan.server = options.server;
    plan.reset = options.reset;
    if let Some(extension) = &options.extension {
        plan.extension = Some(
            extension
                .canonicalize()
                .with_context(|| format!("no {}", extension.display()))?,
        );
    }
    let mut site = Site::start(&plan)?;
    print!("{}", site.description());
    for problem in &site.problems {
        println!("\nProblem: {problem}");
    }
    if options.setup_only {
        return Ok(());
    }
    if options.until_stdin_closes {
        std::thread::spawn(|| {
            let mut ignored = Vec::new();
            let _end = std::io::stdin().read_to_end(&mut ignored);
            signals::request_stop();
        });
    }
    site.serve()
}

/// What a site shall be.
pub struct Plan {
    /// The Dolibarr to copy.
    pub tree: Tree,
    /// The folder of the site.
    pub home: PathBuf,
    /// The port of Dolibarr (0: any).
    pub port: u16,
    /// The port of the database (0: any).
    pub db_port: u16,
    /// The port of the emulator (0: any).
    pub emulator_port: u16,
    /// The web server.
    pub server: Kind,
    /// Whether to start from a fresh installation.
    pub reset: bool,
    /// The extension to load, where there is one.
    pub extension: Option<PathBuf>,
    /// The emulator's program, which need not be there.
    pub emulator: PathBuf,
}

impl Plan {
    /// A site on free ports under PHP's own server, with the extension and the emulator of the debug build.
    pub fn new(tree: Tree, home: &Path) -> Self {
        let extension = artefacts::if_built(&artefacts::extension(Profile::Debug)).map(Path::to_owned);
        Self {
            tree,
            home: home.to_owned(),
            port: 0,
            db_port: 0,
            emulator_port: 0,
            server: Kind::Builtin,
            reset: false,
            extension,
            emulator: artefacts::emulator(Profile::Debug),
        }
    }
}

/// A running site. Dropping it stops all that it started.
pub struct Site {
    // In the order in which they are to be stopped.
    server: Server,
    /// The Google side, where its program was built.
    pub emulator: Option<Emulator>,
    /// The database server.
    pub database: Database,
    /// The copy of Dolibarr.
    pub dolibarr: Dolibarr,
    /// What does not work (extension, module, emulator), while Dolibarr runs all the same.
    pub problems: Vec<String>,
    kind: Kind,
    home: PathBuf,
    _lock: File,
}

impl Site {
    /// Sets up what is missing, and starts everything.
    ///
    /// # Errors
    /// When anything but the extension, the module and the emulator fails; what was started is then stopped.
    pub fn start(plan: &Plan) -> Result<Self> {
        fs::create_dir_all(&plan.home).with_context(|| format!("cannot make {}", plan.home.display()))?;
        let home = plan.home.canonicalize()?;
        let lock = lock(&home)?;
        let port = or_free(plan.port)?;
        let mut problems = Vec::new();
        let emulator_port = or_free(plan.emulator_port)?;
        let php = Php::prepare(&home, plan.extension.as_deref(), emulator_port).or_else(|error| {
            problems.push(format!("{error:#}"));
            Php::prepare(&home, None, emulator_port)
        })?;
        let database = Database::start(&home, or_free(plan.db_port)?)?;
        let dolibarr = Dolibarr::install(&plan.tree, &home, port, php, &database, plan.reset)?;
        link::link(&dolibarr.htdocs)?;
        if let Err(error) = dolibarr.enable_module() {
            problems.push(format!("the module could not be enabled: {error:#}"));
        }
        let emulator_port = dolibarr.php.emulator_port;
        let emulator = Emulator::start(&plan.emulator, &home, emulator_port, &dolibarr.url).unwrap_or_else(|error| {
            problems.push(format!("{error:#}"));
            None
        });
        let server = Server::start(plan.server, &dolibarr, port)?;
        let site = Self {
            server,
            emulator,
            database,
            dolibarr,
            problems,
            kind: plan.server,
            home,
            _lock: lock,
        };
        fs::write(site.home.join("site.env"), site.environment_file())?;
        Ok(site)
    }

    /// Stays until somebody asks this process to end, or a part of the site ends by itself.
    ///
    /// # Errors
    /// When a part ended by itself.
    pub fn serve(&mut self) -> Result<()> {
        while !signals::stop_requested() {
            if let Some(last_words) = self.fallen() {
                bail!("a part of the site ended by itself:\n{last_words}");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    fn fallen(&mut self) -> Option<String> {
        let daemons = self.server.daemons.iter_mut().chain([&mut self.database.daemon]);
        let daemons = daemons.chain(self.emulator.as_mut().map(|emulator| &mut emulator.daemon));
        daemons
            .into_iter()
            .find_map(|daemon| (!daemon.is_alive()).then(|| daemon.last_words()))
    }

    /// A PHP command of this site: same settings, same extension, and what the tests read from the environment.
    pub fn php(&self) -> Command {
        let mut command = self.dolibarr.php.command();
        command.envs(self.environment());
        command
    }

    /// What a test of this site finds in its environment.
    pub fn environment(&self) -> Vec<(String, String)> {
        let mut variables = vec![
            (
                "GCONTACTS_SITE_HTDOCS".to_owned(),
                self.dolibarr.htdocs.display().to_string(),
            ),
            ("GCONTACTS_SITE_URL".to_owned(), self.dolibarr.url.clone()),
            ("GCONTACTS_SITE_HOME".to_owned(), self.home.display().to_string()),
            ("GCONTACTS_SITE_SERVER".to_owned(), self.kind.name().to_owned()),
            ("GCONTACTS_SITE_VERSION".to_owned(), self.dolibarr.version.clone()),
            ("PHP_INI_SCAN_DIR".to_owned(), self.dolibarr.php.scan_folders()),
        ];
        if let Some(emulator) = &self.emulator {
            variables.push(("GCONTACTS_EMULATOR_URL".to_owned(), emulator.url.clone()));
        }
        variables
    }

    /// The site's folder.
    pub fn home(&self) -> &Path {
        &self.home
    }

    fn environment_file(&self) -> String {
        let lines: Vec<String> = self
            .environment()
            .iter()
            .map(|(name, value)| format!("export {name}='{value}'"))
            .collect();
        lines.join("\n") + "\n"
    }

    fn description(&self) -> String {
        let dolibarr = &self.dolibarr;
        let google = self
            .emulator
            .as_ref()
            .map_or("not running (built by: cargo build -p people-emulator)", |it| {
                it.url.as_str()
            });
        let extension = match dolibarr.php.extension.as_deref() {
            Some(path) => path.display().to_string(),
            None => "not built: cargo build -p gcontacts-php".to_owned(),
        };
        format!(
            "Dolibarr {}   {}   (login admin, password admin)\n\
             Address book     {google}\n\
             Extension        {extension}\n\
             Folder           {}   (logs in logs/; for tests and php: . {})\n",
            dolibarr.version,
            dolibarr.url,
            self.home.display(),
            self.home.join("site.env").display(),
        )
    }
}

/// Keeps others out of the folder for as long as the file is open.
fn lock(home: &Path) -> Result<File> {
    let path = home.join("lock");
    let file = File::create(&path)?;
    file.try_lock()
        .map_err(|_| anyhow::anyhow!("another site runs in {}", home.display()))?;
    Ok(file)
}

/// The port itself, or a free one for 0: drawn below those that the kernel gives to whoever asks for any, since it may be
/// minutes until it is used.
pub fn or_free(port: u16) -> Result<u16> {
    if port != 0 {
        return Ok(port);
    }
    let draw = |_| u16::try_from(10_000 + RandomState::new().hash_one(port) % 20_000).ok();
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    (0..1000).filter_map(draw).find(is_free).context("no free port")
}

/// Where a socket of the site is: in its folder, unless the kernel takes no path of that length.
fn socket(home: &Path, name: &str) -> PathBuf {
    let beside = home.join(name);
    if beside.as_os_str().len() <= 100 {
        return beside;
    }
    let mut hasher = DefaultHasher::new();
    beside.hash(&mut hasher);
    std::env::temp_dir().join(format!("gcontacts-{:x}-{name}", hasher.finish()))
}

/// Puts values in the place of `@NAME@` in the text of a settings file.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(template.to_owned(), |text, (name, value)| {
        text.replace(&format!("@{name}@"), value)
    })
}

/// Copies a folder, sharing blocks where the file system can.
fn copy(from: &Path, to: &Path, log: &Path) -> Result<()> {
    process::run(
        Command::new("cp").args(["-a", "--reflink=auto", "-T"]).args([from, to]),
        log,
    )
}
