import Foundation
import ServiceTesting
import Testing

@testable import Benchmarking

/// That what is measured works; how fast is not asked here.
@Suite("Our hops", .slow)
struct HopTests {
    @Test("a hop tells what it was asked to do, and six in a row pass on what they are given")
    func hops() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mendloop-hops-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await BenchSite.with(folder: folder) { site in
            let broker = try HopBroker(site)
            let row = try HopRow(site)
            try await broker.declare()
            try await row.migrate()
            let ours = OurHops(site: site, broker: broker, row: row, seconds: 0.1)
            #expect(try await ours.hop(try HopMessages.make(300)) > 0)
            let pace = HopPace(broker: broker, seconds: ours.seconds)
            #expect(try await ours.pace(pace).count == pace.count - 1)
            await broker.close()
        }
    }
}
