import DomainContracts
import Foundation

/// A message that names what it is about; what it may name and does not is nil.
protocol Naming: Message {
    var subjects: [Subject?] { get }
}

extension WorkOrderQuery: Naming {
    var subjects: [Subject?] { [workOrderId.map(Subject.order), workOrderNumber.map(Subject.orderNumber)] }
}

extension SLATimelineQuery: Naming {
    var subjects: [Subject?] { [workOrderId.map(Subject.order), workOrderNumber.map(Subject.orderNumber)] }
}

extension RequestQuery: Naming {
    var subjects: [Subject?] { [requestId.map(Subject.request), requestNumber.map(Subject.requestNumber)] }
}

extension RequestMessagesQuery: Naming {
    var subjects: [Subject?] { [.request(requestId)] }
}

extension AppendMessage: Naming {
    var subjects: [Subject?] {
        [requestId.map(Subject.request), workOrderId.map(Subject.order), workOrderNumber.map(Subject.orderNumber)]
    }
}

extension CustomerOverviewQuery: Naming {
    var subjects: [Subject?] { [customerId.map(Subject.customer), customerNumber.map(Subject.customerNumber)] }
}

extension InteractionsQuery: Naming {
    var subjects: [Subject?] {
        [
            customerId.map(Subject.customer), workOrderId.map(Subject.order), workOrderNumber.map(Subject.orderNumber),
        ]
    }
}

/// Messages about one work order.
protocol NamingOrder: Naming {
    var workOrderId: UUID { get }
}

extension NamingOrder {
    var subjects: [Subject?] { [.order(workOrderId)] }
}

extension HoldWorkOrder: NamingOrder {}
extension ResumeWorkOrder: NamingOrder {}
extension CancelWorkOrder: NamingOrder {}
extension ReopenWorkOrder: NamingOrder {}
extension AssignmentsQuery: NamingOrder {}
extension DecisionsQuery: NamingOrder {}
extension CandidatesQuery: NamingOrder {}
extension OfferSlots: NamingOrder {}
extension RebookSlot: NamingOrder {}
extension ConfirmCompletion: NamingOrder {}
extension DisputeCompletion: NamingOrder {}
extension DisputeEntitlement: NamingOrder {}
extension SettlementQuery: NamingOrder {}

extension AssignEngineer: Naming {
    var subjects: [Subject?] { [.order(workOrderId), .engineer(engineerId)] }
}

extension SetHelpers: Naming {
    var subjects: [Subject?] { [.visit(assignmentId)] + helperIds.map(Subject.engineer) }
}

extension CollectPayment: Naming {
    var subjects: [Subject?] { [.order(workOrderId), .engineer(engineerId)] }
}

/// Messages about one offer or visit.
protocol NamingAssignment: Naming {
    var assignmentId: UUID { get }
}

extension NamingAssignment {
    var subjects: [Subject?] { [.visit(assignmentId)] }
}

extension BookSlot: NamingAssignment {}
extension PinVisit: NamingAssignment {}
extension AcceptAssignment: NamingAssignment, Acting {}
extension DeclineAssignment: NamingAssignment, Acting {}

extension VisitQuery: Naming {
    var subjects: [Subject?] { [.visit(visitId)] }
}

extension ServiceReportsQuery: Naming {
    var subjects: [Subject?] { [.order(workOrderId)] }
}

extension SetShift: Naming {
    var subjects: [Subject?] { [.engineer(engineerId)] }
}

extension EngineerQuery: Naming {
    var subjects: [Subject?] { [.engineer(engineerId)] }
}

extension SetLeave: Naming {
    var subjects: [Subject?] { [.engineer(engineerId)] }
}

extension CustomerEngineersQuery: Naming {
    var subjects: [Subject?] { [.customer(customerId)] }
}

extension SetCustomerEngineers: Naming {
    /// Whoever may see the customer may say again what is said of him: also of engineers whom he does not see himself.
    var subjects: [Subject?] { [.customer(customerId)] }
}

extension PartRequestQuery: Naming {
    var subjects: [Subject?] { [.partRequest(partRequestId)] }
}

extension ReturnParts: Naming {
    var subjects: [Subject?] { [.partRequest(partRequestId)] }
}

/// What engineers say of what they do.
protocol Acting: Naming {
    var engineerId: UUID { get }
}

/// The same on a visit.
protocol ActingOnVisit: Acting {
    var visitId: UUID { get }
}

extension ActingOnVisit {
    var subjects: [Subject?] { [.visit(visitId)] }
}

extension DepartForVisit: ActingOnVisit {}
extension CheckIn: ActingOnVisit {}
extension StartWork: ActingOnVisit {}
extension PauseVisit: ActingOnVisit {}
extension ResumeVisit: ActingOnVisit {}
extension RecordFinding: ActingOnVisit {}
extension RequestParts: ActingOnVisit {}
extension UsePart: ActingOnVisit {}
extension EndVisit: ActingOnVisit {}
