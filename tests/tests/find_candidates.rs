//! The page of the worked example fits a terminal of 80 columns, whatever it has to say.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jipp_examples::Page;
use jipp_tests::crash::Dice;

/// How many columns a line takes on a terminal: East Asian wide characters and emoji take two, combining marks none.
fn columns(line: &str) -> usize {
    let wide = |letter: char| matches!(letter, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}');
    let mark = |letter: char| matches!(letter, '\u{300}'..='\u{36f}');
    line.chars().map(|letter| if mark(letter) { 0 } else { 1 + usize::from(wide(letter)) }).sum()
}

const WORDS: [&str; 9] = [
    "antrean",
    "di",
    "https://example.go.id/berita/inovasi-pelayanan-publik/antrean-panjang-di-puskesmas-yang-tidak-pernah-selesai?halaman=1",
    "pertanggungjawabannyapertanggungjawabannyapertanggungjawabannyapertanggungjawabannyapertanggungjawaban",
    "排队时间太长排队时间太长排队时间太长排队时间太长排队时间太长排队时间太长排队时间太长",
    "👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍",
    "—",
    "e\u{301}te\u{301}",
    "kabupaten/kota",
];

fn sentence(dice: &mut Dice) -> String {
    let count = dice.below(30);
    let words: Vec<&str> = (0..count).map(|_| WORDS[usize::try_from(dice.below(9)).unwrap()]).collect();
    words.join(" ")
}

#[test]
fn no_line_is_wider_than_the_page() {
    let mut dice = Dice::new(80);
    for round in 0..300 {
        let mut page = Page::new(usize::try_from(dice.below(20)).unwrap());
        page.ends(&sentence(&mut dice), "100.0");
        page.item("Mengapa", &sentence(&mut dice));
        page.items("Sumber", [sentence(&mut dice), sentence(&mut dice)]);
        page.gap();
        let text = page.into_text();
        for line in text.lines() {
            assert!(columns(line) <= 80, "round {round}: {} columns: {line}", columns(line));
        }
    }
}

#[test]
fn words_stay_in_order_under_their_label() {
    let mut page = Page::new(14);
    page.ends("1. Antre dari Rumah", "97.3");
    page.items("   Mengapa", ["antrean di puskesmas ".repeat(10), "lama".to_owned()]);
    let text = page.into_text();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("1. Antre dari Rumah ") && lines[0].ends_with(" 97.3"));
    assert_eq!(columns(lines[0]), 80);
    assert!(lines[1].starts_with("   Mengapa    antrean"));
    assert!(lines[2..].iter().all(|line| line.starts_with(&" ".repeat(14))), "{text}");
    assert_eq!(*lines.last().unwrap(), format!("{}lama", " ".repeat(14)));
    let words: Vec<&str> =
        lines[1..].join(" ").split_whitespace().map(str::to_owned).map(|word| &*word.leak()).collect();
    assert_eq!(words[1..].join(" "), format!("{}lama", "antrean di puskesmas ".repeat(10)));
}
