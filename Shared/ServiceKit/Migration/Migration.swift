import Crypto

/// One step of a schema: an SQL file that is embedded in the binary, applied once, and never edited afterwards.
public struct Migration: Sendable, Equatable {
    /// Whose tables a migration makes. The kit's own (inbox, outbox, timers, …) come before the service's.
    public enum Series: String, Sendable, CaseIterable {
        case kit = "K"
        case service = "V"
    }

    /// Kit or service, from the first letter of the file's name.
    public let series: Series
    /// 1, 2, 3, … without a gap, within the series.
    public let version: Int
    /// What stands after the number in the file's name.
    public let name: String
    /// The file's bytes, UTF-8.
    public let sql: [UInt8]
    /// SHA-256 of ``sql`` in lowercase hexadecimal.
    public let checksum: String

    /// A migration from an embedded file.
    ///
    /// - Parameters:
    ///   - file: the file's name, `V0001_work_orders.sql` or `K0001_inbox.sql`; the ending may be left out.
    ///   - sql: its bytes, as SwiftPM embeds them: `PackageResources.V0001_work_orders_sql`.
    /// - Throws: ``MigrationError/badFileName(_:)``.
    public init(file: String, sql: [UInt8]) throws(MigrationError) {
        let stem = file.hasSuffix(".sql") ? String(file.dropLast(4)) : file
        let digits = stem.dropFirst().prefix(4)
        guard let series = stem.first.flatMap({ Series(rawValue: String($0)) }),
            digits.count == 4, let version = Int(digits), version > 0, digits.allSatisfy(\.isASCII),
            stem.dropFirst(5).first == "_", stem.count > 6
        else { throw .badFileName(file) }
        self.series = series
        self.version = version
        self.name = String(stem.dropFirst(6))
        self.sql = sql
        self.checksum = SHA256.hash(data: sql).hexadecimal
    }

    /// `V0003_work_orders`, as people name it.
    public var label: String { Self.label(series, version) + "_" + name }

    static func label(_ series: Series, _ version: Int) -> String {
        let digits = String(version)
        return series.rawValue + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
