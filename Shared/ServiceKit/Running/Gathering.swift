/// Under load, loops gather: one that finds new work waiting the moment it is done with the last rests for three times as
/// long as that took, so that the next transaction is shared by more messages. Where the machine is busy everything takes
/// longer, so rests grow with the load by themselves; work that comes to an idle loop never waits.
enum Gathering {
    /// No rest is longer, whatever the work before took.
    static let longest = Duration.milliseconds(150)

    /// How long to rest after work that took `duration`.
    static func rest(after duration: Duration) -> Duration { min(duration * 3, longest) }

    static func rest(since began: ContinuousClock.Instant) async {
        try? await Task.sleep(for: rest(after: ContinuousClock.now - began))
    }
}
