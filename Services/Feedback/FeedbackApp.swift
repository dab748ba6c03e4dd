import DomainContracts
import Foundation
import ServiceKit

/// Feedback's table of contents.
enum FeedbackApp {
    static func definition(_ settings: ServiceSettings) throws -> ServiceDefinition {
        try definition(desk: LinkDesk(links: LinkSigner(secret: settings.linkSecret)), clock: settings.clock)
    }

    static func definition(desk: LinkDesk, clock: DomainClock) throws -> ServiceDefinition {
        var service = ServiceDefinition(
            .feedback,
            migrations: [
                try Migration(file: "V0001_feedback.sql", sql: PackageResources.V0001_feedback_sql),
                try Migration(file: "V0002_erasure.sql", sql: PackageResources.V0002_erasure_sql),
                try Migration(file: "V0003_heard_erasure.sql", sql: PackageResources.V0003_heard_erasure_sql),
            ])
        service.commands(TakeSurveyAnswer(desk: desk), FinishFollowUp(), NoteDelivery())
        service.events(
            KeepContact(), KeepStaff(), AcknowledgeReport(), AskForWhatIsMissing(), TellAnswer(), TellDisputeDecision(),
            TellBookedVisit(),
            AskAboutEstimate(desk: desk), AskAboutApprovedEstimate(desk: desk), HearVisitEnd(desk: desk),
            AskToConfirm(desk: desk), StartFollowUp(desk: desk), HearOrderChange(desk: desk), CountClosedOrder(),
            WarnOfClock(), TellOfBreach(), PassOnEscalation(), PassOnDispatchEscalation(), PassOnBillingEscalation(),
            PassOnRequestEscalation(), HearErasure())
        service.workers(ForgetCustomers(ForgetDeliveries.forget))
        service.timers(MakeFollowUpDue(), GiveUpOnFollowUp(), GiveUpOnConfirmation())
        service.queries(AnswerKPIs(clock: clock), AnswerFeedbackTotals())
        service.figures(FeedbackFigures.all)
        return service
    }
}
