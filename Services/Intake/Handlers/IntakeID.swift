import DomainContracts
import Foundation
import ServiceKit

/// Ids that are found again: the same report, key or order always gives the same one, so that a repetition makes
/// nothing twice.
enum IntakeID {
    private static let namespace = UUID(
        uuid: (0x6d, 0x65, 0x6e, 0x64, 0x6c, 0x6f, 0x8f, 0x70, 0xa9, 0x69, 0x6e, 0x74, 0x61, 0x6b, 0x65, 0x01))

    static func request(source: String, id: String) -> UUID {
        UUID(derivedFrom: "report:\(source)\n\(id)", in: namespace)
    }
    static func lookup(_ key: String) -> UUID { UUID(derivedFrom: "lookup:\(key)", in: namespace) }
    static func contractIndex(_ key: String) -> UUID { UUID(derivedFrom: "contracts:\(key)", in: namespace) }
    static func workOrder(of request: UUID) -> UUID { UUID(derivedFrom: "work-order", in: request) }
    static func unmerged(from workOrder: UUID) -> UUID { UUID(derivedFrom: "unmerged", in: workOrder) }
    static func dispute(of workOrder: UUID, count: Int) -> UUID {
        UUID(derivedFrom: "dispute:\(count)", in: workOrder)
    }
    static func rework(of workOrder: UUID) -> UUID { UUID(derivedFrom: "rework", in: workOrder) }
    static func customer(firstNamedIn request: UUID) -> UUID { UUID(derivedFrom: "customer", in: request) }
    static func device(firstNamedIn request: UUID) -> UUID { UUID(derivedFrom: "device", in: request) }
    /// Of somebody who was registered under a key that nobody held; `count` tells him from those who held it before.
    static func customer(registered key: String, count: Int) -> UUID {
        UUID(derivedFrom: "customer:\(key)\n\(count)", in: namespace)
    }
    static func device(registered key: String, count: Int) -> UUID {
        UUID(derivedFrom: "device:\(key)\n\(count)", in: namespace)
    }
    static func productModel(brand: String?, model: String) -> UUID {
        let brand = brand.map(Device.normalised) ?? ""
        return UUID(derivedFrom: "product-model:\(brand)\n\(Device.normalised(model))", in: namespace)
    }
    /// How the customer himself is reached.
    static func contact(of customer: UUID) -> UUID { UUID(derivedFrom: "contact", in: customer) }
    /// Whom to meet on site.
    static func contact(_ key: String, of customer: UUID) -> UUID { UUID(derivedFrom: "contact:\(key)", in: customer) }
    static func site(_ key: String, of customer: UUID) -> UUID { UUID(derivedFrom: "site:\(key)", in: customer) }
    static func pastService(_ reference: String) -> UUID {
        UUID(derivedFrom: "past-service:\(reference)", in: namespace)
    }
    static func erasure(of customer: UUID) -> UUID { UUID(derivedFrom: "erasure", in: customer) }
    static func calendar(_ ref: CalendarRef) -> UUID {
        UUID(derivedFrom: "calendar:\(ref.version):\(ref.name)", in: namespace)
    }
    static func questionnaire(_ type: ServiceType) -> UUID {
        UUID(derivedFrom: "questionnaire:\(type.rawValue)", in: namespace)
    }
    static func questionnaire(_ type: ServiceType, version: Int) -> UUID {
        UUID(derivedFrom: "questionnaire:\(type.rawValue):\(version)", in: namespace)
    }
    static func policy(_ version: Int) -> UUID { UUID(derivedFrom: "service-levels:\(version)", in: namespace) }
    static func maintenancePlan(_ number: String) -> UUID {
        UUID(derivedFrom: "maintenance-plan:\(number)", in: namespace)
    }
    /// One due date of a plan, for one device.
    static func occurrence(of plan: UUID, dueOn: String, device: UUID?) -> UUID {
        UUID(derivedFrom: "due:\(dueOn):\(device?.text ?? "")", in: plan)
    }
    static func request(of occurrence: UUID) -> UUID { UUID(derivedFrom: "request", in: occurrence) }
    static func escalation(_ about: String, step: Int, count: Int, of workOrder: UUID) -> UUID {
        UUID(derivedFrom: "escalation:\(about):\(step):\(count)", in: workOrder)
    }
}
