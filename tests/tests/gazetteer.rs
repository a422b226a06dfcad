//! Regions and agencies by name, as callers meet them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed, as it should")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jipp_core::base::{Measure, RegionId, Score};
use jipp_core::model::{
    Agency, AgencyKind, AgencyNames, Entity, Gazetteer, Hint, How, Marker, MarkerKind, Naming, Region, RegionLevel,
    agencies_id, naming_id, regions_id,
};

fn indonesia() -> Gazetteer {
    Gazetteer::indonesia().unwrap()
}

fn id(text: &str) -> RegionId {
    text.parse().unwrap()
}

#[test]
fn the_built_in_regions_are_whole() {
    let regions = regions_id().unwrap();
    let by_id: BTreeMap<&RegionId, &Region> = regions.iter().map(|region| (&region.id, region)).collect();
    let count = |level| regions.iter().filter(|region| region.level == level).count();
    assert_eq!((count(RegionLevel::Province), regions.len(), by_id.len()), (38, 552, 552));
    assert_eq!((count(RegionLevel::Regency), count(RegionLevel::City)), (416, 98));
    let unique = |all: BTreeSet<String>| assert_eq!(all.len(), 552);
    unique(regions.iter().map(|region| region.name.to_string()).collect());
    unique(regions.iter().map(|region| region.external_ids[0].value.to_string()).collect());

    let mut parts: BTreeMap<&RegionId, (u64, Measure)> = BTreeMap::new();
    for region in &regions {
        region.check().unwrap();
        assert_eq!(region.country.as_deref(), Some("ID"));
        assert_eq!(region.population_on, Some("2024".parse().unwrap()));
        assert!(region.center.is_some() && region.island_group.is_some() && region.external_ids.len() == 1);
        assert_eq!(region.hdi.is_some(), region.hdi_on.is_some());
        assert_eq!(region.is_3t.is_none(), region.level == RegionLevel::Province);
        if let Some(parent) = &region.parent {
            assert!(by_id[parent].level == RegionLevel::Province && region.id.as_str().starts_with(parent.as_str()));
            let sum = parts.entry(parent).or_default();
            *sum = (sum.0 + region.population.unwrap(), sum.1 + region.area_km2.unwrap());
        } else {
            assert_eq!(region.level, RegionLevel::Province);
        }
    }
    let total: u64 = parts.values().map(|sum| sum.0).sum();
    assert_eq!(total, 284_973_643);
    for (province, (population, area)) in parts {
        assert_eq!(by_id[province].population, Some(population), "{province}");
        let gap = by_id[province].area_km2.unwrap() - area;
        assert!(gap.units().abs() <= 10_001, "{province} {gap}");
    }
    assert_eq!(regions.iter().filter(|region| region.is_3t == Some(true)).count(), 62);
    assert_eq!(regions.iter().filter(|region| region.hdi.is_some()).count(), 548);
    assert_eq!(regions.iter().filter(|region| region.capital.is_some()).count(), 400);
}

#[test]
fn every_known_field_says_where_it_comes_from() {
    for region in regions_id().unwrap() {
        let sources =
            |field: Option<&str>| region.provenance.iter().filter(|p| p.field.as_deref() == field).collect::<Vec<_>>();
        for (field, known) in [
            (None, true),
            (Some("population"), true),
            (Some("area_km2"), true),
            (Some("center"), true),
            (Some("external_ids"), true),
            (Some("island_group"), true),
            (Some("capital"), region.capital.is_some()),
            (Some("hdi"), region.hdi.is_some()),
            (Some("is_3t"), region.is_3t.is_some()),
        ] {
            assert_eq!(sources(field).len(), usize::from(known), "{} {field:?}", region.id);
        }
        if region.level == RegionLevel::Regency && region.capital.is_some() {
            let source = &sources(Some("capital"))[0].source;
            assert!(source.contains("GeoNames.org") && source.contains("CC BY 4.0"));
        }
        assert!(region.provenance.iter().all(|p| p.mark.is_some()));
    }
}

