import DomainContracts
import Foundation
import ServiceKit
import Synchronization

/// What the people outside know, each from what he said and heard himself. Shared by all who act.
final class World: Sendable {
    let configuration: SimulationConfiguration
    let client: BrokerClient
    let clock: DomainClock

    /// Reports that were taken, by request.
    let requests = Bulletin<UUID, PlannedReport>()
    /// Work orders of this run.
    let orders = Bulletin<UUID, KnownOrder>()
    /// Estimates by the finding or part request they answer.
    let estimates = Bulletin<UUID, EstimatePrepared>()
    /// What came of an estimate, by its id.
    let verdicts = Bulletin<UUID, Verdict>()
    /// Part requests whose parts are in the van.
    let issued = Bulletin<UUID, PartRequestState>()
    let book = Mutex(FinanceBook())
    let tally = Mutex(Tally())
    private let states = Mutex<[UUID: OrderState]>([:])

    enum Verdict: Sendable { case accepted, refused, rejected }

    init(_ configuration: SimulationConfiguration, _ client: BrokerClient) {
        self.configuration = configuration
        self.client = client
        clock = configuration.clock
    }

    var shares: FateShares { configuration.shares }

    /// Reads and changes what is known of an order.
    func order<T>(_ id: UUID, _ body: (inout OrderState) -> T) -> T {
        states.withLock { body(&$0[id, default: OrderState()]) }
    }

    func isOver(_ id: UUID) -> Bool { order(id) { $0.isOver } }

    /// Waits until the domain's clock shows `instant`. Throws `CancellationError`.
    func wait(until instant: Date) async throws {
        var delay = clock.realDelay(until: instant)
        while delay > .zero {
            try await Task.sleep(for: min(delay, .seconds(3_600)))
            delay = clock.realDelay(until: instant)
        }
    }

    /// Waits so many minutes of domain time.
    func wait(minutes: Int) async throws {
        try await wait(until: clock.now().addingTimeInterval(Double(minutes) * 60))
    }

    /// Minutes of domain time as real time, at least two seconds: a machine under load needs those for any answer.
    func real(minutes: Int) -> Duration {
        max(.seconds(2), .milliseconds(minutes * 60_000 / clock.factor))
    }

    /// Somebody could not do what he meant to; kept for the report, since most stories go on by another way.
    func stumble(_ error: any Error, _ order: UUID?) {
        if error is CancellationError { return }
        tally.withLock { tally in
            tally.stumbles += 1
            if tally.stumbleExamples.count < 20 {
                let number = order.flatMap { orders[$0]?.number } ?? "—"
                tally.stumbleExamples.append("\(number): \(error)")
            }
        }
    }
}

/// A work order of this run as its report makes it.
struct KnownOrder: Sendable {
    var id: UUID
    var number: String
    var repaired: RepairCase
    var fate: Fate
    var channel: String
    var customerName: String
    /// It makes good what another order did not.
    var isRework: Bool
}

/// What has happened on an order so far, as far as its people remember.
struct OrderState: Sendable {
    var isOver = false
    /// Sequence of the newest message that said so.
    var newestOfIntake = 0
    var offers = 0
    var visits = 0
    /// An earlier visit found what it takes.
    var isDiagnosed = false
    var wasDisputed = false
    /// A part it needs is not made any more.
    var isHopeless = false
    /// Nobody goes again: unused parts may go back.
    var isConcluded = false
    var engineer: UUID?
    /// What was agreed on last, and when he is to be there, by assignment.
    var appointments: [UUID: Appointment] = [:]
    var withdrawn: Set<UUID> = []
    /// Sequence of the appointment for which somebody has set out, by assignment.
    private var departed: [UUID: Int] = [:]
    var partRequests: [UUID: PartRequestState] = [:]
    /// Pieces used of a request's line, by line.
    var used: [UUID: Int] = [:]
    /// Pieces given back, by line.
    var returned: [UUID: Int] = [:]
    /// What the customer agreed to pay, minor units.
    var agreedTotal = 0
    /// What the engineer took in cash, minor units.
    var collected = 0

    /// Sets out for an appointment; false when he has already, or is not to go. A new booking turns him round, a new plan
    /// comes too late.
    mutating func depart(for appointment: Appointment, _ assignmentId: UUID) -> Bool {
        guard !isOver, !withdrawn.contains(assignmentId), appointments[assignmentId] == appointment else {
            return false
        }
        if let sequence = departed[assignmentId], appointment.isPlan || appointment.sequence <= sequence {
            return false
        }
        departed[assignmentId] = appointment.sequence
        return true
    }
}

/// An agreed window, and when within it the engineer is to be there.
struct Appointment: Sendable, Equatable {
    var window: TimeWindow
    var start: Date
    /// Of the message that says so; a plan comes with its booking, and says it better.
    var sequence: Int
    var isPlan: Bool

    func isNewer(than other: Appointment) -> Bool {
        (sequence, isPlan ? 1 : 0) > (other.sequence, other.isPlan ? 1 : 0)
    }
}

/// Counts over the whole run.
struct Tally: Sendable {
    /// Reports sent, each once however often it was sent.
    var published = 0
    var accepted = 0
    var rejected = 0
    /// Redelivered reports whose answer named another request: never.
    var doubledAnswers = 0
    var opened: Set<UUID> = []
    var closed: Set<UUID> = []
    /// Cash taken, handed over, and still with the engineer, minor units.
    var collected = 0
    var remitted = 0
    var cashWith: [UUID: Int] = [:]
    var paymentsRecorded = 0
    /// Engineers, and the visits that others made for them.
    var fellIll = 0
    var visitsGivenAway = 0
    var stumbles = 0
    var stumbleExamples: [String] = []

    /// Orders and reports on their way.
    var open: Int { published - accepted - rejected + opened.count - closed.count }
}
