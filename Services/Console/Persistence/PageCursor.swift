import DomainContracts
import Foundation
import ServiceKit

/// Where a page ended: the moment, and what tells things of one moment apart.
struct PageCursor: Equatable {
    let at: Date
    let id: String

    init(at: Date, id: String) {
        self.at = at
        self.id = id
    }

    /// - Throws: a refusal when it is no cursor of ours.
    init(_ text: String) throws(Refusal) {
        let parts = text.split(separator: "_", maxSplits: 1)
        guard parts.count == 2, let at = RFC3339.parse(String(parts[0])), parts[1].utf8.count <= 200,
            !parts[1].contains("\0")
        else {
            throw .invalid("/data/cursor", "unknown", "expected the cursor of an answer")
        }
        self.init(at: at, id: String(parts[1]))
    }

    var text: String { "\(RFC3339.format(at))_\(id)" }

    /// A text that may be looked for: PostgreSQL has none with a null in it.
    static func text(_ text: String?, _ pointer: String) throws(Refusal) -> String? {
        if text?.contains("\0") == true { throw .invalid(pointer, "control-character", "holds a null character") }
        return text
    }
}
