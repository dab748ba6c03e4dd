import AMQP
import DomainContracts
import FlyingFox
import Foundation
import ServiceKit
import Testing

@testable import Console

/// Which part of the company somebody sees, route by route.
@Suite("Scopes of data")
struct ScopeTests {
    /// Roles that may see a part only.
    private static let narrow: Set<Role> = [.customer, .engineer, .dispatcher]

    /// What is said of every route that one of them may use. Whoever adds a route says it here too, and thinks of them.
    private static let table: [String: ScopeRule] = [
        "GET /v1/attachments/{sha256}": .company, "GET /v1/devices/{code}/label": .shown,
        "GET /v1/intake/request": .about, "GET /v1/intake/requests": .shown, "GET /v1/intake/work-order": .about,
        "POST /v1/intake/hold": .about,
        "POST /v1/intake/resume": .about, "POST /v1/intake/cancel": .about, "POST /v1/intake/reopen": .about,
        "GET /v1/intake/request-messages": .about, "GET /v1/intake/probable-duplicates": .shown,
        "GET /v1/intake/probable-request-duplicates": .shown,
        "POST /v1/intake/append-message": .about, "GET /v1/intake/sla-timeline": .about,
        "GET /v1/intake/entitlement-disputes": .shown, "POST /v1/intake/dispute-entitlement": .about,
        "GET /v1/intake/service-levels": .company, "GET /v1/intake/business-calendar": .company,
        "GET /v1/intake/search-registry": .shown, "GET /v1/intake/device": .shown,
        "GET /v1/intake/maintenance-plans": .shown,
        "GET /v1/intake/maintenance-plan": .shown, "GET /v1/dispatch/assignments": .about,
        "GET /v1/dispatch/decisions": .about, "GET /v1/dispatch/candidates": .about,
        "GET /v1/dispatch/work-board": .shown,
        "GET /v1/dispatch/engineer": .about, "GET /v1/dispatch/rules": .company,
        "POST /v1/dispatch/simulate-rules": .shown,
        "POST /v1/dispatch/set-shift": .about, "POST /v1/dispatch/set-leave": .about,
        "GET /v1/dispatch/customer-engineers": .about, "POST /v1/dispatch/set-customer-engineers": .about,
        "POST /v1/dispatch/offer-slots": .about, "POST /v1/dispatch/book-slot": .about,
        "POST /v1/dispatch/rebook-slot": .about, "POST /v1/dispatch/assign": .about,
        "POST /v1/dispatch/pin-visit": .about, "POST /v1/dispatch/set-helpers": .about,
        "POST /v1/dispatch/accept": .himself,
        "POST /v1/dispatch/decline": .himself, "GET /v1/field-service/visit": .about,
        "GET /v1/field-service/service-reports": .about,
        "POST /v1/field-service/depart": .himself, "POST /v1/field-service/check-in": .himself,
        "POST /v1/field-service/start-work": .himself, "POST /v1/field-service/pause": .himself,
        "POST /v1/field-service/resume": .himself, "POST /v1/field-service/record-finding": .himself,
        "POST /v1/field-service/request-parts": .himself, "POST /v1/field-service/use-part": .himself,
        "POST /v1/field-service/end-visit": .himself, "POST /v1/field-service/confirm-completion": .about,
        "GET /v1/inventory/stock": .company, "GET /v1/inventory/part-request": .about,
        "POST /v1/inventory/return-parts": .about, "GET /v1/billing/settlement": .about,
        "POST /v1/billing/collect-payment": .about, "GET /v1/console/customer-360": .about,
        "GET /v1/console/device-history": .shown, "GET /v1/console/interactions": .about,
    ]

    private func routes() throws -> [Route] {
        let nowhere = try AMQPConfiguration(url: "amqp://guest:guest@127.0.0.1:1/none", connectionName: "test")
        let links = LinkSigner(secret: DoorBench.secret)
        return ConsoleApp.routes(
            ServiceDesk(requester: AMQPRequester(nowhere)), links: links,
            attachments: AttachmentDesk(store: nil, links: links, mostBytes: 1), labels: LabelDesk(page: ""),
            signIn: SignInDesk(issuer: nil, throttle: SignInThrottle()))
    }

    private func roles(of route: Route) -> Set<Role> {
        if case .roles(let roles) = route.access { roles } else { [] }
    }

