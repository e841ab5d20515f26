// SPDX-License-Identifier: GPL-3.0-or-later
//! Other programs: those that run to their end, and those that serve until they are stopped.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::signals;

const TICK: Duration = Duration::from_millis(30);
const PATIENCE: Duration = Duration::from_secs(15);

/// Runs a command to its end with its output in `log`.
///
/// # Errors
/// When it cannot start, is interrupted, or fails: then with the end of what it wrote.
pub fn run(command: &mut Command, log: &Path) -> Result<()> {
    let before = fs::metadata(log).map_or(0, |metadata| metadata.len());
    let status = run_for_status(command, log)?;
    if status.success() {
        return Ok(());
    }
    let text = fs::read(log).unwrap_or_default();
    let from = usize::try_from(before).unwrap_or(0).min(text.len());
    let written = String::from_utf8_lossy(text.get(from..).unwrap_or_default());
    bail!(
        "{} failed ({status}); see {}:\n{}",
        name(command),
        log.display(),
        last_lines(&written, 25)
    )
}

/// Runs a command to its end with its output appended to `log`, and gives its status.
///
/// # Errors
/// When it cannot start or is interrupted.
pub fn run_for_status(command: &mut Command, log: &Path) -> Result<ExitStatus> {
    let output = append_to(log)?;
    command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
    wait(command)
}

/// Runs a command to its end on this terminal, and gives its status.
///
/// # Errors
/// When it cannot start or is interrupted.
pub fn run_here(command: &mut Command) -> Result<ExitStatus> {
    wait(command.stdin(Stdio::null()))
}

/// Runs a command to its end, shows what it writes and keeps it in `log`; gives its status and its words.
///
/// # Errors
/// When it cannot start, is interrupted, or takes longer than `limit`.
pub fn show(command: &mut Command, log: &Path, limit: Duration) -> Result<(ExitStatus, String)> {
    let mut kept = append_to(log)?;
    let (reader, writer) = std::io::pipe()?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    let reading = std::thread::spawn(move || {
        let mut text = String::new();
        for line in BufReader::new(reader).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).into_owned() + "\n";
            print!("{line}");
            // The terminal has it; a full disk must not end the suite.
            let _full = kept.write_all(line.as_bytes());
            text += &line;
        }
        text
    });
    let status = wait_at_most(command, Some(limit));
    // The command holds the writing end of the pipe: without this the reader would wait for ever.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let text = reading
        .join()
        .map_err(|_| anyhow::anyhow!("reading the output of {} failed", name(command)))?;
    Ok((status?, text))
}

