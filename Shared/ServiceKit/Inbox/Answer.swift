import DomainContracts
import Foundation

/// The data of a reply and their type, as they are kept with the message that was answered.
struct Answer: Sendable {
    let type: String
    let data: [UInt8]

    init(type: String, data: [UInt8]) {
        self.type = type
        self.data = data
    }

    init(_ value: any Codable & Sendable, type: String) throws {
        self.type = type
        data = Array(try WireJSON.encoder().encode(value))
    }

    init(rejecting problem: Problem, of route: MessageRoute) throws {
        try self.init(problem, type: route.rejectedType)
    }
}

extension MessageRoute {
    /// `mendloop.intake.report-repair-rejected.v1`.
    var rejectedType: String { Self.rejectedType(of: wireType) }

    static func rejectedType(of wireType: String) -> String {
        guard let dot = wireType.lastIndex(of: ".") else { return wireType + "-rejected" }
        return wireType[..<dot] + "-rejected" + wireType[dot...]
    }
}
