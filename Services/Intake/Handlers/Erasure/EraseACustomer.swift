import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Begins to forget a customer: from now on nothing leads to him. `EraseCustomers` does the rest. Asked again, it says how far
/// that is.
struct EraseACustomer: SearchingCommandHandler {
    func carryOut(_ command: EraseCustomer, _ session: inout WorkSession) async throws -> Acknowledgement {
        try Refusal.checkReason(command.reason)
        let ids = try await lockGroup(of: command.customerId, &session)
        let connection = session.connection
        guard let known = try await ErasureReading.customer(command.customerId, on: connection) else {
            throw Refusal.notFound("/data/customerId", "customer")
        }
        if let into = known.mergedInto {
            let other = try await ErasureReading.customer(into, on: connection)
            throw Refusal.held(
                "customerId", "customer-merged", "The customer is merged into another",
                "is merged into \(other?.reference ?? "another customer"): erase that one, and he is erased with him")
        }
        let id = IntakeID.erasure(of: known.id)
        if known.isErased { return try await standing(of: known, erasure: id, &session) }
        // Nobody who is found by these while this goes on can have done anything before it is decided.
        _ = try await connection.query(
            "SELECT id FROM lookup_entry WHERE target = ANY(\(ids)) ORDER BY id FOR UPDATE")
        let open = try await ErasureReading.openWork(of: ids, on: connection)
        guard open.isEmpty else {
            throw Refusal(
                Problem(
                    code: "customer-has-open-work", title: "Something of the customer's is not over yet", status: 409,
                    errors: open))
        }
        let erasure = CustomerErasure(
            id: id, customerIds: ids, customerId: known.id, reason: command.reason.trimmed,
            askedBy: session.envelope?.authid, askedAt: session.now,
            words: try await ErasureReading.words(of: ids, on: connection),
            files: try await AttachmentReading.files(of: ids, on: connection))
        try await connection.execute("DELETE FROM lookup_entry WHERE target = ANY(\(ids))")
        try await connection.execute("DELETE FROM search_entry WHERE id = ANY(\(ids))")
        var keys = Keys()
        keys.need(CustomerErasure.self, id)
        try await session.load(keys)
        try session.decide(story: nil) { turn in
            for id in ids { turn.forgetCustomer(id) }
            turn.set(erasure, id)
        }
        return try await standing(of: known, erasure: id, &session)
    }

    /// Locks the customer and all who were merged into him, and those who are being merged while that is waited for.
    private func lockGroup(of id: UUID, _ session: inout WorkSession) async throws -> [UUID] {
        var locked: Set<UUID> = []
        while true {
            let ids = try await ErasureReading.group(of: id, on: session.connection)
            if locked.isSuperset(of: ids) { return ids }
            var keys = Keys()
            keys.need(Customer.self, ids)
            try await session.load(keys)
            locked.formUnion(ids)
        }
    }

    private func standing(
        of customer: Customer, erasure id: UUID, _ session: inout WorkSession
    ) async throws -> Acknowledgement {
        var version = 0
        try session.decide(story: nil) { version = $0.version(Customer.self, customer.id) }
        let isDone = try await session.connection.query("SELECT id FROM erasure WHERE id = \(id) AND is_done")
        return Acknowledgement(
            subject: Customer.subject(customer.id), version: version, status: isDone.isEmpty ? "erasing" : "erased")
    }
}

extension Turn {
    mutating func forgetCustomer(_ id: UUID) {
        guard var customer = get(Customer.self, id), !customer.isErased else { return }
        customer.forget(at: now)
        keep(customer)
    }
}
