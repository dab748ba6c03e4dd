import Testing

@testable import Billing

@Suite("State machines of billing")
struct StateMachineTests {
    typealias E = Estimate

    /// docs/state-machines/estimate.md shows the same: state → answers in the order approve, reject, accept, refuse,
    /// deadline, supersede; `-` already so, `!code` refused, else the state after.
    static let estimates: [E.State: [String]] = [
        .none: ["!nothing-to-answer", "!nothing-to-answer", "!nothing-to-answer", "!nothing-to-answer", "-", "-"],
        .approval: ["quote", "rejected", "!awaits-approval", "!awaits-approval", "rejected", "superseded"],
        .quote: ["-", "!before-customer", "accepted", "refused", "lapsed", "superseded"],
        .approved: ["-", "!approved", "!nothing-to-answer", "!nothing-to-answer", "-", "-"],
        .rejected: ["!rejected", "-", "!rejected", "!rejected", "-", "-"],
        .accepted: ["-", "!accepted", "-", "!accepted", "-", "-"],
        .refused: ["!refused", "!refused", "!refused", "-", "-", "-"],
        .lapsed: ["!lapsed", "!lapsed", "!lapsed", "-", "-", "-"],
        .superseded: ["!superseded", "!superseded", "!superseded", "!superseded", "-", "-"],
    ]

    @Test("every answer to every estimate does what the table says", arguments: E.State.allCases, E.Event.allCases)
    func estimate(state: E.State, event: E.Event) throws {
        let column = try #require(E.Event.allCases.firstIndex(of: event))
        let expected = try #require(Self.estimates[state])[column]
        let said =
            switch E.verdict(on: event, in: state, needsQuote: true) {
            case .move(let next): next.rawValue
            case .already: "-"
            case .refuse(let code): "!" + code
            }
        #expect(said == expected)
    }

    @Test("an approved estimate that asks nothing of the customer goes on by itself")
    func approvedWithoutQuote() {
        #expect(E.verdict(on: .approve, in: .approval, needsQuote: false) == .move(.approved))
    }

    /// docs/state-machines/settlement.md: quoted, accepted, finalised, voided, reinstated; `-` changes nothing.
    static let charges: [OrderAccount.ChargeState: [String]] = [
        .notChargeable: ["estimated", "accepted", "final", "void", "-"],
        .estimated: ["-", "accepted", "final", "void", "-"],
        .accepted: ["estimated", "-", "final", "void", "-"],
        .final: ["-", "-", "-", "-", "-"],
        .void: ["-", "-", "-", "-", "not_chargeable"],
    ]

    @Test(
        "the charge moves as the table says", arguments: OrderAccount.ChargeState.allCases,
        OrderAccount.ChargeEvent.allCases)
    func charge(state: OrderAccount.ChargeState, event: OrderAccount.ChargeEvent) throws {
        let column = try #require(OrderAccount.ChargeEvent.allCases.firstIndex(of: event))
        #expect(OrderAccount.next(state, event)?.rawValue ?? "-" == Self.charges[state]?[column])
    }
}
