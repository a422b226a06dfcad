//! A hub's year as a page of Markdown, in Indonesian or English.

use std::fmt::Write as _;

use super::coverage::Tally;
use super::funnel::{FunnelStage, Lags};
use super::maturity::{Maturity, Scored};
use super::readiness::{NeededStep, StepState};
use super::report::{Companion, HubReport};
use crate::base::page::{Page, plain};
use crate::base::{DecreeId, Lang, Period, Truth, Vocabulary};

impl HubReport {
    /// As a page of Markdown. Names and notes are escaped, so that nothing in them can pass for markup.
    pub fn to_markdown(&self, lang: Lang) -> String {
        let mut page = Page::new(lang);
        self.head(&mut page);
        self.history(&mut page);
        self.set_up(&mut page);
        if let Some(maturity) = &self.maturity {
            maturity.section(&mut page);
        } else {
            page.heading("Kematangan", "Maturity");
            page.line("Belum ada penilaian kematangan yang tercatat.", "No maturity assessment is on record.");
        }
        self.work(&mut page);
        self.outcomes(&mut page);
        page.companions(("Mitra", "Partners"), &self.partners);
        page.companions(("Spoke", "Spokes"), &self.spokes);
        self.province(&mut page);
        self.doubts(&mut page);
        page.text
    }

    fn head(&self, page: &mut Page) {
        let (name, year) = (plain(&self.hub.name), self.year);
        page.say(&format!("# Hub inovasi {name}, {year}\n\n"), &format!("# Innovation hub {name}, {year}\n\n"));
        let member = self.hub.is_member.label(page.lang);
        let since = match (self.hub.by, self.hub.since) {
            (Some(by), since) => format!(" ({} {})", by.label(page.lang), page.date(since)),
            _ => String::new(),
        };
        page.item(
            ("Anggota jaringan pada akhir tahun", "Member of the network at the end of the year"),
            &format!("{member}{since}"),
        );
        let state = self.hub.state.map_or_else(|| page.unknown(), |state| state.label(page.lang).to_owned());
        page.item(("Status", "Status"), &state);
        if let Some(decree) = &self.hub.decree_title {
            page.item(("Keputusan", "Decree"), &plain(decree));
        }
        if let Some(province) = &self.province_name {
            let text = match page.lang {
                Lang::Id => format!("{} ({} pemerintah daerah)", plain(province), self.governments),
                Lang::En => format!("{} ({} governments)", plain(province), self.governments),
            };
            page.item(("Provinsi", "Province"), &text);
        }
    }

    fn history(&self, page: &mut Page) {
        page.heading("Riwayat keanggotaan", "Membership");
        if self.events.is_empty() {
            page.line("Tidak ada peristiwa yang tercatat.", "No event is on record.");
        }
        for event in &self.events {
            let by = if event.by_then { page.pick("paling lambat ", "by ") } else { "" };
            let title = |id: &DecreeId| self.decrees.get(id).map_or(id.as_str(), String::as_str).to_owned();
            let decree = event.decree.as_ref().map(|id| format!(", {}", plain(&title(id)))).unwrap_or_default();
            let note = event.note.as_ref().map(|note| format!(". {}", plain(note))).unwrap_or_default();
            let line = format!("- {by}{}: {}{decree}{note}\n", page.date(event.on), event.event.label(page.lang));
            page.text.push_str(&line);
        }
    }

    fn set_up(&self, page: &mut Page) {
        page.heading("Kesiapan", "Readiness");
        let missing: Vec<String> = self.readiness.missing().map(|need| page.any_of(need)).collect();
        let unsure: Vec<String> = self
            .readiness
            .needs
            .iter()
            .filter(|need| need.is_met == Truth::Unknown)
            .map(|need| page.any_of(need))
            .collect();
        if self.readiness.is_ready == Truth::Yes {
            page.line("Semua syarat hub beroperasi tercatat.", "All that an operational hub needs is on record.");
        }
        if !missing.is_empty() {
            page.item(("Disyaratkan tetapi tidak tercatat", "Needed but not on record"), &missing.join("; "));
        }
        if !unsure.is_empty() {
            page.item(("Disyaratkan, tanggalnya tidak pasti", "Needed, of uncertain date"), &unsure.join("; "));
        }
        page.text.push('\n');
        page.row(&[("Langkah", "Step"), ("Keadaan", "State"), ("Tanggal", "Date"), ("Disyaratkan", "Needed")]);
        for step in &self.readiness.steps {
            let mut state = step.state.label(page.lang).to_owned();
            if step.is_indirect {
                state.push_str(page.pick(" (dari mitra atau kegiatan)", " (from partners or activities)"));
            }
            let on = if step.state == StepState::NotOnRecord { String::new() } else { page.date(step.on) };
            let needed = if step.is_needed { page.pick("ya", "yes") } else { "" };
            page.cells(&[step.kind.label(page.lang), &state, &on, needed]);
        }
    }

