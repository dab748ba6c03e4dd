import FoundationEssentials

/// Who waits for a part, oldest first.
struct Backorders: Codable, Sendable, Equatable {
    /// A request line that lacks pieces.
    struct Waiting: Codable, Sendable, Equatable {
        let partRequestId: UUID
        let lineId: UUID
        let since: Date
        var quantity: Int
    }

    let partCode: String
    private(set) var queue: [Waiting] = []

    init(partCode: String) { self.partCode = partCode }

    /// Notes how many pieces a line lacks; zero takes it out of the queue.
    mutating func note(_ request: UUID, _ line: UUID, lacks quantity: Int, since: Date) {
        let index = queue.firstIndex { $0.partRequestId == request && $0.lineId == line }
        if let index, quantity > 0 {
            queue[index].quantity = quantity
        } else if let index {
            queue.remove(at: index)
        } else if quantity > 0 {
            let waiting = Waiting(partRequestId: request, lineId: line, since: since, quantity: quantity)
            queue.insert(waiting, at: queue.firstIndex { waiting.isBefore($0) } ?? queue.endIndex)
        }
    }
}

extension Backorders.Waiting {
    /// Requests of one moment stand in the order of their ids, so that every copy decides alike.
    func isBefore(_ other: Self) -> Bool {
        since == other.since ? partRequestId < other.partRequestId : since < other.since
    }
}
