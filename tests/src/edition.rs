//! A small edition of a competition whose people and agencies can be exchanged: what is done there is one thing, who
//! they are another.

use jipp_core::model::{
    Agency, AgencyKind, Assessor, Award, Competition, CompetitionLevel, ConflictOfInterest, Contact, CriterionScore,
    Edition, Evidence, EvidenceKind, Innovation, PanelKind, Person, Proposal, ProposalState, Record, Region,
    RegionLevel, Replication, ScoreSheet, Section, Sector, Source, Stage, StageKind, StageResult, Status, Step, Text,
    Unit,
};
use jipp_core::network::{Network, Options};
use jipp_core::registry::Action;

use crate::{date, line, stamp};

/// Who an agency is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Its id, and that of its region.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The name of its region.
    pub region: &'static str,
    /// Its telephone.
    pub phone: &'static str,
    /// The agency above it, by its id.
    pub parent: Option<&'static str>,
}

/// Who an assessor is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The id.
    pub id: &'static str,
    /// The id of the person.
    pub person: &'static str,
    /// The name.
    pub name: &'static str,
    /// The number of the agency the assessor works for.
    pub agency: usize,
}

/// What was entered.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The number of the agency.
    pub owner: usize,
    /// Which of the few texts it has.
    pub text: usize,
    /// Whether its text names its owner.
    pub names_owner: bool,
    /// Whether it has a document.
    pub has_document: bool,
    /// How far it has come.
    pub state: ProposalState,
    /// The number of the entry it replicates, if it does.
    pub source: Option<usize>,
}

/// What an assessor gave an entry.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The number of the assessor.
    pub reader: usize,
    /// The number of the entry.
    pub entry: usize,
    /// The score.
    pub score: u32,
}

/// An edition. Agencies 0 to 2 are cities, the rest regencies.
#[derive(Clone, Debug)]
pub struct World {
    /// The agencies.
    pub agencies: Vec<Who>,
    /// The assessors.
    pub readers: Vec<Reader>,
    /// What was entered.
    pub entries: Vec<Entry>,
    /// The scores, one sheet for each pair at most.
    pub sheets: Vec<Sheet>,
}

/// The id of the edition.
pub const EDITION: &str = "kipp-2025";

const TEXTS: [[&str; 3]; 3] = [
    ["Antre dari Rumah", "Pasien menunggu lama di loket", "Pendaftaran lewat telepon"],
    ["Sampah Jadi Beras", "Sampah rumah tangga menumpuk", "Sampah ditimbang dan ditukar beras"],
    ["Akta Sehari", "Akta kelahiran selesai berminggu-minggu", "Akta dicetak di rumah sakit"],
];

/// The agencies of the fixtures.
pub fn agencies() -> Vec<Who> {
    let who = |id, name, region, phone, parent| Who { id, name, region, phone, parent };
    vec![
        who("kota-ambon", "Pemerintah Kota Ambon", "Kota Ambon", "0911-1", Some("provinsi-maluku")),
        who("kota-bima", "Pemerintah Kota Bima", "Kota Bima", "0374-2", None),
        who("kota-kupang", "Pemerintah Kota Kupang", "Kota Kupang", "0380-3", None),
        who("kab-alor", "Pemerintah Kabupaten Alor", "Kabupaten Alor", "0386-4", None),
        who("kab-buru", "Pemerintah Kabupaten Buru", "Kabupaten Buru", "0913-5", Some("provinsi-maluku")),
        who("kab-sumba-timur", "Pemerintah Kabupaten Sumba Timur", "Kabupaten Sumba Timur", "0387-6", None),
    ]
}

/// The assessors of the fixtures.
pub fn readers() -> Vec<Reader> {
    let reader = |id, person, name, agency| Reader { id, person, name, agency };
    vec![
        reader("te-1", "orang-melati", "Melati Kusumawardani", 0),
        reader("te-2", "orang-bagas", "Bagas Prawirodirjo", 3),
        reader("te-3", "orang-cempaka", "Cempaka Nirmalasari", 1),
        reader("te-4", "orang-danang", "Danang Hadikusumo", 5),
    ]
}

