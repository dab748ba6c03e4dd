import AMQP
import DomainContracts
import Foundation
import ServiceKit

/// Makes the commands of adapters, engineers, customers and finance into messages.
struct Speech {
    /// Where answers go.
    let replyQueue: String
    private let encoder = WireJSON.encoder()

    enum Speaker {
        case adapter
        case customer
        case engineer(UUID)
        case user(String)
    }

    static let channel = "web"

    /// `asking` is what the answer will carry as its correlation id; nil asks for no answer.
    func message<C: Command>(
        _ command: C, by speaker: Speaker, channel: String? = nil, story: UUID?, asking: String?
    ) throws -> OutgoingMessage {
        let id = UUID.v7().text
        let (source, type, name) = Self.origin(of: speaker)
        let envelope = Envelope(
            id: id, source: source, type: C.wireType, time: Date(), partitionkey: story?.text,
            authtype: type, authid: name)
        return OutgoingMessage(
            exchange: MendloopTopology.commands, routingKey: C.routingKey(channel: channel),
            properties: AMQPProperties(
                contentType: "application/cloudevents+json", correlationID: asking,
                replyTo: asking == nil ? nil : replyQueue, messageID: id, type: C.wireType, appID: "bench"),
            body: Array(try encoder.encode(CloudEvent(envelope, command))))
    }

    private static func origin(of speaker: Speaker) -> (source: String, type: String, name: String) {
        switch speaker {
        case .adapter: ("/adapters/\(channel)", "adapter", channel)
        case .customer: ("/adapters/\(channel)", "customer", "customer")
        case .engineer(let id): ("/engineer-app", "engineer", id.text)
        case .user(let name): ("/console", "user", name)
        }
    }

    /// A report of a customer of his own about a device of his own. `tag` tells this run's reports from others'.
    static func report(_ life: Life, tag: String) -> ReportRepair {
        let serial = "\(tag)-\(life.number)"
        let digits = String(life.number + 100_000_000)
        return ReportRepair(
            channel: channel, externalId: serial,
            customer: ReportedCustomer(name: "Customer \(life.number)", phone: "13\(digits)", kind: .person),
            device: ReportedDevice(
                serialNumber: serial, model: "W-100", category: BenchTown.category, brand: "Waschbär",
                purchasedOn: life.pays ? "2010-01-01" : String(RFC3339.format(Date()).prefix(10)), state: .down),
            serviceType: .repair, serviceMode: .onSite, urgency: .normal, problem: "\(tag) \(life.number)",
            site: ReportedSite(
                address: "\(life.number % 400) Example Street", regionCode: "110105",
                location: Coordinates(latitude: 39.9, longitude: 116.4, crs: .gcj02)),
            language: "en")
    }
}
