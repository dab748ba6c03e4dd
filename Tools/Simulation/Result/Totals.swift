import DomainContracts

/// What the six services answer when asked for their lines of the reconciliation.
public struct Totals: Codable, Sendable {
    public var intake: IntakeTotals
    public var dispatch: DispatchTotals
    public var fieldService: FieldServiceTotals
    public var inventory: InventoryTotals
    public var billing: BillingTotals
    public var ledger: LedgerTotals
    public var feedback: FeedbackTotals
    public var kpis: KPIAnswer

    static func ask(_ client: BrokerClient) async throws -> Totals {
        async let intake = client.ask(IntakeTotalsQuery())
        async let dispatch = client.ask(DispatchTotalsQuery())
        async let fieldService = client.ask(FieldServiceTotalsQuery())
        async let inventory = client.ask(InventoryTotalsQuery())
        async let billing = client.ask(BillingTotalsQuery())
        async let ledger = client.ask(LedgerTotalsQuery())
        async let feedback = client.ask(FeedbackTotalsQuery())
        async let kpis = client.ask(KPIQuery())
        return try await Totals(
            intake: intake, dispatch: dispatch, fieldService: fieldService, inventory: inventory, billing: billing,
            ledger: ledger, feedback: feedback, kpis: kpis)
    }
}

extension IntakeTotals {
    /// Work orders in a final status.
    var finished: Int {
        ["closed", "cancelled", "merged"].reduce(0) { $0 + workOrdersByStatus[$1, default: 0] }
    }
}
