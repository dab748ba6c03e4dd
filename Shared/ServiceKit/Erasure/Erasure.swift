import DomainContracts
import Foundation

/// A customer whom intake has forgotten, and how far this service has. It stays for ever: it holds ids alone, and what is heard of
/// them later has nothing personal either.
///
/// The table is the kit's, and has `is_done boolean` beside the document.
package struct Erasure: Aggregate, Equatable {
    package static let table = "heard_erasure"
    package static let hasHistory = false

    /// What is done, in this order.
    package enum Stage: String, Codable, Sendable {
        /// What the service keeps of his work orders.
        case states
        /// Messages that wait, are dead or were refused.
        case messages
        /// What it has told.
        case log
        case done
    }

    package let told: CustomerErased
    package private(set) var stage = Stage.states
    /// Of his work orders, those whose states are done.
    private var statesDone = 0
    /// Of the messages it keeps, how far it is done; nil: not begun.
    private(set) var messagePosition: Int?
    /// Of the event log, how far it is done, and how far it goes.
    private(set) var logPosition = 0
    private(set) var logEnd = 0

    package init(_ event: CustomerErased) { told = event }

    package static func id(_ event: CustomerErased) -> UUID {
        UUID(derivedFrom: "part:\(event.part)", in: event.erasureId)
    }

    private static let portion = 200

    /// What is next to be forgotten in the service's states.
    var next: ForgottenPart {
        ForgottenPart(
            customerIds: [told.customerId] + told.mergedCustomerIds, contactIds: told.contactIds,
            requestIds: told.requestIds,
            workOrderIds: Array(told.workOrderIds.dropFirst(statesDone).prefix(Self.portion)),
            isFirst: statesDone == 0)
    }

    /// What tells his events from others'.
    var marks: ForgottenMarks { ForgottenMarks(told) }

    mutating func passStates() {
        statesDone += Self.portion
        if statesDone >= told.workOrderIds.count { stage = .messages }
    }

    mutating func passMessages(to position: Int) { messagePosition = position }

    mutating func passMessages(logEnd: Int) {
        self.logEnd = logEnd
        stage = .log
    }

    mutating func passLog(to position: Int?) {
        if let position { logPosition = position } else { stage = .done }
    }
}

/// A portion of what a service has to forget of a customer in one transaction.
public struct ForgottenPart: Sendable {
    public let customerIds: [UUID]
    public let contactIds: [UUID]
    public let requestIds: [UUID]
    /// A few of his work orders; of requests that became none, the ids under which they were told.
    public let workOrderIds: [UUID]
    /// The first of several portions, of which all but the work orders is the same.
    public let isFirst: Bool
}

/// What marks messages about a customer.
public struct ForgottenMarks: Sendable {
    /// Partition keys.
    var stories: [String]
    var subjects: [String]
    /// Any of these in a message makes it one about him.
    var ids: [String]

    /// - Parameter subjects: further ones, as `site/<id>`.
    public init(stories: [UUID], subjects: [String], ids: [UUID]) {
        self.stories = stories.map(\.text)
        self.subjects = subjects
        self.ids = ids.map(\.text)
    }

    init(_ event: CustomerErased) {
        self.init(
            stories: event.workOrderIds, subjects: event.contactIds.map { "contact/\($0.text)" },
            ids: [event.customerId] + event.mergedCustomerIds + event.contactIds + event.requestIds
                + event.workOrderIds)
    }
}
