import DomainContracts
import FoundationEssentials

/// What rules may ask about. A path that is not here is a mistake of whoever writes the rule.
public enum Facts {
    /// Of the order, its customer, device and entitlement; the same for every engineer.
    static let ofJob: Set<String> = [
        "workOrder.number", "workOrder.serviceType", "workOrder.serviceMode", "workOrder.priority",
        "workOrder.category", "workOrder.problem", "workOrder.faultCode", "workOrder.regionCode", "workOrder.channel",
        "workOrder.language", "workOrder.isRework", "workOrder.round", "workOrder.reason", "workOrder.durationMinutes",
        "workOrder.requiredSkills", "customer.id", "customer.siteId", "device.id", "device.brand", "device.model",
        "entitlement.kind", "entitlement.contractId", "entitlement.contractNumber", "entitlement.responseLevel",
        "entitlement.cover.labour", "entitlement.cover.parts", "entitlement.cover.travel",
    ]
    static let ofEngineer: Set<String> = [
        "engineer.id", "engineer.employeeNumber", "engineer.name", "engineer.grade", "engineer.branch", "engineer.team",
        "engineer.supervisorId", "engineer.hourlyRate", "engineer.skills", "engineer.regionCodes",
    ]
    /// Members of these are named by the company: skills and their levels.
    private static let open = ["workOrder.requiredSkills.", "engineer.skills."]

    /// Every path, for those who write rules.
    public static var paths: [String] { (ofJob.union(ofEngineer)).sorted() }

    static func isKnown(_ path: String) -> Bool {
        isOfEngineer(path) ? isListed(path, ofEngineer) : isListed(path, ofJob)
    }
    static func isKnownOfJob(_ path: String) -> Bool { !isOfEngineer(path) && isListed(path, ofJob) }
    static func isOfEngineer(_ path: String) -> Bool { path.hasPrefix("engineer.") }

    private static func isListed(_ path: String, _ list: Set<String>) -> Bool {
        list.contains(path) || open.contains { path.hasPrefix($0) && path.utf8.count > $0.utf8.count }
    }

    /// Skills as rules see them: `engineer.skills.hvac` is a level.
    public static func skills(_ skills: [SkillLevel]) -> JSONValue {
        .object(
            Dictionary(skills.map { ($0.skill, .int($0.level)) }) { first, second in
                if case .int(let a) = first, case .int(let b) = second { return .int(max(a, b)) }
                return first
            })
    }
}

extension JSONValue {
    /// Text where there is some.
    public init(_ text: String?) { self = text.map { .string($0) } ?? .null }
    public init(_ id: UUID?) { self.init(id?.text) }
}