fn kind_of(agency: usize) -> AgencyKind {
    if agency < 3 { AgencyKind::City } else { AgencyKind::Regency }
}

fn text(text: &str) -> Text {
    Text::new(text).expect("a fixture's text is a text")
}

/// Reads a fixture's id.
fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("a fixture's id is an id")
}

impl World {
    /// The id of an entry's innovation.
    pub fn innovation_id(&self, entry: usize) -> String {
        format!("{}/inovasi-{entry}", self.agencies[self.entries[entry].owner].id)
    }

    /// The id of an entry's proposal.
    pub fn proposal_id(&self, entry: usize) -> String {
        format!("{EDITION}/{}-{entry}", self.agencies[self.entries[entry].owner].id)
    }

    /// The records, in the order of their kinds and ids, so that hidden names decide when they are registered.
    pub fn records(&self) -> Vec<Record> {
        let mut records = rules();
        records.extend(self.agencies.iter().enumerate().flat_map(|(number, who)| agency(number, who)));
        records.extend(self.readers.iter().enumerate().flat_map(|(number, reader)| self.reader(number, reader)));
        records.extend((0..self.entries.len()).flat_map(|entry| self.entry(entry)));
        records.extend(self.sheets.iter().map(|sheet| self.sheet(sheet)));
        records.sort_by(|one, other| (one.kind(), one.id()).cmp(&(other.kind(), other.id())));
        records
    }

    /// The network.
    pub fn network(&self) -> Network {
        let network = Network::in_memory(&Options::new("ministry").expect("a fixture's origin is an id"))
            .expect("memory can be opened");
        let actions = self.records().into_iter().map(Action::Register).collect();
        network.commit(&stamp(), actions).expect("a fixture fits together");
        network
    }

    fn reader(&self, number: usize, reader: &Reader) -> Vec<Record> {
        let mut person = Person::new(id(reader.person));
        person.name = Some(line(reader.name));
        person.affiliation = Some(id(self.agencies[reader.agency].id));
        let mut assessor = Assessor::new(id(reader.id), id(EDITION), PanelKind::EvaluationTeam);
        assessor.person = Some(person.id.clone());
        assessor.agency.clone_from(&person.affiliation);
        let agency = person.affiliation.clone();
        assessor.conflicts = vec![ConflictOfInterest { agency, innovation: None, reason: Some(line(reader.name)) }];
        assessor.sectors = if number.is_multiple_of(2) { vec![id("kesehatan")] } else { Vec::new() };
        vec![person.into(), assessor.into()]
    }

    fn entry(&self, number: usize) -> Vec<Record> {
        let entry = &self.entries[number];
        let who = &self.agencies[entry.owner];
        let [title, problem, solution] = TEXTS[entry.text];
        let named = |plain: &str| {
            if entry.names_owner { format!("{plain} di {}, kata {}.", who.region, who.name) } else { plain.to_owned() }
        };
        let mut innovation = Innovation::new(id(&self.innovation_id(number)), line(&named(title)), id(who.id));
        innovation.region = Some(id(&format!("wilayah-{}", who.id)));
        innovation.unit = Some(id(&format!("unit-{}", who.id)));
        innovation.unit_name = Some(line(who.phone));
        innovation.problem = Some(text(&named(problem)));
        innovation.solution = Some(text(solution));
        innovation.sectors = vec![id("kesehatan")];
        let mut proposal = Proposal::new(id(&self.proposal_id(number)), innovation.id.clone(), id(EDITION));
        proposal.title = Some(line(&named(title)));
        proposal.sections = vec![Section { code: line("ringkasan"), title: None, text: text(&named(solution)) }];
        proposal.submitted_on = Some(date("2025-03-01"));
        let mut step = Step::reported(entry.state, line(who.name));
        step.by = Some(line(who.name));
        proposal.status = Status { steps: vec![step] };
        let mut records: Vec<Record> = Vec::new();
        if entry.has_document {
            let mut document = Evidence::new(id(&format!("surat-{}-{number}", who.id)), EvidenceKind::Letter);
            document.title = Some(line(who.name));
            document.uri = Some(line(&format!("berkas/{}.pdf", who.id)));
            document.issuer = Some(id(who.id));
            proposal.documents = vec![document.id.clone()];
            records.push(document.into());
        }
        if let Some(source) = entry.source.filter(|source| *source < number) {
            let mut replication = Replication::new(id(&format!("replikasi-{}-{number}", who.id)));
            replication.sources = vec![Source::of(id(&self.innovation_id(source)))];
            replication.target = Some(innovation.id.clone());
            replication.recipient = Some(id(who.id));
            records.push(replication.into());
        }
        if entry.state == ProposalState::Awarded {
            let award_id = id(&format!("{}/top", self.proposal_id(number)));
            let mut award = Award::new(award_id, innovation.id.clone(), line("Top"));
            award.edition = Some(id(EDITION));
            records.push(award.into());
        }
        let mut result = StageResult::new(id(&format!("hasil/{}", proposal.id)), proposal.id.clone(), line("desk"));
        result.reason = Some(text(&format!("Diputus untuk {}", who.name)));
        records.extend([innovation.into(), proposal.into(), result.into()]);
        records
    }