#[test]
fn every_region_is_found_by_all_its_names_and_codes() {
    let gazetteer = indonesia();
    for region in regions_id().unwrap() {
        for name in std::iter::once(&region.name).chain(&region.aliases) {
            let found = gazetteer.resolve(name).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(found.id, region.id, "{name}");
            assert_eq!(found.likeness, Score::from_int(1));
            assert_eq!(gazetteer.resolve(&name.to_uppercase()).unwrap().id, region.id);
        }
        assert_eq!(gazetteer.resolve(&region.name).unwrap().how, How::Exact);
        assert_eq!(gazetteer.resolve_code("BPS", &region.external_ids[0].value).unwrap(), region.id);
        assert_eq!(gazetteer.resolve_code("kemendagri", &region.id.as_str().replace('.', "")).unwrap(), region.id);
        if region.parent.is_some() {
            let found = gazetteer.resolve(region.id.as_str()).unwrap();
            assert_eq!((found.id, found.how), (region.id.clone(), How::Code));
        }
    }
}

#[test]
fn a_region_is_found_as_people_write_it() {
    let gazetteer = indonesia();
    for (text, expected, how) in [
        ("Kab. Banyuwangi", "35.10", How::Exact),
        ("Kab.Banyuwangi", "35.10", How::Exact),
        ("banyuwangi", "35.10", How::Exact),
        ("  KABUPATEN   BANYU WANGI ", "35.10", How::Exact),
        ("Pemkab Banyuwangi", "35.10", How::Exact),
        ("Banyuwangi Regency", "35.10", How::Exact),
        ("Kabupaten Daerah Tingkat II Banyuwangi", "35.10", How::Exact),
        ("3510", "35.10", How::Code),
        ("35.10", "35.10", How::Code),
        ("DKI Jakarta", "31", How::Alias),
        ("D.K.I. Jakarta", "31", How::Alias),
        ("Pemprov DKI", "31", How::Alias),
        ("Daerah Khusus Jakarta", "31", How::Alias),
        ("DIY", "34", How::Alias),
        ("D.I. Yogyakarta", "34", How::Alias),
        ("Yogyakarta", "34", How::Alias),
        ("Kota Yogyakarta", "34.71", How::Exact),
        ("Pemerintah Daerah Daerah Istimewa Yogyakarta", "34", How::Exact),
        ("Pemerintah Daerah Istimewa Yogyakarta", "34", How::Exact),
        ("Provinsi Jawa Timur", "35", How::Exact),
        ("Prop. Jawa Timur", "35", How::Exact),
        ("Propinsi Jatim", "35", How::Alias),
        ("East Java", "35", How::Alias),
        ("Sumatra Barat", "13", How::Exact),
        ("Kep. Riau", "21", How::Exact),
        ("Gorontalo", "75", How::Exact),
        ("Provinsi Gorontalo", "75", How::Exact),
        ("Kota Gorontalo", "75.71", How::Exact),
        ("Kab. Gorontalo", "75.01", How::Exact),
        ("Papua", "91", How::Exact),
        ("Jakarta Selatan", "31.74", How::Exact),
        ("Kota Jakarta Selatan", "31.74", How::Exact),
        ("Kota Adm. Jakarta Selatan", "31.74", How::Exact),
        ("Kab. Adm. Kep. Seribu", "31.01", How::Exact),
        ("Kab. Toba Samosir", "12.12", How::Alias),
        ("Kabupaten Pontianak", "61.02", How::Alias),
        ("Pontianak", "61.71", How::Exact),
        ("Kabupaten Maluku Tenggara Barat", "81.03", How::Alias),
        ("Fakfak", "92.03", How::Exact),
        ("Gunung Kidul", "34.03", How::Exact),
        ("Kota Pangkalpinang", "19.71", How::Exact),
        ("Kota Baru", "63.02", How::Exact),
        ("Solo", "33.72", How::Alias),
        ("Kota Banjar, Jawa Barat", "32.79", How::Exact),
        ("Banjar, Kalimantan Selatan", "63.03", How::Exact),
        ("Banyuwanggi", "35.10", How::Likeness),
        ("Kab. Humbang Hasunduttan", "12.16", How::Likeness),
    ] {
        match gazetteer.resolve(text) {
            Ok(found) => assert_eq!((found.id.as_str(), found.how), (expected, how), "{text}"),
            Err(error) => panic!("{text}: {error}"),
        }
    }
}

