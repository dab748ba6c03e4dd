import AMQP
import ArgumentParser
import DomainContracts
import Foundation
import ServiceKit

struct Listen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print live events, one a line, until interrupted.",
        discussion: """
            Keys are routing keys of events, in which * stands for one word and # for any number: intake.#, \
            *.work-order-closed.*, billing.ledger-entry-posted.v1. A name without dots, as visit-ended, means that event \
            in any version.
            """)

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Argument(help: "Which events; all of them when none is named.")
    var keys: [String] = []

    @Option(name: .long, help: "Only events of this work order: WO-…, SR-… or its id.")
    var workOrder: WorkOrderReference?

    @Option(name: .long, help: "End after so many.")
    var count: Int?

    func validate() throws {
        if let count, count < 1 { throw ValidationError("--count is a number from 1") }
    }

    func run() async throws {
        let door = try await stack.broker()
        let story = try await workOrder?.resolve(door).text
        var configuration = door.configuration
        await door.close()
        configuration.connectionName = "mendloop listen"
        let queue = "listen.\(UUID.v7().text)"
        let consumer = AMQPConsumer(
            configuration, exclusiveReplyQueue: queue,
            bindings: Self.patterns(keys).map { .init(queue: queue, exchange: MendloopTopology.events, key: $0) },
            prefetch: 200)
        Terminal.note("listening to \(Self.patterns(keys).joined(separator: " ")); Ctrl-C ends")
        var heard = 0
        listening: while true {
            for delivery in try await consumer.nextBatch(limit: 200) {
                await consumer.acknowledge(delivery)
                let event = LiveEvent(delivery)
                if let story, event.story != story { continue }
                Terminal.line(output.isJSON ? try Output.jsonLine(event) : event.text)
                heard += 1
                if heard == count { break listening }
            }
        }
        await consumer.close()
    }

    /// The binding keys for what was asked.
    static func patterns(_ keys: [String]) -> [String] {
        if keys.isEmpty { return ["#"] }
        return keys.map { $0.contains(".") || $0 == "#" ? $0 : "*.\($0).#" }
    }
}

/// An event as it came by.
struct LiveEvent: Encodable {
    let receivedAt: Date
    let key: String
    let event: JSONValue

    init(_ delivery: Delivery, at time: Date = Date()) {
        receivedAt = time
        key = delivery.routingKey
        event =
            (try? WireJSON.decoder().decode(JSONValue.self, from: Data(delivery.body)))
            ?? .string("\(delivery.body.count) bytes that are no JSON")
    }

    /// The id of the work order it is about.
    var story: String? { event["partitionkey"]?.text }

    /// Time, key, subject, and the beginning of the data, plain members first.
    var text: String {
        let time = event["time"]?.text.flatMap(RFC3339.parse) ?? receivedAt
        let subject = event["subject"]?.text ?? "-"
        return "\(Moment.exactTime(time))  \(key)  \(subject)  \(data.shortened(to: 110))"
    }

    private var data: String {
        guard case .object(let members) = event["data"] else { return "" }
        let plain = members.filter { !$0.value.isNested && $0.value != .null }.sorted { $0.key < $1.key }
        let nested = members.filter(\.value.isNested).sorted { $0.key < $1.key }
        return (plain.map { "\($0.key)=\($0.value.short)" } + nested.map { "\($0.key)=\($0.value.short)" })
            .joined(separator: " ")
    }
}

extension JSONValue {
    subscript(name: String) -> JSONValue? { if case .object(let members) = self { members[name] } else { nil } }

    var text: String? { if case .string(let text) = self { text } else { nil } }

    fileprivate var isNested: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }

    fileprivate var short: String {
        switch self {
        case .string(let text): text
        case .object(let members):
            // Money is the one object that is short enough to be said.
            if case .int(let amount) = members["amount"], let currency = members["currency"]?.text {
                "\(amount)\(currency)"
            } else {
                "{…}"
            }
        case .array(let items): "[\(items.count)]"
        default: (try? Output.jsonLine(self)) ?? ""
        }
    }
}
