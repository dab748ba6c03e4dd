/// Which deliveries of the present channel are still to be settled. The broker closes a channel over a tag that it does not
/// know or that was settled before, so each is checked here first.
struct DeliveryLedger {
    /// The generation of the channel.
    private(set) var epoch = 0
    private var firstOpen: UInt64 = 1
    private var lastHandedOut: UInt64 = 0
    private var lastArrived: UInt64 = 0
    /// Tags settled one by one, ahead of `firstOpen`.
    private var settled: Set<UInt64> = []

    mutating func beginEpoch() {
        self = DeliveryLedger(epoch: epoch + 1)
    }

    init(epoch: Int = 0) {
        self.epoch = epoch
    }

    mutating func arrived(_ tag: UInt64) {
        lastArrived = tag
    }

    mutating func handedOut(through tag: UInt64) {
        lastHandedOut = tag
    }

    /// The tag to acknowledge so that every open one up to `tag` is; nil when none is open.
    mutating func settle(through tag: UInt64) -> UInt64? {
        guard tag <= lastHandedOut else { return nil }
        var last = tag
        while last >= firstOpen, settled.contains(last) { last -= 1 }
        guard last >= firstOpen else { return nil }
        firstOpen = tag + 1
        advance()
        settled = settled.filter { $0 > tag }
        return last
    }

    /// Whether this one was still open; now it is not.
    mutating func settle(_ tag: UInt64) -> Bool {
        guard tag >= firstOpen, tag <= lastHandedOut, settled.insert(tag).inserted else { return false }
        advance()
        return true
    }

    private mutating func advance() {
        while settled.remove(firstOpen) != nil { firstOpen += 1 }
    }
}

/// Deliveries that are here and not handed out yet, first come, first served.
struct DeliveryBuffer {
    private var items: [Delivery] = []
    private var head = 0

    var isEmpty: Bool { head == items.count }
    var count: Int { items.count - head }

    mutating func append(_ delivery: Delivery) {
        items.append(delivery)
    }

    mutating func take(_ limit: Int) -> [Delivery] {
        if head == 0, items.count <= limit {
            let all = items
            items = []
            items.reserveCapacity(all.count)
            return all
        }
        let end = min(items.count, head + limit)
        let batch = Array(items[head..<end])
        head = end
        if head == items.count || head > 1024 {
            items.removeFirst(head)
            head = 0
        }
        return batch
    }
}
