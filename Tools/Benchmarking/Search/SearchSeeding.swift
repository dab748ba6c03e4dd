import AMQP
import DomainContracts
import Foundation

/// Brings a town into intake.
struct SearchSeeding: Sendable {
    static let rowsPerMessage = 500
    /// Messages that are not answered yet.
    static let inFlight = 4

    let requester: AMQPRequester
    let town: SearchTown

    /// Returns how long customers and devices took, seconds.
    func seed(_ note: @Sendable (String) -> Void) async throws -> Double {
        let began = ContinuousClock.now
        note("importing \(town.customers) customers and \(town.devices) devices")
        try await rows(town.customers) { RegistryRow(line: $0, customer: town.customer($0)) }
        try await rows(town.devices) { RegistryRow(line: $0, device: town.device($0)) }
        let took = (ContinuousClock.now - began) / .seconds(1)
        note("taking \(town.reports) reports")
        try await each(town.reports, inFlight: 200) { number in
            try await ask(town.report(number), channel: Speech.channel, by: .adapter)
        }
        return took
    }

    private func rows(_ count: Int, _ row: @escaping @Sendable (Int) -> RegistryRow) async throws {
        try await each((count + Self.rowsPerMessage - 1) / Self.rowsPerMessage, inFlight: Self.inFlight) { number in
            let first = number * Self.rowsPerMessage
            let rows = (first..<min(first + Self.rowsPerMessage, count)).map(row)
            let answer = try await ask(ImportRegistryRows(dryRun: false, rows: rows), by: .user("bench"))
            if let fault = answer.verdicts.first(where: { !$0.errors.isEmpty }) {
                throw RowRefused(verdict: fault)
            }
        }
    }

    private func each(
        _ count: Int, inFlight: Int, _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                if number >= inFlight { try await group.next() }
                group.addTask { try await body(number) }
            }
            try await group.waitForAll()
        }
    }

    @discardableResult
    private func ask<C: Command>(
        _ command: C, channel: String? = nil, by speaker: Speech.Speaker
    ) async throws -> C.Reply {
        let message = try Speech(replyQueue: "").message(
            command, by: speaker, channel: channel, story: nil, asking: UUID().uuidString)
        let answer = try await requester.request(message, timeout: .seconds(120))
        guard answer.properties.type == C.acceptedType else {
            throw Refused(command: C.wireName, answer: String(decoding: answer.body, as: UTF8.self))
        }
        return try WireJSON.decoder().decode(CloudEvent<C.Reply>.self, from: Data(answer.body)).data
    }

    private struct Refused: Error {
        let command: String
        let answer: String
    }

    private struct RowRefused: Error {
        let verdict: RowVerdict
    }
}