#[test]
fn what_may_be_two_regions_is_not_guessed() {
    let gazetteer = indonesia();
    for (text, first, second) in [
        ("Malang", "35.07 Kabupaten Malang", "35.73 Kota Malang"),
        ("banjar", "32.79 Kota Banjar", "63.03 Kabupaten Banjar"),
        // The ministry's code of one regency is the statistics office's code of another.
        ("1108", "11.06 Kabupaten Aceh Besar", "11.08 Kabupaten Aceh Utara"),
        ("91", "91 Papua", "92 Papua Barat"),
        ("Mojokertto", "35.16 Kabupaten Mojokerto", "35.76 Kota Mojokerto"),
    ] {
        let error = gazetteer.resolve(text).unwrap_err();
        assert_eq!(error.code(), "name-ambiguous", "{text}: {error}");
        assert_eq!(error.hint(), Some(&*format!("one of: {first}, {second}")));
    }
}

#[test]
fn a_hint_chooses_and_binds() {
    let gazetteer = indonesia();
    let level = |level| Hint { level: Some(level), ..Hint::default() };
    let found = |text, hint: &Hint<'_>| gazetteer.resolve_with(text, hint).map(|found| found.id.to_string());
    assert_eq!(found("Malang", &level(RegionLevel::City)).unwrap(), "35.73");
    assert_eq!(found("Jambi", &level(RegionLevel::City)).unwrap(), "15.71");
    assert_eq!(found("Yogyakarta", &level(RegionLevel::City)).unwrap(), "34.71");
    assert_eq!(found("Kota Malang", &level(RegionLevel::Regency)).unwrap_err().code(), "name-unresolved");
    let (kalsel, java) = (id("63"), id("35"));
    assert_eq!(found("Banjar", &Hint { within: Some(&kalsel), ..Hint::default() }).unwrap(), "63.03");
    assert_eq!(found("Malang", &Hint { within: Some(&java), ..Hint::default() }).unwrap_err().code(), "name-ambiguous");
    assert_eq!(found("1108", &level(RegionLevel::Province)).unwrap_err().code(), "name-unresolved");
}

#[test]
fn what_is_unknown_comes_with_suggestions() {
    let gazetteer = indonesia();
    let error = gazetteer.resolve("Bogr").unwrap_err();
    assert_eq!(error.code(), "name-unresolved");
    assert!(error.hint().unwrap().starts_with("perhaps 32.01 Kabupaten Bogor, 32.71 Kota Bogor"), "{error}");
    for text in [
        "",
        " ",
        "()",
        "kabupaten/kota",
        "Kota",
        "Atlantis",
        "99.99",
        &"x".repeat(100_000),
        &"kota ".repeat(100_000),
        &",".repeat(100_000),
        "Kota Kabupaten Malang",
    ] {
        assert_eq!(gazetteer.resolve(text).unwrap_err().code(), "name-unresolved", "{text}");
    }
}

#[test]
fn regions_lie_in_provinces_and_apart() {
    let gazetteer = indonesia();
    assert_eq!(gazetteer.ancestors(&id("35.10")), [&id("35")]);
    assert_eq!(gazetteer.province_of(&id("35")), Some(&id("35")));
    assert_eq!(gazetteer.province_of(&id("none")), None);
    assert_eq!(gazetteer.distance_km(&id("35.10"), &id("35.10")), Some(0.0));
    let apart = gazetteer.distance_km(&id("11"), &id("93")).unwrap();
    assert!((4_000.0..5_500.0).contains(&apart), "{apart}");
    assert_eq!(gazetteer.distance_km(&id("11"), &id("none")), None);
}

