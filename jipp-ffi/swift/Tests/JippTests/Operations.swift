import Foundation
import Jipp

let at = "2026-11-21T08:00:00Z"

/// Where the cases and the sample stand: the folder that `tests/swift` mounts or names.
let data = URL(fileURLWithPath: ProcessInfo.processInfo.environment["JIPP_TEST_DATA"] ?? "/data")

func empty() throws -> Network { try Network.inMemory(origin: "vectors") }

/// What is made once, for all cases.
enum Shared {
    /// The network that most cases are about: the real data that come with the Python package.
    static let sample: Network = {
        let network = try! empty()
        _ = try! network.apply(bundle: try! Data(contentsOf: data.appendingPathComponent("sample.jipp")))
        return network
    }()
    /// A small edition that has been scored.
    static let edition: Network = {
        let network = try! empty()
        let bytes = try! Data(contentsOf: data.appendingPathComponent("edition.json"))
        _ = try! network.importBytes(name: "edition.json", bytes: bytes, options: ImportOptions(at: at))
        return network
    }()
    static let analyzer = Analyzer.standard()
}

/// The term of a code.
private func term<Term: CaseIterable>(_ given: Tree, _ name: String, _ code: (Term) -> String) -> Term {
    Term.allCases.first { code($0) == given[name].text }!
}

private func kind(_ given: Tree, _ name: String = "kind") -> EntityKind { term(given, name) { $0.code() } }
private func level(_ given: Tree) -> Level { term(given, "level") { $0.code() } }
private func lang(_ given: Tree) -> Lang { given["lang"].text == "id" ? .id : .en }
private func text(_ given: Tree, _ name: String) -> String { given[name].text ?? "" }
private func limit(_ given: Tree) -> UInt32 { UInt32(given["limit"].whole ?? 0) }
private func rows(_ given: Tree) -> [[Double?]] { given["rows"].items.map { $0.items.map(\.number) } }

private func scope(_ given: Tree) -> Scope {
    let progress: ReplicationProgress? = given["progress"].text.map { code in ReplicationProgress.allCases.first { $0.code() == code }! }
    return Scope(on: given["on"].text, progress: progress)
}

private func question(_ given: Tree) -> Question {
    let agencyKind: AgencyKind? = given["agency_kind"].text.map { code in AgencyKind.allCases.first { $0.code() == code }! }
    let tools: [String]? = given["tools"] == .nothing ? nil : given["tools"].items.compactMap(\.text)
    return Question(
        text: text(given, "text"), agency: given["agency"].text, agencyKind: agencyKind, region: given["region"].text,
        staff: given["staff"].whole, tools: tools, limit: given["limit"].whole, on: given["on"].text,
        diversity: given["diversity"].whole)
}

private func record(_ json: Tree) -> Record {
    guard case let .fields(all) = json, let (kind, fields) = all.first else { preconditionFailure("a record is an object") }
    let valid = fields["valid"] == .nothing ? nil : Period(from: fields["valid"]["from"].text, to: fields["valid"]["to"].text)
    switch kind {
    case "agency":
        return .agency(value: Agency(
            id: text(fields, "id"), name: text(fields, "name"), kind: term(fields, "kind") { $0.code() }, valid: valid))
    case "innovation":
        return .innovation(value: Innovation(id: text(fields, "id"), title: text(fields, "title"), owner: text(fields, "owner")))
    case "replication":
        let sources = fields["sources"].items.map { Source(innovation: text($0, "innovation")) }
        return .replication(value: Replication(id: text(fields, "id"), sources: sources, target: fields["target"].text))
    default:
        return .region(value: Region(
            id: text(fields, "id"), name: text(fields, "name"), level: term(fields, "level") { $0.code() },
            population: fields["population"].whole))
    }
}

private func options(_ given: Tree) -> ImportOptions {
    ImportOptions(
        at: given["at"].text ?? at, kind: given["kind"].text.map { _ in kind(given) }, batch: given["batch"].whole.map(UInt64.init),
        maxRejectionsListed: given["max_rejections_listed"].whole.map(UInt64.init))
}

private func scoring(_ given: Tree) throws -> Scoring {
    let cut = Cut(places: given["places"].whole, passMark: given["pass_mark"].number)
    return try Shared.edition.score(options: ScoringOptions(edition: text(given, "edition"), cut: cut))
}

