import DomainContracts

/// How urgent we say it is. The sender's urgency is one voice among four.
enum PriorityRule {
    /// Danger is always p1. Else urgency gives 0…3 points, a device that is down and the four-hour level one each:
    /// 4 and more p1, 3 p2, 1 and 2 p3, 0 p4.
    static func priority(
        urgency: Urgency?, safetyHazard: Bool, deviceDown: Bool, level: ResponseLevel
    ) -> Priority {
        if safetyHazard { return .p1 }
        let points = points(urgency ?? .normal) + (deviceDown ? 1 : 0) + (level == .fourHour ? 1 : 0)
        return points >= 4 ? .p1 : points == 3 ? .p2 : points >= 1 ? .p3 : .p4
    }

    private static func points(_ urgency: Urgency) -> Int {
        switch urgency {
        case .critical: 3
        case .high: 2
        case .low: 0
        default: 1
        }
    }
}