    fn sheet(&self, sheet: &Sheet) -> Record {
        let proposal = self.proposal_id(sheet.entry);
        let reader = &self.readers[sheet.reader];
        let mut record = ScoreSheet::new(
            id(&format!("lembar/{}/{proposal}", reader.id)),
            id(reader.id),
            id(&proposal),
            line("desk"),
        );
        let value = Some(id(&sheet.score.to_string()));
        let comment = Some(text(&format!("Dinilai oleh {}", reader.name)));
        record.scores = vec![CriterionScore { criterion: line("dampak"), value, comment }];
        record.into()
    }
}

/// The rules of the edition, and who is in none of it.
fn rules() -> Vec<Record> {
    let mut competition =
        Competition::new(id("kipp"), line("Kompetisi Inovasi Pelayanan Publik"), CompetitionLevel::National);
    competition.organiser = Some(id("kementerian-panrb"));
    let organiser = Agency::new(id("kementerian-panrb"), line("Kementerian PANRB"), AgencyKind::Ministry);
    let province = Agency::new(id("provinsi-maluku"), line("Pemerintah Provinsi Maluku"), AgencyKind::Province);
    let mut edition = Edition::new(id(EDITION), competition.id.clone());
    edition.year = Some(2025);
    edition.stages = vec![Stage {
        code: line("desk"),
        kind: StageKind::Desk,
        label: None,
        weight: None,
        pass_mark: None,
        rubric: None,
        panel: Some(PanelKind::EvaluationTeam),
        aggregation: None,
        min_assessors: None,
        max_spread: None,
        mark: None,
    }];
    let earlier = Edition::new(id("kipp-2023"), competition.id.clone());
    let stranger = Assessor::new(id("te-2023"), earlier.id.clone(), PanelKind::EvaluationTeam);
    let sector = Sector::new(id("kesehatan"), line("Kesehatan"));
    vec![
        competition.into(),
        organiser.into(),
        province.into(),
        edition.into(),
        earlier.into(),
        stranger.into(),
        sector.into(),
    ]
}

fn agency(number: usize, who: &Who) -> Vec<Record> {
    let level = if number < 3 { RegionLevel::City } else { RegionLevel::Regency };
    let mut region = Region::new(id(&format!("wilayah-{}", who.id)), line(who.region), level);
    region.population = Some(who.phone.bytes().map(u64::from).sum());
    let mut agency = Agency::new(id(who.id), line(who.name), kind_of(number));
    agency.region = Some(region.id.clone());
    agency.parent = who.parent.map(id);
    let mut unit =
        Unit::new(id(&format!("unit-{}", who.id)), line(&format!("Puskesmas {}", who.region)), agency.id.clone());
    unit.region = Some(region.id.clone());
    let mut contact = Contact::new(id(&format!("kontak-{}", who.id)));
    contact.agency = Some(agency.id.clone());
    contact.phone = Some(line(who.phone));
    vec![region.into(), agency.into(), unit.into(), contact.into()]
}
