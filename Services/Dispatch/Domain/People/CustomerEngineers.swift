import Dispatching
import DomainContracts
import FoundationEssentials

/// Which engineers a customer wants to come, and which not 指定/回避工程师. Its id is the customer's.
struct CustomerEngineers: Codable, Sendable, Equatable {
    private(set) var preferred: [UUID] = []
    private(set) var excluded: [UUID] = []
    /// Why, in somebody's words.
    private(set) var note: String?
    private(set) var changedAt: Date?
    private(set) var changedBy: String?
    /// The customer is forgotten: nothing is said of him any more. Nil as not.
    private(set) var isErased: Bool?

    /// Of somebody of whom nothing was ever said.
    init() {}

    /// Of somebody who is forgotten.
    static let erased: CustomerEngineers = {
        var engineers = CustomerEngineers()
        engineers.isErased = true
        return engineers
    }()

    /// Says anew whom he wants; false, and unchanged, where the same was said before.
    mutating func replace(by command: SetCustomerEngineers, at moment: Date, by author: String?) -> Bool {
        let isSame =
            Set(preferred) == Set(command.preferredEngineerIds) && Set(excluded) == Set(command.excludedEngineerIds)
            && note == command.note
        if isSame { return false }
        preferred = command.preferredEngineerIds
        excluded = command.excludedEngineerIds
        note = command.note
        changedAt = moment
        changedBy = author
        return true
    }

    /// As it would be said again.
    func command(_ customerId: UUID) -> SetCustomerEngineers {
        SetCustomerEngineers(
            customerId: customerId, preferredEngineerIds: preferred, excludedEngineerIds: excluded, note: note)
    }

    func changed(_ customerId: UUID, givenAway: Int, at moment: Date) -> CustomerEngineersChanged {
        CustomerEngineersChanged(
            customerId: customerId, preferredEngineerIds: preferred, excludedEngineerIds: excluded,
            visitsGivenAway: givenAway, changedAt: moment)
    }
}

extension KnownPeople {
    /// - Parameter visits: to what the order is about, the nearest first; nil where nobody was there.
    init(_ engineers: CustomerEngineers?, _ visits: [LastVisit?]) {
        self.init(
            preferred: engineers?.preferred ?? [], excluded: engineers?.excluded ?? [],
            previous: visits.lazy.compactMap { $0 }.first?.engineerId)
    }
}