    fn work(&self, page: &mut Page) {
        page.heading("Kegiatan", "Activities");
        if self.activities.is_empty() {
            page.line("Tidak ada kegiatan yang tercatat.", "No activity is on record.");
            return;
        }
        let year = self.year.to_string();
        page.row(&[("Jenis", "Kind"), (&year, &year), ("Sampai akhir tahun", "So far"), ("Tanpa tanggal", "Undated")]);
        for count in &self.activities {
            let figures = [count.in_year, count.so_far, count.undated].map(|figure| figure.to_string());
            page.cells(&[count.kind.label(page.lang), &figures[0], &figures[1], &figures[2]]);
        }
        page.text.push('\n');
        for activity in &self.held {
            let with = activity.with.iter().map(|name| plain(name)).collect::<Vec<_>>().join(", ");
            let with = if with.is_empty() { with } else { format!(" ({}: {with})", page.pick("bersama", "with")) };
            let note = activity.note.as_ref().map(|note| format!(". {}", plain(note))).unwrap_or_default();
            let line = format!("- {}: {}{note}{with}\n", page.date(activity.on), activity.kind.label(page.lang));
            page.text.push_str(&line);
        }
    }

    fn outcomes(&self, page: &mut Page) {
        page.heading("Hasil kegiatan", "What came of it");
        let linked = self.funnel.ties.iter().filter(|tie| tie.rule.is_linked()).count();
        let possible = self.funnel.ties.len() - linked;
        for (label, count) in [
            (("Kegiatan", "Activities"), self.funnel.activities),
            (("Replikasi yang tercatat sebagai hasilnya", "Replications on record as their outcome"), linked),
            (
                (
                    "Replikasi yang mungkin hasilnya (waktu dan peserta cocok, kaitan tidak tercatat)",
                    "Replications that may be an outcome (time and participants fit, no link is on record)",
                ),
                possible,
            ),
        ] {
            page.item(label, &count.to_string());
        }
        if self.funnel.ties.is_empty() {
            return;
        }
        page.text.push('\n');
        page.row(&[
            ("Tahap", "Stage"),
            ("Tercatat", "On record"),
            ("Mungkin", "Possible"),
            ("Jeda median (hari)", "Median lag (days)"),
        ]);
        for stage in &self.funnel.stages {
            let FunnelStage { linked, possible, lag_linked, lag_possible, .. } = stage;
            let lag = lag_linked.as_ref().or(lag_possible.as_ref()).map(median).unwrap_or_default();
            page.cells(&[stage.stage.label(page.lang), &page.tally(linked), &page.tally(possible), &lag]);
        }
    }

    fn province(&self, page: &mut Page) {
        page.heading("Inovasi dan replikasi", "Innovations and replications");
        let begun = &self.innovations_begun;
        let text = match page.lang {
            Lang::Id => format!(
                "{} tercatat; dimulai tahun ini {}, tanpa tanggal {}",
                self.innovations, begun.yes, begun.unknown
            ),
            Lang::En => {
                format!("{} on record; begun this year {}, undated {}", self.innovations, begun.yes, begun.unknown)
            }
        };
        page.item(("Inovasi", "Innovations"), &text);
        let taken = (("Replikasi yang diambil", "Replications taken"), self.taken);
        for (label, count) in [taken, (("Inovasi yang direplikasi pihak lain", "Replications given"), self.given)] {
            let text = match page.lang {
                Lang::Id => format!(
                    "tahun ini {}, sampai akhir tahun {}, tanpa tanggal {}",
                    count.in_year, count.so_far, count.undated
                ),
                Lang::En => format!("this year {}, so far {}, undated {}", count.in_year, count.so_far, count.undated),
            };
            page.item(label, &text);
        }
        if !self.never_involved.is_empty() {
            let names: Vec<String> = self.never_involved.iter().map(|actor| plain(&actor.name)).collect();
            let label =
                ("Belum tercatat berbagi maupun mengambil inovasi", "On record neither as source nor as recipient");
            page.item(label, &format!("{}: {}", names.len(), names.join(", ")));
        }
    }

