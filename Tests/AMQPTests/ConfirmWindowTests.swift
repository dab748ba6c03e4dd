import Testing

@testable import AMQP

@Suite struct ConfirmWindowTests {
    private func batch(_ keys: String...) -> PublishBatch {
        PublishBatch(keys.map { OutgoingMessage(exchange: "", routingKey: $0, body: []) })
    }

    private func append(_ batch: PublishBatch, to window: inout ConfirmWindow) {
        for index in batch.messages.indices { window.append(batch, index) }
    }

    private func answer(_ batch: PublishBatch) async throws -> [PublishOutcome] {
        try await withCheckedContinuation { batch.await($0) }.get()
    }

    @Test("confirms come one by one, in any order, many at once, and of several callers together")
    func anyOrder() async throws {
        var window = ConfirmWindow()
        let first = batch("a", "b", "c")
        let second = batch("d", "e")
        append(first, to: &window)
        append(second, to: &window)
        window.settle(through: 2, multiple: false, .rejected)
        window.settle(through: 5, multiple: false, .confirmed)
        window.settle(through: 2, multiple: true, .confirmed)
        // Of tags that are settled or were never given, nothing comes.
        window.settle(through: 1, multiple: true, .rejected)
        window.settle(through: 9, multiple: true, .rejected)
        window.settle(through: 4, multiple: true, .confirmed)
        #expect(try await answer(first) == [.confirmed, .rejected, .confirmed])
        #expect(try await answer(second) == [.confirmed, .confirmed])
        #expect(window.oldest == nil)
    }

    @Test("of two messages alike, the first return belongs to the first")
    func returns() async throws {
        var window = ConfirmWindow()
        let messages = batch("lost", "kept", "lost", "lost")
        append(messages, to: &window)
        let returned = Incoming.Returned(code: 312, text: "NO_ROUTE", exchange: "", routingKey: "lost")
        window.markReturned(returned)
        window.settle(through: 1, multiple: false, .confirmed)
        window.markReturned(returned)
        window.settle(through: 4, multiple: true, .confirmed)
        let back = PublishOutcome.returned(code: 312, text: "NO_ROUTE")
        #expect(try await answer(messages) == [back, .confirmed, back, .confirmed])
    }

    @Test("what is unconfirmed when the connection goes is unknown; numbers begin again")
    func lost() async throws {
        var window = ConfirmWindow()
        let old = batch("a", "b")
        append(old, to: &window)
        window.settle(through: 1, multiple: false, .confirmed)
        window.abandonAll(.heartbeatMissed)
        #expect(try await answer(old) == [.confirmed, .unknown])
        let new = batch("c")
        append(new, to: &window)
        window.settle(through: 1, multiple: false, .confirmed)
        #expect(try await answer(new) == [.confirmed])
    }

    @Test("a caller whose channel was closed over a message is told why")
    func refused() async throws {
        var window = ConfirmWindow()
        let messages = batch("a")
        append(messages, to: &window)
        let error = AMQPError.closedByPeer(code: 406, text: "user_id")
        window.abandonAll(error)
        await #expect(throws: error) { try await answer(messages) }
    }

    @Test("a long life of many messages keeps its count")
    func longLife() async throws {
        var window = ConfirmWindow()
        for round in 0..<100 {
            let messages = PublishBatch(
                (0..<300).map { _ in OutgoingMessage(exchange: "", routingKey: "k", body: []) })
            append(messages, to: &window)
            window.settle(through: UInt64(round * 300 + 150), multiple: true, .confirmed)
            window.settle(through: UInt64(round * 300 + 300), multiple: true, .rejected)
            let outcomes = try await answer(messages)
            #expect(outcomes[149] == .confirmed)
            #expect(outcomes[150] == .rejected)
        }
    }
}
