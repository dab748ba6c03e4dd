/// What an actor that keeps a connection up knows about it. Not Sendable: it belongs to that actor.
final class Line {
    let configuration: AMQPConfiguration
    let backoff: Backoff
    /// Which of the broker's nodes is next: the first is drawn.
    var turn: NodeTurn
    /// The connection in use; nil while there is none.
    var connection: Connection?
    /// The broker's reason for taking no messages now.
    var blockedReason: String?
    /// Why the last connection, or attempt at one, failed; nil once connected.
    var lastError: AMQPError?
    /// Why the last connection that stood was lost. Attempts to make a new one do not touch it: they fail of what follows.
    var lastLoss: AMQPError?
    var isClosed = false
    /// When the keeper looks at its deadlines next, if nothing happens before.
    var nextLook: ContinuousClock.Instant?
    /// Connects, pumps, and connects again, until the owner closes.
    var keeper: Task<Void, Never>?

    init(_ configuration: AMQPConfiguration, _ backoff: Backoff) {
        self.configuration = configuration
        self.backoff = backoff
        turn = NodeTurn(configuration)
    }
}
