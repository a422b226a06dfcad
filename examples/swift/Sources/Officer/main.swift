import Foundation
import Jipp

// An officer's day with jipp on a phone: a need, what answers it and why, what is still lacking, whom to call; a visit that is
// recorded without a network connection, and handed to the hub in the evening. Of the real data that come with jipp.

func tell(_ candidate: Candidate) {
    print("  " + String(format: "%.1f", candidate.points) + "  \(candidate.title) (\(candidate.ownerName))")
    for part in candidate.parts.prefix(3) { print("        because: " + part.ground.words(lang: .en)) }
    for gap in candidate.gaps.prefix(2) { print("        to clear up: " + gap.topic.label(lang: .en)) }
    for hub in candidate.hubs.prefix(1) { print("        a hub that could mentor: \(hub.name)") }
}

let now = ISO8601DateFormatter().date(from: "2026-11-21T08:00:00Z")!
let bundle = try Data(contentsOf: URL(fileURLWithPath: CommandLine.arguments[1]))
let (phone, hub) = (try Network.inMemory(origin: "phone"), try Network.inMemory(origin: "hub"))
_ = try phone.apply(bundle: bundle)
_ = try hub.apply(bundle: bundle)

print("While typing:")
for typed in ["antre", "antrean pus", "antrean puskesmas"] {
    print("  \"\(typed)\": " + (try phone.search(text: typed, limit: 3)).map(\.title).joined(separator: ", "))
}

let need = Question(text: "antrean panjang di puskesmas", agency: "kota-ambon", limit: 3, on: "2026-11-21")
print("What answers “\(need.text ?? "")” for kota-ambon:")
let best = try phone.candidates(question: need).candidates
best.forEach(tell)

let draft = Draft(title: best[0].title, problem: need.text, owner: need.agency)
print("Our own idea of that name would be: " + (try phone.checkDraft(draft: draft)).novelty.label(lang: .en))

let visit = Replication(
    id: "kota-ambon/visit-2026-11-21", sources: [Source(innovation: best[0].innovation)], recipient: "kota-ambon")
let before = try phone.revision()
try phone.register(.replication(value: visit), at: now, by: "petugas lapangan")
print("Recorded on the phone as revision \(try phone.revision()).")

let received = try hub.apply(bundle: try phone.exportSince(revision: before))
print("The hub took in \(received.new) change, and holds \(received.held.count) back.")
let members = try hub.hubsOn(on: "2026-11-21").filter { $0.isMember.code() == "yes" }
print("Members of the hub network that day: \(members.count)")
