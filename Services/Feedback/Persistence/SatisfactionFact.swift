import DomainContracts
import Foundation
import ServiceKit

/// What a customer said, by survey or on the telephone.
struct SatisfactionFact: FactRow, Equatable {
    static let table = "satisfaction_fact"
    static let columns = [
        "work_order_id", "report_id", "source", "satisfaction", "recommendation", "effort", "fixed", "answered_at",
    ]

    let workOrderId: UUID
    /// The confirmed report he was asked about.
    let reportId: UUID
    /// `survey` or `call`.
    let source: String
    let satisfaction: Int?
    let recommendation: Int?
    let effort: Int?
    let fixed: Bool?
    let answeredAt: Date

    init(_ command: AnswerSurvey, _ followUp: FollowUp, answeredAt: Date) {
        workOrderId = followUp.workOrderId
        reportId = followUp.reportId
        source = "survey"
        satisfaction = command.satisfaction
        recommendation = command.recommendation
        effort = command.effort
        fixed = command.fixed
        self.answeredAt = answeredAt
    }

    /// Nil when the call brought no answer.
    init?(_ command: CompleteFollowUp, _ followUp: FollowUp, answeredAt: Date) {
        guard command.satisfaction != nil || command.fixed != nil else { return nil }
        workOrderId = followUp.workOrderId
        reportId = followUp.reportId
        source = "call"
        satisfaction = command.satisfaction
        recommendation = nil
        effort = nil
        fixed = command.fixed
        self.answeredAt = answeredAt
    }
}
