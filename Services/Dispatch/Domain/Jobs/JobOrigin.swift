import DomainContracts
import FoundationEssentials

/// What the work order was when it was opened: what rules may ask about it later.
struct JobOrigin: Codable, Sendable, Equatable {
    var receivedAt: Date
    var channel: String
    var language: String
    var serviceMode: ServiceMode
    var faultCode: String?
    var isRework: Bool
    var customerId: UUID
    /// Nil where nobody has said.
    var customerTier: CustomerTier?
    var siteId: UUID?
    var deviceId: UUID?
    var brand: String?
    var model: String?
    var entitlement: Entitlement
    /// What was asked for first; later rounds ask for other things.
    var firstNeed: DispatchNeed?

    init(_ opened: WorkOrderOpened) {
        receivedAt = opened.receivedAt
        channel = opened.channel
        language = opened.language
        serviceMode = opened.serviceMode
        faultCode = opened.faultCode
        isRework = opened.reworkOf != nil
        customerId = opened.customerId
        customerTier = opened.customerTier
        siteId = opened.siteId
        deviceId = opened.deviceId
        brand = opened.brand
        model = opened.model
        entitlement = opened.entitlement
        firstNeed = opened.need
    }
}

extension JobOrigin {
    /// `customer`, `device` and `entitlement` as rules see them.
    var facts: [String: JSONValue] {
        [
            "customer": .object([
                "id": JSONValue(customerId), "siteId": JSONValue(siteId),
                "tier": .string((customerTier ?? .standard).rawValue),
            ]),
            "device": .object(["id": JSONValue(deviceId), "brand": JSONValue(brand), "model": JSONValue(model)]),
            "entitlement": .object([
                "kind": .string(entitlement.kind.rawValue), "contractId": JSONValue(entitlement.contractId),
                "contractNumber": JSONValue(entitlement.contractNumber),
                "responseLevel": .string(entitlement.responseLevel.rawValue),
                "cover": .object([
                    "labour": .bool(entitlement.cover.labour), "parts": .bool(entitlement.cover.parts),
                    "travel": .bool(entitlement.cover.travel),
                ]),
            ]),
        ]
    }
}