#[test]
fn governments_are_told_from_their_offices() {
    let gazetteer = indonesia();
    for (text, kind, expected) in [
        ("Pemerintah Kabupaten Banyuwangi", AgencyKind::Regency, "35.10"),
        ("Pemkab Banyuwangi", AgencyKind::Regency, "35.10"),
        ("Kabupaten Banyuwangi", AgencyKind::Regency, "35.10"),
        ("Pemerintah Provinsi Jawa Timur", AgencyKind::Province, "35"),
        ("Pemerintah Aceh", AgencyKind::Province, "11"),
        ("Pemerintah Daerah Daerah Istimewa Yogyakarta", AgencyKind::Province, "34"),
        ("Pemerintah Kota Administrasi Jakarta Selatan", AgencyKind::City, "31.74"),
        ("Pemerintah Provinsi DKI Jakarta (Jakarta Smart City)", AgencyKind::Province, "31"),
    ] {
        assert_eq!(gazetteer.government_region(text), Some((kind, id(expected))), "{text}");
    }
    for text in ["Dinas Kesehatan Kota Makassar", "Malang", "Pemerintah Pusat", "3510", "Pemkab Banyuwanggi", ""] {
        assert_eq!(gazetteer.government_region(text), None, "{text}");
    }
}

/// The agency names of the sample data, each with its agency; `-` where the name means none: offices of an agency, several
/// agencies at once, groups, agencies that are not built in.
const NAMES: &str = include_str!("../vectors/agency-names.tsv");

#[test]
fn the_agency_names_of_real_pages_are_known() {
    let names = AgencyNames::indonesia().unwrap();
    let mut seen = 0;
    for line in NAMES.lines() {
        let (text, expected) = line.split_once('\t').unwrap();
        let found = names.resolve(text).map_or_else(|_| "-".to_owned(), |found| found.id.to_string());
        assert_eq!(found, expected, "{text}");
        if expected != "-" {
            assert_eq!(names.id_for(text).unwrap().as_str(), expected);
        }
        seen += 1;
    }
    assert_eq!(seen, 402);
}

#[test]
fn built_in_agencies_are_found_by_all_their_names() {
    let names = AgencyNames::indonesia().unwrap();
    for agency in agencies_id().unwrap() {
        agency.check().unwrap();
        for name in std::iter::once(&agency.name).chain(&agency.aliases) {
            let found = names.resolve(name).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(found.id, agency.id, "{name}");
        }
    }
}

#[test]
fn every_government_has_an_id_of_its_own() {
    let names = AgencyNames::indonesia().unwrap();
    let mut ids = BTreeSet::new();
    for region in regions_id().unwrap() {
        let agency = names.government(&region.id).unwrap().unwrap();
        agency.check().unwrap();
        assert_eq!(names.resolve(&agency.name).unwrap().id, agency.id);
        assert_eq!(names.resolve(&region.name).unwrap().region, Some(region.id));
        assert!(ids.insert(agency.id));
    }
    for expected in ["aceh", "dki-jakarta", "jawa-timur", "kabupaten-banyuwangi", "kota-denpasar"] {
        assert!(ids.contains(expected), "{expected}");
    }
}

#[test]
fn a_slip_in_an_agency_name_is_reported_and_gets_no_id() {
    let names = AgencyNames::indonesia().unwrap();
    let found = names.resolve("Kementrian Kesehatan").unwrap();
    assert_eq!((found.id.as_str(), found.how), ("kementerian-kesehatan", How::Likeness));
    assert!(found.likeness < Score::from_int(1));
    assert_eq!(names.id_for("Kementrian Kesehatan").unwrap().as_str(), "kementrian-kesehatan");
    let found = names.resolve("Pemkab Banyuwanggi").unwrap();
    assert_eq!((found.id.as_str(), found.how), ("kabupaten-banyuwangi", How::Likeness));
    assert_eq!(names.id_for("Malang").unwrap_err().code(), "name-ambiguous");
    assert_eq!(names.id_for("...").unwrap_err().code(), "id-empty");
    assert_eq!(names.id_for(&"é".repeat(500)).unwrap().as_str().len(), 200);
}

