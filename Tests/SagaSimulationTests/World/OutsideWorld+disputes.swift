import DomainContracts
import Foundation

@testable import Intake
@testable import ServiceKit

/// Customers who dispute what they are charged for, and the agents who decide.
extension OutsideWorld {
    func disputeChoices(_ order: WorkOrder, _ choices: inout Choices, _ history: History) {
        let id = order.id
        func agent<C: Command>(_ command: @escaping () -> C) -> () throws -> Void {
            { try self.say(command(), by: .user("agent"), story: id, in: history) }
        }
        let open = agent {
            DisputeEntitlement(
                workOrderId: id, reason: history.dice.pick(DisputeReason.known) ?? .other,
                statement: "It is in warranty",
                claim: history.dice.chance(500) ? EntitlementClaim(purchasedOn: "2026-06-01") : nil,
                occurredAt: self.occurredAt(history))
        }
        choices.mayWrongly(1, open)
        guard let dispute = order.openDisputeId else {
            if order.status != .cancelled, order.status != .merged { choices.may(2, open) }
            return
        }
        // Nothing may come of it: then only another decision ends it.
        let uphold = agent {
            DecideEntitlementDispute(disputeId: dispute, decision: .upheld, reason: "The receipt says so")
        }
        let part = agent {
            DecideEntitlementDispute(
                disputeId: dispute, decision: .partlyUpheld, reason: "As far as it goes",
                cover: Cover(
                    labour: history.dice.chance(500), parts: history.dice.chance(500), travel: true),
                isMisuseSetAside: history.dice.chance(500))
        }
        let reject = agent {
            DecideEntitlementDispute(disputeId: dispute, decision: .rejected, reason: "The receipt is another one")
        }
        let withdraw = agent { WithdrawEntitlementDispute(disputeId: dispute) }
        for act in [uphold, part] { choices.may(3, dutiful: 4, act) }
        for act in [reject, withdraw] { choices.may(2, dutiful: 3, act) }
    }
}
