import Foundation
import Postgres

/// A figure of the business, read from the service's own store every few seconds and shown as a gauge. Every copy shows it:
/// a query takes the largest.
public struct StoreFigure: Sendable {
    let metric: String
    let label: String?
    let values: [String]
    let sql: @Sendable (Date) -> SQL

    /// One number.
    ///
    /// - Parameters:
    ///   - metric: its name in the metric catalogue.
    ///   - sql: at the given domain time, one row with a `value` (bigint). It runs every few seconds: over an index.
    public init(_ metric: String, _ sql: @escaping @Sendable (Date) -> SQL) {
        self.init(metric: metric, label: nil, values: [], sql: sql)
    }

    /// One number for each value of a label.
    ///
    /// - Parameters:
    ///   - values: those that are shown as 0 where there is nothing of them.
    ///   - sql: at the given domain time, rows of a `label` (text) and a `value` (bigint).
    public init(
        _ metric: String, by label: String, of values: [String], _ sql: @escaping @Sendable (Date) -> SQL
    ) {
        self.init(metric: metric, label: label, values: values, sql: sql)
    }

    private init(metric: String, label: String?, values: [String], sql: @escaping @Sendable (Date) -> SQL) {
        self.metric = metric
        self.label = label
        self.values = values
        self.sql = sql
    }

    /// Reads it and shows it.
    func show(by meter: ServiceMeter, from pool: PostgresPool, now: Date) async throws {
        let rows = try await pool.query(sql(now))
        guard let label else {
            let value: Int = try rows.first?.get("value") ?? 0
            return meter.show(metric, value)
        }
        var found = Dictionary(uniqueKeysWithValues: values.map { ($0, 0.0) })
        for row in rows { found[try row.get("label")] = Double(try row.get("value", as: Int.self)) }
        meter.show(metric, by: label, found)
    }
}
