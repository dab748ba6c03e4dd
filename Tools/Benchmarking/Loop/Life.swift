import DomainContracts
import Foundation

/// One work order on its way, as the outside world sees it: what it waits for next.
struct Life: Sendable {
    /// Each command's answer moves a life on; where an event is waited for instead, the comment says which.
    enum Step: String, Sendable, CaseIterable {
        /// `assignment-offered`, not the answer.
        case reporting
        case accepting
        /// The notification that a time is booked.
        case booking
        case departing
        case checkingIn
        case starting
        /// `estimate-prepared`.
        case finding
        /// The notification with the quote, where there is one.
        case awaitingQuote
        case acceptingQuote
        case usingPart
        case ending
        /// The notification with the survey.
        case confirming
        /// `work-order-closed`.
        case answering
        /// A report that is only to be stored: the answer, then the cancellation's.
        case storing
        case cancelling
        case over
    }

    let number: Int
    let reportedAt: ContinuousClock.Instant
    var step: Step
    var attempts = 0
    var order: UUID?
    /// The assignment's id is the visit's.
    var visit = UUID()
    var engineer = UUID()
    var window: TimeWindow?
    var estimate: UUID?
    var token: String?
    /// From the report's publication to the offer.
    var offeredAfter: Double?

    /// One in four devices is out of warranty: quote, charge and payment.
    var pays: Bool { number % 4 == 3 }
}

/// What the driver reads of events: no more, since every member read is time taken from the services.
enum Heard {
    struct Body<Data: Decodable>: Decodable { let data: Data }

    struct Offer: Decodable {
        let assignmentId: UUID
        let workOrderId: UUID
        let engineerId: UUID
        let proposedWindow: TimeWindow
        let problem: String
    }

    struct Estimate: Decodable {
        let estimateId: UUID
        let workOrderId: UUID
        let decision: EstimateDecision
    }

    struct Notification: Decodable {
        let notificationId: UUID
        let channel: String
        let template: String
        let token: String?
        let workOrderId: UUID?
        let surveyId: UUID?
        let estimateId: UUID?
    }

    struct Order: Decodable { let workOrderId: UUID }

    struct Accepted: Decodable { let workOrderId: UUID? }

    struct Charge: Decodable {
        let workOrderId: UUID
        let total: Money
    }
}
