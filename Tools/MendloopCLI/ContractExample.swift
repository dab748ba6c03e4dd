import DomainContracts
import Foundation
import ServiceKit

/// An example of a command: data that the service understands, with marks where each message needs something of its own.
///
/// In the data `"$new"` stands for an id the sender makes, `"$new-text"` for text that must not repeat, `"$given"` for an
/// id that somebody made before, and `"$now"`, `"$now+3h"`, `"$now-1d"` for times.
struct ContractExample: Sendable {
    /// Who says such a thing.
    enum Speaker: String, Sendable { case adapter, customer, engineer, user }

    let command: any Command.Type
    let speaker: Speaker
    let data: String

    init(_ command: any Command.Type, by speaker: Speaker, _ data: String) {
        self.command = command
        self.speaker = speaker
        self.data = data
    }

    /// `intake.report-repair`
    var name: String { "\(command.service.rawValue).\(command.wireName)" }

    /// The examples that `text` may mean: a wire name alone, with its service, or as the whole type.
    static func named(_ text: String) -> [ContractExample] {
        all.filter { text == $0.command.wireName || text == $0.name || text == $0.command.wireType }
    }

    /// The data with every mark filled in, except those for ids that only the caller can know.
    func filled(at now: Date) throws -> JSONValue {
        Self.fill(try WireJSON.decoder().decode(JSONValue.self, from: Data(data.utf8)), at: now)
    }

    static let given = "$given"

    private static func fill(_ value: JSONValue, at now: Date) -> JSONValue {
        switch value {
        case .object(let members): .object(members.mapValues { fill($0, at: now) })
        case .array(let items): .array(items.map { fill($0, at: now) })
        case .string("$new"): .string(UUID.v7().text)
        case .string("$new-text"): .string("EX-" + UUID.v7().text.suffix(8))
        case .string(let text) where text.hasPrefix("$now"):
            .string(RFC3339.format(moment(text.dropFirst(4), from: now)))
        default: value
        }
    }

    /// `+3h` or `-2d` from now; now itself for anything else.
    private static func moment(_ offset: Substring, from now: Date) -> Date {
        let unit: Double = offset.last == "d" ? 86_400 : 3_600
        return now.addingTimeInterval((Double(offset.dropLast()) ?? 0) * unit)
    }
}

extension JSONValue {
    /// Pointers to the members that hold `text`.
    func pointers(to text: String, below path: String = "") -> [String] {
        switch self {
        case .string(text): [path]
        case .object(let members):
            members.sorted { $0.key < $1.key }.flatMap { $0.value.pointers(to: text, below: "\(path)/\($0.key)") }
        case .array(let items):
            items.enumerated().flatMap { $0.element.pointers(to: text, below: "\(path)/\($0.offset)") }
        default: []
        }
    }

    /// What stands where the JSON pointer leads.
    func value(at pointer: [String]) -> JSONValue? {
        guard let first = pointer.first else { return self }
        let rest = Array(pointer.dropFirst())
        switch self {
        case .object(let members): return members[first]?.value(at: rest)
        case .array(let items):
            guard let index = Int(first), items.indices.contains(index) else { return nil }
            return items[index].value(at: rest)
        default: return nil
        }
    }

    /// Puts `value` where the JSON pointer leads; objects on the way are made where they lack. `null` removes.
    mutating func set(_ pointer: [String], to value: JSONValue) throws {
        guard let first = pointer.first else { return self = value }
        switch self {
        case .array(var items):
            guard let index = Int(first), items.indices.contains(index) || index == items.count else {
                throw BadPointer(member: first)
            }
            var item = index < items.count ? items[index] : .object([:])
            try item.set(Array(pointer.dropFirst()), to: value)
            if index < items.count { items[index] = item } else { items.append(item) }
            self = .array(items)
        case .object(var members):
            var member = members[first] ?? .object([:])
            try member.set(Array(pointer.dropFirst()), to: value)
            members[first] = pointer.count == 1 && value == .null ? nil : member
            self = .object(members)
        default:
            self = .object([:])
            try set(pointer, to: value)
        }
    }
}

/// A pointer into a list names no element of it.
struct BadPointer: Error, CustomStringConvertible {
    let member: String
    var description: String { "“\(member)” is no place in that list" }
}
