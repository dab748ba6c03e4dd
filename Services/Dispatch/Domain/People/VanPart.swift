import Dispatching
import DomainContracts
import FoundationEssentials

/// How much of a part an engineer has in his van 随车库存, as inventory told it last.
struct VanPart: Codable, Sendable, Equatable {
    let engineerId: UUID
    let partCode: String
    /// Pieces.
    var onHand: Int
    /// Of the newest movement; an older one changes nothing.
    var sequence: Int

    static func id(of partCode: String, in engineerId: UUID) -> UUID {
        UUID(derivedFrom: "van-part:\(partCode)", in: engineerId)
    }

    /// Whose van a location is; nil where it is none.
    static func engineer(ofLocation code: String) -> UUID? {
        code.hasPrefix("van/") ? UUID(uuidString: String(code.dropFirst(4))) : nil
    }
}
