//! The same texts in the shape each tool expects: files around them, front matter and links.

use std::fmt::Write;

use crate::document::{self, Block, Corpus, Document, Piece, Section, Target};

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Shape {
    Engross,
    Hugo,
    Zola,
    Mdbook,
    Bare,
}

impl Shape {
    pub(crate) fn named(name: &str) -> Result<Self, String> {
        match name {
            "engross" => Ok(Self::Engross),
            "hugo" => Ok(Self::Hugo),
            "zola" => Ok(Self::Zola),
            "mdbook" => Ok(Self::Mdbook),
            "bare" => Ok(Self::Bare),
            _ => Err(format!("--for {name}: no such tool")),
        }
    }
}

/// The folder that holds the folders of documents.
pub(crate) fn texts(shape: Shape) -> &'static str {
    if shape == Shape::Mdbook {
        "src"
    } else {
        "content"
    }
}

/// Configuration and templates. The templates of the tools are as alike as their languages allow:
/// a table of contents, the text, and the versions of the document. Whatever else a tool makes by
/// default (feeds, search, taxonomies) is switched off, in its favour.
pub(crate) fn frame(shape: Shape, corpus: &Corpus) -> Vec<(&'static str, String)> {
    let files: &[(&str, &str)] = match shape {
        Shape::Engross => &[
            ("engross.toml", include_str!("engross/engross.toml")),
            ("content/index.md", include_str!("engross/index.md")),
        ],
        Shape::Hugo => &[
            ("config.toml", include_str!("hugo/config.toml")),
            (
                "layouts/_default/baseof.html",
                include_str!("hugo/baseof.html"),
            ),
            ("layouts/_default/list.html", include_str!("hugo/list.html")),
            (
                "layouts/_default/single.html",
                include_str!("hugo/single.html"),
            ),
        ],
        Shape::Zola => &[
            ("config.toml", include_str!("zola/config.toml")),
            ("templates/base.html", include_str!("zola/base.html")),
            ("templates/index.html", include_str!("zola/index.html")),
            ("templates/page.html", include_str!("zola/page.html")),
            ("templates/section.html", include_str!("zola/section.html")),
        ],
        Shape::Mdbook => &[("book.toml", include_str!("mdbook/book.toml"))],
        Shape::Bare => &[],
    };
    let mut files: Vec<_> = files
        .iter()
        .map(|(name, text)| (*name, (*text).to_owned()))
        .collect();
    if shape == Shape::Mdbook {
        files.push(("src/SUMMARY.md", mdbook_summary(corpus)));
    }
    files
}

fn mdbook_summary(corpus: &Corpus) -> String {
    let mut summary = "# Summary\n\n".to_owned();
    for number in 0..corpus.documents {
        for version in 0..corpus.versions {
            let (name, title) = (document::folder_of(number), document::title_of(number));
            let day = corpus.effective(number, version);
            push(
                &mut summary,
                format_args!("- [{title}, {day}]({name}/{day}.md)\n"),
            );
        }
    }
    summary
}

/// What stands in a document's folder beside its versions.
pub(crate) fn folder_files(shape: Shape, number: usize) -> Vec<(&'static str, String)> {
    let title = document::title_of(number);
    match shape {
        Shape::Engross => vec![("document.toml", format!("title = \"{title}\"\n"))],
        Shape::Hugo => vec![("_index.md", format!("+++\ntitle = \"{title}\"\n+++\n"))],
        Shape::Zola => {
            vec![(
                "_index.md",
                format!("+++\ntitle = \"{title}\"\nsort_by = \"date\"\n+++\n"),
            )]
        }
        Shape::Mdbook | Shape::Bare => Vec::new(),
    }
}

/// The source of one version.
pub(crate) fn page(shape: Shape, corpus: &Corpus, document: &Document, version: usize) -> String {
    let mut page = Page {
        shape,
        corpus,
        out: String::new(),
        notes: String::new(),
    };
    page.front_matter(document, version);
    for section in document.clauses.iter().flat_map(|clause| &clause.sections) {
        page.section(section);
    }
    page.out + &page.notes
}

struct Page<'a> {
    shape: Shape,
    corpus: &'a Corpus,
    out: String,
    /// Definitions of footnotes, which come last.
    notes: String,
}

