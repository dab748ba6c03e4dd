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

/// What the hops of a row tell each other; number 0 comes from outside.
struct WorkPassed<let hop: Int>: Event {
    static var service: ServiceName { ServiceName.allCases[max(0, hop - 1)] }
    static var wireName: String { "bench-work-passed-\(hop)" }

    var subjectId: UUID
    var amount: Int
    var note: String
    /// By this name FastStream's model knows it.
    var occurredAt: Date
}

/// Bodies that all programs get alike: CloudEvents of about 1 KiB, about one of ten thousand things each. The thing's id
/// stands in the correlation id too, for the C program, which reads no JSON.
enum HopMessages {
    static let things = 10_000

    static func thing(_ number: Int) -> UUID {
        UUID(uuidString: "00000000-0000-7000-8000-" + padded(String(number, radix: 16), to: 12)) ?? UUID()
    }

    private static let note = String(
        String(repeating: "the drum turns no more and it hums; ", count: 16).prefix(560))

    /// Commands about things chosen at random.
    static func make(_ count: Int) throws -> [OutgoingMessage] {
        try (0..<count).map { number in
            let thing = thing(Int.random(in: 0..<things))
            return try message(
                RecordWork(subjectId: thing, amount: number % 9 + 1, note: note, occurredAt: Date()), about: thing)
        }
    }

    /// An event for the first hop of a row, about one thing.
    static func passed(about thing: UUID) throws -> OutgoingMessage {
        try message(
            WorkPassed<0>(subjectId: thing, amount: 1, note: note, occurredAt: Date()), about: thing)
    }

    private static func message<M: Message>(_ data: M, about thing: UUID) throws -> OutgoingMessage {
        let id = UUID.v7().text
        let envelope = Envelope(
            id: id, source: "/bench", type: M.wireType, time: Date(), partitionkey: id, authtype: "user",
            authid: "bench")
        return OutgoingMessage(
            exchange: "", routingKey: "", mandatory: false,
            properties: AMQPProperties(
                contentType: "application/cloudevents+json", correlationID: thing.text,
                messageID: id, type: M.wireType, appID: "bench"),
            body: Array(try WireJSON.encoder().encode(CloudEvent(envelope, data))))
    }

    private static func padded(_ text: String, to length: Int) -> String {
        String(repeating: "0", count: max(0, length - text.count)) + text
    }
}
