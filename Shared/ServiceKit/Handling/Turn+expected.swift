import DomainContracts
import Foundation

extension Turn {
    /// Refuses what is said of another version of a thing than there is now; of one that is not known yet that is 0.
    ///
    /// - Parameters:
    ///   - expectedVersion: as its sender has seen it; nil where he does not say.
    ///   - what: as people call it: `customer`.
    /// - Throws: `version-mismatch`, HTTP 409.
    public mutating func check<A: Aggregate>(
        _ expectedVersion: Int?, of type: A.Type, _ id: UUID, _ what: String
    ) throws(Refusal) {
        guard let expectedVersion else { return }
        let version = version(type, id)
        if version == expectedVersion { return }
        throw .conflict(
            "version-mismatch", "The \(what) has changed since", detail: "version \(version) is the present one")
    }
}
