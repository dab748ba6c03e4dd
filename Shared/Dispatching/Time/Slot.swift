/// A time at which somebody can come.
public struct Slot: Sendable, Equatable {
    public var span: Span
    /// From the stop before, or from home.
    public var travelMinutes: Int
    /// What the visit adds to the travel of the day.
    public var detourMinutes: Int
    /// Of the visit, after the end of his shift.
    public var overtimeMinutes: Int
    /// Whether he comes by way of his depot.
    public var fetches: Bool

    public init(
        span: Span, travelMinutes: Int, detourMinutes: Int, overtimeMinutes: Int = 0, fetches: Bool = false
    ) {
        self.fetches = fetches
        self.span = span
        self.travelMinutes = travelMinutes
        self.detourMinutes = detourMinutes
        self.overtimeMinutes = overtimeMinutes
    }
}

/// What it costs to come at a time: all of it but detour and overtime only grows, so a search can stop.
struct SlotPrice: Sendable {
    var perDetourMinute = 1
    var perLateMinute = 0
    /// Of tens of minutes.
    var perWait = 0
    /// 0: nobody works any.
    var perOvertimeMinute = 0
    /// When waiting begins.
    var from = 0
    /// When lateness begins; nil when nothing is promised.
    var dueAt: Int?

    /// No lateness beyond this, minutes, so that sums stay small.
    private static let latenessCap = 20_000

    func lateMinutes(_ start: Int) -> Int { dueAt.map { min(Self.latenessCap, max(0, start - $0) / 60) } ?? 0 }
    func waits(_ start: Int) -> Int { max(0, start - from) / 600 }

    func ofTime(_ start: Int) -> Int { lateMinutes(start) * perLateMinute + waits(start) * perWait }
    func cost(of slot: Slot) -> Int {
        slot.detourMinutes * perDetourMinute + slot.overtimeMinutes * perOvertimeMinute + ofTime(slot.span.start)
    }
}

func roundUp(_ value: Int, to grid: Int) -> Int { (floorDivide(value - 1, grid) + 1) * grid }
