import FoundationEssentials

/// A maintenance plan 维保计划 as people write it: which devices are visited, when, and what for. docs/maintenance.md
/// explains each part.
public struct MaintenancePlanTerms: Codable, Sendable, Hashable {
    /// The contract under which it is done: its term and visit quota hold, and its devices unless `devices` names some.
    public var contractId: UUID?
    /// Instead of `contractId`, with `customerNumber`.
    public var contractNumber: String?
    /// Whose contract `contractNumber` is.
    public var customerNumber: String?
    /// One work order each; all of one customer.
    public var devices: [PlannedDevice]
    /// `maintenance` or `inspection`.
    public var serviceType: ServiceType
    /// On site when absent.
    public var serviceMode: ServiceMode?
    /// What is to be done, in a sentence: the work order's problem.
    public var subject: String
    public var schedule: MaintenanceSchedule
    /// How many days ahead a work order is opened, 0 to 365; 0 when absent.
    public var leadDays: Int?
    /// The hours wished for on that day, on the clock of the calendar's zone: `09:00-12:00`. Absent: the whole day.
    public var window: String?
    /// What becomes of dates that passed while nobody could open them; `latest` when absent.
    public var catchUp: CatchUpRule?

    public init(
        contractId: UUID? = nil, contractNumber: String? = nil, customerNumber: String? = nil,
        devices: [PlannedDevice] = [], serviceType: ServiceType, serviceMode: ServiceMode? = nil, subject: String,
        schedule: MaintenanceSchedule, leadDays: Int? = nil, window: String? = nil, catchUp: CatchUpRule? = nil
    ) {
        self.contractId = contractId
        self.contractNumber = contractNumber
        self.customerNumber = customerNumber
        self.devices = devices
        self.serviceType = serviceType
        self.serviceMode = serviceMode
        self.subject = subject
        self.schedule = schedule
        self.leadDays = leadDays
        self.window = window
        self.catchUp = catchUp
    }
}

/// A registered device, by one of these.
public struct PlannedDevice: Codable, Sendable, Hashable {
    public var deviceId: UUID?
    /// Our own code, as printed on the device's QR label.
    public var code: String?
    /// Unique among those of a brand.
    public var serialNumber: String?
    /// With `serialNumber`; needed where devices of several brands have it.
    public var brand: String?

    public init(deviceId: UUID? = nil, code: String? = nil, serialNumber: String? = nil, brand: String? = nil) {
        self.deviceId = deviceId
        self.code = code
        self.serialNumber = serialNumber
        self.brand = brand
    }
}

/// When a plan falls due. All days are days of its calendar's zone.
public struct MaintenanceSchedule: Codable, Sendable, Hashable {
    /// So many units from one due date to the next, 1 to 1000.
    public var every: Int
    public var unit: IntervalUnit
    /// With months: 1 to 31, or the month's last day where it has fewer. Absent: the day of `firstDueOn`.
    public var dayOfMonth: Int?
    /// The first due date, `YYYY-MM-DD`.
    public var firstDueOn: String
    /// The last day on which it may fall due, `YYYY-MM-DD`.
    public var endsOn: String?
    /// 1 Monday … 7 Sunday: the visit is on one of these. Any when empty.
    public var weekdays: [Int]
    /// Whether the visit is on a working day of `calendar`.
    public var workingDays: Bool?
    /// Where a due date is no such day: to the `next` one, which holds when absent, or the `previous` one.
    public var move: MoveRule?
    /// The months in which it falls due. Absent: all.
    public var season: MaintenanceSeason?
    /// Name of the business calendar; `working_hours` when absent.
    public var calendar: String?

    public init(
        every: Int, unit: IntervalUnit, dayOfMonth: Int? = nil, firstDueOn: String, endsOn: String? = nil,
        weekdays: [Int] = [], workingDays: Bool? = nil, move: MoveRule? = nil, season: MaintenanceSeason? = nil,
        calendar: String? = nil
    ) {
        self.every = every
        self.unit = unit
        self.dayOfMonth = dayOfMonth
        self.firstDueOn = firstDueOn
        self.endsOn = endsOn
        self.weekdays = weekdays
        self.workingDays = workingDays
        self.move = move
        self.season = season
        self.calendar = calendar
    }
}

/// From a month to a month, both included; over the new year when the second is the lesser.
public struct MaintenanceSeason: Codable, Sendable, Hashable {
    /// 1 to 12.
    public var fromMonth: Int
    /// 1 to 12.
    public var toMonth: Int

    public init(fromMonth: Int, toMonth: Int) {
        self.fromMonth = fromMonth
        self.toMonth = toMonth
    }
}
