import DomainContracts
import Foundation
import ServiceKit

/// A request as its customer sees it, by the link he was given.
public struct FollowedRequest: Codable, Sendable, Equatable {
    public var requestNumber: String
    public var status: RequestStatus
    /// What an agent has still to ask for.
    public var missing: [String]
    /// What he was told, of a request that was settled without a work order.
    public var answer: String?
    public var workOrderNumber: String?
    /// The order with which it goes on, where both report one fault, or it had no order of its own: what follows is that one's.
    public var mergedIntoNumber: String?
    /// The order that makes good what the first did not: what follows is that one's.
    public var reworkNumber: String?
    public var workOrderStatus: WorkOrderStatus?
    public var outcome: Outcome?
    /// When somebody comes, as it was agreed.
    public var window: TimeWindow?
    /// When within the window he is expected.
    public var expected: TimeWindow?
}

extension FollowedRequest {
    /// - Parameter order: with which it goes on.
    mutating func take(_ order: WorkOrderAnswer, requestId: UUID) {
        if order.requestId != requestId {
            mergedIntoNumber = order.workOrderNumber
        } else if order.workOrderNumber != workOrderNumber {
            reworkNumber = order.workOrderNumber
        }
        (workOrderStatus, outcome) = (order.status, order.outcome)
    }
}

extension Route {
    /// `GET /v1/follow/{token}`: how a request stands, for whoever holds its link.
    static func follow(_ desk: ServiceDesk, _ links: LinkSigner) -> Route {
        Route(
            method: "GET", path: "/v1/follow/{token}", access: .everybody, scope: .open, input: .path, takes: "",
            gives: "FollowedRequest", isCommand: false
        ) { call in
            guard let token = call.parameters["token"],
                let link = try? links.verify(token, for: "service-request", at: Date()),
                let id = link.subject.split(separator: "/").last.flatMap({ UUID(uuidString: String($0)) })
            else { throw DoorRefusal.notFound }
            guard let followed = try await followed(id, desk) else { throw DoorRefusal.notFound }
            return try .json(followed)
        }
    }

    /// `GET /v1/service-report/{token}`: the report that a customer is asked to confirm, for whoever holds the link for that.
    static func serviceReport(_ desk: ServiceDesk, _ links: LinkSigner) -> Route {
        Route(
            method: "GET", path: "/v1/service-report/{token}", access: .everybody, scope: .open, input: .path,
            takes: "", gives: "ServiceReportView", isCommand: false
        ) { call in
            guard let token = call.parameters["token"],
                let link = try? links.verify(token, for: .init(rawValue: ConfirmCompletion.wireName), at: Date()),
                let id = UUID(uuidString: link.subject),
                let report = try await desk.ask(ServiceReportsQuery(workOrderId: id)).reports.first
            else { throw DoorRefusal.notFound }
            return try .json(report)
        }
    }

    private static func followed(_ requestId: UUID, _ desk: ServiceDesk) async throws -> FollowedRequest? {
        let request = try await desk.ask(RequestQuery(requestId: requestId))
        guard request.found, let number = request.requestNumber, let status = request.status else { return nil }
        var followed = FollowedRequest(
            requestNumber: number, status: status, missing: request.missing, answer: request.answer,
            workOrderNumber: request.workOrderNumber)
        guard let own = request.workOrderId ?? request.mergedInto else { return followed }
        let order = try await orderInForce(own) { try await desk.ask(WorkOrderQuery(workOrderId: $0)) }
        followed.take(order, requestId: requestId)
        let assignments = try await desk.ask(AssignmentsQuery(workOrderId: order.workOrderId ?? own)).assignments
        if let coming = assignments.last(where: { $0.status == .accepted }) {
            (followed.window, followed.expected) = (coming.window, coming.planned)
        }
        return followed
    }

    /// The order itself, or the one as which it goes on in the end.
    static func orderInForce(
        _ own: UUID, _ ask: (UUID) async throws -> WorkOrderAnswer
    ) async throws -> WorkOrderAnswer {
        var order = try await ask(own)
        var seen: Set<UUID> = [own]
        while let next = order.goesOnAs, seen.insert(next).inserted { order = try await ask(next) }
        return order
    }
}
