import DomainContracts
import Foundation
import ServiceKit

/// Nobody has completed a request yet: its sender is asked again, then somebody higher up is told.
struct RemindOfIncomplete: TimerHandler {
    static let kind = "request-incomplete"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) {
        keys.need(ServiceRequest.self, timer.id)
        keys.look(at: SLABook.self, SLABook.id)
    }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var request = turn.get(ServiceRequest.self, timer.id), request.status == .incomplete else { return }
        // One of before this was watched: it is from now on.
        guard var watch = request.incompleteWatch else { return turn.watch(&request) }
        // It is fired again after the step was taken, or the calendar has changed since it was set.
        guard let due = watch.nextAt(turn.workingHours()), timer.dueAt >= due else {
            return turn.scheduleReminder(of: request)
        }
        let step = watch.takeStep(at: turn.now)
        request.incompleteWatch = watch
        turn.set(request, request.id)
        let story = IntakeID.workOrder(of: request.id)
        if let step {
            turn.emit(request.escalated(step, at: turn.now), about: ServiceRequest.self, request.id, story: story)
        } else {
            turn.emit(request.toldIncomplete(again: turn.now), about: ServiceRequest.self, request.id, story: story)
        }
        turn.scheduleReminder(of: request)
    }
}

extension Turn {
    /// Watches that an incomplete request is not forgotten, from the first time that it is found to be one.
    mutating func watch(_ request: inout ServiceRequest) {
        guard request.incompleteWatch == nil else { return }
        request.incompleteWatch = IncompleteWatch(since: now)
        set(request, request.id)
        note("watched", about: ServiceRequest.self, request.id)
        scheduleReminder(of: request)
    }

    /// It is incomplete no more.
    mutating func stopWatching(_ request: ServiceRequest) {
        if request.incompleteWatch != nil { cancel(RemindOfIncomplete.self, for: request.id) }
    }

    fileprivate mutating func scheduleReminder(of request: ServiceRequest) {
        guard let at = request.incompleteWatch?.nextAt(workingHours()) else { return }
        schedule(RemindOfIncomplete.self, for: request.id, at: at)
    }
}

extension ServiceRequest {
    /// What is missing, for whoever asks its sender.
    ///
    /// - Parameter date: when he is to be asked again; nil: he was not asked for this yet.
    func toldIncomplete(again date: Date? = nil) -> RequestIncomplete {
        RequestIncomplete(
            requestId: id, requestNumber: number, channel: report.channel, contactId: contactId, missing: missing,
            receivedAt: receivedAt, language: report.writtenLanguage, remindedAt: date,
            probableDuplicates: duplicates ?? [])
    }

    fileprivate func escalated(_ step: Int, at date: Date) -> RequestEscalated {
        RequestEscalated(
            requestId: id, requestNumber: number,
            escalation: Escalation(
                escalationId: IntakeID.escalation(IncompleteRequestRule.about, step: step, count: 0, of: id),
                step: step, toRole: EscalationRule.role(of: step),
                reason: CodedReason(
                    code: IncompleteRequestRule.about,
                    parameters: [
                        "requestNumber": number, "missing": missing.joined(separator: " "),
                        "receivedAt": RFC3339.format(receivedAt),
                    ]),
                raisedAt: date))
    }
}
