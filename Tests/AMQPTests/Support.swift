import AMQP
import LocalStack
import ServiceTesting

/// An empty virtual host of the shared broker.
func freshBroker(heartbeat: Int = 10) async throws -> AMQPConfiguration {
    try AMQPConfiguration(
        url: await TestStack.freshVirtualHost(), connectionName: "test", heartbeatSeconds: heartbeat)
}

/// A name that no other test uses.
func unique(_ name: String) -> String {
    "\(name)-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
}

/// Declares a quorum queue and gives its name.
func quorumQueue(_ configuration: AMQPConfiguration, arguments: [String: AMQPValue] = [:]) async throws -> String {
    let name = unique("queue")
    let administrator = AMQPAdministrator(configuration)
    try await administrator.declare(Topology(queues: [.quorum(name, arguments: arguments)]))
    await administrator.close()
    return name
}

func depth(_ configuration: AMQPConfiguration, _ queue: String) async throws -> Int {
    let administrator = AMQPAdministrator(configuration)
    let count = try await administrator.depth(of: queue).messageCount
    await administrator.close()
    return count
}

/// To the default exchange, with its number as body and message id.
func message(_ queue: String, _ number: Int) -> OutgoingMessage {
    OutgoingMessage(
        exchange: "", routingKey: queue, properties: AMQPProperties(messageID: "\(number)"),
        body: Array("\(number)".utf8))
}

func number(_ delivery: Delivery) -> Int? {
    Int(String(decoding: delivery.body, as: UTF8.self))
}

/// Takes and acknowledges until `count` messages have come.
func take(_ count: Int, from consumer: AMQPConsumer) async throws -> [Delivery] {
    var taken: [Delivery] = []
    while taken.count < count {
        let batch = try await consumer.nextBatch(limit: 500)
        guard let last = batch.last else { break }
        taken += batch
        await consumer.acknowledge(through: last)
    }
    return taken
}
