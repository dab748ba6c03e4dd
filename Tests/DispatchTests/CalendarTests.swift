import Dispatching
import DomainContracts
import Foundation
import Testing

@testable import DispatchService

struct CalendarTests {
    /// 3.1 minutes of road, rounded up, from one to the next.
    private func place(_ north: Int) -> Place { Place(latitude: 31_230_000 + north * 10_000, longitude: 121_470_000) }

    private func entry(_ number: Int, _ from: Double, _ to: Double, at north: Int = 0) -> CalendarEntry {
        CalendarEntry(
            assignmentId: uuid(number), workOrderId: uuid(number), span: Span(window(from, to)), place: place(north))
    }

    private func calendar(_ entries: CalendarEntry...) -> EngineerCalendar {
        var calendar = EngineerCalendar()
        for entry in entries { _ = calendar.book(entry, now: monday.epoch) }
        return calendar
    }

    private func room(_ calendar: EngineerCalendar, _ from: Double, _ to: Double, at north: Int = 0) -> TimeWindow? {
        calendar.room(
            for: 3600, at: place(north), Arrivals(within: Span(window(from, to))), except: uuid(9),
            by: .estimate)?.window
    }

    @Test("room is the earliest that leaves time for the ways")
    func ways() {
        let booked = calendar(entry(1, 1, 2), entry(2, 5, 6))
        #expect(room(booked, 0, 3) == window(0, 1))
        // Ten places north it takes half an hour there and back: before the first there is no time.
        let way = TravelTimes.estimate.seconds(
            from: TravelPoint(place(0)), to: TravelPoint(place(10)), leaving: hours(2).epoch)
        #expect((1_700...1_900).contains(way))
        #expect(
            room(booked, 0, 4, at: 10)
                == TimeWindow(
                    start: hours(2).addingTimeInterval(Double(way)), end: hours(3).addingTimeInterval(Double(way))))
        #expect(room(booked, 4.5, 7) == window(6, 7))
        #expect(room(booked, 0.5, 1.5) == nil)
    }

    @Test("what people agree on is not refused for a tight way, only for a taken time")
    func tight() {
        let booked = calendar(entry(1, 1, 2), entry(2, 3, 4))
        #expect(room(booked, 2, 3, at: 10) == window(2, 3))
        #expect(room(booked, 2.25, 3.25, at: 10) == nil)
    }

    @Test("its own booking leaves a visit all its room")
    func itself() {
        #expect(room(calendar(entry(9, 1, 2)), 1, 2) == window(1, 2))
    }

    @Test("bookings move together: they change places, or nothing moves")
    func move() {
        var booked = calendar(entry(1, 1, 2), entry(2, 2, 3), entry(3, 5, 6))
        let isMoved = booked.move([uuid(1): Span(window(2, 3)), uuid(2): Span(window(1, 2))])
        #expect(isMoved && booked.entries.map(\.assignmentId) == [uuid(2), uuid(1), uuid(3)])
        let before = booked
        let isMovedOver = booked.move([uuid(1): Span(window(5.5, 6.5))])
        #expect(!isMovedOver && booked == before)
    }

    @Test(
        "a visit may begin anywhere in its window but the last quarter of an hour",
        arguments: [(2.0, 1.75), (0.5, 0.25), (0.1, 0)])
    func arrivals(length: Double, latest: Double) {
        let arrivals = Arrivals(within: Span(window(1, 1 + length)))
        #expect(arrivals.earliest == hours(1).epoch && arrivals.latest == hours(1 + latest).epoch)
    }

    @Test("a calendar holds no two overlapping bookings, whatever is asked of it")
    func calendarInvariant() {
        var calendar = EngineerCalendar()
        var random = SystemRandomNumberGenerator()
        for step in 0..<2000 {
            let start = Int.random(in: 0..<10_000, using: &random)
            let span = Span(start: start, end: start + Int.random(in: 1..<500, using: &random))
            let id = uuid(step % 60)
            if step % 7 == 0 {
                _ = calendar.free(id, from: start)
            } else {
                let isFree = calendar.isFree(span, except: id)
                let booked = calendar.book(
                    CalendarEntry(assignmentId: id, workOrderId: id, span: span, place: Place()), now: 0)
                #expect(booked == isFree)
            }
            for (one, next) in zip(calendar.entries, calendar.entries.dropFirst()) {
                #expect(one.span.end <= next.span.start)
            }
        }
    }
}
