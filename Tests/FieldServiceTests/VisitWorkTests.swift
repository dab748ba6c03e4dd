import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import FieldService

@Suite("working on site") struct VisitWorkTests {
    @Test("departing, arriving and starting are told with their times and place")
    func happyPath() throws {
        var job = Job()
        try job.schedule()
        job.bench.now = job.window.start
        try job.depart()
        let place = Coordinates(latitude: 39.92, longitude: 116.44, crs: .gcj02, accuracy: 12)
        job.bench.now += 600
        try job.checkIn(occurredAt: job.bench.now - 60, position: place)
        try job.begin()
        #expect(job.bench.last(VisitDeparted.self)?.window == job.window)
        let arrival = try #require(job.bench.last(VisitCheckedIn.self))
        #expect(arrival.checkedInAt == job.window.start + 540)
        #expect(arrival.position == place)
        #expect(job.bench.last(VisitStarted.self)?.startedAt == job.bench.now)
        let visit = try #require(job.bench.state(Visit.self, job.visit))
        #expect(visit.arrivedOnTime == true)
        #expect(visit.steps.map(\.act) == [.book, .depart, .checkIn, .start])
    }

    @Test("checking in without having departed is allowed")
    func noDeparture() throws {
        var job = Job()
        try job.schedule()
        #expect(try job.checkIn().status == "on_site")
    }

    @Test("a phone's time is neither before the last step nor after now")
    func clampedTime() throws {
        var job = Job()
        try job.schedule()
        job.bench.now = job.window.start
        try job.depart()
        try job.checkIn(occurredAt: job.window.start - 9_000)
        #expect(job.bench.last(VisitCheckedIn.self)?.checkedInAt == job.window.start)
    }