fn abroad() -> (Vec<Region>, Naming) {
    let region = |code: &str, name: &str, level, parent: Option<&str>| {
        let mut region = Region::new(id(code), name.parse().unwrap(), level);
        region.parent = parent.map(id);
        region
    };
    let regions = vec![
        region("PH-QUE", "Quezon", RegionLevel::Province, None),
        region("PH-QUE-1", "Infanta", RegionLevel::Municipality, Some("PH-QUE")),
        region("PH-PAN", "Pangasinan", RegionLevel::Province, None),
        region("PH-PAN-1", "Infanta", RegionLevel::Municipality, Some("PH-PAN")),
        region("PH-00", "Quezon City", RegionLevel::City, None),
    ];
    let marker = |words: &str, kind, level| Marker { words: words.into(), kind, level: Some(level) };
    let naming = Naming {
        markers: vec![
            marker("Province of", MarkerKind::Before, RegionLevel::Province),
            marker("Municipality of", MarkerKind::Before, RegionLevel::Municipality),
            marker("City Government of", MarkerKind::Government, RegionLevel::City),
            marker("City", MarkerKind::After, RegionLevel::City),
        ],
        short_words: [("Mun".to_owned(), "Municipality".to_owned())].into(),
        titles: [(RegionLevel::Municipality, "Municipal Government of {name}".to_owned())].into(),
        id_system: Some("PSGC".to_owned()),
    };
    (regions, naming)
}

#[test]
fn another_country_brings_its_own_words() {
    let (regions, naming) = abroad();
    let gazetteer = Gazetteer::new(&regions, &naming);
    let found = |text| gazetteer.resolve(text).map(|found| found.id.to_string());
    assert_eq!(found("Province of Quezon").unwrap(), "PH-QUE");
    assert_eq!(found("Quezon").unwrap(), "PH-QUE");
    assert_eq!(found("Quezon City").unwrap(), "PH-00");
    assert_eq!(found("City Government of Quezon").unwrap(), "PH-00");
    assert_eq!(found("ph-que-1").unwrap(), "PH-QUE-1");
    assert_eq!(found("Infanta").unwrap_err().code(), "name-ambiguous");
    assert_eq!(found("Mun. of Infanta, Quezon").unwrap(), "PH-QUE-1");
    // Not Indonesia: its words mean nothing here.
    assert_eq!(found("Kota Quezon").unwrap_err().code(), "name-unresolved");

    let names = AgencyNames::new(Arc::new(gazetteer), std::iter::empty::<&Agency>(), &naming);
    let government = |code: &str| names.government(&id(code)).unwrap().unwrap();
    assert_eq!(government("PH-PAN").id.as_str(), "pangasinan");
    assert_eq!(government("PH-PAN-1").id.as_str(), "infanta-PH-PAN-1");
    assert_eq!(&*government("PH-PAN-1").name, "Municipal Government of Infanta");
    assert_eq!(names.id_for("Mun. of Infanta, Pangasinan").unwrap().as_str(), "mun-of-infanta-pangasinan");
}

#[test]
fn a_circle_of_parents_ends() {
    let mut regions = vec![
        Region::new(id("a"), "Alpha".parse().unwrap(), RegionLevel::Other),
        Region::new(id("b"), "Beta".parse().unwrap(), RegionLevel::Other),
    ];
    regions[0].parent = Some(id("b"));
    regions[1].parent = Some(id("a"));
    let gazetteer = Gazetteer::new(&regions, &Naming::default());
    assert_eq!(gazetteer.ancestors(&id("a")), [&id("b")]);
    assert!(gazetteer.province_of(&id("a")).is_some());
}

#[test]
fn naming_travels_as_json() {
    let naming = naming_id().unwrap();
    let json = serde_json::to_string(&naming).unwrap();
    assert_eq!(serde_json::from_str::<Naming>(&json).unwrap(), naming);
}
