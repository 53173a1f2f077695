//! What a site declares for readers in California, and the links that follow from it.

use super::Located;

/// The words of the status that Cal. Code Regs. tit. 11, § 7025(c)(6) gives: the key in a theme, and the English.
pub const OPT_OUT_HONORED: (&str, &str) = ("opt_out_honored", "Opt-Out Request Honored");

/// What a site declares of personal information.
#[derive(Clone, Debug)]
pub struct California {
    /// Whether it is sold (Cal. Civ. Code § 1798.140(ad)).
    pub sells: bool,
    /// Whether it is shared for cross-context behavioral advertising (§ 1798.140(ah)).
    pub shares: bool,
    /// Whether sensitive information is used beyond what § 1798.121(a) permits without a choice.
    pub uses_sensitive: bool,
    /// The links by which readers exercise their rights, and where they lead.
    pub links: Vec<(Choice, Located<String>)>,
}

impl California {
    /// Whether readers have a right to opt out of sale or sharing.
    pub fn is_sold(&self) -> bool {
        self.sells || self.shares
    }
}

/// A link whose title the law fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// One link for all rights.
    All,
    /// The same under its other title.
    AllInCalifornia,
    /// To opt out of sale and sharing.
    DoNotSell,
    /// To limit the use of sensitive information.
    Limit,
}

impl Choice {
    /// Its title in English, to the letter.
    pub fn title(self) -> &'static str {
        match self {
            Self::All => "Your Privacy Choices",
            Self::AllInCalifornia => "Your California Privacy Choices",
            Self::DoNotSell => "Do Not Sell or Share My Personal Information",
            Self::Limit => "Limit the Use of My Sensitive Personal Information",
        }
    }

    /// The key under which themes have the title.
    pub fn key(self) -> &'static str {
        match self {
            Self::All => "privacy_choices",
            Self::AllInCalifornia => "california_privacy_choices",
            Self::DoNotSell => "do_not_sell",
            Self::Limit => "limit_sensitive",
        }
    }

    /// What fixes the title.
    pub fn source(self) -> &'static str {
        match self {
            Self::All | Self::AllInCalifornia => "Cal. Code Regs. tit. 11, § 7015(b)",
            Self::DoNotSell => "Cal. Civ. Code § 1798.135(a)(1)",
            Self::Limit => "Cal. Civ. Code § 1798.135(a)(2)",
        }
    }

    /// Whether the opt-out icon stands beside it (Cal. Code Regs. tit. 11, § 7015(b)).
    pub fn has_icon(self) -> bool {
        matches!(self, Self::All | Self::AllInCalifornia)
    }
}
