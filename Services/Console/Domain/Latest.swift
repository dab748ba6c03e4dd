/// What the newest word on something says. Words come in any order, and more than once; each has the sequence of the aggregate
/// that it is about. Of two with one sequence, told in one commit, the one of the higher rank counts.
struct Latest<Value: Codable & Sendable & Hashable>: Codable, Sendable, Hashable {
    private(set) var sequence: Int
    private(set) var rank: Int
    private(set) var value: Value

    init(sequence: Int, rank: Int, value: Value) {
        self.sequence = sequence
        self.rank = rank
        self.value = value
    }
}

extension Optional {
    mutating func take<Value>(_ value: Value, _ sequence: Int, rank: Int = 0) where Wrapped == Latest<Value> {
        if let known = self, (known.sequence, known.rank) >= (sequence, rank) { return }
        self = Latest(sequence: sequence, rank: rank, value: value)
    }
}
