import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// Replaces an engineer's weekly shifts. What is booked already stays booked.
struct ReplaceShifts: CommandHandler {
    func keys(_ command: SetShift, _ keys: inout Keys) {
        keys.need(Engineer.self, command.engineerId)
        if let calendar = command.calendar { keys.need(DutyCalendar.self, DutyCalendar.id(of: calendar)) }
    }

    func decide(_ command: SetShift, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let refusal = Refusal.invalid(Self.problems(command)) { throw refusal }
        let id = command.engineerId
        guard var engineer = turn.get(Engineer.self, id) else { throw .notFound("/data/engineerId", "engineer") }
        try turn.check(command.expectedVersion, of: Engineer.self, id, "engineer")
        var changes: [OffsetChange]?
        if let zone = command.zone {
            changes = ZoneClock.changes(of: zone, now: turn.now)
            guard changes != nil else {
                throw .invalid("/data/zone", "unknown-value", "expected an IANA time zone such as Europe/Berlin")
            }
        }
        let exceptions = try turn.letEngineer(id, keep: command.calendar, insteadOf: engineer.shifts?.calendar)
        let shifts = ShiftPattern(
            utcOffsetMinutes: command.utcOffsetMinutes, weekly: command.weekly, calendar: command.calendar,
            exceptions: exceptions, zone: command.zone, changes: changes,
            overtimeMinutes: command.overtimeMinutes.flatMap { $0 > 0 ? $0 : nil })
        if engineer.shifts != shifts {
            engineer.shifts = shifts
            turn.set(engineer, id)
            turn.note("shift-set", about: Engineer.self, id)
        }
        return Acknowledgement(subject: Engineer.subject(id), version: turn.version(Engineer.self, id))
    }

    static func problems(_ command: SetShift) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if !(-720...840).contains(command.utcOffsetMinutes) {
            problems.append(FieldProblem("/data/utcOffsetMinutes", "range", "expected -720 to 840"))
        }
        if let overtime = command.overtimeMinutes, !(0...240).contains(overtime) {
            problems.append(FieldProblem("/data/overtimeMinutes", "range", "expected 0 to 240"))
        }
        for (index, shift) in command.weekly.enumerated() {
            let pointer = "/data/weekly/\(index)"
            if !(1...7).contains(shift.weekday) {
                problems.append(FieldProblem("\(pointer)/weekday", "range", "expected 1 (Monday) to 7 (Sunday)"))
            }
            if !(0..<1440).contains(shift.startMinute) {
                problems.append(FieldProblem("\(pointer)/startMinute", "range", "expected 0 to 1439"))
            }
            // The start may be wrong as well: nothing is subtracted from what the sender chose.
            if shift.endMinute <= shift.startMinute || shift.endMinute > 2880 {
                problems.append(FieldProblem("\(pointer)/endMinute", "range", "expected after the start, to 2880"))
            }
            problems += breakProblems(shift, pointer)
        }
        return problems
    }

    private static func breakProblems(_ shift: WeekdayShift, _ pointer: String) -> [FieldProblem] {
        guard let start = shift.breakStartMinute, let minutes = shift.breakMinutes else {
            if shift.breakStartMinute == nil, shift.breakMinutes == nil { return [] }
            let missing = shift.breakMinutes == nil ? "breakMinutes" : "breakStartMinute"
            return [FieldProblem("\(pointer)/\(missing)", "required", "a break has a beginning and a length")]
        }
        guard (1...240).contains(minutes) else {
            return [FieldProblem("\(pointer)/breakMinutes", "range", "expected 1 to 240")]
        }
        guard start > shift.startMinute, start <= 2880, start + minutes < shift.endMinute else {
            return [FieldProblem("\(pointer)/breakStartMinute", "range", "expected a break within the shift")]
        }
        return []
    }
}
