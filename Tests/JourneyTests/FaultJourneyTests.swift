import LocalStack
import ServiceKit
import ServiceTesting
import Simulation
import Testing

/// docs/faults.md lists what is tried here, and what elsewhere.
@Suite("The closed loop under faults", .slow, .serialized)
struct FaultJourneyTests {
    @Test("what dies, freezes, is away or comes again, one after another: nothing is lost and nothing done twice")
    func inTurn() async throws {
        if TestTier.current == .soak {
            // On the fastest clock so many orders are late faster than debug builds handle them.
            try await survive(Fault.whole, reports: 2000, seed: 11, scale: 360)
        } else {
            try await survive(Fault.short, reports: 80, seed: 11)
        }
    }

    @Test("a service dies at each of its points under load", .soak, arguments: LocalService.allCases)
    func crashes(_ service: LocalService) async throws {
        try await survive(CrashPoint.allCases.map { .crash(service, $0) }, reports: 200, seed: 12)
    }

    @Test("one fault as long as it lasts outside, three times under load", .soak, arguments: Fault.long)
    func lasting(_ fault: Fault) async throws {
        try await survive([fault, fault, fault], reports: 200, seed: 13)
    }

    /// Two minutes are half a day here: on the fastest clock they would be two days, in which people give up.
    @Test("the broker and the database are away for two minutes each under load", .soak)
    func away() async throws {
        try await survive(
            [.brokerAway(.seconds(120)), .databaseAway(.seconds(120))], reports: 200, seed: 14, scale: 360)
    }

    /// The faults come spread over the run. Afterwards both sides agree, and all events once more change nothing.
    private func survive(_ faults: [Fault], reports: Int, seed: UInt64, scale: Int = 1440) async throws {
        let installation = try await Installation.start(scale: scale)
        let recorded = try await installation.record()
        let load = Load.start(try installation.configuration(count: reports, seed: seed))
        do {
            for (index, fault) in faults.enumerated() {
                try await load.reaches(Double(index + 1) / Double(faults.count + 6))
                #expect(load.isRunning, "\(fault.testDescription) came too late to matter")
                try await fault.apply(to: installation, seed: seed + UInt64(index))
            }
        } catch {
            load.cancel()
            throw error
        }
        let result = try await load.result()
        #expect(result.differences == [], "seed \(seed)")
        #expect(result.isComplete, "seed \(seed), unfinished: \(result.unfinished)")

        let before = try await installation.totals()
        #expect(try await recorded.publishAgain(seed: seed) > reports)
        try await installation.drains()
        #expect(try await installation.totals() == before, "seed \(seed)")
        try await installation.stop()
    }
}
