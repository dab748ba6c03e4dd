import DomainContracts
import Foundation

extension Route {
    /// `POST /v1/reports`: a repair report. From anybody it is one of the channel `web`; one of our own people names the channel
    /// on which the customer spoke to him.
    static func report(_ desk: ServiceDesk) -> Route {
        Route(
            method: "POST", path: "/v1/reports", access: .everybody, scope: .open, input: .body,
            takes: "\(ReportRepair.self)",
            gives: "\(ReportAccepted.self)", filledIn: ["channel"], isCommand: true,
            audited: auditName(ReportRepair.self)
        ) { call in
            let agent = call.principal.flatMap { $0.may([.agent]) ? $0 : nil }
            var members =
                try agent == nil ? call.customersBody(channelUserAt: ["customer", "channelUserId"]) : call.body()
            if agent == nil || members["channel"] == nil { members["channel"] = .string(ServiceDesk.channel) }
            let report = try call.message(ReportRepair.self, members)
            guard report.channel.wholeMatch(of: /[a-z][a-z0-9_-]{0,39}/) != nil else {
                throw Problem(
                    code: "invalid-message", title: "The message is not valid",
                    errors: [FieldProblem("/channel", "invalid", "is no channel's name")])
            }
            let sender = ServiceDesk.Sender(
                id: try call.keyAmongMany(), source: "/adapters/\(report.channel)",
                authtype: agent == nil ? "customer" : "user", authid: agent?.subject)
            // Under a channel's key adapters speak: without one it is seen that one of us vouches for the customer.
            let carried = try await desk.order(report, by: sender, channel: agent == nil ? report.channel : nil)
            return try await Answer.json(carried.reply).seen(carried.told, of: .intake, call, desk)
        }
    }
}