    @Test("another engineer may not act on the visit, nor one engineer in another's name")
    func otherEngineer() throws {
        var job = Job()
        try job.schedule()
        let other = job.id("another")
        #expect(
            job.refusal {
                try $0.bench.send(DepartForVisit(visitId: $0.visit, engineerId: other), to: DepartToVisit())
            } == "forbidden")
        let visit = job.visit
        let engineer = job.engineer
        #expect(
            job.refusal {
                try $0.bench.send(
                    DepartForVisit(visitId: visit, engineerId: engineer), to: DepartToVisit(),
                    by: ("engineer", other.uuidString.lowercased()))
            } == "forbidden")
        #expect(job.status == .scheduled)
    }

    @Test("an unknown visit is not found")
    func unknownVisit() {
        var job = Job()
        #expect(job.refusal { try $0.depart() } == "not-found")
    }

    @Test("acts in the wrong state are refused by name")
    func wrongState() throws {
        var job = Job()
        try job.open()
        try job.bench.receive(job.accepted(), by: PlanAcceptedVisit())
        #expect(job.refusal { try $0.depart() } == "visit-not-scheduled")
        #expect(job.refusal { try $0.checkIn() } == "visit-not-scheduled")
        #expect(job.refusal { try $0.begin() } == "visit-not-on-site")
        #expect(job.refusal { try $0.find($0.id("finding")) } == "visit-not-in-progress")
        #expect(job.refusal { try $0.use($0.id("usage")) } == "visit-not-in-progress")
        #expect(job.refusal { try $0.end(.noAccess) } == "visit-not-on-site")
    }

    @Test("a place that is none on earth is refused with its pointer")
    func badPlace() throws {
        var job = Job()
        try job.schedule()
        let nowhere = Coordinates(latitude: 91, longitude: -181, crs: .wgs84)
        #expect(
            job.pointers { try $0.checkIn(position: nowhere) }
                == ["/data/position/latitude", "/data/position/longitude"])
    }

    @Test("the engineer pauses and goes on")
    func pause() throws {
        var job = Job()
        try job.work()
        let pause = PauseVisit(visitId: job.visit, engineerId: job.engineer, reason: "lunch")
        #expect(try job.bench.send(pause, to: PauseWork()).status == "paused")
        #expect(job.bench.last(VisitPaused.self)?.reason == "lunch")
        let resume = ResumeVisit(visitId: job.visit, engineerId: job.engineer)
        #expect(try job.bench.send(resume, to: ResumeWork()).status == "in_progress")
        #expect(job.bench.all(VisitResumed.self).count == 1)
        #expect(job.refusal { try $0.bench.send(resume, to: ResumeWork()) } == "visit-not-paused")
    }

    @Test("one usage is told once, however often it is said")
    func usageOnce() throws {
        var job = Job()
        try job.work()
        let usage = job.id("usage")
        let first = try job.use(usage)
        #expect(try job.use(usage) == first)
        #expect(job.bench.all(PartUsed.self).count == 1)
        #expect(job.refusal { try $0.use(usage, quantity: 2) } == "usage-id-taken")
        #expect(job.pointers { try $0.use($0.id("none"), quantity: 0) } == ["/data/quantity"])
    }

    @Test("parts are asked for once, and the visit waits for what they cost")
    func partsOnce() throws {
        var job = Job()
        try job.work()
        let request = RequestParts(
            partRequestId: job.id("request"), visitId: job.visit, engineerId: job.engineer, reason: .missing,
            lines: [RequestedPart(lineId: job.id("line"), partCode: "compressor", quantity: 1)])
        #expect(try job.bench.send(request, to: RequestMissingParts()).status == "paused")
        #expect(try job.bench.send(request, to: RequestMissingParts()).status == "paused")
        #expect(job.bench.all(PartsNeeded.self).count == 1)
        var empty = request
        empty.lines = []
        #expect(job.pointers { try $0.bench.send(empty, to: RequestMissingParts()) } == ["/data/lines"])
    }

    @Test("a part's code is one that inventory knows parts by, and nothing that only looks like it")
    func partCodes() throws {
        var job = Job()
        try job.work()
        for code in ["", "  ", "valve ", " valve", "valve\t", "val\u{7}ve", String(repeating: "x", count: 65)] {
            #expect(job.pointers { try $0.use($0.id("usage"), code: code) } == ["/data/partCode"])
            let request = RequestParts(
                partRequestId: job.id("request"), visitId: job.visit, engineerId: job.engineer, reason: .missing,
                lines: [RequestedPart(lineId: job.id("line"), partCode: code, quantity: 1)])
            #expect(
                job.pointers { try $0.bench.send(request, to: RequestMissingParts()) } == ["/data/lines/0/partCode"])
            let finding = RecordFinding(
                findingId: job.id("finding"), visitId: job.visit, engineerId: job.engineer, problemCode: "leak",
                misuse: false, estimatedMinutes: 60, plannedParts: [PlannedPart(partCode: code, quantity: 1)])
            #expect(
                job.pointers { try $0.bench.send(finding, to: RecordWhatWasFound()) }
                    == ["/data/plannedParts/0/partCode"])
        }
        #expect(try job.use(job.id("usage"), code: "阀门 12/A").status == "in_progress")
    }

    @Test("a part is used for a request of its own order only, on whichever of its visits that was made")
    func ofRequest() throws {
        var job = Job()
        try job.work()
        #expect(job.pointers { try $0.use($0.id("u0"), ofRequest: $0.id("typing error")) } == ["/data/partRequestId"])
        #expect(job.bench.last(PartUsed.self) == nil)
        try job.requestParts(job.id("request"))
        try job.end(.partMissing)
        job.visit = job.id("second")
        try job.bench.receive(job.accepted(job.visit, round: 2), by: PlanAcceptedVisit())
        try job.bench.receive(job.booked(nil, job.visit), by: ScheduleBookedVisit())
        try job.checkIn()
        try job.begin()
        try job.use(job.id("u1"), ofRequest: job.id("request"))
        #expect(job.bench.last(PartUsed.self)?.partRequestId == job.id("request"))
        #expect(job.pointers { try $0.use($0.id("u2"), ofRequest: $0.id("other")) } == ["/data/partRequestId"])
        // Of an order of before they were kept nobody knows which there are.
        var old = try #require(job.bench.state(OrderBrief.self, job.order))
        old.partRequestIds = nil
        job.bench.put(old, job.order)
        try job.use(job.id("u3"), ofRequest: job.id("other"))
    }
}
