import DomainContracts
import Foundation
import ServiceKit

/// Field service's table of contents.
enum FieldServiceApp {
    /// With the deployment's link secret. `migrate` and `health` run without one: then no link is genuine.
    static func definition() throws -> ServiceDefinition {
        let secret = try Settings().optionalString("MENDLOOP_LINK_SECRET") ?? "\(UUID())\(UUID())"
        return try definition(door: CustomerDoor(links: LinkSigner(secret: secret)))
    }

    static func definition(door: CustomerDoor) throws -> ServiceDefinition {
        var service = ServiceDefinition(
            .fieldService,
            migrations: [
                try Migration(file: "V0001_fieldservice.sql", sql: PackageResources.V0001_fieldservice_sql)
            ])
        service.commands(
            DepartToVisit(), CheckInOnSite(), StartWorkOnVisit(), PauseWork(), ResumeWork(), RecordWhatWasFound(),
            RequestMissingParts(), UsePartOnVisit(), EndVisitOnSite(), ConfirmReport(door: door),
            DisputeReport(door: door))
        service.events(
            KeepOpenedOrder(), CancelVisitsOfClosedOrder(), PlanAcceptedVisit(), ScheduleBookedVisit(),
            CancelWithdrawnVisit(), HearEstimate(), HearApproval(), HearRejection(), HearAcceptedQuote(),
            HearRefusedQuote())
        service.timers(MissVisit(), LetConfirmationPass())
        service.queries(AnswerVisitQuery(), AnswerFieldServiceTotals())
        return service
    }
}
