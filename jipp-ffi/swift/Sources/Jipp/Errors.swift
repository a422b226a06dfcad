import Foundation

// What every error knows, whatever its kind. The kind, which is the case, says what to do: mend the value (`Invalid`),
// look elsewhere (`NotFound`), read again (`Conflict`), do something else (`Refused`), wait (`Busy`), look after the disk
// (`Storage`), restore a backup (`Corrupt`), update (`Unsupported`).

extension JippError {
    /// What all kinds of errors know.
    public struct Known: Sendable {
        /// The stable code of the kind, such as `not-found`.
        public let kind: String
        /// The stable code of the error, in kebab-case.
        public let code: String
        /// The whole text, in English.
        public let reason: String
        /// The record it is about, as `kind id`.
        public let subject: String?
        /// Where in the input it stands.
        public let location: Location
        /// The offending value.
        public let value: String?
        /// What would have been right, or what to do.
        public let hint: String?
    }

    /// What it knows, whatever its kind.
    public var known: Known {
        switch self {
        case let .Invalid(code, reason, subject, location, value, hint):
            return Known(kind: "invalid", code: code, reason: reason, subject: subject, location: location, value: value, hint: hint)
        case let .NotFound(code, reason, subject, location, value, hint):
            return Known(kind: "not-found", code: code, reason: reason, subject: subject, location: location, value: value, hint: hint)
        case let .Conflict(code, reason, subject, location, value, hint):
            return Known(kind: "conflict", code: code, reason: reason, subject: subject, location: location, value: value, hint: hint)
        case let .Refused(code, reason, subject, location, value, hint):
            return Known(kind: "refused", code: code, reason: reason, subject: subject, location: location, value: value, hint: hint)
        case let .Busy(code, reason, subject, location, value, hint):
            return Known(kind: "busy", code: code, reason: reason, subject: subject, location: location, value: value, hint: hint)
        case let .Storage(code, reason, subject, location, value, hint):
            return Known(kind: "storage", code: code, reason: reason, subject: subject, location: location, value: value, hint: hint)
        case let .Corrupt(code, reason, subject, location, value, hint):
            return Known(kind: "corrupt", code: code, reason: reason, subject: subject, location: location, value: value, hint: hint)
        case let .Unsupported(code, reason, subject, location, value, hint):
            return Known(kind: "unsupported", code: code, reason: reason, subject: subject, location: location, value: value, hint: hint)
        }
    }

    /// The stable code, in kebab-case, such as `not-found`.
    public var code: String { known.code }
}

extension JippError: LocalizedError {
    /// The whole text: what `localizedDescription` says.
    public var errorDescription: String? { known.reason }
    /// What would have been right, or what to do.
    public var recoverySuggestion: String? { known.hint }
}
