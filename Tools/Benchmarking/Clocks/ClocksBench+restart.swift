import Foundation

extension ClocksBench {
    /// What became of the clocks that were due around a restart.
    public struct Restart: Sendable, Encodable {
        public let due: Int
        public private(set) var toldOnce = 0
        public private(set) var never = 0
        public private(set) var moreThanOnce = 0
        /// The same message again, which hearers know by its id.
        public private(set) var deliveredAgain = 0
        /// Seconds from the kill until the last of them was told.
        public let secondsToLast: Double

        /// - Parameters:
        ///   - heard: the messages about each order, as they came.
        ///   - told: how often each order's history says that it was told.
        init(due: Set<UUID>, heard: [UUID: [ClockListener.Hearing]], told: [UUID: Int], killedAt: Date) {
            self.due = due.count
            let last = heard.values.flatMap { $0 }.map(\.at).max() ?? killedAt
            secondsToLast = last.timeIntervalSince(killedAt)
            for id in due {
                let hearings = heard[id] ?? []
                let messages = Set(hearings.map(\.messageId)).count
                deliveredAgain += hearings.count - messages
                switch (messages, told[id] ?? 0) {
                case (1, 1): toldOnce += 1
                case (0, _), (_, 0): never += 1
                default: moreThanOnce += 1
                }
            }
        }
    }
}
