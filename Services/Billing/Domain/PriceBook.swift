import DomainContracts

/// What we ask for, tax included, in minor units; docs/finance.md says why.
struct PriceBook: Sendable {
    /// An hour of work.
    var labourPerHour = 12_000
    /// Once an order, however many visits it takes.
    var travelFee = 5_000
    /// For looking, when nothing else is charged.
    var inspectionFee = 3_000
    /// A part that was never bought.
    var unknownPart = 10_000
    /// Cost of an hour of an engineer whose rate is not known.
    var defaultHourlyCost = 6_000
    /// Tax contained in the price, per cent.
    var serviceTaxPercent = 6
    var partTaxPercent = 13

    /// Half as much again as the average purchase cost, in whole currency units, one at least.
    func partPrice(averageCost: Int?) -> Int {
        guard let averageCost else { return unknownPart }
        return max(100, divideHalfEven(averageCost * 3, by: 200) * 100)
    }

    func labour(minutes: Int) -> Int { divideHalfEven(labourPerHour * minutes, by: 60) }

    /// Tax contained in an amount, half to even.
    func tax(in amount: Int, _ kind: ChargeLineKind) -> Int {
        let percent = kind == .part ? partTaxPercent : serviceTaxPercent
        return divideHalfEven(amount * percent, by: 100 + percent)
    }
}
