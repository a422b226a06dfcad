//! Input that wants to hurt: a megabyte of nesting, of one line, of tiny rows, for every parser.

use std::fmt::Write as _;

use crate::crash::Dice;

/// An input: what it is, and its bytes.
pub type Input = (&'static str, Vec<u8>);

/// Makes inputs of a size in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Hostile(pub usize);

impl Hostile {
    /// A text repeated until it fills what is left.
    fn filled(self, head: &str, part: &str, tail: &str) -> Vec<u8> {
        let times = (self.0 - head.len() - tail.len()) / part.len();
        [head, &part.repeat(times), tail].concat().into_bytes()
    }

    /// Numbered rows until it is full.
    fn rows(self, head: &str, row: impl Fn(usize) -> String, tail: &str) -> Vec<u8> {
        let mut text = head.to_owned();
        for number in 0.. {
            let row = row(number);
            if text.len() + row.len() + tail.len() > self.0 {
                break;
            }
            text.push_str(&row);
        }
        (text + tail).into_bytes()
    }

    /// What hurts whatever is expected: noise, zeros, brackets, one word, one line of words, empty lines, marks that combine.
    pub fn general(self) -> Vec<Input> {
        let mut dice = Dice::new(8);
        let noise = (0..self.0).map(|_| u8::try_from(dice.below(256)).unwrap_or(0)).collect();
        vec![
            ("noise", noise),
            ("zeros", vec![0; self.0]),
            ("brackets", self.filled("", "[", "")),
            ("one word", self.filled("", "a", "")),
            ("one line", self.filled("", "di ke ", "")),
            ("empty lines", self.filled("", "\n", "")),
            ("combining marks", self.filled("e", "\u{301}", "")),
            ("ligatures that grow when they are folded", self.filled("", "\u{FDFA}", "")),
        ]
    }

    /// What hurts the parser of this name most: its own syntax, deep, long and many.
    pub fn for_parser(self, name: &str) -> Vec<Input> {
        match name {
            "document" => self.document(),
            "json_lines" => self.json_lines(),
            "csv" => self.csv(),
            "mapping" => vec![
                (
                    "many columns",
                    self.rows(
                        "{\"version\":1,\"kind\":\"sector\",\"columns\":{",
                        |n| format!("\"c{n}\":\"name\","),
                        "\"c\":\"id\"}}",
                    ),
                ),
                ("deep constants", self.filled("{\"version\":1,\"kind\":\"sector\",\"constants\":{\"name\":", "[", "")),
            ],
            "bundle" => self.bundle(),
            "dot" => vec![
                ("groups in groups", self.filled("digraph {", "subgraph{", "")),
                ("a long chain", self.rows("digraph {a", |n| format!("->n{n}"), "}")),
                ("tiny edges", self.rows("digraph {", |n| format!("a{n}->b;"), "}")),
                ("an open text", self.filled("digraph { a [label=\"", "x", "")),
                ("attributes", self.rows("digraph { a [", |n| format!("x{n}=1,"), "]}")),
                ("everybody to everybody", self.filled("digraph {", "{a b c d e f g h}->{i j k l m n o p};", "}")),
            ],
            "mermaid" => vec![
                ("groups in groups", self.filled("flowchart TD\n", "subgraph a\n", "")),
                ("a long chain", self.rows("flowchart TD\na", |n| format!("-->n{n}"), "\n")),
                ("tiny edges", self.rows("flowchart TD\n", |n| format!("a{n}-->b\n"), "")),
                (
                    "everybody to everybody",
                    self.filled("flowchart TD\n", "a & b & c & d & e & f --> g & h & i & j & k & l\n", ""),
                ),
                ("an open bracket", self.filled("flowchart TD\na[", "x", "")),
            ],
            "graphml" => vec![
                ("elements in elements", self.filled("<graphml>", "<graph>", "")),
                ("tiny nodes", self.rows("<graphml><graph>", |n| format!("<node id=\"n{n}\"/>"), "</graph></graphml>")),
                ("attributes", self.rows("<graphml><graph><node ", |n| format!("a{n}=\"\" "), "/></graph></graphml>")),
                ("references", self.filled("<graphml><graph><node id=\"", "&amp;", "\"/></graph></graphml>")),
                (
                    "keys",
                    self.rows(
                        "<graphml>",
                        |n| format!("<key id=\"k{n}\" for=\"node\" attr.name=\"x{n}\"/>"),
                        "</graphml>",
                    ),
                ),
            ],
            "prov_json" => vec![
                ("tiny entities", self.rows("{\"entity\":{", |n| format!("\"e{n}\":{{}},"), "\"z\":{}}}")),
                ("bundles in bundles", self.filled("", "{\"bundle\":{\"a\":", "")),
            ],
            "node_link" => vec![
                (
                    "tiny nodes",
                    self.rows("{\"nodes\":[", |n| format!("{{\"id\":{n}}},"), "{\"id\":\"z\"}],\"links\":[]}"),
                ),
                (
                    "tiny edges",
                    self.filled("{\"nodes\":[],\"links\":[", "{\"source\":\"a\",\"target\":\"b\"},", "{}]}"),
                ),
            ],
            "graph_csv" => vec![
                ("tiny rows", self.rows("source,target\n", |n| format!("a{n},b\n"), "")),
                ("many columns", self.rows("source,target", |n| format!(",c{n}"), "\na,b\n")),
            ],
            "snapshot" => vec![
                ("tiny lines", self.filled("\u{1}", "{\"l\":null,\"v\":[]}\n", "")),
                ("deep lines", self.filled("\u{1}", "{\"v\":[", "")),
            ],
            "query" => vec![
                ("many sectors", self.rows("{\"text\":\"antre\",\"sectors\":[", |n| format!("\"s{n}\","), "\"z\"]}")),
                ("different words", self.rows("", |n| format!("kata{n} "), "")),
            ],
            "text" => vec![
                ("different words", self.rows("", |n| format!("memper{n}kan "), "")),
                ("acronyms", self.rows("", |n| format!("Sistem Antre Nasional (SAN{n}) "), "")),
                ("affixes", self.filled("", "mempertanggungjawabkannyalah ", "")),
            ],
            "settings" => vec![("many rules", self.filled("{\"id\":\"x@1\",\"rules\":[", "{},", "{}]}"))],
            "store" => self.store(),
            _ => Vec::new(),
        }
    }

    fn document(self) -> Vec<Input> {
        let head = "{\"format\":\"jipp-network\",\"version\":1,\"records\":{\"sector\":[";
        vec![
            ("tiny records", self.rows(head, |n| format!("{{\"id\":\"s{n}\",\"name\":\"a\"}},"), "{}]}}")),
            ("empty records", self.filled(head, "{},", "{}]}}")),
            ("deep records", self.filled(head, "{\"a\":", "")),
            ("brackets in a record", self.filled(head, "[", "")),
            ("an open text", self.filled(head, "\\\"", "")),
            (
                "many kinds",
                self.filled(
                    "{\"format\":\"jipp-network\",\"version\":1,\"records\":{",
                    "\"sector\":[],",
                    "\"sector\":[]}}",
                ),
            ),
        ]
    }

    /// The first byte stands for the kind: 1 is a sector.
    fn json_lines(self) -> Vec<Input> {
        vec![
            ("tiny records", self.rows("\u{1}", |n| format!("{{\"id\":\"s{n}\",\"name\":\"a\"}}\n"), "")),
            ("empty records", self.filled("\u{1}", "{}\n", "")),
            (
                "records that wait for others",
                self.rows(
                    "\u{0}",
                    |n| format!("{{\"id\":\"r{n}\",\"name\":\"a\",\"level\":\"village\",\"parent\":\"r{}\"}}\n", n + 1),
                    "",
                ),
            ),
            ("a record with many fields", self.rows("\u{1}{", |n| format!("\"f{n}\":1,"), "\"id\":\"a\"}")),
            (
                "a record with a long list",
                self.filled("\u{1}{\"id\":\"a\",\"name\":\"a\",\"aliases\":[", "\"a\",", "\"b\"]}"),
            ),
            ("a deep record", self.filled("\u{1}", "{\"a\":", "")),
            ("numbers", self.filled("\u{1}{\"id\":\"a\",\"name\":", "9", "}")),
        ]
    }

    fn csv(self) -> Vec<Input> {
        let mut columns = String::from("\u{1}id,name");
        while columns.len() < self.0 / 2 {
            let _ = write!(columns, ",c{}", columns.len());
        }
        vec![
            ("tiny rows", self.rows("\u{1}id,name\n", |n| format!("s{n},a\n"), "")),
            ("rows of commas", self.filled("\u{1}id,name\n", ",", "")),
            ("open quotes", self.filled("\u{1}id,name\n", "\"\n", "")),
            ("one open quote", self.filled("\u{1}id,name\n\"", "x\n", "")),
            ("many columns", self.filled(&(columns + "\n"), ",", "")),
        ]
    }

    fn bundle(self) -> Vec<Input> {
        let header = |changes: u64| {
            format!(
                "{{\"format\":\"jipp-bundle\",\"version\":1,\"origin\":\"a\",\"after\":0,\"revision\":1,\"changes\":{changes}}}\n"
            )
        };
        let change = |n: usize| {
            format!(
                "{{\"id\":\"a/{n}\",\"at\":\"2026-01-01T00:00:00Z\",\"action\":{{\"retract\":{{\"subject\":{{\"kind\":\"sector\",\"id\":\"s\"}}}}}}}}\n"
            )
        };
        vec![
            ("more changes than there are", self.rows(&header(u64::MAX), change, "")),
            ("deep changes", self.filled(&header(1), "{\"id\":", "")),
        ]
    }

    /// A database whose pages say they are full of rows, and that those go on where they began.
    fn store(self) -> Vec<Input> {
        let mut bytes = vec![0; self.0];
        bytes[..16].copy_from_slice(b"SQLite format 3\0");
        bytes[16..18].copy_from_slice(&8192_u16.to_be_bytes());
        for page in bytes.chunks_mut(8192).skip(1) {
            page[0] = 0x0D;
            page[3..5].copy_from_slice(&600_u16.to_be_bytes());
            for cell in 0..600 {
                page[8 + 2 * cell..10 + 2 * cell].copy_from_slice(&4096_u16.to_be_bytes());
            }
            // A row of half a megabyte.
            page[4096..4100].copy_from_slice(&[0xA0, 0x80, 0x00, 0x01]);
            page[4100..].fill(2);
        }
        vec![("rows that never end", bytes)]
    }
}
