import DomainContracts
import FoundationEssentials
import JSONLogic

/// What rules may ask about. A path that is not here is a mistake of whoever writes the rule, and so is a value that a
/// path never has.
public struct Facts: LogicVocabulary, Sendable {
    private let paths: Set<String>

    /// Of the order, its customer, device and entitlement; the same for every engineer.
    static let ofJob = Facts(paths: [
        "workOrder.number", "workOrder.serviceType", "workOrder.serviceMode", "workOrder.priority",
        "workOrder.category", "workOrder.problem", "workOrder.faultCode", "workOrder.regionCode", "workOrder.channel",
        "workOrder.language", "workOrder.isRework", "workOrder.round", "workOrder.reason", "workOrder.durationMinutes",
        "workOrder.requiredSkills", "customer.id", "customer.siteId", "customer.tier", "device.id", "device.brand",
        "device.model",
        "entitlement.kind", "entitlement.contractId", "entitlement.contractNumber", "entitlement.responseLevel",
        "entitlement.cover.labour", "entitlement.cover.parts", "entitlement.cover.travel",
    ])
    static let all = Facts(
        paths: ofJob.paths.union([
            "engineer.id", "engineer.employeeNumber", "engineer.name", "engineer.grade", "engineer.branch",
            "engineer.team", "engineer.supervisorId", "engineer.hourlyRate", "engineer.skills", "engineer.regionCodes",
            "engineer.productLines", "engineer.tools", "engineer.partner",
        ]))

    /// Members of these are named by the company: skills and their levels.
    private static let open = ["workOrder.requiredSkills", "engineer.skills"]

    private static let values: [String: [String]] = [
        "workOrder.serviceType": ServiceType.known.map(\.rawValue),
        "workOrder.serviceMode": ServiceMode.known.map(\.rawValue),
        "workOrder.priority": Priority.known.map(\.rawValue),
        "customer.tier": CustomerTier.known.map(\.rawValue),
        "workOrder.reason": DispatchReason.known.map(\.rawValue),
        "entitlement.kind": EntitlementKind.known.map(\.rawValue),
        "entitlement.responseLevel": ResponseLevel.known.map(\.rawValue),
    ]

    public func knows(_ path: String) -> Bool {
        paths.contains(path)
            || Self.open.contains {
                paths.contains($0) && path.hasPrefix($0 + ".") && path.utf8.count > $0.utf8.count + 1
            }
    }

    public func values(of path: String) -> [String]? { Self.values[path] }

    static func isOfEngineer(_ path: String) -> Bool { path.hasPrefix("engineer.") }

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
