import DomainContracts
import Foundation
import ServiceKit

/// What a registration did.
struct Registered: Sendable, Equatable {
    let id: UUID
    let outcome: RowOutcome

    /// - Parameters:
    ///   - before: whether it was known.
    ///   - isChanged: whether anything of it is other than before.
    init(_ id: UUID, wasKnown: Bool, isChanged: Bool) {
        self.id = id
        outcome = !wasKnown ? .created : isChanged ? .updated : .unchanged
    }
}

extension Turn {
    mutating func acknowledge<A: Aggregate>(_ registered: Registered, as type: A.Type) -> Acknowledgement {
        Acknowledgement(
            subject: A.subject(registered.id), version: version(type, registered.id),
            status: registered.outcome.rawValue)
    }
}

extension Refusal {
    /// Somebody else holds what is claimed, HTTP 409.
    static func held(_ member: String, _ code: String, _ title: String, _ detail: String) -> Refusal {
        Refusal(
            Problem(code: code, title: title, status: 409, errors: [FieldProblem("/data/\(member)", code, detail)]))
    }

    /// The code of a refusal because somebody is probably known already.
    static let duplicate = "duplicate"
}
