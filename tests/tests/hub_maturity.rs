//! The maturity of hubs: exact scores, missing answers, and instruments that do not add up.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jipp_core::base::Lang;
use jipp_core::hubs::Instrument;
use jipp_core::model::{Answer, Assessment};
use jipp_core::network::Network;
use jipp_tests::hubs::{government_only, hub, network};
use jipp_tests::{date, line};

/// An assessment of hub `h`: for each code the own and the verified score.
fn assessed(instrument: &Instrument, answers: &[(&str, Option<&str>, Option<&str>)]) -> Network {
    let mut assessment = Assessment::new("a1".parse().unwrap(), instrument.rubric.id.clone());
    assessment.hub = Some("h".parse().unwrap());
    assessment.on = Some(date("2025-10-03"));
    let score = |text: Option<&str>| text.map(|text| text.parse().unwrap());
    assessment.answers = answers
        .iter()
        .map(|(code, own, verified)| Answer {
            criterion: line(code),
            own: score(*own),
            verified: score(*verified),
            evidence: Vec::new(),
            note: None,
        })
        .collect();
    network([
        government_only("a").into(),
        hub("h", "a", &[]).into(),
        instrument.rubric.clone().into(),
        assessment.into(),
    ])
}

const ALL_ANSWERED: [(&str, Option<&str>, Option<&str>); 10] = [
    ("perencanaan-1", Some("10"), Some("8")),
    ("perencanaan-2", Some("10"), Some("10")),
    ("perencanaan-3", Some("10"), Some("10")),
    ("pelembagaan-1", Some("5"), Some("5")),
    ("pelembagaan-2", Some("10"), Some("10")),
    ("pelembagaan-3", Some("10"), Some("10")),
    ("penyebarluasan-1", Some("6"), Some("4")),
    ("penyebarluasan-2", Some("10"), Some("10")),
    ("evaluasi-1", Some("10"), Some("10")),
    ("evaluasi-2", Some("0"), Some("0")),
];

#[test]
fn scores_are_the_weighted_sums_of_the_instrument() {
    let instrument = Instrument::hubs_2025().unwrap();
    let network = assessed(&instrument, &ALL_ANSWERED);
    let found = network.hub_maturity(&"h".parse().unwrap(), date("2025"), &instrument).unwrap().unwrap();
    let score = |text: &str| Some(text.parse().unwrap());
    // By hand: perencanaan 10 and .35·8+.31·10+.34·10 = 9.3; pelembagaan .4·5+.6·10 = 8; penyebarluasan .6·6+.4·10 =
    // 7.6 and 6.4; evaluasi .66·10 = 6.6. A quarter each.
    let aspects: Vec<_> = found.aspects.iter().map(|aspect| (aspect.own.score, aspect.verified.score)).collect();
    assert_eq!(
        aspects,
        [
            (score("10"), score("9.3")),
            (score("8"), score("8")),
            (score("7.6"), score("6.4")),
            (score("6.6"), score("6.6"))
        ]
    );
    assert_eq!((found.own.score, found.verified.score), (score("8.05"), score("7.575")));
    assert_eq!(found.own_band.unwrap().label(Lang::Id), "baik");
    assert_eq!(found.verified_band.unwrap().label(Lang::En), "sufficient");
    let gaps: Vec<(&str, String)> =
        found.gaps.iter().take(3).map(|gap| (gap.question.as_str(), gap.cost.unwrap().to_string())).collect();
    // .25·.6·6 = .9, .25·.34·10 = .85, .25·.4·5 = .5
    assert_eq!(
        gaps,
        [
            ("penyebarluasan-1", "0.9".to_owned()),
            ("evaluasi-2", "0.85".to_owned()),
            ("pelembagaan-1", "0.5".to_owned())
        ]
    );
    let overstated: Vec<&str> =
        found.gaps.iter().filter(|gap| gap.overstated.is_some()).map(|gap| gap.question.as_str()).collect();
    assert_eq!(overstated, ["penyebarluasan-1", "perencanaan-1"]);
    assert!(found.gaps.iter().all(|gap| gap.lacks_evidence));
    let before = network.hub_maturity(&"h".parse().unwrap(), date("2025-10-02"), &instrument).unwrap();
    assert_eq!(before, None, "it was made the day after");
}

