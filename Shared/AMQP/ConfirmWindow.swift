/// The messages on the wire that are not settled yet, by publishing sequence number. The broker confirms in any order, and
/// often many at once.
struct ConfirmWindow {
    private struct Entry {
        let batch: PublishBatch
        let index: Int
        var isSettled = false
    }

    /// Entry `head` of `entries` has the sequence number `firstSequence`; those before it are done with.
    private var entries: [Entry] = []
    private var head = 0
    private var firstSequence: UInt64 = 1
    /// Returns come in the order of publishing, so the search for the next begins here.
    private var returnSearch: UInt64 = 1

    var isEmpty: Bool { head == entries.count }

    /// When the oldest unsettled message's batch was begun.
    var oldest: ContinuousClock.Instant? {
        head < entries.count ? entries[head].batch.begun : nil
    }

    mutating func append(_ batch: PublishBatch, _ index: Int) {
        entries.append(Entry(batch: batch, index: index))
    }

    mutating func settle(through tag: UInt64, multiple: Bool, _ outcome: PublishOutcome) {
        // Tags that were settled already, or never given, are not ours to act on.
        guard tag >= firstSequence, tag - firstSequence < UInt64(entries.count - head) else { return }
        let last = head + Int(tag - firstSequence)
        for position in (multiple ? head : last)...last where !entries[position].isSettled {
            entries[position].isSettled = true
            entries[position].batch.settle(entries[position].index, outcome)
        }
        while head < entries.count, entries[head].isSettled {
            head += 1
            firstSequence += 1
        }
        compact()
    }

    /// Finds the message that came back. A channel routes messages in the order in which they were published, and sends
    /// the return before the confirm, so it is the first with these marks after the last that was returned.
    mutating func markReturned(_ returned: Incoming.Returned) {
        var position = head + Int(max(returnSearch, firstSequence) - firstSequence)
        while position < entries.count {
            let entry = entries[position]
            let message = entry.batch.messages[entry.index]
            if !entry.isSettled, message.mandatory, message.routingKey == returned.routingKey,
                message.exchange == returned.exchange, message.properties.messageID == returned.messageID
            {
                entry.batch.markReturned(entry.index, code: returned.code, text: returned.text)
                returnSearch = firstSequence + UInt64(position - head) + 1
                return
            }
            position += 1
        }
    }

    /// The channel is gone. Numbers begin again at 1.
    mutating func abandonAll(_ error: AMQPError) {
        let open = entries[head...]
        self = ConfirmWindow()
        for entry in open where !entry.isSettled {
            // When the broker closed the channel over a message, its callers must see why; `unknown` would only make them
            // try the same again.
            if case .closedByPeer = error, !error.isDependencyFault {
                entry.batch.finish(.failure(error))
            } else {
                entry.batch.answerWhatIsKnown()
            }
        }
    }

    /// Answers every caller with what is known, and goes on counting.
    mutating func answerUnknown() {
        for entry in entries[head...] {
            entry.batch.answerWhatIsKnown()
        }
    }

    private mutating func compact() {
        if head == entries.count {
            entries.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 4096, head > entries.count / 2 {
            entries.removeFirst(head)
            head = 0
        }
    }
}
