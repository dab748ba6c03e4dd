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

/// Channels of which we know who vouches for whom.
enum ReportChannel {
    /// Calls: the network says whose number it is, and one of us or a telephone system hears it.
    static let calls = "phone"
    /// Mails: nobody vouches for whom they are from.
    static let mail = "email"
}

extension PartyMatch {
    /// Whether it is the customer himself who speaks, so that what he says changes how he is reached. Saying a phone number, an e-mail
    /// address, or what stands on a bill, a device or a door proves nothing: anybody can, in a form or as a mail's sender, and
    /// would have the customer's news, and his links, sent to himself. Somebody has to vouch for it: the channel for its own users,
    /// or one of us.
    ///
    /// - Parameters:
    ///   - channel: by which the report came.
    ///   - byUs: whether one of our own people says that it is he.
    func isHimself(on channel: String, byUs: Bool) -> Bool {
        switch rule {
        case .channelUser: true
        case .phone: byUs || channel == ReportChannel.calls
        case .email: byUs
        default: false
        }
    }
}

/// Somebody or something that a report names and we know.
struct Recognised: Sendable {
    let id: UUID
    let match: PartyMatch
}
