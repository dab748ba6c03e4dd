/// What the simulator sent, and how long answers took lately.
struct BrokerFigures: Sendable {
    /// Messages published, repetitions included.
    var published = 0
    /// Requests sent again for want of an answer.
    var repeated = 0
    /// Requests answered.
    var answers = 0
    /// Moving average of the time from publish to answer, real seconds.
    var latency = 0.0

    mutating func answered(after duration: Duration) {
        answers += 1
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        latency += (seconds - latency) * 0.05
    }
}