/// What an operation of the cases is, in terms of the library.
func answer(_ op: String, _ given: Tree) throws -> Any {
    let sample = Shared.sample
    switch op {
    case "parse-date": return try parseDate(text: text(given, "text"))
    case "fold": return fold(text: text(given, "text"))
    case "words": return words(text: text(given, "text"))
    case "check-id":
        try checkId(kind: kind(given), id: text(given, "id"))
        return true
    case "label-agency-kind":
        let kind: AgencyKind = term(given, "code") { $0.code() }
        return kind.label(lang: lang(given))
    case "label-kind": return kind(given, "code").label(lang: lang(given))
    case "stem": return Shared.analyzer.stem(word: text(given, "word"))
    case "stop-word": return Shared.analyzer.isStopWord(word: text(given, "word"))
    case "terms": return Shared.analyzer.terms(text: text(given, "text"))
    case "candidates": return try sample.candidates(question: question(given))
    case "ground-words":
        let found = try sample.candidates(question: Question(text: text(given, "text"), limit: 1))
        return found.candidates.flatMap(\.parts).map { $0.ground.words(lang: lang(given)) }
    case "search": return try sample.search(text: text(given, "text"), limit: limit(given))
    case "neighbours": return try sample.neighbours(innovation: text(given, "innovation"), limit: limit(given))
    case "check-draft":
        return try sample.checkDraft(draft: Draft(
            title: given["title"].text, problem: given["problem"].text, solution: given["solution"].text,
            owner: given["owner"].text))
    case "duplicates": return try sample.duplicates()
    case "record": return try sample.record(kind: kind(given), id: text(given, "id")) as Any
    case "count": return try sample.count(kind: kind(given))
    case "referrers":
        return try sample.referrers(kind: kind(given), toKind: kind(given, "to_kind"), toId: text(given, "to_id"))
    case "page": return try sample.records(kind: kind(given), token: given["token"].text, limit: limit(given))
    case "hubs-on": return try sample.hubsOn(on: text(given, "on"))
    case "hub-coverage": return try sample.hubCoverage(on: text(given, "on"))
    case "hub-readiness": return try sample.hubReadiness(hub: text(given, "hub"), on: text(given, "on"))
    case "hub-findings": return try sample.hubFindings().map { $0.words(lang: lang(given)) }
    case "import":
        return try empty().importBytes(
            name: text(given, "file"), bytes: Data(text(given, "text").utf8), options: options(given))
    case "suggest-mapping":
        return try suggestMapping(kind: kind(given), headers: given["headers"].items.compactMap(\.text))
    case "commit":
        return try empty().commit(actions: given["records"].items.map { .register(value: record($0)) }, at: at)
    case "apply": return try empty().apply(bundle: Data(text(given, "text").utf8))
    case "closed":
        let network = try empty()
        network.closeNetwork()
        return try network.revision()
    default: return try lineageOrEvaluation(op, given)
    }
}

private func lineageOrEvaluation(_ op: String, _ given: Tree) throws -> Any {
    let sample = Shared.sample
    let node = text(given, "node")
    switch op {
    case "lineage-node": return try sample.lineageNode(node: node, scope: scope(given))
    case "sources": return try sample.sources(node: node, scope: scope(given))
    case "replicas": return try sample.replicas(node: node, scope: scope(given))
    case "ancestors": return try sample.ancestors(node: node, scope: scope(given))
    case "descendants": return try sample.descendants(node: node, scope: scope(given))
    case "impact": return try sample.impact(node: node, scope: scope(given))
    case "adoptions": return try sample.adoptions(node: node, scope: scope(given))
    case "roots": return try sample.lineageRoots()
    case "travel": return try sample.travel()
    case "common-ancestors":
        return try sample.commonAncestors(first: text(given, "first"), second: text(given, "second"))
    case "paths": return try sample.paths(start: text(given, "start"), end: text(given, "end"), limit: limit(given))
    case "adaptation": return try sample.adaptation(replication: text(given, "replication"))
    case "krippendorff": return try agreementKrippendorff(level: level(given), rows: rows(given))
    case "kendall": return try agreementKendall(level: level(given), rows: rows(given))
    case "icc": return try agreementIcc(level: level(given), rows: rows(given))
    case "chance-corrected":
        return try chanceCorrected(
            level: level(given), rows: rows(given), model: term(given, "model") { $0.code() },
            weighting: term(given, "weighting") { $0.code() })
    case "standings": return try scoring(given).standings() as Any
    case "chosen": return try scoring(given).chosen()
    default: preconditionFailure("no operation \(op)")
    }
}
