import AMQP
import DomainContracts
import Foundation

extension LifeDriver {
    /// An answer or an event, told apart by its type.
    func hear(_ delivery: Delivery) throws {
        let (type, body) = (delivery.properties.type ?? "", delivery.body)
        switch type {
        case AssignmentOffered.wireType: try hear(try read(Heard.Offer.self, body))
        case NotificationRequested.wireType: try hear(try read(Heard.Notification.self, body))
        case EstimatePrepared.wireType: try hear(try read(Heard.Estimate.self, body))
        case ChargeFinal.wireType: try hear(try read(Heard.Charge.self, body))
        case WorkOrderClosed.wireType:
            guard let life = life(of: try read(Heard.Order.self, body).workOrderId), life.step == .answering else {
                return
            }
            try finish(life)
        default: try hearAnswer(delivery, type)
        }
    }

    private func life(of order: UUID?) -> Life? { order.flatMap { numbers[$0] }.flatMap { lives[$0] } }

    private func hearAnswer(_ delivery: Delivery, _ type: String) throws {
        let words = (delivery.properties.correlationID ?? "").split(separator: " ")
        guard words.count == 2, let life = Int(words[0]).flatMap({ lives[$0] }), life.step.rawValue == words[1] else {
            return
        }
        if type.hasSuffix("-accepted.v1") {
            try accepted(life, delivery.body)
        } else {
            try refused(life, delivery.body)
        }
    }

    private func hear(_ offer: Heard.Offer) throws {
        guard var life = number(in: offer.problem).flatMap({ lives[$0] }), life.step == .reporting else { return }
        life.offeredAfter = (ContinuousClock.now - life.reportedAt).inSeconds
        life.order = offer.workOrderId
        numbers[offer.workOrderId] = life.number
        (life.visit, life.engineer, life.window) = (offer.assignmentId, offer.engineerId, offer.proposedWindow)
        life.step = .accepting
        try act(life)
    }

    private func hear(_ estimate: Heard.Estimate) throws {
        guard var life = life(of: estimate.workOrderId), life.step == .finding else { return }
        life.step = estimate.decision == .none ? .usingPart : .awaitingQuote
        if estimate.decision == .approval {
            try tell(
                ApproveEstimate(estimateId: estimate.estimateId), by: .user("approver"), story: life.order)
        }
        // The notification with the quote may have come first.
        if life.step == .awaitingQuote, life.estimate == estimate.estimateId { life.step = .acceptingQuote }
        try act(life)
    }

    /// The adapter tells the customer and says so; then the customer does what he was asked to.
    private func hear(_ notification: Heard.Notification) throws {
        try tell(
            ConfirmDelivery(notificationId: notification.notificationId, status: .delivered), by: .adapter,
            channel: notification.channel, story: notification.workOrderId)
        guard var life = life(of: notification.workOrderId) else { return }
        switch (notification.template, life.step) {
        case ("visit-booked", .booking):
            life.step = .departing
        case ("quote", .finding), ("quote", .awaitingQuote):
            (life.estimate, life.token) = (notification.estimateId, notification.token)
            if life.step == .finding {
                lives[life.number] = life
                return
            }
            life.step = .acceptingQuote
        case ("survey", .confirming):
            guard let survey = notification.surveyId else { return }
            life.step = .answering
            try tell(
                AnswerSurvey(
                    surveyId: survey, satisfaction: 5, recommendation: 9, effort: 6, fixed: true,
                    token: notification.token),
                by: .customer, channel: Speech.channel, story: life.order)
        default:
            return
        }
        try act(life)
    }

    /// What the customer owes is paid through a provider.
    private func hear(_ charge: Heard.Charge) throws {
        guard charge.total.amount > 0, life(of: charge.workOrderId) != nil else { return }
        let payment = UUID()
        try tell(
            RecordPayment(
                paymentId: payment, workOrderId: charge.workOrderId, amount: charge.total, method: .wechat,
                reference: "bench-\(payment.uuidString.prefix(13))"),
            by: .user("finance"), channel: "finance", story: charge.workOrderId)
    }
}
