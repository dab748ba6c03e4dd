/// What somebody does in the company, and so what he may ask and order. A token names one or several.
enum Role: String, CaseIterable, Sendable {
    /// 客服: takes reports, completes them, talks to customers.
    case agent
    /// 派工员: says who goes.
    case dispatcher
    /// 工程师: his own visits.
    case engineer
    /// 库管: stock.
    case storekeeper
    /// 财务: money.
    case finance
    /// 主管: sees everything, approves.
    case manager
    /// 管理员: everything.
    case admin
}

/// Who stands at the door.
struct Principal: Sendable, Equatable {
    /// A user's name, or an engineer's id.
    let subject: String
    let roles: Set<Role>

    /// Who may act as an engineer alone speaks for himself alone: the services see to that.
    var authtype: String { roles == [.engineer] ? "engineer" : "user" }

    func may(_ allowed: Set<Role>) -> Bool { roles.contains(.admin) || !roles.isDisjoint(with: allowed) }
}
