/// Seconds by pair of cells, entered and looked up, never taken out: open addressing, so that a look-up is a few
/// multiplications and mostly one line of memory.
struct PairTable: Sendable {
    private struct Entry {
        var from = TravelCell.none
        var to = TravelCell.none
        var seconds: Int32 = 0
    }

    private var entries: [Entry] = []
    private(set) var count = 0

    func value(from: UInt64, to: UInt64) -> Int32? {
        guard count > 0 else { return nil }
        let entry = entries[place(from, to)]
        return entry.from == TravelCell.none ? nil : entry.seconds
    }

    /// Enters a pair, or says another number of it.
    mutating func set(_ seconds: Int32, from: UInt64, to: UInt64) {
        // Half of the places stay empty, so that every look-up ends soon.
        if entries.count < 2 * (count + 1) { grow() }
        let place = place(from, to)
        if entries[place].from == TravelCell.none { count += 1 }
        entries[place] = Entry(from: from, to: to, seconds: seconds)
    }

    private mutating func grow() {
        let old = entries
        entries = Array(repeating: Entry(), count: max(64, 2 * old.count))
        for entry in old where entry.from != TravelCell.none { entries[place(entry.from, entry.to)] = entry }
    }

    /// Where the pair is, or would be.
    private func place(_ from: UInt64, _ to: UInt64) -> Int {
        var hash = from &* 0x9e37_79b9_7f4a_7c15 ^ to &* 0xc2b2_ae3d_27d4_eb4f
        hash = (hash ^ hash >> 32) &* 0xd6e8_feb8_6659_fd93
        let mask = entries.count - 1
        var place = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
        while entries[place].from != TravelCell.none, entries[place].from != from || entries[place].to != to {
            place = (place + 1) & mask
        }
        return place
    }
}
