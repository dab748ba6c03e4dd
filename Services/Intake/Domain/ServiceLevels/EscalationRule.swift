import DomainContracts
import FoundationEssentials

/// Who is told when a promise is in danger or broken: engineer, supervisor, manager, each once.
enum EscalationRule {
    /// From below; a role's rank is its place, from 1.
    static let roles = ["engineer", "supervisor", "manager"]
    static let lastStep = roles.count

    static func rank(of role: String) -> Int? { roles.firstIndex(of: role).map { $0 + 1 } }

    static func role(of step: Int) -> String { roles[max(1, min(step, lastStep)) - 1] }

    /// The next step about this wait; nil after the last. Without an engineer it begins with the supervisor.
    static func next(for order: WorkOrder, about: String) -> Int? {
        guard let told = order.highestTold(about) else { return order.engineerId == nil ? 2 : 1 }
        return told < lastStep ? told + 1 : nil
    }
}

extension WorkOrder {
    /// The rank of the highest who was told about this clock or wait; nil when nobody was.
    func highestTold(_ about: String) -> Int? { escalations.filter { $0.about == about }.map(\.step).max() }
}
