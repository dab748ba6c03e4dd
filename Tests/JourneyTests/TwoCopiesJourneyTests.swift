import DomainContracts
import LocalStack
import ServiceTesting
import Simulation
import Testing

@Suite("The closed loop with two copies of every service", .slow, .serialized)
struct TwoCopiesJourneyTests {
    /// What is no failure and may be uneven: clocks, the order of events, who leads. The clocks are set right on the way:
    /// as long as one is an hour ahead, engineers count as late an hour early, and some order might never come to its end.
    @Test(
        "two copies an hour apart, leaders that freeze or die, events late, twice, out of order: the same reconciliation"
    )
    func uneven() async throws {
        let seed: UInt64 = 8
        let isLong = TestTier.current == .soak
        let installation = try await Installation.start(copies: 2, clockAhead: 3600)
        let url = try installation.stack.addresses().amqpURL()
        var couriers: [UnrulyCourier] = []
        for service in ServiceName.allCases {
            couriers.append(try await .takeOver(service, url: url, seed: seed))
        }
        let load = Load.start(try installation.configuration(count: isLong ? 300 : 60, seed: seed))
        do {
            let frozen: Duration = .seconds(isLong ? 30 : 6)
            for (share, fault) in [
                (0.2, Fault.frozenLeader(.dispatch, lease: "worker/dispatcher", frozen)),
                (0.4, .frozenLeader(.billing, lease: "outbox", frozen)),
                (0.5, .frozenLeader(.dispatch, lease: "worker/dispatcher", frozen)),
            ] {
                try await load.reaches(share)
                try await fault.apply(to: installation, seed: seed)
            }
            try await load.reaches(0.6)
            for service in LocalService.allCases {
                try await installation.services.stop(service, copy: 2)
                try await installation.services.start(service, copy: 2)
            }
            try await load.reaches(0.7)
            try await Fault.killedLeader(.dispatch, lease: "worker/dispatcher").apply(to: installation, seed: seed)
        } catch {
            load.cancel()
            throw error
        }
        let result = try await load.result()
        #expect(result.differences == [], "seed \(seed)")
        #expect(result.isComplete, "seed \(seed), unfinished: \(result.unfinished)")
        for courier in couriers {
            // What did not happen would have proved nothing.
            #expect(await courier.doubled > 0)
            #expect(await courier.overtaken > 0)
            try await courier.giveBack()
        }
        try await installation.stop()
    }
}
