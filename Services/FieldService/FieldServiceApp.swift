import DomainContracts
import Foundation
import ServiceKit

/// Field service's table of contents.
enum FieldServiceApp {
    static func definition(_ settings: ServiceSettings) throws -> ServiceDefinition {
        try definition(door: CustomerDoor(links: LinkSigner(secret: settings.linkSecret)))
    }

    static func definition(door: CustomerDoor) throws -> ServiceDefinition {
        var service = ServiceDefinition(
            .fieldService,
            migrations: [
                try Migration(file: "V0001_fieldservice.sql", sql: PackageResources.V0001_fieldservice_sql),
                try Migration(file: "V0002_erasure.sql", sql: PackageResources.V0002_erasure_sql),
                try Migration(file: "V0003_heard_erasure.sql", sql: PackageResources.V0003_heard_erasure_sql),
                try Migration(file: "V0004_signed_files.sql", sql: PackageResources.V0004_signed_files_sql),
            ])
        service.commands(
            DepartToVisit(), CheckInOnSite(), StartWorkOnVisit(), PauseWork(), ResumeWork(), RecordWhatWasFound(),
            RequestMissingParts(), UsePartOnVisit(), EndVisitOnSite(), ConfirmReport(door: door),
            DisputeReport(door: door))
        service.events(
            KeepOpenedOrder(), FollowNeed(), CancelVisitsOfClosedOrder(), PlanAcceptedVisit(),
            ScheduleBookedVisit(), FollowDayPlan(), FollowCrew(), CancelWithdrawnVisit(), HearEstimate(),
            HearApproval(), HearRejection(),
            HearAcceptedQuote(),
            HearRefusedQuote(), HearErasure())
        service.workers(ForgetCustomers(ForgetOnSite.forget))
        service.timers(MissVisit(), LetConfirmationPass())
        service.queries(AnswerVisitQuery(), AnswerServiceReports(), AnswerFieldServiceTotals(), AnswerSignedFiles())
        service.figures(FieldServiceFigures.all)
        return service
    }
}
