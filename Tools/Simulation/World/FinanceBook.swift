import DomainContracts
import Foundation

/// Books as an outside finance system keeps them: from `ledger-entry-posted` alone, whichever way the events come.
public struct FinanceBook: Sendable {
    /// What is wrong with the entries themselves.
    public enum Finding: Sendable, Hashable, CustomStringConvertible {
        /// Debits and credits of an entry differ, in minor units.
        case unbalanced(sequence: Int, difference: Int)
        /// Two entries have one number.
        case numberTwice(sequence: Int)
        /// One entry came twice with different content.
        case changed(sequence: Int)

        public var description: String {
            switch self {
            case .unbalanced(let sequence, let difference): "entry \(sequence) is off balance by \(difference)"
            case .numberTwice(let sequence): "number \(sequence) was given twice"
            case .changed(let sequence): "entry \(sequence) came again with other content"
            }
        }
    }

    /// One book's numbering.
    public struct Series: Sendable, Hashable {
        public var book: String
        public var series: Int

        public init(book: String, series: Int) {
            self.book = book
            self.series = series
        }
    }

    public private(set) var findings: Set<Finding> = []
    /// Entries that came more than once, each time after the first.
    public private(set) var repetitions = 0
    private var entries: [Series: [Int: LedgerEntryPosted]] = [:]

    public init() {}

    /// Enters it, once.
    public mutating func take(_ entry: LedgerEntryPosted) {
        let series = Series(book: entry.book, series: entry.series)
        if let known = entries[series]?[entry.sequence] {
            repetitions += 1
            if known.entryId != entry.entryId {
                findings.insert(.numberTwice(sequence: entry.sequence))
            } else if known.lines != entry.lines {
                findings.insert(.changed(sequence: entry.sequence))
            }
            return
        }
        entries[series, default: [:]][entry.sequence] = entry
        let difference = entry.lines.reduce(0) { $0 + ($1.side == .debit ? $1.money.amount : -$1.money.amount) }
        if difference != 0 || entry.lines.isEmpty {
            findings.insert(.unbalanced(sequence: entry.sequence, difference: difference))
        }
    }

    /// Numbers from `first` to `last` that never came, the lowest first.
    public func missing(_ series: Series, from first: Int, through last: Int) -> [Int] {
        guard first <= last else { return [] }
        let known = entries[series] ?? [:]
        return (first...last).filter { known[$0] == nil }
    }

    public func count(_ series: Series) -> Int { entries[series]?.count ?? 0 }

    /// Debits less credits by account, minor units.
    public func balances(_ series: Series) -> [String: Int] {
        var balances: [String: Int] = [:]
        for entry in (entries[series] ?? [:]).values {
            for line in entry.lines {
                balances[line.account, default: 0] += line.side == .debit ? line.money.amount : -line.money.amount
            }
        }
        return balances
    }
}
