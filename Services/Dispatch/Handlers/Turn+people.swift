import Dispatching
import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// What is known of engineers at an order's customer and device, as it is now.
    mutating func knownPeople(of job: Job) -> KnownPeople {
        guard let origin = job.origin else { return KnownPeople() }
        let engineers = look(at: CustomerEngineers.self, origin.customerId)
        return KnownPeople(engineers, origin.remembered.map { look(at: LastVisit.self, $0) })
    }

    /// Remembers who was there, unless somebody was there after him.
    mutating func remember(_ event: VisitEnded, of job: Job) {
        guard let visit = LastVisit(event), let origin = job.origin else { return }
        for id in origin.remembered {
            let known = get(LastVisit.self, id)
            if known.map({ $0.endedAt <= visit.endedAt }) ?? true { set(visit, id) }
        }
    }
}
