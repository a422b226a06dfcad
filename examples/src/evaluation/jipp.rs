//! jipp as the network runs it, and jipp with one thing taken away at a time.

use std::collections::BTreeSet;
use std::sync::Arc;

use jipp_core::base::{PartialDate, words};
use jipp_core::matching::{
    Analyzer, AnalyzerBuilder, Feedback, Field, FieldSet, Lexicon, MatchKind, Query, Ranking, Scratch, TextIndex,
};
use jipp_core::network::{Candidate, Network, Question, SEARCHED_FIELDS, Weights};
use jipp_core::{Lang, Result};

use super::engine::Engine;
use super::pool::Pool;
use super::tasks::{Task, Topic};

/// More than the pool holds: the most that a question may ask for.
const ALL: usize = 1_000;

/// `Network::candidates`.
pub(super) struct Whole<'n> {
    name: &'static str,
    network: &'n Network,
    pool: &'n Pool,
    on: PartialDate,
    weights: Weights,
    /// Whether it is told who asks.
    knows_asker: bool,
}

impl<'n> Whole<'n> {
    /// All that counts: text, context, evidence, reach.
    pub(super) fn score(network: &'n Network, pool: &'n Pool, on: PartialDate) -> Self {
        Self { name: "jipp, whole score", network, pool, on, weights: Weights::default(), knows_asker: true }
    }

    /// The text alone.
    pub(super) fn text(network: &'n Network, pool: &'n Pool, on: PartialDate) -> Self {
        let weights = Weights {
            text: 100,
            same_kind: 0,
            alike_region: 0,
            same_province: 0,
            peers: 0,
            awarded: 0,
            replicated: 0,
            proven: 0,
            mentor: 0,
            vector: 0,
        };
        Self { name: "jipp, text alone", network, pool, on, weights, knows_asker: false }
    }

    /// What it answers, best first, each with its number in the pool.
    pub(super) fn candidates(&self, topic: &Topic) -> Result<Vec<(usize, Candidate)>> {
        let found = self.network.candidates(&self.question(topic)?)?.candidates.into_iter();
        let numbered =
            found.filter_map(|candidate| Some((self.pool.number(candidate.innovation.as_str())?, candidate)));
        Ok(numbered.collect())
    }

    /// What is asked for a query. What no ranking may hold is left out by the network itself, so that it sets no scale and
    /// lends no words.
    pub(super) fn question(&self, topic: &Topic) -> Result<Question> {
        let asked = if self.knows_asker { topic.asked.clone() } else { Question::new(&topic.query) };
        let excluded = topic.excluded.iter().map(|&number| self.pool.documents[number].id.parse());
        Ok(Question {
            limit: ALL,
            on: asked.on.or(Some(self.on)),
            with_stopped: true,
            with_own: true,
            exclude: excluded.collect::<Result<_>>()?,
            weights: self.weights.clone(),
            ..asked
        })
    }
}

impl Engine for Whole<'_> {
    fn name(&self) -> &str {
        self.name
    }

    fn rank(&self, topic: &Topic) -> Result<Vec<usize>> {
        Ok(self.candidates(topic)?.into_iter().map(|(number, _)| number).collect())
    }
}

/// The reasons for a candidate in a few words: `reason (points)`.
pub(super) fn reasons(candidate: &Candidate) -> Vec<String> {
    let tenths = |points: i64| (points + 50_000) / 100_000;
    let shown = candidate.parts.iter().filter(|part| tenths(part.points) > 0);
    shown
        .map(|part| {
            let points = tenths(part.points);
            format!("{} ({}.{})", part.ground.words(Lang::En), points / 10, points % 10)
        })
        .collect()
}

/// A text index over the pool, made as the network makes its own but for what is taken away.
struct Variant {
    name: &'static str,
    index: TextIndex,
    lexicon: Lexicon,
    with_typos: bool,
    with_feedback: bool,
}

/// Every document that the topic allows, by its text.
struct Allowed<'t>(&'t Topic);

impl Ranking for Allowed<'_> {
    fn most(&self, score: u32) -> i64 {
        i64::from(score)
    }
    fn value(&self, doc: u32, score: u32, _: i64) -> Option<i64> {
        (!self.0.excluded.contains(&(doc as usize))).then_some(i64::from(score))
    }
}

/// What can be taken away.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Synonyms,
    Stems,
    StopWords,
    Typos,
    FieldWeights,
    Feedback,
}

/// The index with everything, then with each thing taken away alone, then with all of them taken away.
pub(super) fn ablations(pool: &Pool, tasks: &[Task]) -> Result<Vec<Box<dyn Engine>>> {
    let vocabulary = vocabulary(pool, tasks);
    let variants: [(&str, &[Part]); 8] = [
        ("everything", &[]),
        ("without synonyms", &[Part::Synonyms]),
        ("without stems", &[Part::Stems]),
        ("without stop words", &[Part::StopWords]),
        ("without typos", &[Part::Typos]),
        ("equal field weights", &[Part::FieldWeights]),
        ("without feedback", &[Part::Feedback]),
        (
            "without all six",
            &[Part::Synonyms, Part::Stems, Part::StopWords, Part::Typos, Part::FieldWeights, Part::Feedback],
        ),
    ];
    variants.into_iter().map(|(name, less)| Ok(Box::new(Variant::new(name, less, pool, &vocabulary)?) as _)).collect()
}

