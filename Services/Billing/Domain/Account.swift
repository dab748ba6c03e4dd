import DomainContracts
import FoundationEssentials

/// The chart of accounts; docs/finance.md explains each.
enum Account {
    static let inventory = "inventory"
    static let goodsReceived = "goods-received"
    static let stockDifferences = "stock-differences"
    static let costOfParts = "cost-of-parts"
    static let costOfLabour = "cost-of-labour"
    static let warrantyCost = "warranty-cost"
    static let labourApplied = "labour-applied"
    static let receivable = "receivable"
    static let customerDeposits = "customer-deposits"
    static let refundsPayable = "refunds-payable"
    static let taxPayable = "tax-payable"
    static let bank = "bank"

    static func revenue(_ kind: ChargeLineKind) -> String {
        switch kind {
        case .part: "revenue-parts"
        case .travel: "revenue-travel"
        default: "revenue-labour"
        }
    }

    static func engineerCash(_ engineerId: UUID) -> String {
        "engineer-cash/\(engineerId.text)"
    }

    /// Where money of a method stands until, or when, it is ours; nil for cash, which somebody holds.
    static func clearing(_ method: PaymentMethod) -> String? {
        switch method {
        case .bankTransfer: bank
        case .wechat: "clearing-wechat"
        case .alipay: "clearing-alipay"
        case .card: "clearing-card"
        default: nil
        }
    }
}
