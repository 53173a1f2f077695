//! The Merkle tree of RFC 9162, section 2.1: one digest for a list, and short proofs of what it holds.

use super::digest::Digest;

/// The digest of an element.
pub fn leaf(data: &[u8]) -> Digest {
    Digest::of([&[0], data].concat())
}

fn node(left: Digest, right: Digest) -> Digest {
    Digest::of([&[1][..], &left.bytes(), &right.bytes()].concat())
}

/// Where a list of two or more is divided: at the largest power of two below its length.
fn middle(len: usize) -> usize {
    1 << (len - 1).ilog2()
}

/// The digest of a list, of whose elements the digests are given.
pub fn root(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => Digest::of([]),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(middle(leaves.len()));
            node(root(left), root(right))
        }
    }
}

/// The proof that a list holds an element at an index (from 0); `None` where it has no such index.
pub fn inclusion(leaves: &[Digest], index: usize) -> Option<Vec<Digest>> {
    if index >= leaves.len() {
        return None;
    }
    if leaves.len() == 1 {
        return Some(Vec::new());
    }
    let middle = middle(leaves.len());
    let (left, right) = leaves.split_at(middle);
    let (mut proof, sibling) = if index < middle {
        (inclusion(left, index)?, root(right))
    } else {
        (inclusion(right, index - middle)?, root(left))
    };
    proof.push(sibling);
    Some(proof)
}

/// On which side of what it is joined with a digest stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before it.
    Left,
    /// After it.
    Right,
}

/// A digest of a proof of inclusion, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sibling {
    /// The digest.
    pub digest: Digest,
    /// Its side.
    pub side: Side,
}

/// The proof that a list holds an element at an index, for whoever joins the digests by hand.
pub fn siblings(leaves: &[Digest], index: usize) -> Option<Vec<Sibling>> {
    let proof = inclusion(leaves, index)?.into_iter();
    let sides = sides(index, leaves.len());
    let siblings = proof
        .zip(sides)
        .map(|(digest, side)| Sibling { digest, side });
    Some(siblings.collect())
}

/// The sides of a proof's digests for an element of a list of a length.
fn sides(index: usize, len: usize) -> Vec<Side> {
    if len == 1 {
        return Vec::new();
    }
    let middle = middle(len);
    let (mut sides, side) = if index < middle {
        (sides(index, middle), Side::Right)
    } else {
        (sides(index - middle, len - middle), Side::Left)
    };
    sides.push(side);
    sides
}

/// Whether a proof shows that the list of this size and root holds the leaf at the index.
pub fn verify_inclusion(
    leaf: Digest,
    index: usize,
    size: usize,
    proof: &[Digest],
    root: Digest,
) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut digest) = (index, size - 1, leaf);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            digest = node(*sibling, digest);
            while at % 2 == 0 && at != 0 {
                (at, last) = (at / 2, last / 2);
            }
        } else {
            digest = node(digest, *sibling);
        }
        (at, last) = (at / 2, last / 2);
    }
    last == 0 && digest == root
}

/// The proof that a list begins with its first `size` elements; `None` where it has fewer.
pub fn consistency(leaves: &[Digest], size: usize) -> Option<Vec<Digest>> {
    match size {
        0 => Some(Vec::new()),
        _ if size > leaves.len() => None,
        _ => Some(subproof(leaves, size, true)),
    }
}

/// `whole` says that the first elements are the whole of the older list, whose root is known.
fn subproof(leaves: &[Digest], size: usize, whole: bool) -> Vec<Digest> {
    if size == leaves.len() {
        return if whole {
            Vec::new()
        } else {
            vec![root(leaves)]
        };
    }
    let middle = middle(leaves.len());
    let (left, right) = leaves.split_at(middle);
    let (mut proof, sibling) = if size <= middle {
        (subproof(left, size, whole), root(right))
    } else {
        (subproof(right, size - middle, false), root(left))
    };
    proof.push(sibling);
    proof
}

/// A list as its size and its root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tree {
    /// How many elements it has.
    pub size: usize,
    /// Its digest.
    pub root: Digest,
}

