import DomainContracts
import FoundationEssentials

/// The service levels and business calendars in force. There is one book; where there is none yet, the standard one
/// holds. Every message about a work order looks at it and few change it, so it is read without a lock.
struct SLABook: Codable, Sendable, Equatable {
    /// Grows with every change that open clocks follow.
    private(set) var revision: Int
    /// In force, by name.
    private(set) var calendars: [String: CalendarVersion]
    /// What new work orders are promised.
    private(set) var policy: PolicyVersion
    /// The newest that open ones are promised too; nil while that was never asked for.
    private(set) var policyOfOpen: PolicyVersion?

    static let id = UUID(uuid: (0x6d, 0x65, 0x6e, 0x64, 0, 0, 0x50, 0, 0x80, 0, 0, 0, 0, 0, 0, 2))

    static let standard = SLABook(
        revision: 1,
        calendars: Dictionary(CalendarVersion.shipped.map { ($0.name, $0) }, uniquingKeysWith: { $1 }),
        policy: PolicyVersion(policyVersion: 1, rules: .standard))

    /// What an order's clocks are marked with when they were reckoned by this book and the holidays that this program
    /// knows. Whoever bears a lower mark is to be reckoned anew.
    var mark: Int { revision * 10_000 + HolidayTable.edition }

    /// Sets a calendar; answers it as it is kept for ever.
    mutating func set(_ rules: CalendarRules, as name: String, at moment: Date, by author: String?) -> CalendarVersion {
        let version = CalendarVersion(
            name: name, calendarVersion: (calendars[name]?.calendarVersion ?? 0) + 1, rules: rules, changedAt: moment,
            changedBy: author)
        calendars[name] = version
        revision += 1
        return version
    }

    /// Puts service levels in force; answers them as they are kept for ever.
    mutating func publish(
        _ rules: ServiceLevelRules, applyToOpen: Bool, at moment: Date, by author: String?
    ) -> PolicyVersion {
        policy = PolicyVersion(
            policyVersion: policy.policyVersion + 1, rules: rules, publishedAt: moment, publishedBy: author)
        if applyToOpen { moveOpenOnes() }
        return policy
    }

    /// Gives open clocks what new ones are promised.
    mutating func moveOpenOnes() {
        guard policyOfOpen?.policyVersion != policy.policyVersion else { return }
        policyOfOpen = policy
        revision += 1
    }
}

/// Service levels as they were published; clocks name them by their version.
struct PolicyVersion: Codable, Sendable, Equatable {
    let policyVersion: Int
    let rules: ServiceLevelRules
    var publishedAt: Date?
    var publishedBy: String?
}
