import Foundation

/// How much of the company somebody sees at one route: the most that any of his roles shows him there.
struct Reach: Sendable, Equatable {
    var isEverything = false
    /// Beginnings of region codes.
    var regions: [String] = []
    /// The engineer whose orders he sees.
    var engineer: UUID?
    /// The customer whose things he sees.
    var customer: UUID?

    /// Whether what he sees is a customer's.
    var isACustomers: Bool { !isEverything && customer != nil }

    static let everything = Reach(isEverything: true)

    /// - Parameter allowed: the roles that the route is for; the others of his count for nothing there.
    init(of principal: Principal, at allowed: Set<Role>) {
        for role in principal.roles.intersection(allowed.union([.admin])) {
            switch role {
            case .agent, .storekeeper, .finance, .manager, .admin: isEverything = true
            case .dispatcher where principal.regions.isEmpty: isEverything = true
            case .dispatcher: regions = principal.regions
            // Who names no engineer or customer and is none sees nothing.
            case .engineer: engineer = principal.engineer ?? UUID(uuidString: principal.subject)
            case .customer: customer = principal.customer ?? UUID(uuidString: principal.subject)
            }
        }
    }

    init(isEverything: Bool = false, regions: [String] = [], engineer: UUID? = nil, customer: UUID? = nil) {
        self.isEverything = isEverything
        self.regions = regions
        self.engineer = engineer
        self.customer = customer
    }
}

/// A thing that a message is about.
enum Subject: Sendable, Hashable {
    case order(UUID)
    case orderNumber(String)
    /// A request; within reach as the order that came of it is.
    case request(UUID)
    case requestNumber(String)
    /// A visit, or the offer of one.
    case visit(UUID)
    case customer(UUID)
    case customerNumber(String)
    case device(UUID)
    case deviceCode(String)
    case serialNumber(String)
    case site(UUID)
    case engineer(UUID)
    case partRequest(UUID)
}
