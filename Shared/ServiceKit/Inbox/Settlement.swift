import DomainContracts
import Foundation
import Postgres

/// What is written about the messages themselves once a batch has decided: that they are handled, that they wait, or
/// that they are dead; and who gets an answer.
struct Settlement: Sendable {
    let items: [BatchItem]
    let verdicts: [BatchVerdict]
    let unreadable: [UnreadableMessage]
    let parking: ParkingLot

    var statements: [SQL] {
        var statements: [SQL] = []
        var inbox: [(item: BatchItem, answer: Answer?)] = []
        var early: [ParkingLot.Row] = []
        var finished: [Int] = []
        var stories: Set<String> = []
        for (item, verdict) in zip(items, verdicts) {
            switch verdict {
            case .done(let answer):
                inbox.append((item, answer))
            case .refused(let answer):
                inbox.append((item, answer))
                if let keep = keep(item, answer) { statements.append(keep) }
            case .waits(let subject):
                guard let incoming = item.incoming else { continue }
                let reason = ParkingLot.Reason(
                    code: "not-yet", detail: "waits for \(subject)", isEarly: true, waitingFor: subject)
                if item.parked == nil {
                    early.append(parking.newcomer(incoming, item.envelope, reason))
                } else {
                    statements.append(parking.park(incoming, item.envelope, item.parked, reason))
                }
                continue
            case .repeated, .fired: break
            }
            if let parked = item.parked { finished.append(parked.id) }
            if let story = item.envelope.partitionkey { stories.insert("work-order/\(story)") }
            if let subject = item.envelope.subject { stories.insert(subject) }
        }
        statements += unreadable.map(putAway)
        if !early.isEmpty { statements.append(ParkingLot.insert(early)) }
        if !inbox.isEmpty { statements.append(Self.insert(inbox)) }
        if !finished.isEmpty { statements.append("DELETE FROM parked_message WHERE id = ANY(\(finished))") }
        // The last one, as `wokeParked` expects it.
        statements.append(Self.wake(stories.sorted()))
        return statements
    }

    /// Whether the statements gave a parked message its turn, by the rows they returned.
    static func wokeParked(_ rows: [[PostgresRow]]) -> Bool { rows.last?.isEmpty == false }

    /// Answers to those who asked for one and may be answered there.
    var replies: [Reply] {
        zip(items, verdicts).compactMap { item, verdict in
            let answer: Answer? =
                switch verdict {
                case .done(let answer): answer
                case .refused(let answer): answer
                case .repeated(let answer): answer
                case .waits, .fired: nil
                }
            guard let answer, let incoming = item.incoming else { return nil }
            var reply = Reply(
                to: incoming.properties, answer: answer, about: item.envelope, channel: item.channel)
            if case .repeated = verdict { reply?.isRepetition = true }
            return reply
        }
    }

    private func keep(_ item: BatchItem, _ answer: Answer) -> SQL? {
        guard let incoming = item.incoming, item.parked == nil else { return nil }
        let problem = (try? WireJSON.decoder().decode(Problem.self, from: Data(answer.data)))
        let reason = ParkingLot.Reason(
            code: problem?.code ?? "refused",
            detail: problem?.detail ?? problem?.errors.map { "\($0.pointer) \($0.detail)" }.joined(separator: "; ")
                ?? "")
        if item.isUndecodable { return parking.keep(incoming, item.envelope, as: .dead, reason) }
        if item.route?.remembersForEver == true { return parking.keep(incoming, item.envelope, as: .refused, reason) }
        return nil
    }

    private func putAway(_ message: UnreadableMessage) -> SQL {
        let envelope = message.incoming.envelopeIfReadable()
        switch message.fault {
        case .undecodable(let problem):
            let reason = ParkingLot.Reason(
                code: problem.code == "too-large" ? problem.code : "undecodable",
                detail: problem.detail ?? problem.errors.map { "\($0.pointer) \($0.detail)" }.joined(separator: "; "))
            if let parked = message.parked { return parking.bury(parked, reason) }
            return parking.keep(message.incoming, envelope, as: .dead, reason)
        case .unknownType(let type):
            let reason = ParkingLot.Reason(code: "unknown-type", detail: "nobody here handles \(type)")
            return parking.park(message.incoming, envelope, message.parked, reason)
        }
    }

    private static func insert(_ rows: [(item: BatchItem, answer: Answer?)]) -> SQL {
        let rows = rows.filter { $0.item.route != nil }.sorted {
            ($0.item.envelope.source, $0.item.envelope.id) < ($1.item.envelope.source, $1.item.envelope.id)
        }
        return """
            INSERT INTO inbox (source, message_id, wire_type, body_hash, reply, reply_type, kept)
            SELECT * FROM unnest(\(rows.map(\.item.envelope.source)), \(rows.map(\.item.envelope.id)),
                \(rows.map(\.item.envelope.type)), \(rows.map(\.item.bodyHash)), \(rows.map(\.answer?.data)),
                \(rows.map(\.answer?.type)), \(rows.map { $0.item.route?.remembersForEver ?? false }))
            """
    }

    /// Messages that waited for one of these stories get their turn.
    private static func wake(_ stories: [String]) -> SQL {
        """
        UPDATE parked_message SET next_attempt_at = now()
        WHERE state = 'parked' AND waiting_for = ANY(\(stories)) AND next_attempt_at > now() RETURNING id
        """
    }
}
