import DomainContracts
import Foundation
import ServiceKit

/// An event that says the whole of how a thing stands, so that the newest is all there is to keep.
protocol WholeNews: Event, Equatable {
    /// The thing.
    var id: UUID { get }
    /// Where the newest is kept.
    static var table: String { get }
}

/// The newest word on a thing.
struct Newest<News: WholeNews>: Aggregate, Equatable {
    static var table: String { News.table }
    static var hasHistory: Bool { false }
    var sequence: Int
    var told: News
}

extension CustomerChanged: WholeNews {
    var id: UUID { customerId }
    static var table: String { "customer_view" }
}

extension ContactChanged: WholeNews {
    var id: UUID { contactId }
    static var table: String { "contact_view" }
}

extension SiteChanged: WholeNews {
    var id: UUID { siteId }
    static var table: String { "site_view" }
}

extension DeviceChanged: WholeNews {
    var id: UUID { deviceId }
    static var table: String { "device_view" }
}

extension ContractChanged: WholeNews {
    var id: UUID { contractId }
    static var table: String { "contract_view" }
}

extension EngineerRegistered: WholeNews {
    var id: UUID { engineerId }
    static var table: String { "engineer_view" }
}

extension PastServiceView: Aggregate {
    static let table = OrderView.table
    static let hasHistory = false
}

extension OrderView: Aggregate {
    static let table = "order_view"
    static let hasHistory = false
}
