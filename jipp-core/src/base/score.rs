//! Scores, weights and money as scaled integers: what decides an order is never a float.

use super::error::{Code, Error, Result};

/// Reads a decimal such as `-12.5` as an integer count of `10^-places`; `None` if it is not one or does not fit.
fn parse_scaled(text: &str, places: u32) -> Option<i64> {
    let trimmed = text.trim();
    let (negative, digits) = match trimmed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, trimmed),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let fraction = fraction.trim_end_matches('0');
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || fraction.len() > places as usize {
        return None;
    }
    let scale = 10_i64.checked_pow(places)?;
    let rest = places - u32::try_from(fraction.len()).ok()?;
    let minor =
        if fraction.is_empty() { 0 } else { fraction.parse::<i64>().ok()?.checked_mul(10_i64.checked_pow(rest)?)? };
    let value = whole.parse::<i64>().ok()?.checked_mul(scale)?.checked_add(minor)?;
    Some(if negative { -value } else { value })
}

/// Prints an integer count of `10^-places` as the shortest decimal.
fn print_scaled(value: i64, places: u32) -> String {
    let scale = 10_u64.pow(places);
    let size = value.unsigned_abs();
    let sign = if value < 0 { "-" } else { "" };
    let fraction = format!("{:0width$}", size % scale, width = places as usize);
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{}", size / scale),
        digits => format!("{sign}{}.{digits}", size / scale),
    }
}

/// Below this count of units the nearest float prints as the same decimal (15 significant digits).
const EXACT_IN_FLOAT: u64 = 1_000_000_000_000_000;

macro_rules! scaled_types {
    ($($(#[$doc:meta])* $name:ident = $kind:literal, $places:literal;)+) => {$(
        $(#[$doc])*
        ///
        #[doc = concat!("An integer count of 10^-", stringify!($places), "; prints and parses as a decimal, and travels as one.")]
        ///
        /// ```
        #[doc = concat!("use jipp_core::base::", stringify!($name), ";")]
        #[doc = concat!("let half: ", stringify!($name), " = \"0.50\".parse()?;")]
        /// assert_eq!(half.to_string(), "0.5");
        /// assert_eq!(half + half, "1".parse()?);
        /// # Ok::<(), jipp_core::Error>(())
        /// ```
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// How many units make one: 10 to the number of decimals kept.
            pub const SCALE: i64 = 10_i64.pow($places);
            /// Nothing.
            pub const ZERO: Self = Self(0);

            /// From a count of units of `1 / SCALE`.
            pub const fn from_units(units: i64) -> Self {
                Self(units)
            }
            /// From a whole number; saturates at the ends of the range.
            pub const fn from_int(whole: i64) -> Self {
                Self(whole.saturating_mul(Self::SCALE))
            }
            /// The count of units of `1 / SCALE`.
            pub const fn units(self) -> i64 {
                self.0
            }
            /// The nearest float, for display and statistics; never for deciding an order.
            #[allow(clippy::cast_precision_loss, reason = "display and statistics only")]
            pub fn to_f64(self) -> f64 {
                self.0 as f64 / Self::SCALE as f64
            }
        }

        impl std::ops::Add for $name {
            type Output = Self;
            /// Saturates at the ends of the range.
            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }
        impl std::ops::Sub for $name {
            type Output = Self;
            /// Saturates at the ends of the range.
            fn sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }
        }
        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
                all.fold(Self::ZERO, |a, b| a + b)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&print_scaled(self.0, $places))
            }
        }
        impl std::str::FromStr for $name {
            type Err = Error;
            /// Reads a decimal. Error: `number-form`.
            fn from_str(text: &str) -> Result<Self> {
                parse_scaled(text, $places).map(Self).ok_or_else(|| {
                    Error::new(Code::NumberForm)
                        .field($kind)
                        .value(text)
                        .expected(concat!("a decimal with at most ", stringify!($places), " decimals"))
                })
            }
        }
        impl serde::Serialize for $name {
            /// Exact: a JSON integer, else a JSON number, else (where a float would round) a decimal in a string. Named,
            /// for formats that tell a decimal from other numbers.
            fn serialize<S: serde::Serializer>(&self, out: S) -> std::result::Result<S::Ok, S::Error> {
                if self.0 % Self::SCALE == 0 {
                    out.serialize_newtype_struct(stringify!($name), &(self.0 / Self::SCALE))
                } else if self.0.unsigned_abs() < EXACT_IN_FLOAT {
                    out.serialize_newtype_struct(stringify!($name), &self.to_f64())
                } else {
                    out.serialize_newtype_struct(stringify!($name), &format_args!("{self}"))
                }
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            /// From a JSON number or a decimal in a string.
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
                let text = match serde_json::Value::deserialize(input)? {
                    serde_json::Value::Number(number) => match number.as_f64() {
                        // Display of a float is its shortest decimal, never in exponent form.
                        Some(float) if !number.is_i64() && !number.is_u64() => float.to_string(),
                        _ => number.to_string(),
                    },
                    serde_json::Value::String(text) => text,
                    other => other.to_string(),
                };
                text.parse().map_err(serde::de::Error::custom)
            }
        }
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": ["number", "string"], "x-decimals": $places })
            }
        }
    )+};
}

scaled_types! {
    /// A score.
    Score = "score", 6;
    /// A weight.
    Weight = "weight", 6;
    /// A measured quantity: an area, a coordinate, an index, a result.
    Measure = "measure", 6;
    /// An amount of money, in whole and hundredths of its currency.
    Amount = "amount", 2;
}