/// Whether a proof shows that the newer list begins with the older one.
pub fn verify_consistency(older: Tree, newer: Tree, proof: &[Digest]) -> bool {
    if older.size == 0 {
        return proof.is_empty() && older.root == root(&[]);
    }
    if older.size >= newer.size {
        return proof.is_empty() && older == newer;
    }
    let known = older.size.is_power_of_two().then_some(older.root);
    let mut steps = known.into_iter().chain(proof.iter().copied());
    let Some(first) = steps.next() else {
        return false;
    };
    let shift = (older.size - 1).trailing_ones();
    let (mut at, mut last) = ((older.size - 1) >> shift, (newer.size - 1) >> shift);
    let (mut of_older, mut of_newer) = (first, first);
    for step in steps {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            (of_older, of_newer) = (node(step, of_older), node(step, of_newer));
            while at % 2 == 0 && at != 0 {
                (at, last) = (at / 2, last / 2);
            }
        } else {
            of_newer = node(of_newer, step);
        }
        (at, last) = (at / 2, last / 2);
    }
    last == 0 && of_older == older.root && of_newer == newer.root
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The roots of the first 0 to 8 of the elements below.
    const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    const ELEMENTS: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];

    const MOST: usize = 70;

    fn leaves() -> Vec<Digest> {
        (0..MOST).map(|n| leaf(&n.to_be_bytes())).collect()
    }

    fn tree(leaves: &[Digest]) -> Tree {
        Tree {
            size: leaves.len(),
            root: root(leaves),
        }
    }

    fn other(digest: Digest) -> Digest {
        Digest::of(digest.bytes())
    }

    /// The proof with each of its steps replaced and left out, and with one more.
    fn spoilt(proof: &[Digest]) -> Vec<Vec<Digest>> {
        let mut all = vec![[proof, &[Digest::of("more")]].concat()];
        for at in 0..proof.len() {
            let (before, after) = (&proof[..at], &proof[at + 1..]);
            all.push([before, &[other(proof[at])], after].concat());
            all.push([before, after].concat());
        }
        all
    }

    #[test]
    fn roots_are_those_of_the_standard() {
        let leaves = ELEMENTS.map(leaf);
        for (size, expected) in ROOTS.iter().enumerate() {
            assert_eq!(root(&leaves[..size]).hex(), *expected, "{size}");
        }
    }

    #[test]
    fn digests_joined_by_their_sides_give_the_root() {
        let all = leaves();
        for size in 1..=MOST {
            for (index, leaf) in all[..size].iter().enumerate() {
                let siblings = siblings(&all[..size], index).unwrap();
                let joined = siblings.iter().fold(*leaf, |own, other| match other.side {
                    Side::Left => node(other.digest, own),
                    Side::Right => node(own, other.digest),
                });
                assert_eq!(joined, root(&all[..size]), "{index} of {size}");
            }
            assert_eq!(siblings(&all[..size], size), None);
        }
    }

    #[test]
    fn every_element_is_proved_and_nothing_else_is() {
        let all = leaves();
        for size in 1..=MOST {
            let leaves = &all[..size];
            let root = root(leaves);
            for (index, leaf) in leaves.iter().copied().enumerate() {
                let proof = inclusion(leaves, index).unwrap();
                assert!(verify_inclusion(leaf, index, size, &proof, root));
                assert!(!verify_inclusion(other(leaf), index, size, &proof, root));
                assert!(!verify_inclusion(leaf, index, size, &proof, other(root)));
                for wrong in [index ^ 1, index + 1, index / 2, size - 1 - index, size] {
                    let verified = verify_inclusion(leaf, wrong, size, &proof, root);
                    assert_eq!(verified, wrong == index, "{wrong} {size}");
                }
                for proof in spoilt(&proof) {
                    assert!(!verify_inclusion(leaf, index, size, &proof, root));
                }
            }
            assert_eq!(inclusion(leaves, size), None);
        }
        assert!(!verify_inclusion(all[0], 0, 0, &[], root(&[])));
    }

    #[test]
    fn every_beginning_is_proved_and_nothing_else_is() {
        let all = leaves();
        for size in 0..=MOST {
            let newer = tree(&all[..size]);
            for first in 0..=size {
                let older = tree(&all[..first]);
                let proof = consistency(&all[..size], first).unwrap();
                assert!(verify_consistency(older, newer, &proof), "{first} {size}");
                for proof in spoilt(&proof) {
                    assert!(!verify_consistency(older, newer, &proof));
                }
                let forged = |tree: Tree| Tree {
                    root: other(tree.root),
                    ..tree
                };
                assert!(!verify_consistency(forged(older), newer, &proof));
                // What an empty list begins, any list continues.
                assert_eq!(verify_consistency(older, forged(newer), &proof), first == 0);
            }
            assert_eq!(consistency(&all[..size], size + 1), None);
        }
    }

    #[test]
    fn the_sizes_of_a_consistency_proof_count() {
        let all = leaves();
        for size in 1..=MOST {
            for first in 1..size {
                let (older, newer) = (tree(&all[..first]), tree(&all[..size]));
                let proof = consistency(&all[..size], first).unwrap();
                for wrong in [first - 1, first + 1] {
                    let older = Tree {
                        size: wrong,
                        ..older
                    };
                    assert!(!verify_consistency(older, newer, &proof), "{wrong} {size}");
                }
            }
        }
    }
}
