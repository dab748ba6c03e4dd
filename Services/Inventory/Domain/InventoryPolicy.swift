import DomainContracts
import FoundationEssentials

/// What a deployment may set about its stock.
struct InventoryPolicy: Sendable {
    /// ISO 4217 code of every cost in this deployment; a receipt in another one is refused.
    var currency = "CNY"
    /// Requests worth more than this at average cost, in minor units, wait for a storekeeper.
    var approvalLimit = 500_000
    /// A request nobody decided about is approved by deadline after this many seconds.
    var approvalDeadline: TimeInterval = 24 * 3600
    /// Issued pieces that nobody used or returned stay in the van for good after this many seconds.
    var returnDeadline: TimeInterval = 7 * 24 * 3600

    /// Bounds that keep `value × pieces` far inside 64 bits.
    static let mostPiecesAtOnce = 100_000
    static let mostPiecesOfPart = 1_000_000
    static let highestUnitCost = 1_000_000_000
    static let highestPartValue = 1_000_000_000_000
}
