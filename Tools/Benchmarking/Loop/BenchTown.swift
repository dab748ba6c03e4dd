import AMQP
import DomainContracts
import Foundation
import ServiceKit

/// What must be there before anybody reports: engineers who are on duty day and night, and stock.
struct BenchTown: Sendable {
    static let category = "washer"
    static let part = "WASHER-SEAL"

    let requester: AMQPRequester
    let engineers: Int

    func settle() async throws {
        try await ask(
            ReceiveStock(
                receiptId: UUID.v7(), locationCode: "depot/main", partCode: Self.part, partName: "Seal kit, washer",
                quantity: 100_000, unitCost: Money(1_800, "CNY"), reference: "bench"))
        // Not all at once: the driver is not what is measured here.
        for first in stride(from: 0, to: engineers, by: 50) {
            try await withThrowingTaskGroup { group in
                for number in first..<min(first + 50, engineers) { group.addTask { try await register(number) } }
                try await group.waitForAll()
            }
        }
    }

    private func register(_ number: Int) async throws {
        let id = UUID.v7()
        try await ask(
            RegisterEngineer(
                engineerId: id, employeeNumber: "B\(10_000 + number)", name: "Engineer \(number)", grade: "senior",
                branch: "main", team: "team-\(number % 8 + 1)", hourlyRate: Money(6_000, "CNY"),
                skills: [SkillLevel(skill: Self.category, level: 5)],
                home: Coordinates(
                    latitude: 39.8 + Double(number % 20) * 0.01, longitude: 116.3 + Double(number / 20 % 20) * 0.01,
                    crs: .gcj02)))
        try await ask(
            SetShift(
                engineerId: id, utcOffsetMinutes: 480,
                weekly: (1...7).map { WeekdayShift(weekday: $0, startMinute: 0, endMinute: 1_440) }))
    }

    private func ask<C: Command>(_ command: C) async throws {
        let message = try Speech(replyQueue: "").message(
            command, by: .user("bench"), story: nil, asking: UUID().uuidString)
        let answer = try await requester.request(message, timeout: .seconds(60))
        guard answer.properties.type == C.acceptedType else {
            throw Refused(command: C.wireName, answer: String(decoding: answer.body, as: UTF8.self))
        }
    }

    private struct Refused: Error {
        let command: String
        let answer: String
    }
}
