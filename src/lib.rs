//! Engross turns a folder of dated legal texts into a static site that can be trusted as evidence.
//!
//! The core is a pure function: a [`tree::SourceTree`] and a day go in, a plan of addresses and
//! diagnostics come out, and rendering one address is a function of the plan. Only [`disk`] touches
//! files; the clock and the terminal belong to the program in `main.rs`.

pub mod archive;
pub mod diagnostic;
pub mod disk;
pub mod evidence;
pub mod history;
pub mod ledger;
pub mod links;
pub mod markup;
pub mod model;
pub mod outline;
pub mod parse;
mod paths;
pub mod plan;
pub mod prepared;
pub mod preview;
pub mod published;
pub mod redline;
pub mod render;
pub mod route;
pub mod sealed;
pub mod sections;
pub mod skeleton;
pub mod theme;
pub mod timeline;
pub mod tree;
pub mod urls;
pub mod witness;
pub mod words;