impl Page<'_> {
    fn front_matter(&mut self, document: &Document, version: usize) {
        let title = document::title_of(document.number);
        let summary = &document.summary;
        let effective = self.corpus.effective(document.number, version);
        let published = self.corpus.published(document.number, version);
        self.out = match self.shape {
            Shape::Engross | Shape::Bare => format!(
                "+++\ntitle = \"{title}\"\npublished = {published}\nsummary = \"{summary}\"\n+++\n"
            ),
            Shape::Hugo => format!(
                "+++\ntitle = \"{title}\"\ndate = {effective}\nsummary = \"{summary}\"\n\
                 published = {published}\n+++\n"
            ),
            Shape::Zola => format!(
                "+++\ntitle = \"{title}\"\ndate = {effective}\ndescription = \"{summary}\"\n\
                 [extra]\npublished = {published}\n+++\n"
            ),
            Shape::Mdbook => format!("# {title}\n\nEffective {effective}. {summary}\n"),
        };
    }

    fn section(&mut self, section: &Section) {
        let marks = "#".repeat(section.level);
        push(&mut self.out, format_args!("\n{marks} {}", section.title));
        if let Some(anchor) = &section.anchor {
            push(&mut self.out, format_args!(" {{#{anchor}}}"));
        }
        self.out.push('\n');
        for block in &section.blocks {
            self.out.push('\n');
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(pieces) => self.paragraph(pieces),
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Table(rows) => self.table(rows),
        }
    }

    fn paragraph(&mut self, pieces: &[Piece]) {
        for (place, piece) in pieces.iter().enumerate() {
            let space = if place == 0 { "" } else { " " };
            match piece {
                Piece::Sentence(text) => push(&mut self.out, format_args!("{space}{text}")),
                Piece::Link { words, target } => {
                    let address = self.address(target);
                    push(
                        &mut self.out,
                        format_args!("{space}See [{words}]({address})."),
                    );
                }
                Piece::Note { label, text } => {
                    push(&mut self.out, format_args!("[^{label}]"));
                    push(&mut self.notes, format_args!("\n[^{label}]: {text}\n"));
                }
            }
        }
        self.out.push('\n');
    }

    fn list(&mut self, ordered: bool, items: &[(String, Vec<String>)]) {
        let mark = if ordered { "1." } else { "-" };
        let indent = " ".repeat(mark.len() + 1);
        for (item, children) in items {
            push(&mut self.out, format_args!("{mark} {item}\n"));
            for child in children {
                push(&mut self.out, format_args!("{indent}- {child}\n"));
            }
        }
    }

    fn table(&mut self, rows: &[[String; 3]]) {
        self.out
            .push_str("| Category | Purpose | Kept for |\n| --- | --- | ---: |\n");
        for [thing, purpose, period] in rows {
            push(
                &mut self.out,
                format_args!("| {thing} | {purpose} | {period} |\n"),
            );
        }
    }

    /// A link as the tool understands it. Engross and Zola look up the source and check that it
    /// and its anchor exist; mdBook rewrites the suffix; Hugo and the bare program are handed the
    /// finished address, which costs them nothing.
    fn address(&self, target: &Target) -> String {
        let name = |number: &usize| document::folder_of(*number);
        let latest = |number: &usize| self.corpus.latest(*number);
        match (self.shape, target) {
            (_, Target::Anchor(anchor)) => format!("#{anchor}"),
            (Shape::Engross, Target::Document(other)) => format!("../{}/", name(other)),
            (Shape::Engross, Target::Clause(other, anchor)) => {
                format!("../{}/#{anchor}", name(other))
            }
            (Shape::Zola, Target::Document(other)) => format!("@/{}/_index.md", name(other)),
            (Shape::Hugo, Target::Document(other)) => format!("/{}/", name(other)),
            (_, Target::Document(other)) => self.text(&name(other), latest(other), ""),
            (_, Target::Clause(other, anchor)) => {
                self.text(&name(other), latest(other), &format!("#{anchor}"))
            }
            (_, Target::Version(other, version)) => {
                self.text(&name(other), self.corpus.effective(*other, *version), "")
            }
        }
    }

    fn text(&self, name: &str, day: document::Day, anchor: &str) -> String {
        match self.shape {
            Shape::Engross | Shape::Mdbook => format!("../{name}/{day}.md{anchor}"),
            Shape::Zola => format!("@/{name}/{day}.md{anchor}"),
            Shape::Hugo | Shape::Bare => format!("/{name}/{day}/{anchor}"),
        }
    }
}

fn push(out: &mut String, text: std::fmt::Arguments) {
    out.write_fmt(text).expect("a String takes all");
}
