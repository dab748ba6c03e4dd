import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// The service levels and calendars in force.
    mutating func slaBook() -> SLABook { look(at: SLABook.self, SLABook.id) ?? .standard }

    /// What the order's clocks are reckoned with: the calendars that they name, and those in force.
    mutating func calendars(of order: WorkOrder) -> Calendars {
        let book = slaBook()
        var calendars = Calendars(book.calendars.values)
        for ref in order.calendarRefs where book.calendars[ref.name]?.ref != ref {
            let version =
                CalendarVersion.shipped.first { $0.ref == ref }
                ?? look(at: CalendarVersion.self, IntakeID.calendar(ref))
            if let version { calendars.add(version) }
        }
        return calendars
    }
}

extension Keys {
    /// A work order, and what its clocks are reckoned with.
    mutating func needWorkOrder(_ id: UUID) {
        need(WorkOrder.self, id)
        look(at: SLABook.self, SLABook.id)
    }
}

extension Calendars {
    init(_ versions: some Sequence<CalendarVersion>) {
        self.init()
        for version in versions { add(version) }
    }

    mutating func add(_ version: CalendarVersion) {
        if let calendar = CompiledCalendars.shared.calendar(version.rules) { add(calendar, as: version.ref) }
    }
}
