import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Calendars and service levels, read without a lock: for answers and for what looks for work.
enum CalendarReading {
    /// What is in force.
    static func book(_ connection: PostgresConnection) async throws -> SLABook {
        let rows = try await connection.query("SELECT state FROM sla_book WHERE id = \(SLABook.id)")
        return try rows.first.map { try document($0) } ?? .standard
    }

    /// What the other services have heard of the calendars.
    static func told(_ connection: PostgresConnection) async throws -> ToldCalendars {
        let rows = try await connection.query("SELECT state FROM told_calendars WHERE id = \(ToldCalendars.id)")
        return try rows.first.map { try document($0) } ?? ToldCalendars()
    }

    static func calendar(_ ref: CalendarRef, _ connection: PostgresConnection) async throws -> CalendarVersion? {
        if let shipped = CalendarVersion.shipped.first(where: { $0.ref == ref }) { return shipped }
        let rows = try await connection.query(
            "SELECT state FROM business_calendar WHERE id = \(IntakeID.calendar(ref))")
        return try rows.first.map { try document($0) }
    }

    static func policy(_ version: Int, _ connection: PostgresConnection) async throws -> PolicyVersion? {
        if version == SLABook.standard.policy.policyVersion { return SLABook.standard.policy }
        let rows = try await connection.query(
            "SELECT state FROM service_level_policy WHERE id = \(IntakeID.policy(version))")
        return try rows.first.map { try document($0) }
    }

    /// The calendars that the order's clocks run in, or ever ran in.
    static func calendars(of order: WorkOrder, _ connection: PostgresConnection) async throws -> Calendars {
        var calendars = Calendars()
        for ref in Set(order.clocks.flatMap(\.everyCalendar)) {
            if let version = try await calendar(ref, connection) { calendars.add(version) }
        }
        return calendars
    }

    private static func document<D: Decodable>(_ row: PostgresRow) throws -> D {
        try row.get("state", as: JSONB.self).decode(D.self, decoder: WireJSON.decoder())
    }
}
