import Dispatching
import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// The parts that a job takes, and how many of them one engineer has in his van; nil where none are known to be needed.
    mutating func partsInVan(of engineerId: UUID, for job: Job) -> PartsInVans? {
        guard let parts = job.need?.parts else { return nil }
        var van: [String: Int] = [:]
        for code in Set(parts.map(\.partCode)) {
            van[code] = get(VanPart.self, VanPart.id(of: code, in: engineerId))?.onHand
        }
        return PartsInVans(parts, in: [engineerId: van])
    }

    /// Whether an engineer comes to a job by way of his depot.
    mutating func fetches(_ engineerId: UUID, for job: Job) -> Bool {
        get(Engineer.self, engineerId)?.depot != nil
            && partsInVan(of: engineerId, for: job)?.missing(engineerId) ?? 0 > 0
    }
}
