//! How far two places lie apart.

use super::Point;

/// Mean radius of the earth in kilometres: R1 = (2a + b) / 3 of the ellipsoid WGS 84 (Moritz, *Geodetic Reference
/// System 1980*, Journal of Geodesy 74, 2000; WGS 84 agrees to the digits given).
const EARTH_RADIUS_KM: f64 = 6371.0088;

/// The great-circle distance of two places in kilometres, by the haversine formula (Sinnott, *Virtues of the
/// Haversine*, Sky and Telescope 68, 1984) on a sphere of the earth's mean radius: within 0.6 % of the way along the
/// ellipsoid. The same on every platform.
///
/// ```
/// use jipp_core::model::{Point, great_circle_km};
/// let jakarta = Point { lat: "-6.2".parse()?, lon: "106.8".parse()? };
/// let surabaya = Point { lat: "-7.25".parse()?, lon: "112.75".parse()? };
/// assert_eq!(great_circle_km(jakarta, surabaya).round(), 667.0);
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub fn great_circle_km(from: Point, to: Point) -> f64 {
    let [lat_a, lon_a, lat_b, lon_b] = [from.lat, from.lon, to.lat, to.lon].map(|angle| angle.to_f64().to_radians());
    let half_chord = |angle: f64| {
        let sine = libm::sin(angle / 2.0);
        sine * sine
    };
    let square = half_chord(lat_b - lat_a) + libm::cos(lat_a) * libm::cos(lat_b) * half_chord(lon_b - lon_a);
    // Rounding may lift the square of opposite places over one, where the arc sine ends.
    2.0 * EARTH_RADIUS_KM * libm::asin(libm::sqrt(square.clamp(0.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Measure;

    fn point(lat: i64, lon: i64) -> Point {
        Point { lat: Measure::from_int(lat), lon: Measure::from_int(lon) }
    }

    #[test]
    fn known_arcs_have_their_length() {
        let quarter = EARTH_RADIUS_KM * std::f64::consts::FRAC_PI_2;
        for (a, b, expected) in [
            (point(0, 0), point(0, 0), 0.0),
            (point(0, 0), point(0, 90), quarter),
            (point(0, 20), point(90, 77), quarter),
            (point(0, 0), point(0, 180), 2.0 * quarter),
            (point(10, 179), point(10, -179), 219.008),
        ] {
            assert!((great_circle_km(a, b) - expected).abs() < 0.01, "{a:?} {b:?} {}", great_circle_km(a, b));
            assert_eq!(great_circle_km(a, b).to_bits(), great_circle_km(b, a).to_bits());
        }
    }
}
