/// Under load, loops gather: one that finds new work waiting the moment it is done with the last rests for three times as
/// long as that took, so that the next transaction is shared by more messages. Where the machine is busy everything takes
/// longer, so rests grow with the load by themselves; work that comes to an idle loop never waits, and neither does a
/// backlog, whose batches are large without it.
///
/// Copies of a service that share a queue see a part of its messages each: for as many to share a transaction, each
/// rests longer, by their number.
enum Gathering {
    /// No rest is longer, whatever the work before took; for each copy that shares the queue.
    static let longest = Duration.milliseconds(150)

    /// So many messages share a transaction well: waiting for more would gain little.
    static let enough = 50

    /// How long to rest after `count` messages that took `duration`, one of `copies` that share the work.
    static func rest(after count: Int, took duration: Duration, copies: Int = 1) -> Duration {
        count < enough ? min(duration * 3, longest) * copies : .zero
    }

    /// Rests after `count` messages that were begun at `began`.
    static func rest(after count: Int, since began: ContinuousClock.Instant) async {
        let rest = rest(after: count, took: ContinuousClock.now - began)
        if rest > .zero { try? await Task.sleep(for: rest) }
    }
}
