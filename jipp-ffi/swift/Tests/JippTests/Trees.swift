import Foundation

/// What tells the variants of these types apart stands among their other fields.
private let tags = ["Ground": "factor"]

/// A value as JSON: what answers and expectations are compared as.
indirect enum Tree: Equatable, CustomStringConvertible {
    case nothing
    case truth(Bool)
    case whole(Int64)
    case float(Double)
    case text(String)
    case list([Tree])
    case fields([String: Tree])

    /// Whether it is left out among fields.
    var isNothing: Bool {
        switch self {
        case .nothing, .truth(false), .list([]): return true
        case let .fields(fields): return fields.isEmpty
        default: return false
        }
    }

    var description: String {
        switch self {
        case .nothing: return "null"
        case let .truth(value): return "\(value)"
        case let .whole(value): return "\(value)"
        case let .float(value): return "\(value)"
        case let .text(value): return "\"\(value)\""
        case let .list(items): return "[" + items.map(\.description).joined(separator: ",") + "]"
        case let .fields(fields):
            return "{" + fields.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
        }
    }

    /// Numbers are equal to the last bit, whole ones also as floats.
    static func == (one: Tree, other: Tree) -> Bool {
        switch (one, other) {
        case (.nothing, .nothing): return true
        case let (.truth(a), .truth(b)): return a == b
        case let (.whole(a), .whole(b)): return a == b
        case let (.float(a), .float(b)): return a == b
        case let (.whole(a), .float(b)), let (.float(b), .whole(a)): return Double(a) == b
        case let (.text(a), .text(b)): return Array(a.unicodeScalars) == Array(b.unicodeScalars)
        case let (.list(a), .list(b)): return a == b
        case let (.fields(a), .fields(b)): return a == b
        default: return false
        }
    }
}

/// A value of the library as a tree: fields by their names in JSON, and nothing that is empty, null or false among them.
func tree(_ value: Any) -> Tree {
    switch value {
    case let value as Bool: return .truth(value)
    case let value as Double: return .float(value)
    case let value as String: return .text(value)
    case let value as Int64: return .whole(value)
    case let value as UInt64: return .whole(Int64(value))
    case let value as UInt32: return .whole(Int64(value))
    case let value as Int32: return .whole(Int64(value))
    default: break
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.map { tree($0.value) } ?? .nothing
    case .collection: return list(mirror.children.map(\.value))
    case .enum: return choice(value, mirror)
    default: return fields(mirror)
    }
}

private func list(_ items: [Any]) -> Tree {
    let entries = items.map { Mirror(reflecting: $0).children.compactMap { child in child.label.map { ($0, child.value) } } }
    if !entries.isEmpty, entries.allSatisfy({ $0.map(\.0) == ["key", "value"] }) {
        var fields: [String: Tree] = [:]
        for entry in entries {
            if case let .text(key) = tree(entry[0].1) { fields[key] = tree(entry[1].1) }
        }
        return .fields(fields)
    }
    return .list(items.map(tree))
}

private func fields(_ mirror: Mirror) -> Tree {
    let children = mirror.children.compactMap { child in child.label.map { ($0, tree(child.value)) } }
    let names = children.map(\.0)
    if names == ["first", "second"] || names == ["first", "second", "third"] { return .list(children.map(\.1)) }
    return .fields(named(children))
}

private func named(_ children: [(String, Tree)]) -> [String: Tree] {
    Dictionary(uniqueKeysWithValues: children.filter { !$0.1.isNothing }.map { (separated($0.0, by: "_"), $0.1) })
}

private func choice(_ value: Any, _ mirror: Mirror) -> Tree {
    guard let payload = mirror.children.first, let label = payload.label else {
        return .text(separated(String(describing: value), by: "-"))
    }
    let code = separated(label, by: "-")
    // One value by itself has no tuple around it, but its label is kept in the type's description only.
    let inner = Mirror(reflecting: payload.value)
    let children: [(String, Tree)]
    if inner.displayStyle == .tuple {
        children = inner.children.map { (($0.label ?? "value").trimmingCharacters(in: ["."]), tree($0.value)) }
    } else {
        children = [("value", tree(payload.value))]
    }
    if let tag = tags[String(describing: mirror.subjectType)] {
        var all = named(children)
        all[tag] = .text(code)
        return .fields(all)
    }
    if children.map(\.0) == ["value"] { return .fields([code: children[0].1]) }
    return .fields([code: .fields(named(children))])
}

/// `ownerName` as `owner_name`.
private func separated(_ name: String, by mark: String) -> String {
    var out = ""
    for letter in name {
        if letter.isUppercase, !out.isEmpty { out += mark }
        out += letter.lowercased()
    }
    return out
}

extension Tree: Decodable {
    /// JSON as a tree.
    init(from decoder: Decoder) throws {
        let json = try decoder.singleValueContainer()
        if json.decodeNil() {
            self = .nothing
        } else if let value = try? json.decode(Bool.self) {
            self = .truth(value)
        } else if let value = try? json.decode(Int64.self) {
            self = .whole(value)
        } else if let value = try? json.decode(Double.self) {
            self = .float(value)
        } else if let value = try? json.decode(String.self) {
            self = .text(value)
        } else if let items = try? json.decode([Tree].self) {
            self = .list(items)
        } else {
            self = .fields(try json.decode([String: Tree].self))
        }
    }

    /// A field; nothing if there is none.
    subscript(name: String) -> Tree {
        if case let .fields(fields) = self { return fields[name] ?? .nothing }
        return .nothing
    }
    var text: String? {
        if case let .text(value) = self { return value }
        return nil
    }
    var whole: Int64? {
        if case let .whole(value) = self { return value }
        return nil
    }
    var number: Double? {
        if case let .float(value) = self { return value }
        return whole.map(Double.init)
    }
    var items: [Tree] {
        if case let .list(items) = self { return items }
        return []
    }
}
