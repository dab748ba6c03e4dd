import Synchronization

/// Answers on their way out: whoever closes the door waits for the last.
final class Flights: Sendable {
    private let count = Mutex(0)

    /// One answer, for as long as anybody holds on to it.
    final class Flight: Sendable {
        private let flights: Flights

        fileprivate init(_ flights: Flights) {
            self.flights = flights
            flights.count.withLock { $0 += 1 }
        }

        deinit { flights.count.withLock { $0 -= 1 } }
    }

    func begin() -> Flight { Flight(self) }

    private var isQuiet: Bool { count.withLock { $0 == 0 } }

    /// Returns once none is left.
    func landed() async {
        while !isQuiet, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(50)) }
    }
}
