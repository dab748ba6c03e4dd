import DomainContracts
import Foundation

/// The engineers' supervisor: he reports who is ill, for the next twenty hours.
struct Foreman: Sendable {
    let world: World
    private static let hours = 20.0

    /// Waits for everybody who falls ill in this run, once at most.
    func reportSick(_ crew: Crew) async {
        await withTaskGroup { group in
            for engineer in crew.engineers {
                let fate = Fate(seed: world.configuration.seed, report: engineer.employeeNumber)
                guard fate.happens("sick", world.shares.sick) else { continue }
                group.addTask {
                    do {
                        try await world.wait(minutes: fate.number("sick-after", 120...2_000))
                        try await report(engineer.engineerId)
                    } catch {
                        world.stumble(error, nil)
                    }
                }
            }
        }
    }

    private func report(_ engineer: UUID) async throws {
        let now = world.clock.now()
        let absence = Absence(
            window: TimeWindow(start: now, end: now.addingTimeInterval(Self.hours * 3600)), kind: .sick)
        try await world.client.require(
            SetLeave(engineerId: engineer, absences: [absence]), as: .user("foreman"), story: nil)
    }
}
