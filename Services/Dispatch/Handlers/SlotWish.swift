import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// Which windows somebody asks for.
struct SlotWish {
    let count: Int
    let seconds: Int
    private let notBefore: Date?
    private let notAfter: Date?

    init(count: Int?, windowMinutes: Int?, notBefore: Date?, notAfter: Date?) throws(Refusal) {
        self.count = count ?? 5
        guard (1...20).contains(self.count) else { throw .invalid("/data/count", "range", "expected 1 to 20") }
        let minutes = windowMinutes ?? 120
        guard (15...720).contains(minutes) else {
            throw .invalid("/data/windowMinutes", "range", "expected 15 to 720")
        }
        seconds = minutes * 60
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// At most the horizon's seven days.
    func range(_ need: DispatchNeed?, now: Date) throws(Refusal) -> Span {
        let wished = notBefore ?? now
        guard wished.timeIntervalSince(now) <= 366 * 86_400 else {
            throw .invalid("/data/notBefore", "range", "expected within a year")
        }
        let earliest = max(now, max(wished, need?.notBefore ?? now))
        let horizon = earliest.addingTimeInterval(Double(Planning.horizonSeconds))
        let latest = min(notAfter ?? horizon, horizon)
        guard latest > earliest else {
            throw .invalid("/data/notAfter", "range", "expected after notBefore, and ahead")
        }
        return Span(TimeWindow(start: earliest, end: latest))
    }
}
