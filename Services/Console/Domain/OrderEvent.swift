import DomainContracts
import FoundationEssentials

/// An event of a work order's story.
protocol OrderEvent: Event {
    var workOrderId: UUID { get }
    /// What it says of how the order stands. Whatever order events come in, the same must come of it.
    ///
    /// - Parameter sequence: the version of the aggregate that it is about.
    func fold(into order: inout OrderView, _ sequence: Int)
    var line: LineDraft { get }
}

extension OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {}
}

/// What an event says in a story, its envelope apart.
struct LineDraft {
    var at: Date
    var channel: String?
    var direction: ContactDirection?
    var text: String?
    var parameters: [String: String?] = [:]
    var money: Money?
}

extension StoryLine {
    init<E: Event>(_ type: E.Type, _ draft: LineDraft, _ envelope: Envelope, workOrderId: UUID?) {
        self.init(
            messageId: envelope.id, service: E.service.rawValue, kind: E.wireName, at: draft.at,
            workOrderId: workOrderId, actorType: envelope.authtype, actorId: envelope.authid, channel: draft.channel,
            direction: draft.direction, text: draft.text.flatMap { $0.isEmpty ? nil : $0 },
            parameters: draft.parameters.compactMapValues { $0 }.filter { !$0.value.isEmpty }, money: draft.money)
    }
}
