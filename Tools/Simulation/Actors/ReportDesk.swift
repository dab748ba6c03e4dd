import DomainContracts
import Foundation

/// The channel adapters: they publish what customers report, as fast as the town can cope with.
struct ReportDesk: Sendable {
    let world: World
    let cases: [RepairCase]

    /// Returns when every report has its answer.
    func publishAll() async {
        let configuration = world.configuration
        // A day's reports are a bit more than a day's work, and a few come within a morning; what is too much waits.
        let aDay = max(configuration.crewSize * 12, min(cases.count * 4, configuration.crewSize * 30))
        let spacing = Duration.milliseconds(86_400_000 / aDay / world.clock.factor)
        await withDiscardingTaskGroup { group in
            for repaired in cases {
                guard await hasRoom() else { break }
                group.addTask { await publish(repaired) }
                try? await Task.sleep(for: min(spacing, .seconds(5)))
            }
        }
    }

    /// Waits while too much is on its way, or the answers take too long.
    private func hasRoom() async -> Bool {
        while !Task.isCancelled {
            let open = world.tally.withLock { $0.open }
            if open < world.configuration.mostInFlight, world.client.counts.latency < 1 || open < 50 { return true }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    private func publish(_ repaired: RepairCase) async {
        let planned = PlannedReport(
            repaired, seed: world.configuration.seed, run: world.configuration.run, shares: world.shares,
            customers: cases.count, now: world.clock.now())
        do {
            guard let first = try await send(planned) else { return }
            if planned.fate.happens("redelivered", world.shares.redelivered) { try await sendAgain(planned, first) }
            if planned.fate.happens("duplicate", world.shares.duplicate) { try await duplicate(planned, first) }
        } catch {
            world.stumble(error, nil)
        }
    }

    /// The answer; nil when it was rejected.
    private func send(_ planned: PlannedReport) async throws -> ReportAccepted? {
        world.tally.withLock { $0.published += 1 }
        switch try await deliver(planned) {
        case .accepted(let reply):
            // Before it counts as answered: whoever sees the numbers agree must find the report.
            world.requests.post(reply.requestId, planned)
            world.tally.withLock { tally in
                tally.accepted += 1
                if let order = reply.workOrderId { tally.opened.insert(order) }
            }
            return reply
        case .refused(let problem):
            world.tally.withLock { $0.rejected += 1 }
            if !planned.isFlawed {
                world.stumble(StepRefused(command: ReportRepair.wireName, problem: problem), nil)
            }
            return nil
        }
    }

    private func deliver(_ planned: PlannedReport) async throws -> BrokerClient.Outcome<ReportAccepted> {
        try await world.client.send(
            planned.report, as: .adapter(planned.channel), channel: planned.channel, id: planned.messageId)
    }

    /// The adapter lost the answer and sends the same message again: the answer must be the same.
    private func sendAgain(_ planned: PlannedReport, _ first: ReportAccepted) async throws {
        guard case .accepted(let second) = try await deliver(planned), second.requestId == first.requestId else {
            return world.tally.withLock { $0.doubledAnswers += 1 }
        }
    }

    /// The customer told it on another channel too; an agent sees it and merges the second order into the first.
    private func duplicate(_ planned: PlannedReport, _ first: ReportAccepted) async throws {
        guard let into = first.workOrderId,
            let second = try await send(planned.again(seed: world.configuration.seed)), let other = second.workOrderId
        else { return }
        try await world.wait(minutes: planned.fate.number("merge-after", 5...60))
        // Too late when the second is already worked on: then both are.
        _ = try await world.client.perform(
            MergeWorkOrder(
                workOrderId: other, intoWorkOrderId: into, reason: "same fault", occurredAt: world.clock.now()),
            as: .user("agent"), story: other, attempts: 2)
    }
}