impl Variant {
    fn new(name: &'static str, less: &[Part], pool: &Pool, vocabulary: &BTreeSet<String>) -> Result<Self> {
        let analyzer = Arc::new(analyzer(less, vocabulary));
        let lexicon =
            if less.contains(&Part::Synonyms) { Lexicon::empty } else { Lexicon::standard }(Arc::clone(&analyzer));
        let weight = |field: Field| if less.contains(&Part::FieldWeights) { 100 } else { field.weight };
        let field = |field: &Field| Field { weight: weight(*field), ..*field };
        let mut index = TextIndex::new(analyzer, FieldSet::new(SEARCHED_FIELDS.iter().map(field).collect())?);
        for (number, document) in (0_u32..).zip(&pool.documents) {
            let texts: Vec<(usize, &str)> =
                document.texts.iter().map(|(field, text)| (*field, text.as_str())).collect();
            index.insert(number, &texts)?;
        }
        let (with_typos, with_feedback) = (!less.contains(&Part::Typos), !less.contains(&Part::Feedback));
        Ok(Self { name, index, lexicon, with_typos, with_feedback })
    }
}

impl Engine for Variant {
    fn name(&self) -> &str {
        self.name
    }

    fn rank(&self, topic: &Topic) -> Result<Vec<usize>> {
        let mut query = Query::parse(&topic.query, &self.lexicon);
        if self.with_feedback {
            query = self.index.expand(&query, &Allowed(topic), &Feedback::default(), &mut Scratch::default());
        }
        let mut scored: Vec<(u32, u32)> = Vec::new();
        for hit in self.index.search(&query, &|_| true, ALL) {
            // Guessed spellings are looked for only where a word is unknown, so leaving out what they add takes them away.
            let guessed = hit.contributions.iter().filter(|part| part.kind == MatchKind::Typo && !self.with_typos);
            let score = hit.score - guessed.map(|part| part.score).sum::<u32>();
            if score > 0 {
                scored.push((score, hit.doc));
            }
        }
        scored.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        Ok(scored.into_iter().map(|(_, doc)| doc as usize).collect())
    }
}

/// Every word that occurs in the pool or in a query.
fn vocabulary(pool: &Pool, tasks: &[Task]) -> BTreeSet<String> {
    let standard = Analyzer::standard();
    let documents = pool.documents.iter().flat_map(|document| document.texts.iter().map(|(_, text)| text));
    let queries = tasks.iter().flat_map(|task| task.topics.iter().map(|topic| &topic.query));
    documents
        .chain(queries)
        .flat_map(|text| {
            // The analyzer takes some words apart otherwise (an apostrophe), but gives no stop words.
            words(text).into_iter().chain(standard.tokens(text).into_iter().map(|token| token.word))
        })
        .collect()
}

/// The standard analyzer for the words of a vocabulary, without its stems or its stop words where told so.
fn analyzer(less: &[Part], vocabulary: &BTreeSet<String>) -> Analyzer {
    let standard = Analyzer::standard();
    let (with_stems, with_stop_words) = (!less.contains(&Part::Stems), !less.contains(&Part::StopWords));
    if with_stems && with_stop_words {
        return standard;
    }
    let mut builder = AnalyzerBuilder::empty();
    // A word that is its own root is never reduced.
    let entry = |word: &String| if with_stems { format!("{word} -> {}", standard.stem(word)) } else { word.clone() };
    builder.add_roots(vocabulary.iter().map(entry));
    if with_stop_words {
        builder.add_stop_words(vocabulary.iter().filter(|word| standard.is_stop_word(word)));
    }
    builder.build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_away_is_gone_and_the_rest_stays() {
        let vocabulary: BTreeSet<String> = ["pelayanan", "melayani", "untuk", "desa"].map(str::to_owned).into();
        let terms = |less: &[Part]| {
            let tokens = analyzer(less, &vocabulary).tokens("Pelayanan melayani untuk desa");
            tokens.into_iter().map(|token| token.term).collect::<Vec<_>>()
        };
        assert_eq!(terms(&[]), ["layan", "layan", "desa"]);
        assert_eq!(terms(&[Part::Stems]), ["pelayanan", "melayani", "desa"]);
        assert_eq!(terms(&[Part::StopWords]), ["layan", "layan", "untuk", "desa"]);
        assert_eq!(terms(&[Part::Stems, Part::StopWords]), ["pelayanan", "melayani", "untuk", "desa"]);
    }
}
