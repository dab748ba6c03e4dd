import AMQP
import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Console

@Suite("OpenAPI document")
struct OpenAPITests {
    private let routes: [Route]

    private static let links = LinkSigner(secret: String(repeating: "s", count: 32))

    init() throws {
        let nowhere = try AMQPConfiguration(url: "amqp://guest:guest@127.0.0.1:1/none", connectionName: "test")
        routes = ConsoleApp.routes(
            ServiceDesk(requester: AMQPRequester(nowhere)), links: Self.links,
            attachments: AttachmentDesk(store: nil, links: Self.links, mostBytes: 1), labels: LabelDesk(page: ""),
            signIn: SignInDesk(issuer: nil, throttle: SignInThrottle()))
    }

    @Test("docs/openapi.yaml says what the routes say, with the golden examples")
    func upToDate() throws {
        var schemas = Schemas(source: try ContractSource(below: Repository.contracts, Repository.doorRoutes))
        schemas.allowsNull = true
        let made = try OpenAPIDocument(schemas: schemas, routes: routes).rendered()
        if ProcessInfo.processInfo.environment["MENDLOOP_WRITE_OPENAPI"] == "1" {
            try Data(made.utf8).write(to: Repository.openAPI)
        }
        let stored = try String(contentsOf: Repository.openAPI, encoding: .utf8).split(separator: "\n")
        let difference = zip(stored, made.split(separator: "\n")).first { $0 != $1 }
        #expect(
            stored.count == made.split(separator: "\n").count && difference == nil,
            "write it anew with MENDLOOP_WRITE_OPENAPI=1; first difference: \(difference.map { "\($0)" } ?? "length")")
    }

    @Test("every command and query of the catalogue can be said at the door, or is said not to be")
    func complete() {
        let taken = Set(routes.map(\.takes))
        let commands = MessageCatalogue.commands.filter { !ConsoleApp.notByHTTP.contains(wireType(of: $0)) }
        #expect(commands.map { "\($0)" }.filter { !taken.contains($0) } == [])
        #expect(MessageCatalogue.queries.map { "\($0)" }.filter { !taken.contains($0) } == [])
    }

    @Test("no two routes are one, and nothing but the customers' is open to everybody")
    func access() {
        #expect(Set(routes.map { "\($0.method) \($0.path)" }).count == routes.count)
        let open = routes.filter { $0.access == .everybody }.map(\.path)
        let own = [
            "/v1/reports", "/v1/follow/{token}", "/v1/service-report/{token}", "/v1/attachments", "/v1/files/{link}",
            "/v1/devices/{code}/report",
            "/v1/intake/questionnaire", "/v1/sign-in", "/v1/sign-in/password", "/v1/sign-in/refresh", "/v1/sign-out",
        ]
        #expect(open.allSatisfy { $0.hasPrefix("/v1/customer/") || own.contains($0) })
    }

    private func wireType<C: Command>(of type: C.Type) -> String { type.wireType }
}
