import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// Open orders that a new one is probably a duplicate of, the surest first: of those about its device and at its site.
    mutating func probableDuplicates(of order: WorkOrder) -> [ProbableDuplicate] {
        // What was brought back, or taken up again, was looked at by a person; nobody reported what was planned.
        guard order.reworkOf == nil, order.unmergedFrom == nil, order.channel != MaintenancePlan.channel else {
            return []
        }
        var earlier = order.siteId.flatMap { get(Site.self, $0)?.latestWorkOrderIds } ?? []
        let records = order.deviceId.flatMap { get(Device.self, $0) }.map { self.records(of: $0) } ?? []
        for last in records.compactMap(\.lastWorkOrderId) where !earlier.contains(last) { earlier.append(last) }
        let device = Set(records.map(\.id))
        return earlier.compactMap { get(WorkOrder.self, $0) }
            .compactMap { DuplicateRule.judge(order, against: $0, device: device) }
            .sorted { ($1.confidence, $0.workOrderNumber) < ($0.confidence, $1.workOrderNumber) }
    }
}
