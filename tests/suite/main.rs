//! Everything that Engross promises, tried on whole sites: one binary, a module for each promise.
#![expect(
    clippy::disallowed_methods,
    reason = "tests write sites to temporary folders and look at what comes out"
)]
#![expect(
    clippy::format_collect,
    reason = "tests are written to be read; what they build is small"
)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod addresses;
mod amend;
mod arguments;
mod atom;
mod begin;
mod brand;
mod broken;
mod california;
mod determinism;
mod docs;
mod documented;
mod evidence;
mod feeds;
mod folder;
mod golden;
mod html;
mod languages;
mod links;
mod markdown;
mod marks;
mod own_language;
mod placeholders;
mod preview;
mod publish_seal;
mod publishing;
mod readme;
mod redline_command;
mod redline_pages;
mod redline_properties;
mod redlines;
mod reports;
mod seal;
mod sections;
mod serve;
mod shell;
mod site;
mod standing;
mod style;
mod switch;
mod terms;
mod theme;
mod timeline;
mod translations;
mod verify;
mod walls;
mod witness;
