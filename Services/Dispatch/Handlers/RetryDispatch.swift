import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// Nobody could go a while ago: everybody may be asked again. The first time the supervisor is told, the second time the
/// manager; of a P1 the supervisor heard at once, so that the first time it is the manager.
struct RetryDispatch: TimerHandler {
    static let kind = "retry-dispatch"

    /// Whom it is told, by how often nobody was left.
    private static let steps: [Int: EscalationStep] = [1: .supervisor, 2: .manager]

    func keys(_ timer: FiredTimer, _ keys: inout Keys) {
        keys.need(Job.self, timer.id)
    }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var job = turn.get(Job.self, timer.id), job.status == .open, let impasse = job.impasse else { return }
        let times = job.retry()
        turn.set(job, timer.id)
        turn.note("dispatch-retried", about: Job.self, timer.id)
        guard let step = Self.steps[job.isToldAtOnce == nil ? times : times + 1] else { return }
        turn.escalate(timer.id, job, impasse.emptiedBy, times: times, to: step)
    }
}

extension Turn {
    /// Records that nobody may go, and tells it unless that is known already. True when it is news.
    mutating func giveUp(_ workOrderId: UUID, _ deadlock: Decision.Deadlock, rosterStamp: Int) -> Bool {
        guard var job = get(Job.self, workOrderId), job.status == .open else { return false }
        let isNews = job.impasse.map { $0.emptiedBy != deadlock.emptiedBy || $0.retryAt <= now } ?? true
        let retryAt = job.stall(deadlock.emptiedBy, rosterStamp: rosterStamp, now: now)
        let broken = job.promisedRequest(workOrderId, now: now.epoch) == nil ? job.agreedWindow : nil
        if broken != nil { job.breakPromise() }
        let isUrgentNews = isNews && job.tellAtOnce()
        set(job, workOrderId)
        note("dispatch-stalled", about: Job.self, workOrderId)
        if let broken { tellBroken(broken, of: workOrderId, job.workOrderNumber, nil) }
        guard isNews else { return false }
        schedule(RetryDispatch.self, for: workOrderId, at: retryAt)
        emit(
            DispatchImpossible(
                workOrderId: workOrderId, workOrderNumber: job.workOrderNumber, round: job.round,
                emptiedBy: deadlock.emptiedBy, nearestRelaxation: deadlock.nearestRelaxation,
                candidates: deadlock.candidates, decidedAt: now, retryAt: retryAt),
            about: Job.self, workOrderId, story: workOrderId)
        if isUrgentNews { escalate(workOrderId, job, deadlock.emptiedBy, times: 0, to: .supervisor) }
        return true
    }

    /// - Parameter times: how often everybody was asked again.
    fileprivate mutating func escalate(
        _ workOrderId: UUID, _ job: Job, _ emptiedBy: String, times: Int, to step: EscalationStep
    ) {
        escalate(
            workOrderId, job.workOrderNumber, engineerId: nil,
            CodedReason(code: "dispatch_impossible", parameters: ["emptiedBy": emptiedBy, "times": String(times)]),
            to: step)
    }
}
