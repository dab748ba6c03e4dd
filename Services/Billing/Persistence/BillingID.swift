import Foundation
import ServiceKit

/// Ids that a repetition must find again.
enum BillingID {
    private static let namespace = UUID(
        uuid: (0x6d, 0x65, 0x6e, 0x64, 0x6c, 0x6f, 0x6f, 0x70, 0x80, 0x62, 0x69, 0x6c, 0x6c, 0x69, 0x6e, 0x31))

    static func partCost(_ code: String) -> UUID { UUID(derivedFrom: "part:\(code)", in: namespace) }

    /// Migration V0002 derives the same.
    static func contractNumber(_ number: String) -> UUID { UUID(derivedFrom: "contract:\(number)", in: namespace) }

    static func taxInvoice(_ number: String) -> UUID { UUID(derivedFrom: "tax-invoice:\(number)", in: namespace) }

    static func estimate(forFinding id: UUID) -> UUID { UUID(derivedFrom: "finding:\(id.uuidString)", in: namespace) }

    static func estimate(forPartRequest id: UUID) -> UUID {
        UUID(derivedFrom: "part-request:\(id.uuidString)", in: namespace)
    }

    /// One cause posts one entry of a kind: a second one cannot be written.
    static func entry(_ kind: LedgerEntry.Kind, _ cause: UUID) -> UUID {
        UUID(derivedFrom: "entry:\(kind.rawValue):\(cause.uuidString)", in: namespace)
    }
}
