import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// Replaces when an engineer is away, and gives what he was to do then to others, at the same time if somebody can.
struct ReplaceLeave: CommandHandler {
    private static let most = 200
    private static let longestDays = 366

    func keys(_ command: SetLeave, _ keys: inout Keys) {
        keys.need(Engineer.self, command.engineerId)
        keys.need(EngineerCalendar.self, command.engineerId)
    }

    func decide(_ command: SetLeave, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let refusal = Refusal.invalid(Self.problems(command)) { throw refusal }
        let id = command.engineerId
        guard var engineer = turn.get(Engineer.self, id) else { throw .notFound("/data/engineerId", "engineer") }
        try turn.check(command.expectedVersion, of: Engineer.self, id, "engineer")
        let absences = command.absences.sorted { $0.window.start < $1.window.start }
        if engineer.absences ?? [] != absences {
            engineer.absences = absences
            turn.set(engineer, id)
            let given = turn.giveAway(of: id, during: absences.map { Span($0.window) })
            turn.emit(
                EngineerAbsent(engineerId: id, absences: absences, visitsGivenAway: given, changedAt: turn.now),
                about: Engineer.self, id)
        }
        return Acknowledgement(subject: Engineer.subject(id), version: turn.version(Engineer.self, id))
    }

    static func problems(_ command: SetLeave) -> [FieldProblem] {
        if command.absences.count > most {
            return [FieldProblem("/data/absences", "length", "expected at most \(most)")]
        }
        return command.absences.enumerated().flatMap { index, absence in
            var problems: [FieldProblem] = []
            let pointer = "/data/absences/\(index)"
            let seconds = absence.window.end.timeIntervalSince(absence.window.start)
            if seconds <= 0 || seconds > Double(longestDays * 86_400) {
                problems.append(
                    FieldProblem(
                        "\(pointer)/window/end", "range", "expected after start, by \(longestDays) days at most"))
            }
            if !absence.kind.isKnown {
                let known = AbsenceKind.known.map(\.rawValue).joined(separator: ", ")
                problems.append(FieldProblem("\(pointer)/kind", "unknown", "expected one of \(known)"))
            }
            return problems
        }
    }
}

extension Turn {
    /// Takes back what an engineer has not begun and cannot do in these times, and opens each job for others. Returns how
    /// many.
    fileprivate mutating func giveAway(of engineerId: UUID, during times: [Span]) -> Int {
        var given = 0
        for entry in get(EngineerCalendar.self, engineerId)?.entries ?? [] where isToBeMissed(entry, times) {
            let isGiven =
                entry.helps.map { excuse(engineerId, from: $0) }
                ?? giveAway(entry.assignmentId, of: entry.workOrderId, because: .engineerAbsent)
            if isGiven { given += 1 }
        }
        return given
    }

    /// Whether he is away when a visit is booked, or, where he is late for it, now.
    private func isToBeMissed(_ entry: CalendarEntry, _ times: [Span]) -> Bool {
        times.contains { $0.overlaps(entry.span) || (entry.span.start <= now.epoch && $0.contains(now.epoch)) }
    }

    /// Takes a visit that has not begun from its engineer and finds somebody else for it; false when there is nothing to take.
    mutating func giveAway(
        _ assignmentId: UUID, of workOrderId: UUID, because reason: WithdrawReason
    ) -> Bool {
        guard let assignment = get(Assignment.self, assignmentId), assignment.status.isLive, !assignment.hasBegun,
            var job = get(Job.self, workOrderId), job.activeAssignmentId == assignmentId, var need = job.need
        else { return false }
        withdraw(assignmentId, because: reason)
        // What was agreed with the customer holds if anybody can keep it.
        job.keepPromise(of: assignment)
        if need.preferredEngineerId == assignment.engineerId { need.preferredEngineerId = nil }
        job.open(for: need, now: now)
        set(job, workOrderId)
        note(reason.rawValue.replacing("_", with: "-"), about: Job.self, workOrderId)
        return true
    }
}
