import Foundation

// The network in the idioms of Swift. Every call blocks until it is answered: ask from a task off the main actor.

extension Network {
    /// Does all actions or none, recorded at a moment.
    @discardableResult
    public func commit(_ actions: [Action], at: Date, by: String? = nil) throws -> Committed {
        try commit(actions: actions, at: at.jipp, by: by)
    }

    /// Enters records, all or none.
    @discardableResult
    public func register(_ records: Record..., at: Date, by: String? = nil) throws -> Committed {
        try commit(records.map { .register(value: $0) }, at: at, by: by)
    }

    /// Changes a record from what it was when it was read to what it shall be. If both are equal, nothing happens.
    ///
    /// - Throws: `JippError.Conflict` with the code `edit-stale` if somebody changed the same field meanwhile.
    @discardableResult
    public func revise(_ old: Record, to new: Record, at: Date, by: String? = nil) throws -> Committed {
        let action = try revisionBetween(old: old, new: new)
        return try commit(action.map { [$0] } ?? [], at: at, by: by)
    }

    /// An innovation; none if there is none.
    public func innovation(_ id: String) throws -> Innovation? {
        guard case let .innovation(value)? = try record(kind: .innovation, id: id) else { return nil }
        return value
    }

    /// An agency; none if there is none.
    public func agency(_ id: String) throws -> Agency? {
        guard case let .agency(value)? = try record(kind: .agency, id: id) else { return nil }
        return value
    }

    /// Every record of a kind by id, fetched page by page.
    public func all(_ kind: EntityKind, page: UInt32 = 100) throws -> [Record] {
        var found: [Record] = []
        var token: String?
        repeat {
            let next = try records(kind: kind, token: token, limit: page)
            found += next.records
            token = next.next
        } while token != nil
        return found
    }
}

extension Candidate {
    /// The score in points; 100 at the most.
    public var points: Double { Double(score) / 1_000_000 }
}

/// A closure as a listener; it returns whether to go on.
public final class Listener: ProgressListener, Sendable {
    private let hear: @Sendable (ImportProgress) throws -> Bool

    /// Hears with a closure. Of what it throws, only a `JippError` comes through as such.
    public init(_ hear: @escaping @Sendable (ImportProgress) throws -> Bool) {
        self.hear = hear
    }

    public func keepGoing(progress: ImportProgress) throws -> Bool {
        try hear(progress)
    }
}
