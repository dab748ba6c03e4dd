/// The messages of one call to `publish` and what has become of them. Belongs to the publisher.
final class PublishBatch {
    typealias Answer = Result<[PublishOutcome], AMQPError>

    let messages: [OutgoingMessage]
    let begun = ContinuousClock.now
    private var outcomes: [PublishOutcome]
    private var open: Int
    private var answer: Answer?
    private var continuation: CheckedContinuation<Answer, Never>?

    init(_ messages: [OutgoingMessage]) {
        self.messages = messages
        outcomes = Array(repeating: .unknown, count: messages.count)
        open = messages.count
    }

    /// The broker has sent it back; the confirm follows, and does not make it confirmed.
    func markReturned(_ index: Int, code: Int, text: String) {
        outcomes[index] = .returned(code: code, text: text)
    }

    func settle(_ index: Int, _ outcome: PublishOutcome) {
        if outcomes[index] == .unknown { outcomes[index] = outcome }
        open -= 1
        if open == 0 { finish(.success(outcomes)) }
    }

    /// Those from `index` on were never sent.
    func abandon(from index: Int) {
        open -= messages.count - index
        if open <= 0 { finish(.success(outcomes)) }
    }

    /// Answers now; what comes later is not told any more.
    func finish(_ answer: Answer) {
        guard self.answer == nil else { return }
        self.answer = answer
        continuation?.resume(returning: answer)
        continuation = nil
    }

    func answerWhatIsKnown() {
        finish(.success(outcomes))
    }

    func await(_ continuation: CheckedContinuation<Answer, Never>) {
        if let answer {
            continuation.resume(returning: answer)
        } else {
            self.continuation = continuation
        }
    }
}
