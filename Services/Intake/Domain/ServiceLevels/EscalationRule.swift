import DomainContracts
import FoundationEssentials

/// Who is told when a promise is broken: engineer, supervisor, manager, each once.
enum EscalationRule {
    /// Hours without an answer before the next one is told.
    static func patience(_ level: ResponseLevel) -> TimeInterval { level == .fourHour ? 3_600 : 4 * 3_600 }

    static let lastStep = 3

    /// The next step about this clock or wait; nil after the last. Without an engineer it begins with the supervisor.
    static func next(for order: WorkOrder, about: String) -> Int? {
        let told = order.escalations.filter { $0.about == about }.map(\.step).max()
        guard let told else { return order.engineerId == nil ? 2 : 1 }
        return told < lastStep ? told + 1 : nil
    }

    static func role(of step: Int) -> String {
        switch step {
        case 1: "engineer"
        case 2: "supervisor"
        default: "manager"
        }
    }
}
