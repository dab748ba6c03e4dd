import DomainContracts
import FoundationEssentials

/// A place that holds stock: a depot 仓库 or an engineer's van 随车库存.
struct Location: Codable, Sendable, Equatable {
    enum Kind: String, Codable, Sendable, CaseIterable { case depot, van }

    let code: String
    let kind: Kind
    var engineerId: UUID?

    static func depot(_ code: String) -> Location { Location(code: code, kind: .depot) }

    static func van(of engineerId: UUID) -> Location {
        Location(code: vanCode(engineerId), kind: .van, engineerId: engineerId)
    }

    static func vanCode(_ engineerId: UUID) -> String { "van/\(engineerId.text)" }

    /// `depot/` and 1 to 40 lowercase letters, digits and hyphens.
    static func isDepotCode(_ code: String) -> Bool {
        guard code.hasPrefix("depot/") else { return false }
        let name = code.dropFirst(6).utf8
        return (1...40).contains(name.count)
            && name.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }
}
