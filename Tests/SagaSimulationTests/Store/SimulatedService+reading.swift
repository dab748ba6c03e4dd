import DomainContracts
import Foundation

@testable import ServiceKit

extension SimulatedService {
    /// What of the schema a transaction reads: the states that are named, locked or not, and drawn numbers.
    func supply(_ keys: Keys, _ state: inout BatchState) {
        for key in keys.types.keys where !state.workspace.contains(key) {
            let row = stored[key]
            state.supply(key, row?.value, version: row?.version ?? 0)
        }
    }

    /// Numbers that are drawn never come back, whether the transaction commits or not.
    func draw(_ counts: [String: Int], _ state: inout BatchState) {
        for (sequence, count) in counts.sorted(by: { $0.key < $1.key }) {
            let first = sequences[sequence, default: 0] + 1
            sequences[sequence] = first + count - 1
            state.supply(numbers: Array(first..<first + count), of: sequence)
        }
    }

    func item(_ message: SimulatedMessage) -> MessageReader.Reading {
        if message.bytes != nil { return MessageReader(definition: definition).read(message.incoming) }
        guard let route = definition.routes[message.envelope.type] else {
            return .unreadable(
                UnreadableMessage(
                    incoming: message.incoming, fault: .unknownType(message.envelope.type), parked: nil))
        }
        var keys = Keys()
        let body = message.message
        route.keys(body, &keys)
        return .item(
            BatchItem(
                origin: .delivery(message.incoming), envelope: message.envelope,
                channel: route.channel(in: message.routingKey), keys: keys, route: route,
                decide: { turn throws(Refusal) in try route.decide(body, &turn) },
                answerAgain: { turn in route.answerAgain(body, &turn) },
                bodyHash: route.kind == .command ? Array("\(message.body)".utf8) : nil))
    }

    /// As `TimerRunner` makes it.
    func item(_ row: TimerRow, now: Date) -> BatchItem? {
        guard let handler = definition.timers[row.timer.kind] else { return nil }
        let timer = row.timer
        var keys = Keys()
        handler.keys(timer, &keys)
        return BatchItem(
            origin: .timer(timer),
            envelope: Envelope(
                id: ids.next().uuidString.lowercased(), source: "/mendloop/\(name.rawValue)",
                type: "mendloop.\(name.rawValue).timer-\(timer.kind).v1", time: now, partitionkey: row.story,
                correlationid: row.correlation, authtype: "service", authid: name.rawValue),
            channel: nil, keys: keys, route: nil,
            decide: { turn throws(Refusal) in
                handler.decide(timer, &turn)
                return .applied
            }, answerAgain: { _ in nil }, bodyHash: nil)
    }
}

extension BatchFold {
    /// As `run(on:)`, reading a simulated schema.
    mutating func run(reading service: SimulatedService) throws -> [BatchVerdict] {
        var hinted = Keys()
        for item in items { hinted.formUnion(item.keys) }
        service.supply(hinted, &state)
        for item in items where item.route != nil { known[item.dedupeKey] = service.inbox[item.dedupeKey] }
        for _ in 0..<Self.mostRestarts {
            var attempt = state
            var missing = Keys()
            var numbers: [String: Int] = [:]
            let verdicts = try decideAll(&attempt, &missing, &numbers)
            if missing.types.isEmpty && numbers.isEmpty {
                state = attempt
                return verdicts
            }
            service.supply(missing, &state)
            service.draw(numbers, &state)
        }
        throw NeverSettles()
    }
}
