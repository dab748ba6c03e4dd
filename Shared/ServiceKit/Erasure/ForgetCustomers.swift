import DomainContracts
import Foundation
import Postgres

/// Forgets whom intake has forgotten: first in what the service keeps, then in what it has told and what waits. In steps, so that
/// somebody with thousands of work orders is no transaction of minutes; each may be done again.
public struct ForgetCustomers: Worker {
    public let name = "forget-customers"
    public let watched: Set<String> = [Erasure.table]
    private let keepsCommands: Bool
    private let forget: @Sendable (ForgottenPart, inout WorkSession) async throws -> Void

    /// - Parameters:
    ///   - keepsCommands: whether commands that wait, or are dead, are carried out all the same: money and stock.
    ///   - forget: has the service's own tables forget a portion.
    public init(
        keepsCommands: Bool = false,
        _ forget: @escaping @Sendable (ForgottenPart, inout WorkSession) async throws -> Void = { _, _ in }
    ) {
        self.keepsCommands = keepsCommands
        self.forget = forget
    }

    public func step(_ session: inout WorkSession) async throws -> Bool {
        let rows = try await session.connection.query(
            "SELECT id, state FROM heard_erasure WHERE NOT is_done ORDER BY id LIMIT 1")
        guard let row = rows.first else { return false }
        let id: UUID = try row.get("id")
        var erasure = try row.get("state", as: JSONB.self).decode(Erasure.self, decoder: WireJSON.decoder())
        let connection = session.connection
        switch erasure.stage {
        case .states:
            let part = erasure.next
            try await forget(part, &session)
            try await KeptMessages.forgetWhoActed(inStories: part.workOrderIds, on: connection)
            erasure.passStates()
        case .messages:
            let reached = try await KeptMessages.forget(
                erasure.marks, keepsCommands: keepsCommands, after: erasure.messagePosition ?? 0, on: connection)
            if let reached {
                erasure.passMessages(to: reached)
            } else {
                erasure.passMessages(logEnd: try await LogEraser.end(on: connection))
            }
        case .log:
            // What is on its way out lies in no log yet.
            guard try await LogEraser.isTold(upTo: erasure.logEnd, on: connection) else { return false }
            erasure.passLog(
                to: try await LogEraser.erase(
                    erasure.marks, after: erasure.logPosition, upTo: erasure.logEnd, on: connection))
        case .done: return false
        }
        var keys = Keys()
        keys.need(Erasure.self, id)
        try await session.load(keys)
        let passed = erasure
        try session.decide(story: nil) { $0.set(passed, id) }
        return true
    }
}
