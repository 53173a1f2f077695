//! A redline as one HTML file that needs nothing beside it, to be sent and kept. It looks as its page
//! would on the site.

use std::fmt::Write as _;

use super::contract::{ChangedClause, Changes, Date, Redefined, Safe};
use super::records::{Records, label};
use super::self_contained::{self, Surroundings};
use super::shelf::EMPTY;
use crate::markup::escape::{escaped, push_attribute};
use crate::model::document::FrontMatter;
use crate::parse::placeholders::SourceMap;
use crate::prepared::{Prepared, Role};
use crate::redline::{Compared, Redline, Version};

/// The file of the theme with the look of pages.
const STYLE: &str = "style.css";

/// Writes what was found in a comparison of two texts; of one alone, where there is none before it.
pub fn redline<'s>(
    prepared: &Prepared<'s>,
    compared: &Compared,
    new: Role<'s>,
    found: Option<(&Redline<'_, '_>, &SourceMap)>,
) -> String {
    let records = Records {
        prepared,
        translation: new.translation(),
        shelf: &EMPTY,
    };
    let found = found.map(|(redline, map)| prepared.alone(new, redline, map));
    let changes = found
        .as_ref()
        .map(|(_, changes)| records.changes(changes, new.translation()));
    let mut file = File {
        records,
        out: String::new(),
    };
    file.head(compared);
    file.masthead(compared, new, changes.as_ref());
    match changes {
        Some(changes) if changes.any => file.changes(&changes),
        Some(_) => file.paragraph("no_changes"),
        None => file.paragraph("no_predecessor"),
    }
    if let Some((html, _)) = found {
        file.push(&format!(
            "<div class=\"text\" id=\"page:redline\">\n{html}</div>\n"
        ));
    }
    file.push("</main>\n</body>\n</html>\n");
    file.out
}

struct File<'p, 's> {
    records: Records<'p, 's>,
    out: String,
}

impl File<'_, '_> {
    fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// Words of the theme, as HTML.
    fn word(&self, key: &str) -> String {
        escaped(self.records.strings().get(key))
    }

    fn paragraph(&mut self, key: &str) {
        let words = self.word(key);
        let _ = writeln!(self.out, "<p>{words}</p>");
    }

    fn head(&mut self, compared: &Compared) {
        self.push("<!doctype html>\n<html lang=\"");
        push_attribute(&mut self.out, &compared.language);
        let title = format!("{}, {}", compared.title, compared.new.id);
        let _ = write!(
            self.out,
            "\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{}: {}</title>\n<style>\n{}</style>\n</head>\n",
            self.records.strings().direction,
            self.word("summary_of_changes"),
            escaped(&title),
            style(self.records.prepared)
        );
        self.push("<body class=\"kind-redline\">\n<main id=\"page:main\" class=\"leaf\">\n");
    }

    fn masthead(&mut self, compared: &Compared, new: Role<'_>, changes: Option<&Changes>) {
        let (title, heading) = (escaped(&compared.title), self.word("summary_of_changes"));
        let _ = write!(
            self.out,
            "<header class=\"masthead\">\n<p class=\"over\">{title}</p>\n<h1>{heading}</h1>\n<ul class=\"facts\">\n"
        );
        if let Some(standing) = compared.new.standing {
            let standing = self.word(label(standing));
            let _ = writeln!(
                self.out,
                "<li><strong class=\"standing\">{standing}</strong></li>"
            );
        }
        self.version(&compared.new, "effective");
        if let Some(old) = &compared.old {
            self.version(old, "compared_with");
        }
        self.push("</ul>\n");
        self.reasons(compared, new);
        if let Some(changes) = changes.filter(|changes| changes.any) {
            let counts = changes.totals.iter().map(|total| {
                let label = escaped(&total.label);
                format!("<li>{label} <strong>{}</strong></li>\n", total.count)
            });
            let counts: String = counts.collect();
            let _ = write!(self.out, "<ul class=\"totals\">\n{counts}</ul>\n");
        }
        self.push("</header>\n");
    }

    /// A version by its day, or by its name where it has none.
    fn version(&mut self, version: &Version, before: &str) {
        let mut words = match version.effective {
            Some(day) => {
                let day = Date::new(day, self.records.strings());
                format!("{} {}", self.word(before), day.html.0)
            }
            None => escaped(&version.id),
        };
        if version.reason.is_some() {
            let _ = write!(words, " ({})", self.word("correction"));
        }
        self.push("<li>");
        if let Some(address) = &version.address {
            self.push("<a href=\"");
            push_attribute(&mut self.out, address);
            words = format!("\">{words}</a>");
        }
        let _ = writeln!(self.out, "{words}</li>");
    }

    /// Why the new text was made and what it changed, as its publisher says.
    fn reasons(&mut self, compared: &Compared, new: Role<'_>) {
        if let Some(reason) = &compared.new.reason {
            let lang = self.lang(new, |front| front.reason.as_ref());
            let words = format!("<p{}>{}</p>", lang.0, escaped(reason));
            self.section("reason", &words);
        }
        let summary = compared.new.summary.as_ref().map(|summary| {
            let lang = self.lang(new, |front| front.summary.as_ref());
            format!("<span{}>{}</span>", lang.0, escaped(summary))
        });
        let material = compared.new.material.then(|| {
            let words = self.word("material_change");
            format!("<strong class=\"material\">{words}</strong>")
        });
        let told: Vec<String> = material.into_iter().chain(summary).collect();
        if !told.is_empty() {
            self.section("summary_of_changes", &format!("<p>{}</p>", told.join(" ")));
        }
    }

