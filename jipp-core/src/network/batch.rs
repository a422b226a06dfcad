//! Many questions at once, on several threads, with word of how far it has come.

use crate::base::{Code, Error, Result};

/// So many works are done between two words of progress.
const STRIDE: usize = 512;

/// Does a work for each item, on up to `threads` threads, and gives the results in the order of the items: the same for any
/// number of threads. `progress` is told how many are done of how many, and stops everything by answering `false`.
pub(super) fn run<I: Sync, R: Send>(
    items: &[I],
    threads: usize,
    progress: &mut dyn FnMut(usize, usize) -> bool,
    work: impl Fn(&I) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let threads = threads.clamp(1, 256);
    let mut done = Vec::with_capacity(items.len());
    for stride in items.chunks(STRIDE) {
        if !progress(done.len(), items.len()) {
            return Err(Error::new(Code::Cancelled).value(format!("{} of {}", done.len(), items.len())));
        }
        let share = stride.len().div_ceil(threads).max(1);
        let work = &work;
        let parts: Vec<Result<Vec<R>>> = std::thread::scope(|scope| {
            let start = |part: &'_ [I]| -> Result<Vec<R>> { part.iter().map(work).collect() };
            let mut shares = stride.chunks(share);
            let own = shares.next().unwrap_or_default();
            let others: Vec<_> = shares.map(|part| scope.spawn(move || start(part))).collect();
            let own = start(own);
            let joined = others.into_iter().map(|other| {
                // A thread ends without an answer only if the work panicked, which then goes on here.
                other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            });
            std::iter::once(own).chain(joined).collect()
        });
        for part in parts {
            done.extend(part?);
        }
    }
    progress(done.len(), items.len());
    Ok(done)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_items_for_any_number_of_threads() {
        let items: Vec<usize> = (0..2_000).collect();
        for threads in [0, 1, 3, 999] {
            let mut told = Vec::new();
            let doubled = run(
                &items,
                threads,
                &mut |done, all| {
                    told.push((done, all));
                    true
                },
                |item| Ok(item * 2),
            );
            assert!(doubled.unwrap().iter().zip(&items).all(|(double, item)| *double == item * 2));
            assert_eq!(told, [(0, 2_000), (512, 2_000), (1_024, 2_000), (1_536, 2_000), (2_000, 2_000)]);
        }
    }

    #[test]
    fn it_stops_when_told_to_and_at_the_first_error() {
        let items: Vec<usize> = (0..2_000).collect();
        let stopped = run(&items, 2, &mut |done, _| done < 600, |item| Ok(*item)).unwrap_err();
        assert_eq!(stopped.code(), "cancelled");
        let fails = |item: &usize| if *item == 7 { Err(Error::new(Code::NotFound)) } else { Ok(*item) };
        assert_eq!(run(&items, 2, &mut |_, _| true, fails).unwrap_err().code(), "not-found");
        assert!(run(&[], 2, &mut |_, _| true, |item: &usize| Ok(*item)).unwrap().is_empty());
    }
}
