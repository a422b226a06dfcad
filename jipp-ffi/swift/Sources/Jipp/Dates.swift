import Foundation

// Dates and times. Records hold them as text, since most dates of the record are known to the year or the month only;
// these make them of Foundation's types and back.

extension PartialDate {
    /// Reads the text of a date, as records hold it: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    ///
    /// - Throws: `JippError.Invalid` with the code `date-form`.
    public init(_ text: String) throws {
        self = try parseDate(text: text)
    }

    /// Its parts, as far as they are known, in the Gregorian calendar.
    public var components: DateComponents {
        DateComponents(
            calendar: Calendar(identifier: .gregorian), year: Int(year), month: month.map(Int.init), day: day.map(Int.init))
    }
}

extension Date {
    /// This moment as commits take it, to the millisecond: `2026-11-21T08:00:00.000Z`.
    public var jipp: String {
        let format = ISO8601DateFormatter()
        format.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        return format.string(from: self)
    }

    /// This day as records hold it, in a time zone: `2026-11-21`.
    public func jippDay(in zone: TimeZone = .current) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day], from: self)
        return String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
    }
}
