import DomainContracts
import FoundationEssentials

extension OrderView {
    fileprivate mutating func followUp(_ id: UUID, _ change: (inout FollowUpOverview) -> Void) {
        var followUp = followUps[id.text] ?? FollowUpOverview(followUpId: id)
        change(&followUp)
        followUps[id.text] = followUp
    }
}

/// A follow-up is due once and completed once, and a survey answered once: what is told of them is never told otherwise.
extension FollowUpDue: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.followUp(followUpId) { $0.dueAt = dueAt }
    }

    var line: LineDraft { LineDraft(at: dueAt, parameters: ["deadline": RFC3339.format(deadline)]) }
}

extension FollowUpCompleted: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.followUp(followUpId) { followUp in
            (followUp.result, followUp.completedAt) = (result, completedAt)
            followUp.note = note
        }
    }

    /// Somebody called, unless the time for it only passed.
    var line: LineDraft {
        let isCall = result != .deadline
        return LineDraft(
            at: completedAt, channel: isCall ? "phone" : nil, direction: isCall ? .outbound : nil, text: note,
            parameters: [
                "result": result.rawValue, "fixed": fixed.map { "\($0)" }, "satisfaction": satisfaction.map { "\($0)" },
            ])
    }
}

extension SurveyAnswered: OrderEvent {
    func fold(into order: inout OrderView, _ sequence: Int) {
        order.surveys[surveyId.text] = SurveyOverview(
            surveyId: surveyId, satisfaction: satisfaction, recommendation: recommendation, fixed: fixed,
            comment: comment, answeredAt: answeredAt)
    }

    var line: LineDraft {
        LineDraft(
            at: answeredAt, direction: .inbound, text: comment,
            parameters: [
                "satisfaction": "\(satisfaction)", "recommendation": recommendation.map { "\($0)" },
                "fixed": "\(fixed)",
            ])
    }
}

extension NotificationChanged {
    /// Our own people are told where they work.
    private static let internalChannel = "internal"

    var line: LineDraft {
        LineDraft(
            at: changedAt, channel: channel, direction: channel == Self.internalChannel ? nil : .outbound, text: detail,
            parameters: [
                "notificationId": notificationId.text, "template": template, "status": status.rawValue,
            ])
    }
}
