import Dispatching
import DomainContracts
import Foundation
import Postgres
import Testing

@testable import DispatchService
@testable import ServiceKit

/// Crews on the real database: the bookings of helpers, what the crew finder reads, and who is on the board.
struct CrewInDatabaseTests {
    private typealias Service = DatabaseTests.Service

    /// Three engineers, and a visit by two of them, accepted and agreed on for tomorrow.
    private func company() async throws -> (service: Service, offer: AssignmentView) {
        let service = try await Service()
        for number in 1...3 {
            try await service.handle([registration(number)])
            try await service.handle([SetShift(engineerId: uuid(number), utcOffsetMinutes: 480, weekly: weekly)])
        }
        try await service.handle([SetRules(rules: CrewTests.pairs)])
        try await service.handle([opened(1000)])
        try await service.step()
        let offer = try #require(try await service.assignments(uuid(1000)).first)
        try await service.handle([AcceptAssignment(assignmentId: offer.assignmentId, engineerId: offer.engineerId)])
        try await service.handle([BookSlot(assignmentId: offer.assignmentId, window: window(25, 27))])
        return (service, offer)
    }

    private func onBoard(_ service: Service) async throws -> [UUID: [WorkBoardVisit]] {
        let board = try await service.pool.withConnection {
            try await ShowWorkBoard().answer(WorkBoardQuery(at: hours(0), hours: 48), on: $0)
        }
        return Dictionary(uniqueKeysWithValues: board.engineers.map { ($0.engineerId, $0.visits) })
    }

    @Test("both have the visit on their board, and the helper whose it is")
    func board() async throws {
        let (service, offer) = try await company()
        let helper = try #require(offer.helperIds?.first)
        let board = try await onBoard(service)
        #expect(board[offer.engineerId]?.map(\.leadId) == [nil])
        #expect(board[helper]?.map(\.leadId) == [offer.engineerId])
        #expect(board[helper]?.map(\.booked) == board[offer.engineerId]?.map(\.booked))
        #expect(try await service.step(of: CrewFinder()) == false)
        await service.pool.close()
    }

    @Test("the crew finder sees who is missing, books another, and has nothing more to do")
    func found() async throws {
        let (service, offer) = try await company()
        let helper = try #require(offer.helperIds?.first)
        let sick = Absence(window: window(0, 72), kind: .sick)
        try await service.handle([SetLeave(engineerId: helper, absences: [sick])])
        let finder = CrewFinder()
        try await service.step(of: finder)
        let now = try #require(try await service.assignments(uuid(1000)).first)
        let other = try #require(now.helperIds?.first)
        #expect(now.helperIds?.count == 1 && other != helper && other != offer.engineerId)
        #expect(now.explanation.crew?.helpers.map(\.engineerId) == [other])
        let board = try await onBoard(service)
        #expect(board[helper]?.isEmpty == true && board[other]?.count == 1)
        #expect(try await service.events(CrewChanged.wireType) == 2)
        try await service.step(of: finder)
        #expect(try await service.events(CrewChanged.wireType) == 2)
        await service.pool.close()
    }

    @Test("nobody can: it is told once, and tried again when it is time")
    func nobody() async throws {
        let (service, offer) = try await company()
        for engineer in (1...3).map(uuid) where engineer != offer.engineerId {
            let sick = Absence(window: window(0, 72), kind: .sick)
            try await service.handle([SetLeave(engineerId: engineer, absences: [sick])])
        }
        let finder = CrewFinder()
        try await service.step(of: finder)
        try await service.step(of: finder)
        #expect(try await service.events(DispatchEscalationRaised.wireType) == 1)
        for engineer in (1...3).map(uuid) { try await service.handle([SetLeave(engineerId: engineer)]) }
        try await service.step(of: finder)
        #expect(try await service.assignments(uuid(1000)).first?.helperIds?.isEmpty == true)
        service.time.set(hours(1))
        try await service.step(of: finder)
        #expect(try await service.assignments(uuid(1000)).first?.helperIds?.count == 1)
        await service.pool.close()
    }
}
