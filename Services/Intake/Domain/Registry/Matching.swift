import DomainContracts
import FoundationEssentials

/// How a report's customer and device are recognised: the rules in the order in which they are tried, each with how
/// sure it is. The first that finds somebody wins, and the request keeps which one it was.
enum Matching {
    struct Rule: Sendable {
        let match: PartyMatch
        /// The key under which who is meant would be found; nil when the report does not say enough.
        let key: @Sendable (ReportRepair) -> String?

        init(_ rule: MatchRule, _ confidence: Int, _ key: @escaping @Sendable (ReportRepair) -> String?) {
            match = PartyMatch(rule: rule, confidence: confidence)
            self.key = key
        }
    }

    /// By what the report says of the customer himself.
    static let customers = [
        Rule(.customerNumber, 100) { $0.customer?.customerNumber.map { "customer:\($0)" } },
        Rule(.channelUser, 95) { report in report.customer?.channelUserId.map { "channel:\(report.channel):\($0)" } },
        Rule(.phone, 90) { $0.customer?.phone.map { "phone:\($0)" } },
        Rule(.email, 85) { $0.customer?.email.map { "email:\($0.lowercased())" } },
    ]

    /// By what is printed on the device.
    static let devices = [
        Rule(.deviceCode, 100) { $0.device?.code.map { "code:\(Device.normalised($0))" } },
        Rule(.serialNumber, 98) { report in
            guard let device = report.device, let brand = device.brand else { return nil }
            return device.serialNumber.map { "serial:\(Device.normalised($0))@\(Device.normalised(brand))" }
        },
        Rule(.serialNumber, 95) { $0.device?.serialNumber.map { "serial:\(Device.normalised($0))" } },
    ]

    /// Whoever has the device is taken for the one who speaks of it, this much less surely.
    static let ownerDiscount = 10

    /// When nothing else is known of him: somebody of this name at this very address.
    static let place = Rule(.nameAndAddress, 75) { report in
        place(name: report.customer?.name, address: report.site?.address)
    }

    /// Of somebody who was not the customer himself, and reported for him.
    static let reporter = PartyMatch(rule: .reporter, confidence: 70)

    /// A maintenance plan says whose and which.
    static let plan = PartyMatch(rule: .plan, confidence: 100)

    static let created = PartyMatch(rule: .created, confidence: 100)

    static func place(name: String?, address: String?) -> String? {
        guard let name, let address else { return nil }
        return "place:\(SearchText(name).joined)\n\(SearchText(address).joined)"
    }
}

extension PartyMatch {
    /// Whether he was recognised by what is his own, and not by what anybody can read on his bill, his device or his door. Who was not
    /// changes nothing of how we reach him: else a stranger could have his news, and his links, sent to himself.
    var isByHisOwn: Bool {
        ![.customerNumber, .deviceCode, .serialNumber, .nameAndAddress, .reporter, .plan].contains(rule)
    }
}

/// Somebody or something that a report names and we know.
struct Recognised: Sendable {
    let id: UUID
    let match: PartyMatch
}
