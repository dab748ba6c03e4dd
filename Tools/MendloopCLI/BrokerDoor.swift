import AMQP
import DomainContracts
import Foundation
import ServiceKit

/// The tool's way to the services: queries and commands over AMQP, as anybody with the contract could send them.
struct BrokerDoor: Sendable {
    let configuration: AMQPConfiguration
    /// The services there are on this broker: console need not be.
    let services: [ServiceName]
    private let requester: AMQPRequester

    /// Opens the door, or says at once why it stays shut: nobody there, or a broker without Mendloop's exchanges.
    static func open(_ url: String) async throws -> BrokerDoor {
        let configuration = try AMQPConfiguration(url: url, connectionName: "mendloop command line")
        let administrator = AMQPAdministrator(configuration)
        let isMigrated: Bool
        let hasConsole: Bool
        do {
            isMigrated = try await administrator.exists(exchange: MendloopTopology.queries)
            hasConsole = try await administrator.exists(queue: "\(ServiceName.console.rawValue).commands")
        } catch {
            await administrator.close()
            throw BrokerFault.unreachable("\(error)")
        }
        await administrator.close()
        guard isMigrated else { throw BrokerFault.notMigrated(virtualHost: configuration.virtualHost) }
        return BrokerDoor(configuration, services: ServiceName.allCases + (hasConsole ? [.console] : []))
    }

    private init(_ configuration: AMQPConfiguration, services: [ServiceName]) {
        self.configuration = configuration
        self.services = services
        requester = AMQPRequester(configuration)
    }

    func close() async { await requester.close() }

    /// What every service answers alike: `dead`, `story`.
    func ask<Question: Codable & Sendable, Answer: Codable & Sendable>(
        _ service: ServiceName, _ name: String, _ question: Question
    ) async throws -> Answer {
        let message = try Self.message(
            Self.envelope(Operations.type(service, name)), question, exchange: MendloopTopology.queries,
            key: "\(service.rawValue).\(name)")
        return try await answer(to: message, from: service, accepted: Operations.type(service, name + "-answer"))
    }

    /// A query of one service's own.
    func ask<Q: Query>(_ query: Q, patience: Duration? = nil) async throws -> Q.Reply {
        let message = try Self.message(
            Self.envelope(Q.wireType), query, exchange: MendloopTopology.queries, key: Q.routingKey)
        return try await answer(to: message, from: Q.service, accepted: Q.answerType, patience: patience)
    }

    /// A command that needs no channel.
    func order<C: Command>(_ command: C, patience: Duration? = nil) async throws -> C.Reply {
        let message = try Self.message(
            Self.envelope(C.wireType), command, exchange: MendloopTopology.commands, key: C.routingKey())
        return try await answer(to: message, from: C.service, accepted: C.acceptedType, patience: patience)
    }

    /// The command to erase a customer whom a restore has brought back.
    static func erasing(_ customer: UUID) throws -> OutgoingMessage {
        var message = try message(
            envelope(EraseCustomer.wireType),
            EraseCustomer(customerId: customer, reason: "erased before, and brought back by a restore"),
            exchange: MendloopTopology.commands, key: EraseCustomer.routingKey())
        message.mandatory = true
        return message
    }

    /// Settles dead letters.
    func settle(_ command: SettleDeadLetters, at service: ServiceName) async throws -> DeadLettersSettled {
        let name = Operations.settleDeadLetters
        let message = try Self.message(
            Self.envelope(Operations.type(service, name)), command, exchange: MendloopTopology.commands,
            key: "\(service.rawValue).\(name)")
        return try await answer(to: message, from: service, accepted: Operations.type(service, name + "-accepted"))
    }

    /// Sends a message as it is and waits for whatever is answered.
    func send(_ message: OutgoingMessage, to service: ServiceName, patience: Duration? = nil) async throws -> Delivery {
        // A query that nobody took within five seconds is dropped by the broker; a command waits in its queue.
        let patience = patience ?? (message.exchange == MendloopTopology.queries ? .seconds(6) : .seconds(20))
        do {
            return try await requester.request(message, timeout: patience)
        } catch .unroutable, .timeout {
            throw BrokerFault.noAnswer(service: service.rawValue, key: message.routingKey)
        } catch {
            throw BrokerFault.unreachable("\(error)")
        }
    }

    private func answer<Answer: Codable & Sendable>(
        to message: OutgoingMessage, from service: ServiceName, accepted: String, patience: Duration? = nil
    ) async throws -> Answer {
        let delivery = try await send(message, to: service, patience: patience)
        let body = Data(delivery.body)
        guard delivery.properties.type == accepted else {
            throw BrokerFault.refused(try WireJSON.decoder().decode(CloudEvent<Problem>.self, from: body).data)
        }
        return try WireJSON.decoder().decode(CloudEvent<Answer>.self, from: body).data
    }

    private static func envelope(_ type: String) -> Envelope {
        Envelope(
            id: UUID.v7().text, source: "/mendloop/cli", type: type, time: Date(), authtype: "user",
            authid: Person.name)
    }

    static func message<D: Codable & Sendable>(
        _ envelope: Envelope, _ data: D, exchange: String, key: String
    ) throws -> OutgoingMessage {
        OutgoingMessage(
            exchange: exchange, routingKey: key,
            properties: AMQPProperties(
                contentType: "application/cloudevents+json", messageID: envelope.id, timestamp: Date(),
                type: envelope.type, appID: "mendloop-cli"),
            body: Array(try WireJSON.encoder().encode(CloudEvent(envelope, data))))
    }
}

/// Why a verb got no answer, and what to do about it.
enum BrokerFault: Error, CustomStringConvertible {
    case unreachable(String)
    case notMigrated(virtualHost: String)
    case noAnswer(service: String, key: String)
    case refused(Problem)

    var description: String {
        switch self {
        case .unreachable(let reason):
            "RabbitMQ cannot be reached: \(reason). Start the stack with ./mendloop up, or look with ./mendloop status"
        case .notMigrated(let virtualHost):
            "virtual host “\(virtualHost)” has none of Mendloop's exchanges: run ./mendloop migrate"
        case .noAnswer(let service, let key):
            "\(service) did not answer \(key): ./mendloop status says whether it runs"
        case .refused(let problem):
            ([problem.title + (problem.detail.map { ": \($0)" } ?? "")]
                + problem.errors.map { "  \($0.pointer): \($0.detail)" }).joined(separator: "\n")
        }
    }
}

/// Who sits at the terminal, for the records.
enum Person {
    static var name: String {
        let environment = ProcessInfo.processInfo.environment
        return environment["SUDO_USER"] ?? environment["USER"] ?? environment["LOGNAME"] ?? "operator"
    }
}
