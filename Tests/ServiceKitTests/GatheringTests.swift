import Testing

@testable import ServiceKit

@Suite("Gathering under load")
struct GatheringTests {
    @Test("a loop rests the longer the longer its work took, up to a limit")
    func grows() {
        #expect(Gathering.rest(after: 1, took: .milliseconds(2)) == .milliseconds(6))
        #expect(Gathering.rest(after: 49, took: .milliseconds(20)) == .milliseconds(60))
        #expect(Gathering.rest(after: 10, took: .seconds(3)) == Gathering.longest)
    }

    @Test("copies that share a queue rest longer, by their number")
    func shared() {
        #expect(Gathering.rest(after: 1, took: .milliseconds(2), copies: 2) == .milliseconds(12))
        #expect(Gathering.rest(after: 10, took: .seconds(3), copies: 3) == Gathering.longest * 3)
    }

    @Test("a batch that is large enough by itself is followed by the next at once")
    func backlog() {
        #expect(Gathering.rest(after: Gathering.enough, took: .milliseconds(40)) == .zero)
        #expect(Gathering.rest(after: 200, took: .milliseconds(40)) == .zero)
    }
}

@Suite("What a commit makes work for")
struct CommitNewsTests {
    private struct Watcher: Worker {
        let name: String
        let watched: Set<String>
        func step(_ session: inout WorkSession) async throws -> Bool { false }
    }

    @Test("only the loops that a commit concerns are woken")
    func woken() {
        let wakeups = Wakeups(workers: [
            Watcher(name: "jobs", watched: ["job"]), Watcher(name: "stock", watched: ["stock_item"]),
        ])
        var news = CommitNews()
        news.changed = ["job", "engineer"]
        wakeups.after(news, clock: .real)
        #expect(wakeups.workers.map(\.wakeup.isPending) == [true, false])
        #expect(!wakeups.relay.isPending && !wakeups.timers.isPending && !wakeups.parked.isPending)

        news.hasEvents = true
        news.wokeParked = true
        wakeups.after(news, clock: .real)
        #expect(wakeups.relay.isPending && wakeups.parked.isPending && !wakeups.timers.isPending)
    }

    @Test("a timer wakes its runner only when it is due before the runner looks by itself")
    func timers() {
        var news = CommitNews()
        news.nextTimer = .now.addingTimeInterval(60)
        let later = Wakeups()
        later.after(news, clock: .real)
        #expect(!later.timers.isPending)
        news.nextTimer = .now
        later.after(news, clock: .real)
        #expect(later.timers.isPending)
    }
}
