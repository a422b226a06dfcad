//! Closed vocabularies: one macro, so that every one has stable codes, labels in two languages and one error.

/// A closed vocabulary: a fixed set of terms, each with a stable code and an Indonesian and an English label.
pub trait Vocabulary: Copy + Eq + 'static {
    /// Every term, in order.
    const ALL: &'static [Self];
    /// The name of the vocabulary, in kebab-case.
    const NAME: &'static str;
    /// The stable code, in kebab-case.
    fn code(self) -> &'static str;
    /// The Indonesian label.
    fn label_id(self) -> &'static str;
    /// The English label.
    fn label_en(self) -> &'static str;
    /// The label in a language.
    fn label(self, lang: super::Lang) -> &'static str {
        match lang {
            super::Lang::En => self.label_en(),
            super::Lang::Id => self.label_id(),
        }
    }
}

/// Finds the term whose code or label is `text`, whatever its case, with `_` and blanks read as `-`.
pub(crate) fn parse_term<V: Vocabulary>(text: &str) -> super::Result<V> {
    let wanted = super::text::slug(text);
    let same = |candidate: &str| candidate == wanted || super::text::slug(candidate) == wanted;
    V::ALL
        .iter()
        .copied()
        .find(|term| term.code() == text)
        .or_else(|| V::ALL.iter().copied().find(|t| same(t.code()) || same(t.label_id()) || same(t.label_en())))
        .ok_or_else(|| {
            let known: Vec<&str> = V::ALL.iter().map(|term| term.code()).collect();
            super::Error::new(super::Code::UnknownTerm).field(V::NAME).value(text).expected(known.join(", "))
        })
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident = $kind:literal { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $id:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("`", $code, "`: ", $en, " (*", $id, "*).")] $variant,)+ }

        impl $name {
            /// Every term, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable code, in kebab-case.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
            /// The Indonesian label.
            pub const fn label_id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }
            /// The English label.
            pub const fn label_en(self) -> &'static str {
                match self { $(Self::$variant => $en,)+ }
            }
        }

        impl $crate::base::Vocabulary for $name {
            const ALL: &'static [Self] = Self::ALL;
            const NAME: &'static str = $kind;
            fn code(self) -> &'static str { self.code() }
            fn label_id(self) -> &'static str { self.label_id() }
            fn label_en(self) -> &'static str { self.label_en() }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::base::Error;
            /// Reads a code or a label, whatever its case. Error: `unknown-term`.
            fn from_str(text: &str) -> $crate::base::Result<Self> {
                $crate::base::vocabulary::parse_term(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.code())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> std::result::Result<S::Ok, S::Error> {
                out.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
                crate::base::text::read_text(input, str::parse)
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool { true }
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [$($code),+] })
            }
        }
    };
}
pub(crate) use vocabulary;
