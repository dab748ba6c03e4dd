import DomainContracts
import Foundation
import Testing

/// What events may say about persons: every such member is listed, and what is left without them is an event still.
@Suite("Personal members of events")
struct PersonalMemberTests {
    private static let events = MessageCatalogue.events.map { Listed($0) }

    struct Listed: Sendable, CustomTestStringConvertible {
        let type: String
        let members: [PersonalMember]
        /// Reads data as the event, and writes what is left of it.
        let forget: @Sendable (Data) throws -> Data
        var testDescription: String { type }

        init<E: Event>(_ event: E.Type) {
            type = E.wireType
            members = E.personalMembers
            forget = {
                try WireJSON.canonicalEncoder().encode(
                    WireJSON.decoder().decode(CloudEvent<E>.self, from: $0).data.withoutPersonalData())
            }
        }

        func example() throws -> Data {
            try Data(contentsOf: Repository.golden.appending(path: "events/\(type).json"))
        }

        func data() throws -> JSONValue {
            guard case .object(let envelope) = try WireJSON.decoder().decode(JSONValue.self, from: example()) else {
                return .null
            }
            return envelope["data"] ?? .null
        }
    }

    @Test("an event without its personal members is one still, and says nothing of them", arguments: events)
    func forgets(_ event: Listed) throws {
        let left = try WireJSON.decoder().decode(JSONValue.self, from: try event.forget(try event.example()))
        #expect(left == (try event.data()).forgetting(event.members))
        for member in event.members {
            #expect((left[member.path] ?? .string("")).isBlank, "\(member.path)")
        }
    }

    /// Names under which events carry somebody's own words, or say who or where he is.
    private static let telling: Set<String> = [
        "name", "phone", "email", "address", "channelUserId", "problem", "reason", "statement", "answer", "text",
        "note",
        "detail", "comment", "location", "position", "attachments", "evidence", "signedBy", "signature", "externalId",
        "workDone", "decisionReason", "outcomeReason", "accessNotes", "token", "extension",
    ]

    /// Members of these names that say nothing of a customer: codes, our own people, things.
    private static let harmless: Set<String> = [
        "dispatch.assignment-declined/reason", "dispatch.assignment-withdrawn/reason", "dispatch.rules-changed/name",
        "dispatch.engineer-registered/name", "dispatch.engineer-absent/absences/note",
        "dispatch.escalation-raised/escalation/reason", "intake.escalation-raised/escalation/reason",
        "intake.request-escalated/escalation/reason", "billing.escalation-raised/escalation/reason",
        "intake.business-calendar-changed/name", "intake.business-calendar-changed/exceptions/name",
        "intake.service-levels-changed/name",
        "intake.product-model-changed/name", "intake.product-model-changed/billOfMaterials/name",
        "intake.entitlement-dispute-changed/reason", "intake.maintenance-due-skipped/reason",
        "billing.estimate-prepared/reason", "billing.credit-note-issued/reason", "billing.settlement-changed/hold",
        "field-service.parts-needed/reason", "field-service.visit-ended/reason",
        // Its words are listed one by one.
        "intake.report-repair-rejected/problem", "intake.report-repair-rejected/problem/errors/detail",
    ]

    @Test(
        "whatever sounds like somebody's words or whereabouts is listed as personal, or here as harmless",
        arguments: events)
    func listed(_ event: Listed) throws {
        let name = event.type.split(separator: ".").dropFirst().dropLast().joined(separator: ".")
        let listed = Set(event.members.map { $0.path.joined(separator: "/") })
        let open = try event.data().paths.filter { path in
            guard let last = path.last, Self.telling.contains(last) else { return false }
            let text = path.joined(separator: "/")
            // What an order needs, and why it is entitled to what, is said in codes.
            if path.contains("need") || path.contains("entitlement") || path.contains("previousEntitlement") {
                return false
            }
            if path.contains("explanation") || path.contains("nearestRelaxation") { return false }
            return !listed.contains(text) && !Self.harmless.contains("\(name)/\(text)")
        }
        #expect(open.map { $0.joined(separator: "/") } == [])
    }
}

extension JSONValue {
    fileprivate subscript(path: [String]) -> JSONValue? {
        path.reduce(self as JSONValue?) { value, name in
            guard case .object(let members)? = value else { return nil }
            return members[name]
        }
    }

    fileprivate var isBlank: Bool { self == .string("") || self == .array([]) || self == .null }

    /// Every path to a member; lists are passed through.
    fileprivate var paths: [[String]] {
        switch self {
        case .object(let members):
            members.flatMap { name, value in [[name]] + value.paths.map { [name] + $0 } }
        case .array(let values): values.flatMap(\.paths)
        default: []
        }
    }
}
