//! How well the matching ranks: the needs of `examples/data` against their judgements.
//!
//! Prints nDCG@10 (Järvelin and Kekäläinen 2002, gain 2^grade - 1), precision@5 of grades 2 and 3, and recall@20, as means
//! over the needs; for the whole score and for the text alone.
#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "a program that prints figures to read")]

use std::collections::BTreeMap;

use jipp_core::Result;
use jipp_core::model::{Judgement, Need};
use jipp_core::network::{Network, Options, Question, Weights};
use jipp_core::registry::Stamp;
use jipp_examples::{data_dir, load};

fn main() -> Result<()> {
    let network = Network::in_memory(&Options::new("measure")?)?;
    load(&network, &data_dir(), &Stamp::at("2026-11-21".parse()?))?;
    let text_alone = Weights {
        text: 100,
        same_kind: 0,
        alike_region: 0,
        same_province: 0,
        peers: 0,
        awarded: 0,
        replicated: 0,
        proven: 0,
        mentor: 0,
    };
    for (name, weights) in [("text alone", text_alone), ("whole score", Weights::default())] {
        let figures = measure(&network, &weights)?;
        println!("{name:12} nDCG@10 {:.3}  P@5 {:.3}  recall@20 {:.3}", figures[0], figures[1], figures[2]);
    }
    Ok(())
}

fn measure(network: &Network, weights: &Weights) -> Result<[f64; 3]> {
    let needs: Vec<Need> = network.read(|view| view.all::<Need>().cloned().collect());
    let mut sums = [0.0; 3];
    for need in &needs {
        let grades: BTreeMap<String, u8> = network.read(|view| {
            let judged = view.all::<Judgement>().filter(|judgement| judgement.need == need.id);
            judged.map(|judgement| (judgement.innovation.to_string(), judgement.grade)).collect()
        });
        let question = Question {
            limit: 20,
            on: Some("2026-11-21".parse()?),
            with_stopped: true,
            weights: weights.clone(),
            ..Question::from(need)
        };
        let found = network.candidates(&question)?;
        let ranked: Vec<u8> =
            found.candidates.iter().map(|c| grades.get(c.innovation.as_str()).copied().unwrap_or(0)).collect();
        let figures = [ndcg(&ranked, &grades), precision(&ranked), recall(&ranked, &grades)];
        for (sum, figure) in sums.iter_mut().zip(figures) {
            *sum += figure / needs.len() as f64;
        }
    }
    Ok(sums)
}

fn gain(rank: usize, grade: u8) -> f64 {
    (f64::from(2_u32.pow(u32::from(grade))) - 1.0) / (rank as f64 + 2.0).log2()
}

fn ndcg(ranked: &[u8], grades: &BTreeMap<String, u8>) -> f64 {
    let sum =
        |grades: &mut dyn Iterator<Item = u8>| -> f64 { grades.take(10).enumerate().map(|(r, g)| gain(r, g)).sum() };
    let mut ideal: Vec<u8> = grades.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let best = sum(&mut ideal.into_iter());
    if best > 0.0 { sum(&mut ranked.iter().copied()) / best } else { 0.0 }
}

fn precision(ranked: &[u8]) -> f64 {
    ranked.iter().take(5).filter(|grade| **grade >= 2).count() as f64 / 5.0
}

fn recall(ranked: &[u8], grades: &BTreeMap<String, u8>) -> f64 {
    let all = grades.values().filter(|grade| **grade >= 2).count();
    let found = ranked.iter().filter(|grade| **grade >= 2).count();
    if all > 0 { found as f64 / all as f64 } else { 1.0 }
}
