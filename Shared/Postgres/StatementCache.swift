/// What one session keeps prepared. A statement is prepared the second time it is seen, so that statements built for
/// one use pass by; the one not used for longest makes room.
struct StatementCache {
    struct Key: Hashable {
        let text: String
        let types: [PostgresType]
    }

    final class Entry {
        let key: Key
        let name: String
        /// The server has it under `name`.
        var isPrepared = false
        var columns: ResultColumns?
        var uses = 0
        fileprivate(set) var lastUse: UInt64 = 0

        init(key: Key, name: String) {
            self.key = key
            self.name = name
        }
    }

    /// Longer texts are one-offs, such as wide multi-row statements.
    private static let longestText = 16_384

    private let limit: Int
    private var entries: [Key: Entry] = [:]
    private var clock: UInt64 = 0

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// The entry for a statement about to run, and the one that had to go for it, if the server still has that.
    mutating func entry(text: String, types: [PostgresType]) -> (entry: Entry?, evicted: Entry?) {
        guard text.utf8.count <= Self.longestText else { return (nil, nil) }
        clock += 1
        let key = Key(text: text, types: types)
        var evicted: Entry?
        let entry: Entry
        if let known = entries[key] {
            entry = known
        } else {
            if entries.count >= limit, let oldest = entries.values.min(by: { $0.lastUse < $1.lastUse }) {
                entries[oldest.key] = nil
                evicted = oldest.isPrepared ? oldest : nil
            }
            entry = Entry(key: key, name: "s\(clock)")
            entries[key] = entry
        }
        entry.uses += 1
        entry.lastUse = clock
        return (entry, evicted)
    }

    mutating func forget(_ entry: Entry) {
        entries[entry.key] = nil
    }

    mutating func forgetAll() {
        entries.removeAll()
    }
}
