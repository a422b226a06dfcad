//! Memory that is counted.
#![allow(unsafe_code, reason = "an allocator is unsafe by its interface; this one hands every call on")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The allocator of the system, counted: how much is in use, and the most that ever was.
///
/// A test of memory is alone in its binary, or its neighbours are counted with it:
///
/// ```
/// #[global_allocator]
/// static MEMORY: jipp_faults::Counting = jipp_faults::Counting::new();
///
/// let (length, peak) = MEMORY.peak_of(|| vec![0_u8; 1 << 20].len());
/// assert!(length == 1 << 20 && peak >= length);
/// ```
#[derive(Debug, Default)]
pub struct Counting {
    now: AtomicUsize,
    peak: AtomicUsize,
}

impl Counting {
    /// Nothing counted yet.
    pub const fn new() -> Self {
        Self { now: AtomicUsize::new(0), peak: AtomicUsize::new(0) }
    }

    /// Does something, and says how many bytes it had in use at most, beyond those in use before.
    pub fn peak_of<T>(&self, work: impl FnOnce() -> T) -> (T, usize) {
        let before = self.now.load(Ordering::SeqCst);
        self.peak.store(before, Ordering::SeqCst);
        let done = work();
        (done, self.peak.load(Ordering::SeqCst).saturating_sub(before))
    }

    fn add(&self, bytes: usize) {
        let now = self.now.fetch_add(bytes, Ordering::SeqCst) + bytes;
        self.peak.fetch_max(now, Ordering::SeqCst);
    }

    fn take(&self, bytes: usize) {
        self.now.fetch_sub(bytes, Ordering::SeqCst);
    }
}

// SAFETY: every call is handed on to the allocator of the system as it came; only numbers are kept beside.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.add(layout.size());
        // SAFETY: the caller keeps to the rules of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        self.take(layout.size());
        // SAFETY: the caller keeps to the rules of `dealloc`.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // The new place exists beside the old one for a moment.
        self.add(size);
        // SAFETY: the caller keeps to the rules of `realloc`.
        let moved = unsafe { System.realloc(at, layout, size) };
        self.take(layout.size());
        moved
    }
}