/// Runs a short command and gives what it wrote to standard output.
///
/// # Errors
/// When it cannot start or fails.
pub fn output_of(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {}", name(command)))?;
    if !output.status.success() {
        bail!(
            "{} failed ({}): {}",
            name(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The full path of a program, looked up as a shell does, and in the administrator's folders too.
pub fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/local/sbin", "/usr/sbin", "/sbin"].map(PathBuf::from));
    folders
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

/// A program that serves until it is stopped, in a process group of its own. Dropping it stops it.
pub struct Daemon {
    name: String,
    child: Child,
    record: PathBuf,
    log: PathBuf,
}

impl Daemon {
    /// Starts `command`; `home` keeps its log (`logs/NAME.log`) and a record of its process (`run/NAME`).
    ///
    /// A process of an earlier run that was not stopped, known by that record, is stopped first.
    ///
    /// # Errors
    /// When it cannot start.
    pub fn start(name: &str, command: &mut Command, home: &Path) -> Result<Self> {
        let record = home.join("run").join(name);
        let log = home.join("logs").join(format!("{name}.log"));
        stop_recorded(&record)?;
        let output = append_to(&log)?;
        let child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()
            .with_context(|| format!("cannot start {name} ({})", command.get_program().display()))?;
        fs::create_dir_all(home.join("run"))?;
        fs::write(
            &record,
            format!("{} {}", child.id(), start_time(child.id()).unwrap_or_default()),
        )?;
        Ok(Self {
            name: name.to_owned(),
            child,
            record,
            log,
        })
    }

    /// Waits until `ready` says yes.
    ///
    /// # Errors
    /// When the process ends before, or does not get ready in time.
    pub fn wait_until(&mut self, ready: impl Fn() -> bool) -> Result<()> {
        let limit = Instant::now() + Duration::from_mins(1);
        while !ready() {
            if let Some(status) = self.child.try_wait()? {
                bail!("{} ended at once ({status}):\n{}", self.name, self.last_words());
            }
            if Instant::now() > limit {
                bail!(
                    "{} did not get ready within a minute:\n{}",
                    self.name,
                    self.last_words()
                );
            }
            signals::pause(TICK)?;
        }
        Ok(())
    }

    /// Whether the process is still there.
    pub fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// The end of its log.
    pub fn last_words(&self) -> String {
        last_lines(&fs::read_to_string(&self.log).unwrap_or_default(), 15)
    }

    fn stop(&mut self) -> Result<()> {
        let group = Pid::from_child(&self.child);
        // The group can outlive its leader: workers of a server that was killed.
        let _gone = kill_process_group(group, Signal::TERM);
        let limit = Instant::now() + PATIENCE;
        while self.child.try_wait()?.is_none() {
            if Instant::now() > limit {
                let _gone = kill_process_group(group, Signal::KILL);
                self.child.wait()?;
                break;
            }
            std::thread::sleep(TICK);
        }
        fs::remove_file(&self.record).context("cannot remove the record of a process")
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("xtask: stopping {}: {error:#}", self.name);
        }
    }
}

fn wait(command: &mut Command) -> Result<ExitStatus> {
    wait_at_most(command, None)
}

fn wait_at_most(command: &mut Command, limit: Option<Duration>) -> Result<ExitStatus> {
    let started = Instant::now();
    let mut child = command
        .process_group(0)
        .spawn()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        let late = limit.is_some_and(|limit| started.elapsed() > limit);
        if late || signals::stop_requested() {
            let group = Pid::from_child(&child);
            let _gone = kill_process_group(group, Signal::TERM);
            child.wait()?;
            let _gone = kill_process_group(group, Signal::KILL);
            bail!(
                "{}",
                if late {
                    format!("{} took too long", name(command))
                } else {
                    "stopped on request".to_owned()
                }
            );
        }
        std::thread::sleep(TICK);
    }
}

/// Stops the process that `record` names, when it is still the one that was started then.
fn stop_recorded(record: &Path) -> Result<()> {
    let Ok(text) = fs::read_to_string(record) else {
        return Ok(());
    };
    let Some((id, since)) = text.split_once(' ') else {
        return Ok(());
    };
    let (Ok(id), since) = (id.parse::<u32>(), since.trim()) else {
        return Ok(());
    };
    let same = || start_time(id).is_some_and(|started| started == since);
    let Some(group) = i32::try_from(id).ok().and_then(Pid::from_raw).filter(|_| same()) else {
        return Ok(());
    };
    let _gone = kill_process_group(group, Signal::TERM);
    let limit = Instant::now() + PATIENCE;
    while same() {
        if Instant::now() > limit {
            let _gone = kill_process_group(group, Signal::KILL);
        }
        signals::pause(TICK)?;
    }
    Ok(())
}

/// When a process was started, in the kernel's ticks: with the id it names one process for good.
fn start_time(id: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let mut fields = after_name.split_whitespace();
    let state = fields.next()?;
    // Field 22 of the line, the state being field 3. A zombie serves nobody.
    if state == "Z" {
        None
    } else {
        fields.nth(18).map(str::to_owned)
    }
}

fn append_to(log: &Path) -> Result<File> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(log)
        .with_context(|| format!("cannot write {}", log.display()))
}

fn name(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .take(4)
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines
        .get(lines.len().saturating_sub(count)..)
        .unwrap_or_default()
        .join("\n")
}
