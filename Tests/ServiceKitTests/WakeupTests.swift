import ServiceTesting
import Testing

@testable import ServiceKit

@Suite("Wakeups")
struct WakeupTests {
    @Test("a wait that was woken leaves nothing behind that would cut the next one short")
    func nothingLeft() async throws {
        let wakeup = Wakeup()
        wakeup.wake()
        await wakeup.wait(upTo: .seconds(600))
        // Its alarm has been cancelled; were that taken for a wake, this wait would end before the second wake.
        let second = Task {
            await wakeup.wait(upTo: .seconds(600))
            return true
        }
        for _ in 0..<100 { await Task.yield() }
        wakeup.wake()
        #expect(await second.value)
        let third = Task { await wakeup.wait(upTo: .seconds(600)) }
        try await eventually("somebody waits") { wakeup.isWaitedFor }
        for _ in 0..<100 { await Task.yield() }
        #expect(wakeup.isWaitedFor)
        third.cancel()
        await third.value
    }

    @Test("a wait ends by itself at its limit, and at once when cancelled")
    func limits() async {
        let wakeup = Wakeup()
        await wakeup.wait(upTo: .milliseconds(1))
        let cancelled = Task { await wakeup.wait(upTo: .seconds(600)) }
        cancelled.cancel()
        await cancelled.value
    }
}
