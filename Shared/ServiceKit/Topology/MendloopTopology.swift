import AMQP
import DomainContracts

/// Everything that Mendloop has on a broker: the wire contract's exchanges and queues in one manifest. `migrate` applies
/// the whole of it before any service publishes, since an event published before its reader's queue exists is lost
/// without a word. Safety stands in queue arguments, which cannot be changed later; what is to be tuned (lengths, ages)
/// is a matter of the broker's policies.
public enum MendloopTopology {
    /// Topic exchange of commands. It has no alternate exchange: an unroutable mandatory publish comes back.
    public static let commands = "mendloop.commands"
    /// Topic exchange of queries.
    public static let queries = "mendloop.queries"
    /// Topic exchange of events.
    public static let events = "mendloop.events"
    /// Direct exchange of what exceeded the delivery limit, by service.
    public static let dead = "mendloop.dead"
    /// The stream of all of billing's events, for whoever keeps books of his own.
    public static let billingLog = "mendloop.billing.log"
    /// How often a message is delivered before the broker takes it for dead.
    public static let deliveryLimit = 20

    /// The exchanges, the stream, and the shares of `services`.
    public static func manifest(services: [ServiceTopology]) -> Topology {
        var manifest = Topology(
            exchanges: [
                .init(commands, kind: .topic), .init(queries, kind: .topic), .init(events, kind: .topic),
                .init(dead, kind: .direct),
            ],
            queues: [.init(billingLog, arguments: ["x-queue-type": "stream"])],
            bindings: [.init(queue: billingLog, exchange: events, key: "\(ServiceName.billing.rawValue).#")])
        for service in services {
            manifest.merge(service.durable)
            manifest.merge(service.transient)
        }
        return manifest
    }

    /// The whole: the manifest of all six services with the table of event bindings.
    ///
    /// - Parameter door: with console's share. Where console does not run, nobody would empty its queues.
    /// - Throws: ``TopologyError`` when the table is wrong.
    public static func manifest(withDoor door: Bool = false) throws(TopologyError) -> Topology {
        var services: [ServiceTopology] = []
        for service in ServiceName.allCases + (door ? [.console] : []) {
            services.append(try ServiceTopology(of: service))
        }
        return manifest(services: services)
    }

    /// Makes the broker have all of `manifest`, and takes the retired bindings away. Applying it twice changes nothing. Where
    /// a broker has just started it waits for its queues to come up, half a minute at most.
    ///
    /// - Throws: ``TopologyError/mismatch(entity:argument:broker:)`` when an exchange or queue exists with other properties;
    ///   `AMQPError` for everything else.
    public static func apply(_ manifest: Topology, with administrator: AMQPAdministrator) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            do {
                return try await administrator.declare(manifest)
            } catch {
                if case .mismatch(let entity, let text) = error {
                    throw TopologyError.mismatch(entity: entity, argument: argument(namedIn: text), broker: text)
                }
                guard error.isQueueDown || error.isHangUp, ContinuousClock.now < deadline else { throw error }
                try await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    /// The argument that RabbitMQ's `inequivalent arg 'x-delivery-limit' for queue …` speaks of.
    private static func argument(namedIn text: String) -> String? {
        let parts = text.split(separator: "'", omittingEmptySubsequences: false)
        guard parts.count > 2, parts[0].hasSuffix("inequivalent arg ") else { return nil }
        return String(parts[1])
    }
}
