//! Links that nobody recorded are proposed where dates and likeness bear them out, and refused where they do not.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jipp_core::lineage::Scope;
use jipp_core::model::{EvidenceLevel, Innovation, NodeId, Text};
use jipp_core::network::{Network, Options, ProposalOptions};
use jipp_core::registry::Action;
use jipp_tests::{agency, date, innovation, stamp};

/// What eight ideas say; no two share more than small words.
const IDEAS: [&str; 8] = [
    "obat diantar ke rumah pasien oleh mitra ojek supaya antrean apotek berkurang",
    "sampah plastik ditabung warga lalu ditimbang petugas dan dibayar bulanan",
    "perahu bidan mengunjungi pulau kecil untuk memeriksa ibu hamil berisiko",
    "izin usaha mikro terbit sehari lewat loket kecamatan tanpa biaya",
    "akta kelahiran dicetak di ranjang bersalin sebelum bayi pulang",
    "guru pensiunan mengajar membaca anak nelayan di tepi dermaga",
    "petani memotret hama daun dan penyuluh menjawab melalui pesan suara",
    "lampu jalan padam dilaporkan pengendara dan diperbaiki regu malam",
];

fn idea(owner: &str, number: usize, year: usize, own_words: &str) -> Innovation {
    let mut one = innovation(&format!("{owner}/{number}"));
    one.solution = Some(Text::new(format!("{} {own_words}", IDEAS[number])).unwrap());
    one.implemented_on = Some(date(&year.to_string()));
    one
}

/// Kota-b takes from kota-a, a year or two later, in each of the ideas; kota-c comes before or after both.
fn network(ideas: usize) -> Network {
    let network = Network::in_memory(&Options::new("proposals").unwrap()).unwrap();
    let mut records = vec![agency("kota-a").into(), agency("kota-b").into(), agency("kota-c").into()];
    for number in 0..ideas {
        let year = 2010 + number % 5;
        records.push(idea("kota-a", number, year, "semula").into());
        records.push(idea("kota-b", number, year + 1 + number % 2, "kemudian").into());
        if number % 2 == 0 {
            records.push(idea("kota-c", number, 2008 + 9 * (number % 4) / 2, "sendiri").into());
        }
    }
    network.commit(&stamp(), records.into_iter().map(Action::Register).collect()).unwrap();
    network
}

#[test]
fn what_keeps_following_is_proposed_and_stays_marked() {
    let network = network(8);
    let found = network.propose_links(&ProposalOptions::default()).unwrap();
    assert_eq!(found.cascades, 8);
    assert_eq!((found.edges[0].0.as_str(), found.edges[0].1.as_str()), ("kota-a", "kota-b"), "{found:?}");
    let from_a = found.links.iter().filter(|link| link.source.as_str().starts_with("kota-a"));
    assert_eq!(from_a.count(), 8, "{found:?}");
    assert!(found.links.iter().all(|link| link.likeness >= 400 && link.probability >= 0.5));

    let entered = found.links[0].replication().unwrap();
    network.commit(&stamp(), vec![Action::Register(entered.into())]).unwrap();
    let node = NodeId::Innovation(found.links[0].target.clone());
    let seen = |scope: &Scope| network.lineage(|lineage| lineage.sources(&node, scope)).unwrap();
    assert!(seen(&Scope::default()).is_empty(), "inferred links do not count unless asked for");
    let asked = Scope { evidence: EvidenceLevel::Inferred, ..Scope::default() };
    assert!(seen(&asked)[0].was_inferred);
    assert_eq!(seen(&asked)[0].evidence.map(EvidenceLevel::code), Some("inferred"));
}

#[test]
fn what_cannot_be_told_is_refused_with_the_reason() {
    let refused = network(1).propose_links(&ProposalOptions::default()).unwrap_err();
    assert_eq!(refused.code(), "undetermined");
    assert!(refused.to_string().contains("too-few-cascades"), "{refused}");
    for wrong in [
        ProposalOptions { likeness: 1001, ..ProposalOptions::default() },
        ProposalOptions { probability: f64::NAN, ..ProposalOptions::default() },
        ProposalOptions { same_province: 0.0, ..ProposalOptions::default() },
    ] {
        assert_eq!(network(4).propose_links(&wrong).unwrap_err().code(), "option-invalid");
    }
}