    @Test("every route that shows somebody a part says which; the others are open, or for who sees everything")
    func stated() throws {
        let routes = try routes()
        let narrow = routes.filter { !roles(of: $0).isDisjoint(with: Self.narrow) }
        let stated = Dictionary(uniqueKeysWithValues: narrow.map { ("\($0.method) \($0.path)", $0.scope) })
        #expect(stated.filter { Self.table[$0.key] != $0.value } == [:])
        #expect(Set(Self.table.keys).subtracting(stated.keys) == [])
        for route in routes { #expect((route.access == .everybody) == (route.scope == .open), "\(route.path)") }
    }

    @Test("what is out of somebody's reach is not found, by any route, and no service hears of it")
    func outOfReach() async throws {
        let (nobody, region) = (UUID(), BearerToken.Scope(regions: ["31"]))
        let routes = try routes().filter { [.about, .himself].contains($0.scope) }
        // The broker is away: a service that was asked would have answered 503 or 504.
        try await DoorBench().withDoor(scopes: ScopeBook { _, _ in [] }) { send in
            for route in routes {
                for role in roles(of: route).intersection(Self.narrow) {
                    let headers = try DoorBench().bearer(
                        [role.rawValue], subject: nobody.text, scope: role == .dispatcher ? region : .init())
                    let status = try await send(try Self.example(of: route, headers)).status
                    #expect(status == 404, "\(role) \(route.method) \(route.path)")
                }
            }
        }
    }

    /// The route's message with every id that it can have.
    private static func example(of route: Route, _ headers: [String: String]) throws -> HTTPRequest {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "DomainContractsTests/Golden/\(route.method == "GET" ? "queries" : "commands")")
        let name = "mendloop." + route.segments.dropFirst().joined(separator: ".") + ".v1.json"
        let event = try WireJSON.decoder().decode(
            CloudEvent<[String: DomainContracts.JSONValue]>.self,
            from: try Data(contentsOf: folder.appending(path: name)))
        guard route.method == "GET" else {
            let body = try WireJSON.encoder().encode(event.data)
            return DoorBench().request(.POST, route.path, data: body, headers: headers)
        }
        var request = DoorBench().request(.GET, route.path, headers: headers)
        request.query = event.data.compactMap { name, value in
            switch value {
            case .string(let text) where name != "cursor": .init(name: name, value: text)
            case .int(let number): .init(name: name, value: "\(number)")
            default: nil
            }
        }
        return request
    }

    @Test("an engineer acts as himself without anybody looking anything up, and as nobody else")
    func himself() async throws {
        let (own, other) = (UUID(), UUID())
        let away = ScopeBook { _, _ in throw ReadModels.away }
        typealias Depart = Scope<DepartForVisit, Acknowledgement>
        func depart(_ engineer: UUID, _ reach: Reach) async throws {
            try await away.admit(DepartForVisit(visitId: UUID(), engineerId: engineer), Depart.himself, reach)
        }
        try await depart(own, Reach(engineer: own))
        try await depart(other, .everything)
        await #expect(throws: DoorRefusal.self) { try await depart(other, Reach(engineer: own)) }
        await #expect(throws: DoorRefusal.self) { try await depart(other, Reach()) }
        // What has to be looked up is not shown blindly.
        typealias Order = Scope<HoldWorkOrder, Acknowledgement>
        let hold = HoldWorkOrder(workOrderId: other, reason: .customerWish, resumeOn: Date())
        await #expect(throws: Problem.self) { try await away.admit(hold, Order.about, Reach(engineer: own)) }
        try await away.admit(hold, Order.about, .everything)
    }