    fn lang(&self, new: Role<'_>, say: fn(&FrontMatter) -> Option<&String>) -> Safe {
        match new {
            Role::Version(_, version, language) => self.records.said(version, language, say).1,
            Role::Page(_) | Role::Draft(_) => Safe::default(),
        }
    }

    fn section(&mut self, heading: &str, html: &str) {
        let heading = self.word(heading);
        let _ = writeln!(
            self.out,
            "<section class=\"changes\"><h2>{heading}</h2>{html}</section>"
        );
    }

    /// Which sections changed, which terms, and how the marks are read.
    fn changes(&mut self, changes: &Changes) {
        if !changes.clauses.is_empty() {
            let words = self.word("changed_sections");
            let open = if changes.clauses.len() > 12 {
                ""
            } else {
                " open"
            };
            let _ = write!(
                self.out,
                "<nav class=\"contents-panel changed-panel\" aria-label=\"{words}\" tabindex=\"0\">\n\
                 <p class=\"contents-title\" aria-hidden=\"true\">{words}</p>\n\
                 <details{open}><summary>{words}</summary>\n<ol class=\"changed\">\n"
            );
            changes
                .clauses
                .iter()
                .for_each(|clause| self.clause(clause));
            self.push("</ol>\n</details>\n</nav>\n");
        }
        self.push("<div class=\"digest\">\n");
        let renames = changes.renames.iter().map(|rename| {
            let (old, new) = (escaped(&rename.old), escaped(&rename.new));
            format!("<li><del>{old}</del> <ins>{new}</ins></li>\n")
        });
        self.list("renamed_terms", &renames.collect::<String>());
        let terms = changes.redefined.iter().map(|term| self.redefined(term));
        let terms: String = terms.collect();
        self.list("redefined_terms", &terms);
        let word = |key| self.word(key);
        let reading = format!(
            "<p class=\"reading\"><ins>{}</ins> <del>{}</del> {} <span class=\"screen-only\">{}</span></p>\n</div>\n",
            word("inserted"),
            word("deleted"),
            word("reading_changes"),
            word("reading_unchanged")
        );
        self.push(&reading);
    }

    fn list(&mut self, heading: &str, items: &str) {
        if !items.is_empty() {
            self.section(heading, &format!("\n<ul>\n{items}</ul>\n"));
        }
    }

    fn clause(&mut self, clause: &ChangedClause) {
        self.push("<li><a href=\"#");
        push_attribute(&mut self.out, &clause.anchor);
        self.push("\">");
        if let Some(number) = &clause.number {
            let number = escaped(number);
            let _ = write!(self.out, "<span class=\"number\">{number}</span> ");
        }
        let _ = write!(self.out, "{}</a>", escaped(&clause.title));
        let counts = [
            ("inserted", "words_inserted", "+", clause.inserted),
            ("deleted", "words_deleted", "−", clause.deleted),
        ];
        let counts = counts.into_iter().filter(|(_, _, _, count)| *count > 0);
        let counts = counts.map(|(class, key, sign, count)| {
            let words = self.word(key);
            format!(
                "<span class=\"{class}\"><span class=\"visually-hidden\">{words} </span>\
                 <span aria-hidden=\"true\">{sign}</span>{count}</span>"
            )
        });
        let counts: Vec<String> = counts.collect();
        if !counts.is_empty() {
            let counts = counts.join(" ");
            let _ = write!(self.out, " <span class=\"counts\">{counts}</span>");
        }
        if let Some(what) = &clause.what {
            let _ = write!(self.out, " <span class=\"what\">{}</span>", escaped(what));
        }
        if let Some(was) = &clause.was {
            let (words, was) = (self.word("heading_before"), escaped(was));
            let _ = write!(
                self.out,
                " <span class=\"what\">{words} <s>{was}</s></span>"
            );
        }
        self.push("</li>\n");
    }

    fn redefined(&self, term: &Redefined) -> String {
        let link = |anchor: &str, words: &str| {
            let mut out = String::from("<a href=\"#");
            push_attribute(&mut out, anchor);
            out + "\">" + &escaped(words) + "</a>"
        };
        let name = match &term.anchor {
            Some(anchor) => link(anchor, &term.term),
            None => format!("<strong>{}</strong>", escaped(&term.term)),
        };
        let clauses = term.clauses.iter().map(|clause| {
            let link = link(&clause.anchor, &clause.title);
            format!("<li>{link}</li>\n")
        });
        let (words, clauses) = (self.word("used_unchanged"), clauses.collect::<String>());
        let what = if term.newly {
            format!(
                " <span class=\"what\">{}</span>",
                self.word("newly_defined")
            )
        } else {
            String::new()
        };
        let open = if term.clauses.len() > 6 { "" } else { " open" };
        format!(
            "<li>{name}{what}\n<details{open}><summary>{words}</summary>\n<ul class=\"links\">\n{clauses}</ul>\n</details></li>\n"
        )
    }
}

/// The style sheet of the theme, with what it would fetch.
fn style(prepared: &Prepared<'_>) -> String {
    let (assets, base) = (&prepared.texts.theme.assets, &prepared.site.config.base_url);
    let Some(asset) = assets.get(STYLE) else {
        return String::new();
    };
    let find = |address: &str| {
        let mut all = assets.all().map(|(_, asset)| asset);
        let found = all.find(|asset| asset.address.href(base) == address);
        found.map(|asset| asset.bytes.clone())
    };
    let around = Surroundings {
        url: &base.to_string(),
        find: &find,
    };
    let css = String::from_utf8_lossy(&asset.bytes);
    self_contained::style(&css, &asset.address.href(base), &around)
}
