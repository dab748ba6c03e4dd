import Dispatching
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting

@testable import DispatchService

/// Monday, 2026-11-16, 08:00 in China.
let monday = Date(timeIntervalSince1970: 1_794_787_200)
let shanghai = Coordinates(latitude: 31.23, longitude: 121.47, crs: .wgs84)

private let examples = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))

func uuid(_ number: Int) -> UUID { UUID(derivedFrom: "\(number)", in: examples) }

func hours(_ count: Double) -> Date { monday.addingTimeInterval(count * 3600) }
func window(_ from: Double, _ to: Double) -> TimeWindow { TimeWindow(start: hours(from), end: hours(to)) }

func registration(
    _ number: Int, skills: [SkillLevel] = [SkillLevel(skill: "aircon", level: 3)], regions: [String] = ["31"],
    home: Coordinates? = shanghai, name: String = "李"
) -> RegisterEngineer {
    RegisterEngineer(
        engineerId: uuid(number), employeeNumber: "E\(number)", name: name, grade: "senior", branch: "上海", team: "A",
        supervisorId: uuid(900), hourlyRate: Money(12_000, "CNY"), skills: skills, regionCodes: regions, home: home)
}

/// 08:00 to 17:00 on all days but Sunday, in China.
let weekly = (1...6).map { WeekdayShift(weekday: $0, startMinute: 480, endMinute: 1020) }
let dayShift = ShiftPattern(utcOffsetMinutes: 480, weekly: weekly)

func engineer(
    _ number: Int, skills: [SkillLevel]? = nil, regions: [String] = ["31"], shifts: ShiftPattern? = dayShift,
    productLines: [String]? = nil
) -> Engineer {
    var command = registration(
        number, skills: skills ?? [SkillLevel(skill: "aircon", level: 3)], regions: regions)
    command.productLines = productLines
    return Engineer(command, shifts: shifts)
}

func need(
    _ round: Int = 1, _ reason: DispatchReason = .initial, skill: Int = 2, preferred: Int? = nil, excluded: [Int] = [],
    windows: [TimeWindow] = [], minutes: Int = 60, due: Date? = nil
) -> DispatchNeed {
    DispatchNeed(
        round: round, reason: reason, requiredSkills: [SkillLevel(skill: "aircon", level: skill)],
        preferredEngineerId: preferred.map(uuid), excludedEngineerIds: excluded.map(uuid), preferredWindows: windows,
        durationMinutes: minutes, arrivalDueAt: due)
}

func opened(
    _ number: Int = 100, need: DispatchNeed? = need(), priority: Priority = .p3, location: Coordinates? = shanghai
) -> WorkOrderOpened {
    WorkOrderOpened(
        workOrderId: uuid(number), workOrderNumber: "WO-20261116-\(number)", requestId: uuid(number + 1000),
        status: .pendingDispatch, receivedAt: monday, channel: "wechat", customerId: uuid(5000), contactId: uuid(5001),
        serviceType: .repair, serviceMode: .onSite, priority: priority, category: "aircon", problem: "漏油",
        regionCode: "310101", location: location,
        entitlement: Entitlement(
            kind: .warranty, cover: Cover(labour: true, parts: true, travel: true), responseLevel: .standard,
            reason: CodedReason(code: "in_warranty")), need: need, language: "zh-Hans")
}

func changed(
    _ status: WorkOrderStatus, from previous: WorkOrderStatus = .pendingDispatch, need: DispatchNeed? = nil
) -> WorkOrderChanged {
    WorkOrderChanged(
        workOrderId: uuid(100), workOrderNumber: "WO-20261116-100", status: status, previousStatus: previous,
        responsible: .dispatcher, occurredAt: monday, need: need)
}

func job(_ opened: WorkOrderOpened = opened()) -> Job { Job(opened, sequence: 1, now: monday) }

/// Decides what is open in a bench, as the dispatcher does on the real database.
struct DecideOpenJobs: EventHandler {
    typealias E = WorkOrderOpened
    let jobs: [UUID]
    let engineers: [UUID]
    let ids: [UUID]
    /// Decides by bookings that are out of date.
    var isBlind = false
    var rules = RuleSet.standardDocument

    func decide(_ event: WorkOrderOpened, _ turn: inout Turn) -> EventOutcome {
        var open: [(id: UUID, job: Job)] = []
        var known: [UUID: KnownPeople] = [:]
        for id in jobs {
            guard let job = turn.get(Job.self, id), job.status == .open else { continue }
            open.append((id, job))
            known[id] = turn.knownPeople(of: job)
        }
        var people: [Person] = []
        var booked: [(UUID, Timeline.Stop)] = []
        for id in engineers {
            if let engineer = turn.get(Engineer.self, id) { people.append(engineer.person(id, at: turn.now)) }
            if !isBlind, let calendar = turn.get(EngineerCalendar.self, id) {
                booked += calendar.stops.map { (id, $0) }
            }
        }
        let roster = Roster(people, stamp: people.count)
        let verdicts = verdicts(on: open, roster, booked, now: turn.now.epoch, rules, people: known)
        for (verdict, id) in zip(verdicts, ids) {
            _ = turn.carryOut(verdict, as: id, on: roster)
        }
        return .applied
    }
}

