//! The numbers a corpus is drawn from: `SplitMix64`, so that every machine and every release of
//! Rust draws the same corpus.

pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(scramble(seed))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        scramble(self.0)
    }

    /// A number below `bound`, which must not be zero.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        reduce(self.next(), bound)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True once in `odds` times.
    pub(crate) fn once_in(&mut self, odds: usize) -> bool {
        self.below(odds) == 0
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// A number below `bound` that depends on `key` alone, for what must be known without drawing
/// everything before it.
pub(crate) fn fixed(key: u64, bound: usize) -> usize {
    reduce(scramble(key), bound)
}

fn scramble(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Scales by multiplication: the remainder of a division would need a cast that may truncate.
fn reduce(drawn: u64, bound: usize) -> usize {
    let scaled = (u128::from(drawn) * bound as u128) >> 64;
    usize::try_from(scaled).expect("below a usize")
}
