import DomainContracts
import FoundationEssentials

/// A service of before Mendloop. It lies among the orders, by the same customer, device and time, and `past` tells it from them:
/// it has no clocks, visits or charge.
struct PastServiceView: Codable, Sendable, Equatable {
    struct Origin: Codable, Sendable, Hashable {
        var customerId: UUID
        var deviceId: UUID?
        /// The begin of the day in UTC.
        var receivedAt: Date
    }

    var origin: Latest<Origin>
    var past: PastServiceRecorded

    init?(_ event: PastServiceRecorded, _ sequence: Int) {
        guard let day = RFC3339.parse("\(event.servicedOn)T00:00:00Z") else { return nil }
        origin = Latest(
            sequence: sequence, rank: 0,
            value: Origin(customerId: event.customerId, deviceId: event.deviceId, receivedAt: day))
        past = event
    }
}
