import DomainContracts
import Foundation
import ServiceKit

extension LifeDriver {
    /// Says what the life's step says. Called again, it says the same anew under a new message id.
    func act(_ life: Life, isRepeated: Bool = false) throws {
        lives[life.number] = life
        let (visit, engineer) = (life.visit, life.engineer)
        let speaker = Speech.Speaker.engineer(engineer)
        func say<C: Command>(_ command: C, by other: Speech.Speaker? = nil, channel: String? = nil) throws {
            try self.say(command, by: other ?? speaker, channel: channel, life, isRepeated: isRepeated)
        }
        switch life.step {
        case .accepting:
            try say(AcceptAssignment(assignmentId: visit, engineerId: engineer))
        case .booking:
            guard let window = life.window else { return }
            try say(BookSlot(assignmentId: visit, window: window))
        case .departing:
            try say(DepartForVisit(visitId: visit, engineerId: engineer))
        case .checkingIn:
            try say(CheckIn(visitId: visit, engineerId: engineer))
        case .starting:
            try say(StartWork(visitId: visit, engineerId: engineer))
        case .finding:
            try say(
                RecordFinding(
                    findingId: UUID.v7(), visitId: visit, engineerId: engineer, problemCode: "P-DRUM",
                    causeCode: "wear", remedyCode: "replace", misuse: false, estimatedMinutes: 40,
                    plannedParts: [PlannedPart(partCode: BenchTown.part, quantity: 1)]))
        case .acceptingQuote:
            guard let estimate = life.estimate else { return }
            try say(
                AcceptQuote(estimateId: estimate, token: life.token), by: .customer, channel: Speech.channel)
        case .usingPart:
            try say(
                UsePart(
                    usageId: UUID.v7(), visitId: visit, engineerId: engineer, partCode: BenchTown.part, quantity: 1))
        case .ending:
            try say(
                EndVisit(
                    visitId: visit, engineerId: engineer, reason: .workDone, outcome: .fixed, workMinutes: 40,
                    travelMinutes: 15))
        case .confirming:
            guard let order = life.order else { return }
            try say(ConfirmCompletion(workOrderId: order, signedBy: "Customer \(life.number)"))
        case .cancelling:
            guard let order = life.order else { return }
            try say(CancelWorkOrder(workOrderId: order, reason: .customerRequest), by: .user("agent"))
        case .reporting, .awaitingQuote, .answering, .storing, .over:
            break
        }
    }

    /// The step that an accepted command leads to; nil where an event decides.
    private static func next(after step: Life.Step) -> Life.Step? {
        switch step {
        case .accepting: .booking
        case .departing: .checkingIn
        case .checkingIn: .starting
        case .starting: .finding
        case .acceptingQuote: .usingPart
        case .usingPart: .ending
        case .ending: .confirming
        case .reporting, .booking, .finding, .awaitingQuote, .confirming, .answering, .storing, .cancelling, .over: nil
        }
    }

    /// A command was carried out.
    func accepted(_ life: Life, _ body: [UInt8]) throws {
        var life = life
        life.attempts = 0
        switch life.step {
        case .storing:
            life.order = try read(Heard.Accepted.self, body).workOrderId
            life.step = .cancelling
            try act(life)
        case .cancelling:
            try finish(life)
        default:
            guard let next = Self.next(after: life.step) else { return }
            life.step = next
            try act(life)
        }
    }

    /// A command was refused. Where the service had not heard yet what the command builds on, it is said again.
    func refused(_ life: Life, _ body: [UInt8]) throws {
        let problem = try read(Problem.self, body)
        if life.step == .cancelling { return try finish(life) }
        var life = life
        life.attempts += 1
        guard problem.status == 404 || problem.status == 409, life.attempts <= 200 else {
            throw Stalled(description: "\(life.step.rawValue) was refused: \(problem)")
        }
        outcome.repeated += 1
        try act(life, isRepeated: true)
    }

    func read<Data: Decodable>(_ type: Data.Type, _ body: [UInt8]) throws -> Data {
        try decoder.decode(Heard.Body<Data>.self, from: Foundation.Data(body)).data
    }
}
