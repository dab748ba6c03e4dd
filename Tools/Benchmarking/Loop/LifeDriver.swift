import AMQP
import DomainContracts
import Foundation
import ServiceKit

/// The outside world at full speed: channel adapter, engineers, customers, finance. It sends the next command as soon as
/// the news it waits for is there, on the real clock, and keeps a fixed number of lives in flight.
actor LifeDriver {
    /// What became of a set of lives.
    struct Outcome: Sendable {
        /// From the first report to the last work order closed, seconds.
        var seconds = 0.0
        var closed = 0
        /// Seconds from report to offer, one a life.
        var offeredAfter: [Double] = []
        /// Commands that were refused because other services had not heard the news yet, and said again.
        var repeated = 0
    }

    struct Stalled: Error, CustomStringConvertible {
        let description: String
    }

    private let publisher: AMQPPublisher
    private let consumer: AMQPConsumer
    let speech: Speech
    let decoder = WireJSON.decoder()
    private let tag = "bench-\(UInt32.random(in: 0...UInt32.max))"
    var lives: [Int: Life] = [:]
    var numbers: [UUID: Int] = [:]
    var outcome = Outcome()
    private var pending: [OutgoingMessage] = []
    private var delayed: [OutgoingMessage] = []
    private var begun = 0
    private var toBegin = 0
    private var storesOnly = false
    private var progressAt = ContinuousClock.now
    private var stall: Stalled?

    init(_ site: BenchSite) throws {
        let configuration = try site.configuration("driver")
        let queue = "reply.\(configuration.user).\(UUID.v7().text)"
        speech = Speech(replyQueue: queue)
        publisher = AMQPPublisher(configuration)
        let keys = [
            AssignmentOffered.routingKey(), EstimatePrepared.routingKey(), ChargeFinal.routingKey(),
            WorkOrderClosed.routingKey(), NotificationRequested.routingKey(lastWord: "*"),
        ]
        consumer = AMQPConsumer(
            configuration, exclusiveReplyQueue: queue,
            bindings: keys.map { .init(queue: queue, exchange: MendloopTopology.events, key: $0) }, prefetch: 1_000)
    }

    func close() async {
        await consumer.close()
        await publisher.close()
    }

    /// Lives through `count` work orders from report to closure, or, `storingOnly`, reports and cancels them.
    ///
    /// - Throws: ``Stalled`` when nothing moved for a minute, naming the steps that lives stand at.
    func run(_ count: Int, inFlight: Int, storingOnly: Bool = false) async throws -> Outcome {
        outcome = Outcome()
        (lives, numbers) = ([:], [:])
        (toBegin, storesOnly) = (begun + count, storingOnly)
        try await connect()
        let first = ContinuousClock.now
        progressAt = first
        for _ in 0..<min(inFlight, count) { try begin() }
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await self.watch() }
            while outcome.closed < count {
                flush(into: &group)
                let batch = try await consumer.nextBatch(limit: 500)
                if batch.isEmpty { throw stall ?? Stalled(description: "the driver was closed") }
                for delivery in batch { try hear(delivery) }
                if let last = batch.last { await consumer.acknowledge(through: last) }
            }
            outcome.seconds = (ContinuousClock.now - first).inSeconds
            flush(into: &group)
            group.cancelAll()
        }
        return outcome
    }

    /// Consumers connect at their first batch: what is told before that would be missed.
    private func connect() async throws {
        let probe = Task { [consumer] in _ = try? await consumer.nextBatch(limit: 1) }
        while await !consumer.isConnected { try await Task.sleep(for: .milliseconds(5)) }
        probe.cancel()
        await probe.value
    }

    private func flush(into group: inout ThrowingDiscardingTaskGroup<any Error>) {
        let (now, later) = (pending, delayed)
        (pending, delayed) = ([], [])
        guard !now.isEmpty || !later.isEmpty else { return }
        group.addTask { [publisher] in
            // A publish that was begun is carried through: the last confirms are not worth an error.
            await Task { _ = try? await publisher.publish(now) }.value
            if later.isEmpty { return }
            guard (try? await Task.sleep(for: .milliseconds(20))) != nil else { return }
            await Task { _ = try? await publisher.publish(later) }.value
        }
    }

    /// Ends with its task, without a word: an error of a child would be the whole group's.
    private func watch() async {
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            guard ContinuousClock.now - progressAt > .seconds(60) else { continue }
            let steps = Dictionary(grouping: lives.values.filter { $0.step != .over }, by: \.step.rawValue)
                .map { "\($0.key): \($0.value.count)" }.sorted()
            stall = Stalled(description: "nothing moved for a minute; lives stand at \(steps.joined(separator: ", "))")
            return await consumer.close()
        }
    }

    func begin() throws {
        guard begun < toBegin else { return }
        let life = Life(number: begun, reportedAt: .now, step: storesOnly ? .storing : .reporting)
        begun += 1
        lives[life.number] = life
        try say(Speech.report(life, tag: tag), by: .adapter, channel: Speech.channel, life)
    }

    /// The number in a report's problem; nil when it is none of this run's.
    func number(in problem: String) -> Int? {
        problem.hasPrefix(tag) ? Int(problem.dropFirst(tag.count + 1)) : nil
    }

    /// Sends a command whose answer moves the life on from its present step.
    func say<C: Command>(
        _ command: C, by speaker: Speech.Speaker, channel: String? = nil, _ life: Life, isRepeated: Bool = false
    ) throws {
        let message = try speech.message(
            command, by: speaker, channel: channel, story: life.order, asking: "\(life.number) \(life.step.rawValue)")
        if isRepeated { delayed.append(message) } else { pending.append(message) }
        progressAt = .now
    }

    /// Sends a command whose answer nobody waits for.
    func tell<C: Command>(_ command: C, by speaker: Speech.Speaker, channel: String? = nil, story: UUID?) throws {
        pending.append(try speech.message(command, by: speaker, channel: channel, story: story, asking: nil))
    }

    func finish(_ life: Life) throws {
        lives[life.number] = nil
        if let order = life.order { numbers[order] = nil }
        outcome.closed += 1
        if let after = life.offeredAfter { outcome.offeredAfter.append(after) }
        progressAt = .now
        try begin()
    }
}
