import DomainContracts
import Foundation

/// What somebody does in the company, and so what he may ask and order. A token names one or several.
enum Role: String, CaseIterable, Sendable {
    /// 客服: takes reports, completes them, talks to customers.
    case agent
    /// 派工员: says who goes; everywhere, or in the regions that his token names.
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
    /// 客户: what concerns the customer for whom he speaks.
    case customer
}

/// Who stands at the door.
struct Principal: Sendable, Equatable {
    /// A user's name or id, or an engineer's or customer's id.
    let subject: String
    let roles: Set<Role>
    /// The engineer that he is; who names none is the one that `subject` names.
    var engineer: UUID?
    /// The customer for whom he speaks; the same.
    var customer: UUID?
    /// Beginnings of region codes that he sees as a dispatcher; none means all.
    var regions: [String] = []
    /// Which user he is, where console let him in.
    var user: UUID?

    /// Who he is among those whom `subject` names: several speak for one customer.
    var person: String { user?.text ?? subject }

    /// How the services know him.
    var authid: String {
        switch roles {
        case [.engineer]: engineer?.text ?? subject
        case [.customer]: customer?.text ?? subject
        default: subject
        }
    }

    /// Who may act as an engineer alone speaks for himself alone: the services see to that.
    var authtype: String {
        switch roles {
        case [.engineer]: "engineer"
        case [.customer]: "customer"
        default: "user"
        }
    }

    func may(_ allowed: Set<Role>) -> Bool { roles.contains(.admin) || !roles.isDisjoint(with: allowed) }
}
