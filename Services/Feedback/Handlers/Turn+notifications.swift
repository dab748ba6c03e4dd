import DomainContracts
import Foundation
import ServiceKit

/// What is told on one occasion, before it is known to whom.
struct News {
    var template: Template
    var parameters: [String: String] = [:]
    var token: String?
    var workOrderId: UUID?
    var workOrderNumber: String?
    var surveyId: UUID?
    var estimateId: UUID?
}

extension Turn {
    /// Our own people are told where console and the engineer's app look.
    static let internalChannel = "internal"

    /// Asks the customer's channel to tell him, once for each `id`; false when no message reaches him.
    @discardableResult
    mutating func notify(_ contact: Contact, _ id: UUID, _ news: News) -> Bool {
        guard contact.canBeNotified else { return false }
        notify(contact.recipient, on: contact.channel, in: contact.language, id, news)
        return true
    }

    /// Tells one of our own people, once for each `id`.
    mutating func notify(_ recipient: NotificationRecipient, _ id: UUID, _ news: News) {
        notify(recipient, on: Self.internalChannel, in: "zh-Hans", id, news)
    }

    private mutating func notify(
        _ recipient: NotificationRecipient, on channel: String, in language: String, _ id: UUID, _ news: News
    ) {
        guard get(Notification.self, id) == nil else { return }
        let notification = Notification(
            template: news.template, channel: channel, workOrderId: news.workOrderId,
            story: news.workOrderId ?? envelope.partitionkey.flatMap { UUID(uuidString: $0) }, requestedAt: now)
        set(notification, id)
        schedule(GiveUpOnConfirmation.self, for: id, at: now.addingTimeInterval(Notification.patience))
        tell(notification, id)
        emit(
            NotificationRequested(
                notificationId: id, channel: channel, template: news.template.rawValue, language: language,
                recipient: recipient, parameters: news.parameters, token: news.token, workOrderId: news.workOrderId,
                workOrderNumber: news.workOrderNumber, surveyId: news.surveyId, estimateId: news.estimateId,
                requestedAt: now),
            about: Notification.self, id, story: news.workOrderId, lastWord: channel)
    }

    /// Tells how a notification stands, without how its recipient is reached.
    mutating func tell(_ notification: Notification, _ id: UUID) {
        emit(
            notification.news(id, at: now), about: Notification.self, id,
            story: notification.story ?? notification.workOrderId)
    }

    /// A work order's notice and contact, or what has to come first.
    enum Addressee {
        case known(OrderNotice, Contact)
        case notYet(String)
    }

    mutating func addressee(of workOrderId: UUID) -> Addressee {
        guard let notice = get(OrderNotice.self, workOrderId) else { return .notYet(Self.story(workOrderId)) }
        guard let contact = get(Contact.self, notice.contactId) else {
            return .notYet(Contact.subject(notice.contactId))
        }
        return .known(notice, contact)
    }

    /// The subject of a work order, which is intake's.
    static func story(_ workOrderId: UUID) -> String { "work-order/\(workOrderId.text)" }
}
