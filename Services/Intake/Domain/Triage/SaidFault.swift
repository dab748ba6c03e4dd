import DomainContracts
import FoundationEssentials

/// What somebody said is wrong, as far as it is known: in a work order, or in a request that is incomplete yet.
struct SaidFault: Sendable {
    let receivedAt: Date
    let customerId: UUID
    let siteId: UUID?
    let deviceId: UUID?
    let serviceType: ServiceType?
    let problem: String
    let faultCode: String?
    let deviceLabel: String?
    let brand: String?
    let model: String?
    /// It names neither a device nor a place.
    let isAnywhere: Bool

    func isOfSameKind(as other: SaidFault) -> Bool {
        model != nil && model == other.model && brand == other.brand
    }
}

extension WorkOrder {
    var fault: SaidFault {
        SaidFault(
            receivedAt: receivedAt, customerId: customerId, siteId: siteId, deviceId: deviceId,
            serviceType: brief.serviceType, problem: brief.problem, faultCode: brief.faultCode,
            deviceLabel: brief.deviceLabel, brand: brief.brand, model: brief.model, isAnywhere: false)
    }
}

extension ServiceRequest {
    var fault: SaidFault {
        let device = report.device
        let label = device?.serialNumber ?? device?.code
        return SaidFault(
            receivedAt: receivedAt, customerId: customerId, siteId: siteId, deviceId: deviceId,
            serviceType: report.serviceType, problem: report.problem ?? "", faultCode: report.faultCode,
            deviceLabel: label, brand: device?.brand, model: device?.model,
            isAnywhere: label == nil && report.site.flatMap(Site.key) == nil)
    }

    /// Of two that are about one fault, the later names the earlier.
    func isBefore(_ other: ServiceRequest) -> Bool {
        (receivedAt, id.text) < (other.receivedAt, other.id.text)
    }

    func hasDismissed(_ others: UUID...) -> Bool { dismissedDuplicates?.contains(where: others.contains) == true }

    /// Names another as its probable duplicate; of what was a request when it was named, the order takes its place.
    mutating func name(_ duplicate: RequestDuplicate, insteadOf request: UUID? = nil) {
        let others = (duplicates ?? []).filter {
            $0.other != duplicate.other && (request == nil || $0.requestId != request)
        }
        duplicates = (others + [duplicate]).sorted(by: RequestDuplicate.isSurer)
    }
}

extension RequestDuplicate {
    /// The order, or the request where there is none.
    var other: UUID? { workOrderId ?? requestId }

    static func isSurer(_ one: RequestDuplicate, _ other: RequestDuplicate) -> Bool {
        let (name, otherName) = (one.workOrderNumber ?? one.requestNumber, other.workOrderNumber ?? other.requestNumber)
        return (other.confidence, name ?? "") < (one.confidence, otherName ?? "")
    }

    init(_ order: WorkOrder, _ likeness: DuplicateRule.Verdict) {
        self.init(
            workOrderId: order.id, workOrderNumber: order.number, confidence: likeness.confidence,
            signs: likeness.signs)
    }

    init(_ request: ServiceRequest, _ likeness: DuplicateRule.Verdict) {
        self.init(
            requestId: request.id, requestNumber: request.number, confidence: likeness.confidence,
            signs: likeness.signs)
    }
}
