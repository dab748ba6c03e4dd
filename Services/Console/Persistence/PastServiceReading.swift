import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Reads services of before Mendloop, the newest first.
enum PastServiceReading {
    private static let most = 200

    static func of(customers: [UUID]) -> SQL { page("customer_id = ANY(\(customers))") }
    static func of(devices: [UUID]) -> SQL { page("device_id = ANY(\(devices))") }

    private static func page(_ condition: SQL) -> SQL {
        """
        SELECT state->'past' AS past FROM order_view WHERE \(fragment: condition) AND state ? 'past'
        ORDER BY received_at DESC, id LIMIT \(most)
        """
    }

    /// Nil where there are none.
    static func services(_ rows: [PostgresRow]) throws -> [PastServiceRecorded]? {
        let decoder = WireJSON.decoder()
        let services = try rows.map {
            try $0.get("past", as: JSONB.self).decode(PastServiceRecorded.self, decoder: decoder)
        }
        return services.isEmpty ? nil : services
    }
}
