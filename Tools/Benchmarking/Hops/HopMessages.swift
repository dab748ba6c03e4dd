import AMQP
import DomainContracts
import Foundation
import ServiceKit

/// The work of one hop: asks a service to change one of its things, and to tell so.
struct RecordWork: Command {
    static let service = ServiceName.intake
    static let wireName = "bench-record-work"

    var subjectId: UUID
    var amount: Int
    var note: String
    var occurredAt: Date
}

/// What the hop tells.
struct WorkRecorded: Event {
    static let service = ServiceName.intake
    static let wireName = "bench-work-recorded"

    var subjectId: UUID
    var amount: Int
    var total: Int
    var note: String
    var recordedAt: Date
}

/// Bodies that all programs get alike: CloudEvents of about 1 KiB, about one of ten thousand things each. The thing's id
/// stands in the correlation id too, for the C program, which reads no JSON.
enum HopMessages {
    static let things = 10_000

    static func thing(_ number: Int) -> UUID {
        UUID(uuidString: "00000000-0000-7000-8000-" + padded(String(number, radix: 16), to: 12)) ?? UUID()
    }

    static func make(_ count: Int) throws -> [OutgoingMessage] {
        let encoder = WireJSON.encoder()
        let note = String(repeating: "the drum turns no more and it hums; ", count: 16).prefix(560)
        return try (0..<count).map { number in
            let thing = thing(Int.random(in: 0..<things))
            let id = UUID.v7().uuidString.lowercased()
            let envelope = Envelope(
                id: id, source: "/bench", type: RecordWork.wireType, time: Date(), partitionkey: id,
                authtype: "user", authid: "bench")
            let command = RecordWork(
                subjectId: thing, amount: number % 9 + 1, note: String(note), occurredAt: Date())
            return OutgoingMessage(
                exchange: "", routingKey: "", mandatory: false,
                properties: AMQPProperties(
                    contentType: "application/cloudevents+json", correlationID: thing.uuidString.lowercased(),
                    messageID: id, type: RecordWork.wireType, appID: "bench"),
                body: Array(try encoder.encode(CloudEvent(envelope, command))))
        }
    }

    private static func padded(_ text: String, to length: Int) -> String {
        String(repeating: "0", count: max(0, length - text.count)) + text
    }
}
