//! Indonesian affixes: every way to take a word apart by the rules of its morphology, down to a known root.
//!
//! The rules are those of the standard grammar (*Tata Bahasa Baku Bahasa Indonesia*: afiksasi, perubahan bunyi nasal).
//! They overlap, so the root list decides: a word is taken apart one affix at a time, breadth first, and the first
//! known root ends the search. Fewer affixes win over more, a suffix over a prefix (`berikan` is `beri-kan`, not
//! `ber-ikan`), a short suffix over a long one (`tumpukan` is `tumpuk-an`), and a prefix whose sound did not change
//! over one that swallowed a consonant (`pengurus` is `urus`, not `kurus`). The pairs `pe-...-an`, `per-...-an` and
//! `ke-...-an` are one affix: `pengawasan` is `awas`, not `peng-kawasan`. A word that leads to no known root stays as
//! it is.
//!
//! Of the borrowed endings, those go that the language itself adds to words it has: `-isasi`, the `-s` of adjectives on
//! `-i` (`strategis`), and `-atif` beside `-asi` (`edukatif`, `edukasi`).

/// Affixes that one word may carry: `ke-ber-...-an-nya`.
const MAX_AFFIXES: usize = 5;
/// Ways kept open at each depth; natural words have a handful.
const MAX_OPEN: usize = 48;

const SUFFIXES: [&str; 11] = ["lah", "kah", "tah", "pun", "nya", "ku", "mu", "an", "kan", "i", "isasi"];

/// Words that are written as one with the word they qualify: `antardaerah`, `pascabencana`, `multipihak`.
const BOUND: [&str; 3] = ["antar", "pasca", "multi"];

/// Shorter words on `-is` end so by chance: `lari` has nothing to do with `laris`.
const MIN_LOAN: usize = 6;

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn is_one_syllable(word: &str) -> bool {
    word.len() <= 5 && word.chars().filter(|&letter| is_vowel(letter)).count() == 1
}

/// Finds a root: `known` tells whether a form is one.
pub(super) fn find_root(word: &str, known: impl Fn(&str) -> bool) -> Option<String> {
    let mut open = vec![word.to_owned()];
    for depth in 0..MAX_AFFIXES {
        let mut next = Vec::new();
        for form in &open {
            strip_suffixes(form, &mut next);
            if let Some(core) = form.strip_suffix("an")
                && (form.starts_with("pe") || form.starts_with("ke"))
            {
                strip_prefixes(core, true, &mut next);
            }
            strip_prefixes(form, depth > 0, &mut next);
        }
        if let Some(root) = next.iter().find(|form| known(form)) {
            return Some(root.clone());
        }
        next.truncate(MAX_OPEN);
        open = next;
    }
    None
}

fn strip_suffixes(form: &str, out: &mut Vec<String>) {
    let rests = SUFFIXES.iter().filter_map(|suffix| form.strip_suffix(suffix));
    out.extend(rests.filter(|rest| rest.len() >= 2).map(str::to_owned));
    if let Some(rest) = form.strip_suffix('s')
        && rest.len() >= MIN_LOAN
        && rest.ends_with('i')
    {
        out.push(rest.to_owned());
    }
    if let Some(rest) = form.strip_suffix("atif") {
        out.push(format!("{rest}asi"));
    }
}

/// `inner` says that another affix was taken off before. A bare `ke-` is one only then (`ke-...-an`,
/// `di-ke-...-i`), and so is `tidak` (`ke-tidak-hadir-an`).
fn strip_prefixes(form: &str, inner: bool, out: &mut Vec<String>) {
    let mut push = |restored: &str, rest: &str| {
        if rest.len() >= 2 {
            out.push(format!("{restored}{rest}"));
        }
    };
    for prefix in ["di", "ber", "ter", "per", "se"] {
        if let Some(rest) = form.strip_prefix(prefix) {
            push("", rest);
        }
    }
    for prefix in ["ke", "tidak"] {
        if let Some(rest) = form.strip_prefix(prefix)
            && inner
        {
            push("", rest);
        }
    }
    for word in BOUND {
        if let Some(rest) = form.strip_prefix(word) {
            push("", rest);
        }
    }
    // ber- and ter- lose their r before another: be-kerja, be-renang, te-rasa.
    for prefix in ["be", "te"] {
        if let Some(rest) = form.strip_prefix(prefix)
            && (rest.starts_with('r') || rest.get(1..3) == Some("er"))
        {
            push("", rest);
        }
    }
    for nasal in ["me", "pe"] {
        let Some(rest) = form.strip_prefix(nasal) else { continue };
        // pe- of those who do something keeps the sound: pe-tani, pe-tugas; me- before l, m, n, r, w, y.
        if nasal == "pe" || rest.starts_with(['l', 'm', 'n', 'r', 'w', 'y']) {
            push("", rest);
        }
        strip_nasal(rest, &mut push);
    }
}

/// What may stand behind `meN-` or `peN-`, given what follows the `me` or `pe`.
fn strip_nasal(rest: &str, push: &mut impl FnMut(&str, &str)) {
    let mut join = |nasal: &str, keeps: &[char], swallowed: &str| {
        let Some(root) = rest.strip_prefix(nasal) else { return };
        let first = root.chars().next().unwrap_or(' ');
        if keeps.contains(&first) {
            push("", root);
        }
        if is_vowel(first) {
            push(swallowed, root);
        }
    };
    join("m", &['b', 'f', 'p', 'v'], "p");
    join("n", &['c', 'd', 'j', 's', 't', 'z'], "t");
    join("ng", &['a', 'e', 'g', 'h', 'i', 'k', 'o', 'q', 'u'], "k");
    join("ny", &[], "s");
    if let Some(root) = rest.strip_prefix("nge")
        && is_one_syllable(root)
    {
        push("", root);
    }
}