    fn doubts(&self, page: &mut Page) {
        if !self.findings.is_empty() {
            page.heading("Yang perlu diperiksa", "To be checked");
            for finding in &self.findings {
                let line = format!("- {}\n", plain(&finding.words(page.lang)));
                page.text.push_str(&line);
            }
        }
        page.say(
            "\nYang tidak tercatat belum tentu tidak ada.\n",
            "\nWhat is not on record may have happened all the same.\n",
        );
    }
}

impl Maturity {
    fn section(&self, page: &mut Page) {
        page.heading("Kematangan", "Maturity");
        let on = page.date(self.on);
        page.item(("Instrumen", "Instrument"), &format!("{} ({on})", plain(self.rubric.as_str())));
        for (label, scored, band) in [
            (("Nilai mandiri", "Own score"), &self.own, &self.own_band),
            (("Nilai terverifikasi", "Verified score"), &self.verified, &self.verified_band),
        ] {
            let band = band.as_ref().map(|band| format!(", {}", plain(band.label(page.lang)))).unwrap_or_default();
            page.item(label, &format!("{}{band}", page.scored(scored)));
        }
        page.text.push('\n');
        page.row(&[("Aspek", "Aspect"), ("Bobot", "Weight"), ("Mandiri", "Own"), ("Terverifikasi", "Verified")]);
        for aspect in &self.aspects {
            let label = named(page.lang, &aspect.label, aspect.label_en.as_deref());
            let (own, verified) = (page.scored(&aspect.own), page.scored(&aspect.verified));
            page.cells(&[&plain(label), &aspect.weight.to_string(), &own, &verified]);
        }
        page.text.push('\n');
        for gap in self.gaps.iter().take(5) {
            let label = plain(named(page.lang, &gap.label, gap.label_en.as_deref()));
            let cost = match gap.cost {
                Some(cost) => page.pick("kurang", "costs").to_owned() + " " + &cost.to_string(),
                None => {
                    page.pick("belum dijawab, paling banyak", "not answered, at most").to_owned()
                        + " "
                        + &gap.at_most.to_string()
                }
            };
            let evidence = if gap.lacks_evidence { page.pick(", tanpa bukti", ", no evidence") } else { "" };
            let _ = writeln!(page.text, "- {label}: {cost}{evidence}");
        }
    }
}

fn named<'a>(lang: Lang, label: &'a str, label_en: Option<&'a str>) -> &'a str {
    match lang {
        Lang::En => label_en.unwrap_or(label),
        Lang::Id => label,
    }
}

/// The median of lags, and how many there are.
fn median(lags: &Lags) -> String {
    let (least, most) = (lags.median.least, lags.median.most);
    let middle = if least == most { least.to_string() } else { format!("{least}–{most}") };
    format!("{middle} (n = {})", lags.known)
}

impl Page {
    fn any_of(&self, need: &NeededStep) -> String {
        let names: Vec<&str> = need.any_of.iter().map(|kind| kind.label(self.lang)).collect();
        names.join(self.pick(" atau ", " or "))
    }
    fn tally(&self, tally: &Tally) -> String {
        let unknown = self.pick("tidak diketahui", "unknown");
        if tally.unknown > 0 { format!("{} (+{} {unknown})", tally.yes, tally.unknown) } else { tally.yes.to_string() }
    }
    fn scored(&self, scored: &Scored) -> String {
        match scored.score {
            Some(score) if scored.answered == scored.questions => score.to_string(),
            Some(score) => format!("{score} ({}/{})", scored.answered, scored.questions),
            None => {
                let between = self.pick("antara", "between");
                let (least, most) = (scored.least, scored.most);
                format!("{} ({}/{}, {between} {least}–{most})", self.unknown(), scored.answered, scored.questions)
            }
        }
    }
    fn companions(&mut self, heading: (&str, &str), companions: &[Companion]) {
        self.heading(heading.0, heading.1);
        if companions.is_empty() {
            self.line("Tidak ada yang tercatat.", "None on record.");
        }
        for companion in companions {
            let kind = companion.kind.map(|kind| format!(", {}", kind.label(self.lang))).unwrap_or_default();
            let line = format!("- {}{kind} ({})\n", plain(&companion.name), self.period(companion.period));
            self.text.push_str(&line);
        }
    }
    fn period(&self, period: Period) -> String {
        match (period.from, period.to) {
            (None, None) => self.pick("masa tidak tercatat", "period not on record").to_owned(),
            (Some(from), None) => format!("{} {from}", self.pick("sejak", "since")),
            (None, Some(to)) => format!("{} {to}", self.pick("sampai", "until")),
            (Some(from), Some(to)) => format!("{from} – {to}"),
        }
    }
}