    @Test("of several roles the one that sees most counts, where the route is for it")
    func reaches() {
        let id = UUID()
        let both = Principal(subject: id.text, roles: [.engineer, .dispatcher], regions: ["11"])
        #expect(Reach(of: both, at: [.engineer, .dispatcher]) == Reach(regions: ["11"], engineer: id))
        #expect(Reach(of: both, at: [.engineer]) == Reach(engineer: id))
        #expect(Reach(of: Principal(subject: "a", roles: [.dispatcher]), at: [.dispatcher]) == .everything)
        #expect(
            Reach(of: Principal(subject: "a", roles: [.storekeeper, .engineer]), at: [.engineer]) == Reach())
        #expect(Reach(of: Principal(subject: "a", roles: [.admin, .engineer]), at: [.engineer]).isEverything)
        #expect(
            Reach(of: Principal(subject: "a", roles: [.customer], customer: id), at: [.customer, .agent])
                == Reach(customer: id))
    }

    @Test("a dispatcher sends nobody from outside his regions to an order within them")
    func sent() async throws {
        let (order, visit, engineer, stranger) = (UUID(), UUID(), UUID(), UUID())
        let book = ScopeBook { subjects, _ in
            subjects.intersection([.order(order), .visit(visit), .engineer(engineer)])
        }
        let reach = Reach(regions: ["11"])
        typealias Assign = Scope<AssignEngineer, Acknowledgement>
        typealias Helpers = Scope<SetHelpers, Acknowledgement>
        try await book.admit(AssignEngineer(workOrderId: order, engineerId: engineer), Assign.about, reach)
        await #expect(throws: DoorRefusal.self) {
            try await book.admit(AssignEngineer(workOrderId: order, engineerId: stranger), Assign.about, reach)
        }
        try await book.admit(SetHelpers(assignmentId: visit, helperIds: [engineer]), Helpers.about, reach)
        await #expect(throws: DoorRefusal.self) {
            try await book.admit(
                SetHelpers(assignmentId: visit, helperIds: [engineer, stranger]), Helpers.about, reach)
        }
    }

    @Test("the work board and a dry run show a dispatcher the engineers and orders of his regions alone")
    func boards() async throws {
        let (own, other) = (UUID(), UUID())
        let book = ScopeBook { subjects, _ in
            subjects.intersection([.order(own), .engineer(own), .orderNumber("WO-1")])
        }
        let reach = Reach(regions: ["11"])
        let window = TimeWindow(start: Date(timeIntervalSince1970: 0), end: Date(timeIntervalSince1970: 60))
        let visits = [own, other].map {
            WorkBoardVisit(
                assignmentId: UUID(), workOrderId: $0, workOrderNumber: "", status: .accepted, booked: window,
                travelMinutes: 0)
        }
        let board = WorkBoardAnswer(
            engineers: [
                WorkBoardRow(
                    engineerId: own, name: "", branch: "", team: "", visits: visits, shiftMinutes: 0,
                    bookedMinutes: 0, overdue: 0)
            ], isCutOff: false, openJobs: 0)
        let seen = try await book.show(board, Scope<WorkBoardQuery, WorkBoardAnswer>.board, reach)
        #expect(seen.engineers.flatMap(\.visits).map(\.workOrderId) == [own])
        let outcome = SimulatedOutcome(
            assigned: 2, impossible: 0, travelMinutes: 0, arrivalsDue: 0, arrivalsMet: 0, meanWaitMinutes: 0,
            mostVisits: 1, fewestVisits: 1)
        let simulated = RulesSimulated(
            workOrders: 2, isCutOff: false, elsewhere: 2, current: outcome, draft: outcome,
            engineers: [own, other].map {
                SimulatedEngineer(
                    engineerId: $0, name: "", currentVisits: 1, draftVisits: 1, currentMinutes: 1, draftMinutes: 1)
            }, examples: ["WO-1", "WO-2"].map { SimulatedMove(workOrderNumber: $0) })
        let shown = try await book.show(simulated, Scope<SimulateRules, RulesSimulated>.simulation, reach)
        #expect(shown.engineers.map(\.engineerId) == [own])
        #expect(shown.examples.map(\.workOrderNumber) == ["WO-1"])
    }

    @Test(
        "an engineer sees whom to call and where to go for an order of his, and his own row of the board; of others' nothing"
    )
    func hisDay() async throws {
        let (own, other, engineer) = (UUID(), UUID(), UUID())
        let book = ScopeBook { subjects, reach in
            reach.engineer == engineer ? subjects.intersection([.order(own), .engineer(engineer)]) : []
        }
        typealias Order = Scope<WorkOrderQuery, WorkOrderAnswer>
        let answer = WorkOrderAnswer(
            found: true, workOrderId: own,
            impasse: DispatchImpasse(
                round: 1, emptiedBy: "skill", nearestRelaxation: nil, candidates: 9, decidedAt: nil, retryAt: .now),
            probableDuplicates: [
                ProbableDuplicate(workOrderId: other, workOrderNumber: "WO-2", confidence: 90, signs: [])
            ], contact: ReportedContact(name: "王敏", phone: "+8613800138000"),
            siteContact: ReportedContact(name: "门卫", phone: "+861066550000", extension: "8"),
            site: ReportedSite(address: "北京市朝阳区 1", regionCode: "110105", accessNotes: "先联系门卫"))
        let reach = Reach(engineer: engineer)
        try await book.admit(WorkOrderQuery(workOrderId: own), Order.anOrder, reach)
        let shown = try await book.show(answer, Order.anOrder, reach)
        #expect(shown.contact == answer.contact && shown.siteContact == answer.siteContact)
        #expect(shown.site == answer.site && shown.probableDuplicates == [] && shown.impasse == nil)
        let dispatcher = Reach(regions: ["1101"])
        #expect(try await book.show(answer, Order.anOrder, dispatcher).impasse == answer.impasse)
        for (order, reach) in [(other, reach), (own, Reach(engineer: UUID()))] {
            await #expect(throws: DoorRefusal.self) {
                try await book.admit(WorkOrderQuery(workOrderId: order), Order.anOrder, reach)
            }
        }
        let board = WorkBoardAnswer(
            engineers: [engineer, other].map {
                WorkBoardRow(
                    engineerId: $0, name: "", branch: "", team: "", shiftMinutes: 0, bookedMinutes: 0, overdue: 0)
            }, isCutOff: false, openJobs: 0)
        let seen = try await book.show(board, Scope<WorkBoardQuery, WorkBoardAnswer>.board, reach)
        #expect(seen.engineers.map(\.engineerId) == [engineer])
        let allowed = try routes().first { $0.path == "/v1/dispatch/work-board" }.map { self.roles(of: $0) }
        #expect(allowed?.contains(.engineer) == true)
    }

    @Test("the services know an engineer by his provider's claim, and a customer too")
    func authid() {
        let id = UUID()
        func principal(_ roles: Set<Role>) -> Principal {
            Principal(subject: "auth0|7", roles: roles, engineer: id, customer: id)
        }
        #expect(principal([.engineer]).authid == id.text && principal([.customer]).authid == id.text)
        #expect(principal([.engineer, .dispatcher]).authid == "auth0|7")
        #expect(Principal(subject: id.text, roles: [.engineer]).authid == id.text)
    }

    @Test("lists leave out what is not his, and an engineer is shown no money")
    func lists() async throws {
        let (own, other, device) = (UUID(), UUID(), UUID())
        let book = ScopeBook { subjects, _ in subjects.intersection([.order(own), .engineer(own), .device(device)]) }
        let reach = Reach(engineer: own)
        let hits = SearchRegistryAnswer(hits: [
            RegistryHit(kind: .workOrder, id: own, title: "WO-1", match: .exact),
            RegistryHit(kind: .workOrder, id: other, title: "WO-2", match: .exact),
            RegistryHit(kind: .productModel, id: other, title: "KFR", match: .exact),
            RegistryHit(kind: .contact, id: other, title: "王敏", match: .exact),
        ])
        #expect(
            try await book.show(hits, Scope<SearchRegistry, SearchRegistryAnswer>.hits, reach).hits.map(\.title) == [
                "WO-1", "KFR",
            ])
        let board = WorkBoardAnswer(
            engineers: [own, other].map {
                WorkBoardRow(
                    engineerId: $0, name: "", branch: "", team: "", shiftMinutes: 0, bookedMinutes: 0, overdue: 0)
            }, isCutOff: false, openJobs: 0)
        let seen = try await book.show(board, Scope<WorkBoardQuery, WorkBoardAnswer>.board, Reach(regions: ["11"]))
        #expect(seen.engineers.map(\.engineerId) == [own])
        func line(_ service: String) -> StoryLine {
            StoryLine(
                messageId: service, service: service, kind: "x", at: Date(timeIntervalSince1970: 0),
                money: Money(100, "CNY"))
        }
        let history = DeviceHistory(
            found: true, device: DeviceChanged(deviceId: device, customerId: other),
            lines: [line("billing"), line("field-service")])
        typealias Device = Scope<DeviceHistoryQuery, DeviceHistory>
        let shown = try await book.show(history, Device.aDevice, reach)
        #expect(shown.lines.map(\.service) == ["field-service"] && shown.lines.allSatisfy { $0.money == nil })
        #expect(try await book.show(history, Device.aDevice, .everything) == history)
        var strange = history
        strange.device?.deviceId = other
        await #expect(throws: DoorRefusal.self) { try await book.show(strange, Device.aDevice, reach) }
    }
}
