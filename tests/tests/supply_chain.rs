//! What the core is made of: few packages, none that reaches a network, one registry, nothing fetched while building.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The packages below `jipp-core` with all its features, on any system, itself not counted: the budget. `Cargo.lock` lists what
/// some system or some other member of the workspace asks for, so a build has fewer. A new one needs a reason that is
/// worth its upkeep; whoever has one raises the number here.
const BUDGET: usize = 108;

/// The packages that `jipp-core` itself asks for.
const DIRECT_BUDGET: usize = 19;

/// Packages that talk over a network, or make it easy: none may be below the core. Names end here or go on after `-`.
const NETWORK: [&str; 29] = [
    "actix",
    "async-std",
    "attohttpc",
    "curl",
    "curl-sys",
    "h2",
    "hickory",
    "http",
    "hyper",
    "isahc",
    "mio",
    "minreq",
    "native-tls",
    "opentelemetry",
    "openssl",
    "quinn",
    "reqwest",
    "rustls",
    "sentry",
    "smol",
    "socket2",
    "surf",
    "telemetry",
    "tokio",
    "tonic",
    "tracing",
    "trust-dns",
    "tungstenite",
    "ureq",
];

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A package of `Cargo.lock`.
#[derive(Debug, Default)]
struct Package {
    source: Option<String>,
    checksum: bool,
    needs: Vec<String>,
}

/// Reads `Cargo.lock`. What stands in it in two versions is looked up under `name version`.
fn lock() -> BTreeMap<String, Package> {
    let text = fs::read_to_string(top().join("Cargo.lock")).unwrap();
    let mut packages = BTreeMap::new();
    for block in text.split("[[package]]").skip(1) {
        let value = |key: &str| {
            let line = block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))?;
            Some(line.trim_matches('"').to_owned())
        };
        let list = block.split_once("dependencies = [").map_or("", |(_, list)| list.split(']').next().unwrap_or(""));
        let needs = list.split('"').skip(1).step_by(2).map(str::to_owned).collect();
        let (name, version) = (value("name").unwrap(), value("version").unwrap());
        let package = || Package { source: value("source"), checksum: value("checksum").is_some(), needs };
        packages.insert(format!("{name} {version}"), package());
    }
    packages
}

/// The full name of what another package asks for.
fn find<'lock>(packages: &'lock BTreeMap<String, Package>, wanted: &str) -> &'lock str {
    // `name`, or `name version` where there is more than one; also `name version (source)`.
    let wanted: Vec<&str> = wanted.split(' ').take(2).collect();
    let matches = |full: &&String| {
        let (name, version) = full.split_once(' ').unwrap();
        name == wanted[0] && wanted.get(1).is_none_or(|wanted| *wanted == version)
    };
    packages.keys().find(matches).unwrap()
}

/// A list of dependencies in the manifest of the core.
fn listed(section: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(top().join("jipp-core/Cargo.toml")).unwrap();
    let (_, rest) = text.split_once(&format!("\n[{section}]\n")).unwrap();
    let lines = rest.lines().take_while(|line| !line.starts_with('['));
    let name = |line: &str| line.split(['.', ' ', '=']).next().unwrap_or_default().to_owned();
    lines.map(name).filter(|name| !name.is_empty()).collect()
}

/// Everything that is built into the core, with all its features; what its tests need is not.
fn below_core(packages: &BTreeMap<String, Package>) -> BTreeSet<String> {
    let mut open: Vec<String> = listed("dependencies").into_iter().collect();
    let mut found = BTreeSet::new();
    while let Some(wanted) = open.pop() {
        let full = find(packages, &wanted);
        if found.insert(full.to_owned()) {
            open.extend(packages[full].needs.iter().cloned());
        }
    }
    found
}

fn sources(folder: PathBuf) -> Vec<(PathBuf, String)> {
    let (mut folders, mut found) = (vec![folder], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}

#[test]
fn the_core_stays_within_its_budget_of_packages() {
    let packages = lock();
    let (direct, all) = (listed("dependencies"), below_core(&packages));
    assert!(direct.len() > 10 && all.len() > direct.len(), "{direct:?}");
    assert!(direct.len() <= DIRECT_BUDGET, "{} are asked for: {direct:?}", direct.len());
    assert!(all.len() <= BUDGET, "{} packages: {all:?}", all.len());
}

#[test]
fn nothing_below_the_core_talks_over_a_network() {
    for package in below_core(&lock()) {
        let name = package.split(' ').next().unwrap();
        let is_network = NETWORK
            .iter()
            .any(|network| name.strip_prefix(network).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')));
        assert!(!is_network, "{package} is below the core");
    }
}

/// No network, no telemetry, no other program: the core does not even name what would be needed.
#[test]
fn the_core_names_no_network_and_no_process() {
    let found = sources(top().join("jipp-core/src"));
    assert!(found.len() > 200, "only {} files found", found.len());
    for (path, text) in found {
        for word in
            ["std::net", "TcpStream", "UdpSocket", "ToSocketAddrs", "std::process", "Command::new", "std::env::var"]
        {
            assert!(!text.contains(word), "{} names {word}", path.display());
        }
    }
}

/// No clock and no randomness: callers pass times and seeds. (The lints say so too, where they are asked.)
#[test]
fn the_core_reads_no_clock_and_rolls_no_dice() {
    for (path, text) in sources(top().join("jipp-core/src")) {
        for word in ["SystemTime", "Instant::now", "Utc::now", "Local::now", "RandomState", "thread_rng", "getrandom"] {
            assert!(!text.contains(word), "{} names {word}", path.display());
        }
    }
    for package in ["rand", "fastrand", "getrandom", "uuid"] {
        assert!(!listed("dependencies").contains(package), "the core asks for {package}");
    }
}

#[test]
fn the_core_has_no_build_script() {
    assert!(!top().join("jipp-core/build.rs").exists());
    let manifest = fs::read_to_string(top().join("jipp-core/Cargo.toml")).unwrap();
    assert!(!manifest.contains("build ="), "no build script under another name");
    assert!(!manifest.contains("[build-dependencies]"));
}

#[test]
fn everything_comes_from_the_registry_with_a_checksum() {
    let packages = lock();
    assert!(packages.len() > 50);
    for (name, package) in packages {
        match package.source {
            None => assert!(name.starts_with("jipp-"), "{name} has no source"),
            Some(source) => {
                assert!(source.starts_with("registry+"), "{name} comes from {source}");
                assert!(package.checksum, "{name} has no checksum");
            }
        }
    }
}