#[test]
fn a_missing_answer_is_unknown_and_never_zero() {
    use jipp_core::model::MissingRule;
    let most: Vec<_> = ALL_ANSWERED.into_iter().filter(|(code, ..)| *code != "evaluasi-2").collect();
    let of = |missing: MissingRule| {
        let mut instrument = Instrument::hubs_2025().unwrap();
        instrument.rubric.missing = missing;
        let network = assessed(&instrument, &most);
        network.hub_maturity(&"h".parse().unwrap(), date("2025"), &instrument).unwrap().unwrap()
    };
    let refused = of(MissingRule::Refuse);
    assert_eq!((refused.own.score, refused.own.answered, refused.own.questions), (None, 9, 10));
    // It could be anything between 0 and 10: .25·.34·10 = .85 more.
    assert_eq!((refused.own.least.to_string(), refused.own.most.to_string()), ("8.05".to_owned(), "8.9".to_owned()));
    assert_eq!(refused.own_band.unwrap().label(Lang::En), "good", "whatever the answer, it is good");
    assert_eq!(refused.verified_band, None, "7.575 to 8.425 lie in two bands");
    let open = refused.gaps.last().unwrap();
    assert_eq!((open.question.as_str(), open.cost, open.at_most.to_string()), ("evaluasi-2", None, "0.85".to_owned()));
    assert_eq!(of(MissingRule::Lowest).own.score.unwrap().to_string(), "8.05");
    // 8.05 over the .915 of the weights that are answered.
    assert_eq!(of(MissingRule::Skip).own.score.unwrap().to_string(), "8.797814");
}

#[test]
fn answers_that_fit_nothing_are_named() {
    let instrument = Instrument::hubs_2025().unwrap();
    let mut answers = ALL_ANSWERED.to_vec();
    answers[0].1 = Some("11");
    answers.push(("perencanaan-9", Some("7"), None));
    let network = assessed(&instrument, &answers);
    let found = network.hub_maturity(&"h".parse().unwrap(), date("2025"), &instrument).unwrap().unwrap();
    assert_eq!(
        (found.off_scale, found.unknown_codes),
        (vec!["perencanaan-1".to_owned()], vec!["perencanaan-9".to_owned()])
    );
    assert_eq!(found.own.score, None, "a score off the scale is no answer");
}

#[test]
fn an_instrument_that_does_not_add_up_is_refused() {
    let good = Instrument::hubs_2025().unwrap();
    let json = serde_json::to_value(&good).unwrap();
    let changed = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut json = json.clone();
        change(&mut json);
        Instrument::from_json(&json.to_string()).unwrap_err()
    };
    for (error, code) in [
        (changed(&|json| json["rubric"]["criteria"][0]["weight"] = 0.3.into()), "rubric-weights"),
        (changed(&|json| json["rubric"]["criteria"][4]["weight"] = 0.4.into()), "rubric-weights"),
        (changed(&|json| json["rubric"]["criteria"][4]["parent"] = "x".into()), "not-found"),
        (changed(&|json| json["rubric"]["criteria"][4]["weight"] = (-1).into()), "out-of-range"),
        (changed(&|json| json["bands"][0]["from"] = 1.into()), "out-of-range"),
        (changed(&|json| json["bands"] = 3.into()), "field-type"),
        (changed(&|json| json["colour"] = "red".into()), "field-unknown"),
        (Instrument::from_json("{").unwrap_err(), "json-syntax"),
    ] {
        assert_eq!(error.code(), code, "{error}");
    }
    assert_eq!(Instrument::from_json(&json.to_string()).unwrap(), good, "what is written can be read");
}
