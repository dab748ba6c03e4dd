import DomainContracts
import FoundationEssentials

/// How a person is reached: our view of intake's contacts.
struct Contact: Codable, Sendable, Equatable {
    let name: String?
    let phone: String?
    let email: String?
    let channel: String
    let channelUserId: String?
    let language: String
    /// Sequence of the news this is made of: the newest wins.
    let sequence: Int

    init(_ event: ContactChanged, sequence: Int) {
        name = event.name
        phone = event.phone
        email = event.email
        channel = event.channel
        channelUserId = event.channelUserId
        language = event.language
        self.sequence = sequence
    }

    /// Whether a message can reach him; else somebody has to call.
    var canBeNotified: Bool {
        !channel.isEmpty && channel != "none" && (phone != nil || email != nil || channelUserId != nil)
    }

    var recipient: NotificationRecipient {
        NotificationRecipient(role: "customer", name: name, phone: phone, email: email, channelUserId: channelUserId)
    }
}
