//! Kills a process that commits, at a moment that a seed chooses.
//!
//! The child prints the number of each commit on a line of its own *after* the commit was acknowledged, and goes on
//! until it is killed. Everything that the parent could read was therefore acknowledged. The child may have
//! acknowledged more than the parent waits for; the pipe keeps it, and it is read after the child is dead.

use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A small generator of numbers that look random: Marsaglia's xorshift64 (2003), with the shifts 13, 7 and 17.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The numbers of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below a bound; 0 if the bound is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.checked_rem(bound).unwrap_or(0)
    }
}

/// Runs a child until it has acknowledged some commits and a little longer, kills it, and says what it acknowledged.
///
/// On Unix the signal is `SIGKILL`: no handler, no destructor, no flush of the child runs.
///
/// # Errors
/// Those of starting, reading and killing; `InvalidData` if it prints anything but numbers; `UnexpectedEof` if it ends
/// by itself.
pub fn kill(command: &mut Command, dice: &mut Dice) -> io::Result<Vec<u64>> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let outcome = watch(&mut child, dice);
    // Also if reading failed, so that no child outlives its test.
    child.kill()?;
    child.wait()?;
    let (mut acknowledged, mut rest) = outcome?;
    // What was in the pipe. A line that was cut off by the kill was not printed whole, so it does not count.
    let mut line = String::new();
    while rest.read_line(&mut line)? > 0 && line.ends_with('\n') {
        acknowledged.push(number(&line)?);
        line.clear();
    }
    Ok(acknowledged)
}

/// Lets a child say that it begins, kills it within the next `longest` turns of an empty loop, and says whether it was still at
/// work.
///
/// # Errors
/// Those of starting, reading and killing; `UnexpectedEof` if it ends without having said anything.
pub fn interrupt(command: &mut Command, dice: &mut Dice, longest: u64) -> io::Result<bool> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let pipe = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let begun = BufReader::new(pipe).read_line(&mut String::new());
    for _ in 0..dice.below(longest) {
        std::hint::spin_loop();
    }
    let is_at_work = child.try_wait()?.is_none();
    child.kill()?;
    child.wait()?;
    if begun? == 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(is_at_work) }
}

type Pipe = BufReader<std::process::ChildStdout>;

fn watch(child: &mut Child, dice: &mut Dice) -> io::Result<(Vec<u64>, Pipe)> {
    let pipe = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let mut lines = BufReader::new(pipe);
    let mut acknowledged = Vec::new();
    for _ in 0..=dice.below(40) {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        acknowledged.push(number(&line)?);
    }
    // Into the middle of a commit, wherever that is.
    for _ in 0..dice.below(400_000) {
        std::hint::spin_loop();
    }
    Ok((acknowledged, lines))
}

fn number(line: &str) -> io::Result<u64> {
    line.trim_end().parse().map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}
