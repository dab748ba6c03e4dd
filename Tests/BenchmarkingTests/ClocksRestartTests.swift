import Foundation
import Testing

@testable import Benchmarking

@Suite("Clocks around a restart")
struct ClocksRestartTests {
    @Test("told once needs one message and one line of history; the same message again is no second telling")
    func counting() {
        let killed = Date(timeIntervalSince1970: 1_000)
        let ids = (0..<5).map { _ in UUID() }
        func hearing(_ id: String, _ seconds: Double) -> ClockListener.Hearing {
            ClockListener.Hearing(messageId: id, at: killed + seconds)
        }
        let found = ClocksBench.Restart(
            due: Set(ids),
            heard: [
                ids[0]: [hearing("a", 1)], ids[1]: [hearing("b", 2), hearing("b", 3)],
                ids[2]: [hearing("c", 1), hearing("d", 1)], ids[3]: [hearing("e", 1)], UUID(): [hearing("f", 4)],
            ],
            told: [ids[0]: 1, ids[1]: 1, ids[2]: 1, ids[3]: 2], killedAt: killed)
        #expect(found.due == 5)
        #expect(found.toldOnce == 2)
        #expect(found.never == 1)
        #expect(found.moreThanOnce == 2)
        #expect(found.deliveredAgain == 1)
        #expect(found.secondsToLast == 4)
    }
}
