//! Lists of neighbours, packed one after another, that still can grow and shrink in place.

/// A neighbour and the edge that leads to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Half {
    pub(super) node: u32,
    /// The number of the edge; the highest bit says whether the usual question admits it, so that it need not look.
    edge: u32,
}

const USUAL: u32 = 1 << 31;

impl Half {
    pub(super) fn new(node: u32, edge: u32, is_usual: bool) -> Self {
        Self { node, edge: if is_usual { edge | USUAL } else { edge } }
    }
    pub(super) fn edge(self) -> u32 {
        self.edge & !USUAL
    }
    pub(super) fn is_usual(self) -> bool {
        self.edge & USUAL != 0
    }
}

/// Where the list of a node lies in the pool.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    len: u32,
    room: u32,
}

/// For each node its neighbours. Built packed; a list that outgrows its room moves to the end of the pool with twice as
/// much, so that adding is constant on average.
#[derive(Clone, Debug, Default)]
pub(super) struct Adjacency {
    spans: Vec<Span>,
    pool: Vec<Half>,
    /// Room that lists left behind when they moved.
    wasted: usize,
}

impl Adjacency {
    /// Packs the lists of `(node, neighbour, edge)`, in the order given.
    ///
    /// Linear in nodes and entries.
    pub(super) fn build(nodes: usize, entries: impl Iterator<Item = (u32, Half)> + Clone) -> Self {
        let mut spans = vec![Span::default(); nodes];
        for (node, _) in entries.clone() {
            if let Some(span) = spans.get_mut(node as usize) {
                span.room += 1;
            }
        }
        let mut start = 0;
        for span in &mut spans {
            span.start = start;
            start += span.room;
        }
        let mut pool = vec![Half::default(); start as usize];
        for (node, half) in entries {
            if let Some(span) = spans.get_mut(node as usize) {
                pool[(span.start + span.len) as usize] = half;
                span.len += 1;
            }
        }
        Self { spans, pool, wasted: 0 }
    }

    pub(super) fn of(&self, node: u32) -> &[Half] {
        let Some(span) = self.spans.get(node as usize) else { return &[] };
        &self.pool[span.start as usize..(span.start + span.len) as usize]
    }

    /// The nodes that have neighbours, in order.
    pub(super) fn nodes(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..).zip(&self.spans).filter(|(_, span)| span.len > 0).map(|(node, _)| node)
    }

    pub(super) fn insert(&mut self, node: u32, half: Half) {
        let place = node as usize;
        if self.spans.len() <= place {
            self.spans.resize(place + 1, Span::default());
        }
        let span = self.spans[place];
        if span.len == span.room {
            self.move_to_end(place);
        }
        let span = &mut self.spans[place];
        self.pool[(span.start + span.len) as usize] = half;
        span.len += 1;
    }

    /// Takes an edge out of the list of a node; linear in the list.
    pub(super) fn remove(&mut self, node: u32, edge: u32) {
        let Some(span) = self.spans.get_mut(node as usize) else { return };
        let (start, end) = (span.start as usize, (span.start + span.len) as usize);
        if let Some(at) = self.pool[start..end].iter().position(|half| half.edge() == edge) {
            self.pool.copy_within(start + at + 1..end, start + at);
            span.len -= 1;
        }
    }

    fn move_to_end(&mut self, place: usize) {
        let span = self.spans[place];
        let room = (2 * span.room).max(2);
        // 2^32 entries would be 32 GiB; until then the cast is exact.
        let start = u32::try_from(self.pool.len()).unwrap_or(u32::MAX);
        self.pool.extend_from_within(span.start as usize..(span.start + span.len) as usize);
        self.pool.resize(start as usize + room as usize, Half::default());
        self.spans[place] = Span { start, len: span.len, room };
        self.wasted += span.room as usize;
        if self.wasted > self.pool.len() / 2 + 1024 {
            self.pack();
        }
    }

    /// Gives back the room that lists left behind.
    fn pack(&mut self) {
        let mut pool = Vec::with_capacity(self.pool.len() - self.wasted);
        for span in &mut self.spans {
            let start = u32::try_from(pool.len()).unwrap_or(u32::MAX);
            pool.extend_from_slice(&self.pool[span.start as usize..(span.start + span.room) as usize]);
            span.start = start;
        }
        self.pool = pool;
        self.wasted = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_sequence_of_edits_leaves_what_building_anew_leaves() {
        let mut grown = Adjacency::default();
        let mut kept: Vec<(u32, Half)> = Vec::new();
        let mut seed = 1_u64;
        for edge in 0..6_000_u32 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let draw = u32::try_from(seed >> 40).unwrap_or(0);
            if draw % 3 == 0 && !kept.is_empty() {
                let (node, half) = kept.remove(draw as usize % kept.len());
                grown.remove(node, half.edge());
            } else {
                let (node, half) = (draw % 97, Half::new(draw % 89, edge, draw % 2 == 0));
                kept.push((node, half));
                grown.insert(node, half);
            }
        }
        let built = Adjacency::build(97, kept.iter().copied());
        for node in 0..100 {
            assert_eq!(grown.of(node), built.of(node), "{node}");
        }
        assert_eq!(grown.nodes().collect::<Vec<_>>(), built.nodes().collect::<Vec<_>>());
    }
}
