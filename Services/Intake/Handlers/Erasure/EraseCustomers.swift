import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Forgets customers, page by page: a killed process, or another copy, goes on where the last page ended. What others keep they
/// hear to be gone by the same news that told them; `customer-erased` comes last, when nobody can get from us what he asks for.
struct EraseCustomers: Worker {
    let name = "erase-customers"
    let watched: Set<String> = [CustomerErasure.table]

    func step(_ session: inout WorkSession) async throws -> Bool {
        let rows = try await session.connection.query(
            "SELECT state FROM erasure WHERE NOT is_done ORDER BY id LIMIT 1")
        guard let row = rows.first else { return false }
        var erasure = try row.get("state", as: JSONB.self)
            .decode(CustomerErasure.self, decoder: WireJSON.decoder())
        let connection = session.connection
        switch erasure.stage {
        case .contacts, .sites, .devices, .requests, .orders, .disputes, .plans, .pastServices:
            let page = try await ErasureReading.page(erasure, on: connection)
            try await forget(page, of: erasure.stage, &session)
            erasure.pass(page)
        case .messages:
            let page = try await ErasureReading.page(erasure, on: connection)
            try await ErasureWriting.forgetMessages(ofRequests: page, on: connection)
            erasure.pass(page)
        case .acts:
            let page = try await ErasureReading.page(erasure, on: connection)
            try await ErasureWriting.forgetWhoActed(on: page, on: connection)
            erasure.pass(page)
        case .refusedReports:
            let refused = try await ErasureWriting.forgetRefusedReports(erasure, on: connection)
            erasure.passRefusedReports(to: refused.reached, his: refused.messageIds)
        case .keptMessages:
            erasure.passKeptMessages(to: try await ErasureWriting.forgetKeptMessages(erasure, on: connection))
            if erasure.stage != .keptMessages { erasure.begin(logEnd: try await LogEraser.end(on: connection)) }
        case .files:
            let page = try await AttachmentReading.page(after: erasure.after, on: connection)
            let named = try await AttachmentReading.named(
                erasure.files, in: page, isFirst: erasure.after == nil, on: connection)
            erasure.passFiles(page, named: named)
        case .log:
            // What is on its way out lies in no log yet.
            guard try await LogEraser.isTold(upTo: erasure.logEnd, on: connection) else { return false }
            let marks = try await ErasureWriting.marks(erasure, on: connection)
            erasure.passLog(
                to: try await LogEraser.erase(
                    marks, after: erasure.logPosition, upTo: erasure.logEnd, on: connection))
        case .telling:
            let told = try await ErasureWriting.news(of: erasure, on: connection)
            erasure.finish()
            try session.decide(story: nil) { turn in
                for part in told {
                    turn.emit(part, subject: CustomerErasure.subject(part.erasureId), sequence: part.part)
                }
            }
        case .done: return false
        }
        let passed = erasure
        var keys = Keys()
        keys.need(CustomerErasure.self, passed.id)
        try await session.load(keys)
        try session.decide(story: nil) { $0.set(passed, passed.id) }
        return true
    }

    private func forget(
        _ page: [UUID], of stage: CustomerErasure.Stage, _ session: inout WorkSession
    ) async throws {
        var keys = Keys()
        keys.need(SearchEntry.self, page)
        switch stage {
        case .contacts: keys.need(ContactPoint.self, page)
        case .sites: keys.need(Site.self, page)
        case .devices: keys.need(Device.self, page)
        case .requests: keys.need(ServiceRequest.self, page)
        case .orders: keys.need(WorkOrder.self, page)
        case .disputes: keys.need(EntitlementDispute.self, page)
        case .plans: keys.need(MaintenancePlan.self, page)
        case .pastServices: keys.need(PastServiceRecord.self, page)
        case .messages, .acts, .refusedReports, .keptMessages, .files, .log, .telling, .done: return
        }
        try await session.load(keys)
        try session.decide(story: nil) { turn in
            for id in page { turn.forget(id, of: stage) }
        }
        if stage == .contacts || stage == .sites {
            try await session.connection.execute("DELETE FROM search_entry WHERE id = ANY(\(page))")
        }
    }
}

extension Turn {
    /// What has no news of its own is told by `customer-erased`.
    fileprivate mutating func forget(_ id: UUID, of stage: CustomerErasure.Stage) {
        switch stage {
        case .contacts:
            change(ContactPoint.self, id) {
                $0.forget()
            } told: {
                $0.news
            }
        case .sites:
            change(Site.self, id) {
                $0.forget()
            } told: {
                $0.news
            }
        case .devices:
            guard var device = get(Device.self, id) else { return }
            device.faults = nil
            keep(device)
        case .requests:
            guard let request = change(ServiceRequest.self, id, { $0.forget() }) else { return }
            index(request.searchEntry, id)
        case .orders:
            guard let order = change(WorkOrder.self, id, { $0.forget() }) else { return }
            if get(SearchEntry.self, id) != nil { index(order.searchEntry, id) }
        case .disputes: change(EntitlementDispute.self, id) { $0.forget() }
        case .plans: change(MaintenancePlan.self, id) { $0.forget() }
        case .pastServices:
            let at = now
            let past = change(PastServiceRecord.self, id) {
                $0.forget()
            } told: {
                $0.recorded(at: at)
            }
            if let past { index(past.searchEntry, id) }
        case .messages, .acts, .refusedReports, .keptMessages, .files, .log, .telling, .done: break
        }
    }

    @discardableResult
    private mutating func change<A: Aggregate>(_ type: A.Type, _ id: UUID, _ forget: (inout A) -> Void) -> A? {
        guard var thing = get(type, id) else { return nil }
        forget(&thing)
        set(thing, id)
        note("erased", about: type, id)
        return thing
    }

    @discardableResult
    private mutating func change<A: Aggregate, E: Event>(
        _ type: A.Type, _ id: UUID, _ forget: (inout A) -> Void, told: (A) -> E
    ) -> A? {
        guard let thing = change(type, id, forget) else { return nil }
        emit(told(thing), about: type, id)
        return thing
    }
}
