import Foundation
import Jipp
import XCTest

private let now = ISO8601DateFormatter().date(from: at)!
private let ambon = Agency(id: "kota-ambon", name: "Pemerintah Kota Ambon", kind: .city)
private let queue = Innovation(
    id: "kota-ambon/antre", title: "Antre dari Rumah", owner: "kota-ambon",
    problem: "Pasien puskesmas mengantre lama di loket")

private func agency(_ id: String) -> Record { .agency(value: Agency(id: id, name: "Kota", kind: .city)) }

/// What an app does with a network, and what comes of bad input: an error of the right kind, and the data intact.
final class NetworkTests: XCTestCase {
    private var folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    override func setUpWithError() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDownWithError() throws {
        try FileManager.default.removeItem(at: folder)
    }

    private func file(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func refused(_ kind: String, _ code: String?, _ act: () throws -> Void, line: UInt = #line) {
        XCTAssertThrowsError(try act(), line: line) { error in
            guard let error = error as? JippError else { return XCTFail("\(error)", line: line) }
            XCTAssertEqual(error.known.kind, kind, line: line)
            if let code { XCTAssertEqual(error.code, code, line: line) }
            XCTAssertEqual(error.localizedDescription, error.known.reason, line: line)
            XCTAssertLessThan(error.known.reason.count, 2_000, line: line)
        }
    }

    func testWhatIsRecordedIsFoundWithReasonsThatAddUp() throws {
        let network = try Network.inMemory(origin: "phone")
        try network.register(.agency(value: ambon), .innovation(value: queue), at: now, by: "petugas")
        let best = try network.candidates(question: Question(text: "antrean panjang di puskesmas")).candidates[0]
        XCTAssertEqual(best.title, "Antre dari Rumah")
        XCTAssertEqual(best.score, best.parts.map(\.points).reduce(0, +))
        XCTAssertTrue(best.parts[0].ground.words(lang: .id).contains("antre"))
    }

    func testAFileKeepsWhatWasCommitted() throws {
        do {
            let network = try Network.open(path: file("network.jipp"), origin: "phone")
            try network.register(.agency(value: ambon), .innovation(value: queue), at: now)
            network.closeNetwork()
        }
        let network = try Network.open(path: file("network.jipp"), origin: "phone")
        XCTAssertEqual(try network.innovation(queue.id), queue)
        XCTAssertEqual(try network.verify(), [])
        try network.backupTo(path: file("backup.jipp"))
        XCTAssertEqual(try Network.openReadOnly(path: file("backup.jipp"), origin: "phone").revision(), 1)
    }

    func testTwoCopiesMeetByBundles() throws {
        let (phone, hub) = (try Network.inMemory(origin: "phone"), try Network.inMemory(origin: "hub"))
        try phone.register(.agency(value: ambon), at: now)
        XCTAssertEqual(try hub.apply(bundle: try phone.exportSince(revision: 0)).new, 1)
        XCTAssertEqual(try hub.agency(ambon.id), ambon)
    }

    func testRecordsComePageByPage() throws {
        let all = try Shared.sample.all(.region, page: 50)
        XCTAssertEqual(UInt64(all.count), try Shared.sample.count(kind: .region))
    }

    func testDatesBecomeThoseOfFoundation() throws {
        let month = try PartialDate("2019-07")
        XCTAssertEqual(month.components.month, 7)
        XCTAssertNil(month.components.day)
        XCTAssertEqual(month.lastDay, "2019-07-31")
        XCTAssertEqual(now.jipp, "2026-11-21T08:00:00.000Z")
        XCTAssertEqual(now.jippDay(in: TimeZone(secondsFromGMT: 0)!), "2026-11-21")
    }

    func testEmptyAndHugeTexts() throws {
        let huge = String(repeating: "x", count: 10_000_000)
        let network = try Network.inMemory(origin: "phone")
        refused("invalid", "id-empty") { try network.register(agency(""), at: now) }
        refused("invalid", "id-too-long") { try network.register(agency(huge), at: now) }
        refused("invalid", "option-invalid") { _ = try network.search(text: huge) }
        refused("invalid", "date-form") { _ = try parseDate(text: huge) }
        refused("invalid", "id-empty") { _ = try Network.inMemory(origin: "") }
        XCTAssertEqual(try network.search(text: "").count, 0)
        XCTAssertEqual(try network.revision(), 0)
    }

    func testUnknownIdsAndWrongTimes() throws {
        refused("not-found", "not-found") { _ = try Shared.sample.neighbours(innovation: "nobody/nothing") }
        refused("not-found", "revision-unknown") { _ = try Shared.sample.exportSince(revision: 999_999) }
        refused("invalid", "time-form") { _ = try Shared.sample.commit(actions: [], at: "yesterday") }
        refused("invalid", "date-form") { _ = try Shared.sample.hubsOn(on: "soon") }
    }

    func testAfterClosing() throws {
        let network = try Network.inMemory(origin: "phone")
        network.closeNetwork()
        XCTAssertTrue(network.isClosed())
        refused("refused", "network-closed") { _ = try network.search(text: "x") }
    }

    func testManyThreads() throws {
        let network = try Network.open(path: file("threads.jipp"), origin: "phone")
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for turn in 0..<10 {
                _ = try? network.register(agency("kota-\(thread)-\(turn)"), at: now)
                _ = try? network.search(text: "kota")
            }
        }
        XCTAssertEqual(try network.count(kind: .agency), 80)
        XCTAssertEqual(try network.verify(), [])
    }

    func testAListenerStopsThrowsOrAsks() throws {
        let rows = (1...30).map { #"{"id":"kota-\#($0)","name":"Kota \#($0)","kind":"city"}"# }.joined(separator: "\n")
        let options = ImportOptions(at: at, kind: .agency, batch: 10)
        let network = try Network.inMemory(origin: "phone")
        func take(_ hear: @escaping @Sendable (ImportProgress) throws -> Bool) throws -> ImportReport {
            try network.importBytes(name: "rows.jsonl", bytes: Data(rows.utf8), options: options, listener: Listener(hear))
        }
        struct Gone: Error {}
        refused("conflict", "cancelled") { _ = try take { _ in throw Gone() } }
        refused("busy", "network-busy") { _ = try take { _ in try network.revision() > 0 } }
        XCTAssertTrue(try take { _ in false }.isCancelled)
        XCTAssertFalse(try take { _ in true }.isCancelled)
        XCTAssertEqual(try network.count(kind: .agency), 30)
    }

    func testFilesThatAreNoneOrElsewhereOrMayNotBeWritten() throws {
        try "this is no network".write(toFile: file("foreign.jipp"), atomically: true, encoding: .utf8)
        refused("corrupt", "store-foreign") { _ = try Network.open(path: file("foreign.jipp"), origin: "phone") }
        refused("storage", nil) { _ = try Network.open(path: file("no/such/folder.jipp"), origin: "phone") }
        let network = try Network.open(path: file("read.jipp"), origin: "phone")
        try network.register(agency("a"), at: now)
        network.closeNetwork()
        let reader = try Network.openReadOnly(path: file("read.jipp"), origin: "phone")
        refused("storage", "store-read-only") { try reader.register(agency("b"), at: now) }
        XCTAssertEqual(try reader.count(kind: .agency), 1)
    }
}
