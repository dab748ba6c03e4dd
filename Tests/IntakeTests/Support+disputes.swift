import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

/// Disputes as customers and agents have them.
extension IntakeBench {
    /// An order out of warranty, by what is known.
    mutating func chargeable() throws -> WorkOrder {
        var report = ReportRepair.full
        report.device?.purchasedOn = "2010-01-01"
        return try opened(report)
    }

    mutating func dispute(
        _ order: WorkOrder, _ reason: DisputeReason = .warranty, claim: EntitlementClaim? = nil,
        user: String? = nil, token: String? = nil
    ) throws -> EntitlementDispute {
        let command = DisputeEntitlement(
            workOrderId: order.id, reason: reason, statement: " 去年才买的 ",
            evidence: [Attachment(dataref: "https://files/1.jpg", mediaType: "image/jpeg")], claim: claim,
            token: token, channelUserId: user)
        let handler = OpenDispute(links: Self.links, policy: DisputePolicy())
        let answer =
            if user == nil && token == nil {
                try bench.send(command, to: handler)
            } else {
                try bench.send(
                    command, to: handler, by: ("adapter", "wechat"), channel: "wechat", source: "/adapters/wechat")
            }
        let id = try #require(answer.subject.split(separator: "/").last.flatMap { UUID(uuidString: String($0)) })
        return try #require(bench.state(EntitlementDispute.self, id))
    }

    mutating func decide(
        _ dispute: EntitlementDispute, _ decision: DisputeStatus, accepted: EntitlementClaim? = nil,
        cover: Cover? = nil, setsMisuseAside: Bool? = nil
    ) throws -> EntitlementDispute {
        try bench.send(
            DecideEntitlementDispute(
                disputeId: dispute.id, decision: decision, reason: "发票有效", accepted: accepted, cover: cover,
                isMisuseSetAside: setsMisuseAside), to: DecideDispute())
        return try #require(bench.state(EntitlementDispute.self, dispute.id))
    }

    mutating func withdraw(_ dispute: EntitlementDispute) throws {
        try bench.send(
            WithdrawEntitlementDispute(disputeId: dispute.id), to: WithdrawDispute(links: Self.links))
    }

    /// What is known of the order's device.
    func device(of order: WorkOrder) throws -> Device {
        let id = try #require(order.deviceId)
        return try #require(bench.state(Device.self, id))
    }
}