/// What a round under some rules makes of jobs.
func verdicts(
    on jobs: [(id: UUID, job: Job)], _ roster: Roster, _ booked: [(UUID, Timeline.Stop)] = [], now: Int,
    _ rules: DispatchRules = RuleSet.standardDocument, people: [UUID: KnownPeople] = [:]
) -> [DispatchRound.Verdict] {
    guard let rules = try? RuleSet(rules, version: 1) else { return [] }
    var round = DispatchRound(jobs: jobs, decider: Decider(CompiledRules(rules, roster)), now: now, people: people)
    var board = Board(roster, range: round.range, travel: .estimate)
    for (id, stop) in booked {
        if let member = roster.position(of: id) { board.enter(stop, of: member) }
    }
    return round.decide(on: board)
}

func stop(_ window: TimeWindow, at place: Place) -> Timeline.Stop {
    Timeline.Stop(span: Span(window), point: TravelPoint(place))
}

/// A company of engineers 1…n on day shifts, and the work orders that came in.
struct Company {
    var bench = DeciderBench(.dispatch, now: monday)
    let engineers: [UUID]
    var jobs: [UUID] = []
    /// By which the dispatcher decides.
    var rules = RuleSet.standardDocument
    private var nextAssignment = 10_000
    private var sequence = 1

    init(engineers count: Int) throws {
        engineers = (1..<count + 1).map(uuid)
        for number in 1..<count + 1 {
            try bench.send(registration(number), to: RegisterAnEngineer())
            try bench.send(
                SetShift(engineerId: uuid(number), utcOffsetMinutes: 480, weekly: weekly), to: ReplaceShifts())
        }
    }

    mutating func open(_ event: WorkOrderOpened = opened()) throws {
        jobs.append(event.workOrderId)
        try bench.receive(event, by: RecordOpenedJob(), story: event.workOrderId)
    }

    mutating func change(_ event: WorkOrderChanged, sequence explicit: Int? = nil) throws {
        sequence += 1
        try bench.receive(event, by: FollowWorkOrder(), sequence: explicit ?? sequence)
    }

    /// Lets the dispatcher decide what is open.
    mutating func dispatch(isBlind: Bool = false) throws {
        let ids = jobs.indices.map { uuid(nextAssignment + $0) }
        nextAssignment += jobs.count
        try bench.receive(
            opened(), by: DecideOpenJobs(jobs: jobs, engineers: engineers, ids: ids, isBlind: isBlind, rules: rules))
    }

    /// Opens a work order, offers it, and lets the engineer accept.
    mutating func openAndAccept() throws -> AssignmentOffered {
        try open()
        try dispatch()
        let offer = try lastOffer()
        try accept(offer)
        return offer
    }

    func lastOffer() throws -> AssignmentOffered {
        guard let offer = bench.last(AssignmentOffered.self) else { throw NothingOffered() }
        return offer
    }

    @discardableResult
    mutating func accept(_ offer: AssignmentOffered) throws -> Acknowledgement {
        try bench.send(
            AcceptAssignment(assignmentId: offer.assignmentId, engineerId: offer.engineerId), to: AcceptOffer())
    }

    @discardableResult
    mutating func decline(_ offer: AssignmentOffered) throws -> Acknowledgement {
        try bench.send(
            DeclineAssignment(assignmentId: offer.assignmentId, engineerId: offer.engineerId, reason: .busy),
            to: DeclineOffer())
    }

    func calendar(_ number: Int) -> [CalendarEntry] {
        bench.state(EngineerCalendar.self, uuid(number))?.entries ?? []
    }

    func job(_ number: Int = 100) -> Job? { bench.state(Job.self, uuid(number)) }
    func status(_ offer: AssignmentOffered) -> AssignmentState? {
        bench.state(Assignment.self, offer.assignmentId)?.status
    }

    struct NothingOffered: Error {}
}

func checkedIn(_ offer: AssignmentOffered, at moment: Date) -> VisitCheckedIn {
    VisitCheckedIn(
        visitId: offer.assignmentId, workOrderId: offer.workOrderId, engineerId: offer.engineerId, checkedInAt: moment,
        window: offer.proposedWindow, originalWindow: offer.proposedWindow)
}

func ended(_ offer: AssignmentOffered, _ reason: VisitEndReason = .workDone, at moment: Date) -> VisitEnded {
    VisitEnded(
        visitId: offer.assignmentId, workOrderId: offer.workOrderId, workOrderNumber: offer.workOrderNumber,
        engineerId: offer.engineerId, reason: reason, endedAt: moment, workMinutes: 30, travelMinutes: 10)
}
