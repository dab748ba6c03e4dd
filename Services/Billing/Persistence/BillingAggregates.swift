import ServiceKit

/// Named `charge` so that its subject is the contract's `charge/<work order id>`.
extension OrderAccount: Aggregate {
    static var table: String { "charge" }
    var historyStatus: String? { charge.rawValue }
}

extension Estimate: Aggregate {
    static var table: String { "estimate" }
    var historyStatus: String? { status.rawValue }
}

extension PartCost: Aggregate {
    static var table: String { "part_cost" }
}

extension EngineerRate: Aggregate {
    static var table: String { "engineer_rate" }
}

extension CashInHand: Aggregate {
    static var table: String { "cash_in_hand" }
}

extension MoneyMovement: Aggregate {
    static var table: String { "money_movement" }
    var historyStatus: String? { kind.rawValue }
}

extension Contract: Aggregate {
    static var table: String { "contract" }
    var historyStatus: String? { status.rawValue }
}

extension TaxInvoiceNumber: Aggregate {
    static let table = "tax_invoice_number"
    static let hasHistory = false
}

extension ContractNumber: Aggregate {
    static let table = "contract_number"
    static let hasHistory = false
}
