import Foundation
import Jipp
import XCTest

/// One behaviour in all languages: the cases of `tests/vectors/cases`, which Rust, Python and Kotlin answer too.
final class VectorsTests: XCTestCase {
    private func cases() throws -> [Tree] {
        let folder = data.appendingPathComponent("cases")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let sorted = files.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
        return try sorted.flatMap { try JSONDecoder().decode([Tree].self, from: Data(contentsOf: $0)) }
    }

    /// What became of a case, under the name that the case has for it.
    private func outcome(_ one: Tree) throws -> (String, Tree) {
        do {
            return ("expect", tree(try answer(one["op"].text ?? "", one["given"])))
        } catch let error as JippError {
            let known = error.known
            let told: [String: Tree] = [
                "kind": .text(known.kind), "code": .text(known.code),
                "subject": known.subject.map(Tree.text) ?? .nothing, "value": known.value.map(Tree.text) ?? .nothing,
                "line": known.location.line.map { .whole(Int64($0)) } ?? .nothing,
            ]
            return ("error", .fields(told.filter { !$0.value.isNothing }))
        }
    }

    func testEveryCaseIsAnsweredAsTheCoreAnswersIt() throws {
        let all = try cases()
        XCTAssertGreaterThanOrEqual(all.count, 300)
        var wrong: [String] = []
        for one in all {
            let (key, value) = try outcome(one)
            if one[key] != value { wrong.append("\(one["op"]), \(one["name"]): \(key) \(value)") }
        }
        print("\(all.count) cases answered, \(wrong.count) of them otherwise")
        XCTAssertEqual(Array(wrong.prefix(5)), [], "\(wrong.count) of \(all.count)")
    }
}
