import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Shows one work order as intake holds it, by id or number.
struct AnswerWorkOrder: QueryHandler {
    let clock: DomainClock

    func answer(_ query: WorkOrderQuery, on connection: PostgresConnection) async throws -> WorkOrderAnswer {
        let rows = try await connection.query(
            """
            SELECT o.version, o.state, contact.state AS contact, met.state AS met, site.state AS site,
                   CASE request.state->>'isPlaceVouchedFor' WHEN 'false' THEN request.state->'report'->'site' END AS said
            FROM work_order AS o
            LEFT JOIN contact ON contact.id = (o.state->>'contactId')::uuid
            LEFT JOIN contact AS met ON met.id = (o.state->>'siteContactId')::uuid
            LEFT JOIN site ON site.id = (o.state->>'siteId')::uuid
            LEFT JOIN service_request AS request ON request.id = (o.state->>'requestId')::uuid
            WHERE o.id = \(query.workOrderId) OR o.number = \(query.workOrderNumber)
            LIMIT 1
            """)
        guard let row = rows.first else { return WorkOrderAnswer(found: false) }
        let order = try row.get("state", as: JSONB.self).decode(WorkOrder.self, decoder: WireJSON.decoder())
        let calendars = try await CalendarReading.calendars(of: order, connection)
        var answer = order.answer(version: try row.get("version", as: Int.self), at: clock.now(), calendars)
        answer.probableDuplicateRequests = try await ShowRequestDuplicates.requests(naming: order.id, connection)
        answer.contact = try Self.state(ContactPoint.self, "contact", row)?.said
        answer.siteContact = try Self.state(ContactPoint.self, "met", row)?.said
        answer.goesOnAs = try await OrderGoingOn.next(after: order, on: connection)
        let said = try row.get("said", as: JSONB?.self)?.decode(ReportedSite.self, decoder: WireJSON.decoder())
        answer.site = try Self.state(Site.self, "site", row)?.reported(beside: said)
        return answer
    }

    private static func state<A: Aggregate>(_ type: A.Type, _ column: String, _ row: PostgresRow) throws -> A? {
        try row.get(column, as: JSONB?.self)?.decode(A.self, decoder: WireJSON.decoder())
    }
}

extension ContactPoint {
    /// How he is called and reached by phone; nil of somebody who is forgotten, or reached in another way alone.
    fileprivate var said: ReportedContact? {
        guard name != nil || phone != nil else { return nil }
        return ReportedContact(name: name, phone: phone, extension: phoneExtension, validUntil: phoneValidUntil)
    }
}

extension Site {
    /// As it is known, and what a stranger's report says of it beside that: it holds for his order alone.
    func reported(beside said: ReportedSite?) -> ReportedSite {
        guard let said else { return reported }
        let notes = [accessNotes, said.accessNotes == accessNotes ? nil : said.accessNotes].compactMap { $0 }
        return ReportedSite(
            address: address ?? said.address, regionCode: regionCode ?? said.regionCode,
            accessNotes: notes.isEmpty ? nil : notes.joined(separator: "\n"), location: location ?? said.location)
    }
}

extension WorkOrder {
    func answer(version: Int, at now: Date, _ calendars: Calendars) -> WorkOrderAnswer {
        WorkOrderAnswer(
            found: true, workOrderId: id, workOrderNumber: number, requestId: requestId, status: status.wire,
            outcome: outcome, closureCode: closureCode, responsible: status.responsible, priority: brief.priority,
            entitlement: entitlement, clocks: clocks.map { $0.state(at: now, calendars) },
            visits: figures(at: now, calendars).visits,
            version: version, impasse: status == .pendingDispatch ? dispatchImpasse : nil, reworkOf: reworkOf,
            mergedInto: facts.merge?.into, probableDuplicates: duplicates ?? [],
            unmergedFrom: unmergedFrom, unmergedAs: unmergedAs)
    }
}
