import Foundation
import ServiceKit

/// Ids by natural key: a decider finds a part or a shelf by name without asking SQL.
enum InventoryID {
    private static let namespace = UUID(
        uuid: (0x6d, 0x65, 0x6e, 0x64, 0x6c, 0x6f, 0x6f, 0x70, 0x80, 0x69, 0x6e, 0x76, 0x65, 0x6e, 0x74, 0x31))

    static func part(_ code: String) -> UUID { UUID(derivedFrom: "part:\(code)", in: namespace) }

    static func location(_ code: String) -> UUID { UUID(derivedFrom: "location:\(code)", in: namespace) }

    static func backorders(_ partCode: String) -> UUID { UUID(derivedFrom: "backorders:\(partCode)", in: namespace) }

    /// Location codes hold no line break, so no two pairs have one id.
    static func stock(_ locationCode: String, _ partCode: String) -> UUID {
        UUID(derivedFrom: "stock:\(locationCode)\n\(partCode)", in: namespace)
    }

    /// One cause moves one part at one place once: the movement's id says so, and the table's key holds it.
    static func movement(cause: String, causeId: UUID, locationCode: String, partCode: String) -> UUID {
        UUID(derivedFrom: "movement:\(cause):\(causeId.uuidString):\(locationCode)\n\(partCode)", in: namespace)
    }
}
