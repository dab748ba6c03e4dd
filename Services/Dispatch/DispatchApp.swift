import DomainContracts
import ServiceKit

/// The table of contents of the dispatch service: who goes, when, and why that one.
enum DispatchApp {
    static func definition(
        _ settings: DispatchSettings, travel: TravelProvider = .estimate
    ) throws -> ServiceDefinition {
        let links = LinkSigner(secret: settings.linkSecret)
        var service = ServiceDefinition(.dispatch, migrations: try migrations())
        service.commands(
            RegisterAnEngineer(),
            ReplaceShifts(),
            ReplaceLeave(),
            ReplaceCustomerEngineers(),
            AcceptOffer(),
            DeclineOffer(),
            AssignByHand(travel: travel),
            PinAVisit(),
            ReplaceHelpers(),
            BookAgreedSlot(travel: travel),
            MoveSlot(links: links, travel: travel),
            OfferFreeSlots(travel: travel),
            PublishRules())
        service.events(
            RecordOpenedJob(),
            FollowWorkOrder(),
            FollowClocks(),
            FollowCalendar(),
            CloseJob(),
            NoteDeparture(),
            NoteArrival(),
            NoteStart(),
            EndVisitedAssignment(),
            KeepVanStock(),
            FreeMissedVisit(),
            HearErasure())
        service.timers(
            OfferLease(),
            AppointmentDue(),
            VisitOverrun(),
            RetryDispatch())
        service.queries(
            ListAssignments(),
            CountTotals(),
            ShowRules(),
            DryRunRules(travel: travel),
            ShowDecisions(),
            ShowCandidates(travel: travel),
            ShowWorkBoard(),
            ShowEngineer(),
            ShowCustomerEngineers())
        service.workers(
            Dispatcher(travel: travel), CrewFinder(travel: travel),
            DayPlanner(milliseconds: settings.dayPlanMilliseconds, travel: travel),
            ForgetCustomers(ForgetPlaces.forget))
        service.figures(DispatchFigures.all)
        return service
    }

    static func migrations() throws -> [Migration] {
        [
            try Migration(file: "V0001_dispatch.sql", sql: PackageResources.V0001_dispatch_sql),
            try Migration(file: "V0002_rules.sql", sql: PackageResources.V0002_rules_sql),
            try Migration(file: "V0003_day_plan.sql", sql: PackageResources.V0003_day_plan_sql),
            try Migration(file: "V0004_crews.sql", sql: PackageResources.V0004_crews_sql),
            try Migration(file: "V0005_van_parts.sql", sql: PackageResources.V0005_van_parts_sql),
            try Migration(file: "V0006_erasure.sql", sql: PackageResources.V0006_erasure_sql),
            try Migration(file: "V0007_heard_erasure.sql", sql: PackageResources.V0007_heard_erasure_sql),
            try Migration(file: "V0008_duty_calendars.sql", sql: PackageResources.V0008_duty_calendars_sql),
            try Migration(file: "V0009_customer_engineers.sql", sql: PackageResources.V0009_customer_engineers_sql),
        ]
    }
}
