import DomainContracts
import Foundation

@testable import Intake
@testable import ServiceKit

/// Everybody who is not Mendloop: customers, engineers, agents, storekeepers, finance. They look at what is committed,
/// as people look at a screen, and what they say arrives when it arrives: much of it too late.
final class OutsideWorld {
    enum Speaker {
        case adapter
        case engineer(UUID)
        case user(String)
    }

    let ids: IDGenerator
    private(set) var engineers: [UUID] = []
    /// Every report's source and message id, and whether anything in it must be refused.
    private(set) var reports: [DedupeKey] = []
    /// What was said before, to be said again.
    private var said: [SimulatedMessage] = []
    var lastSaid: SimulatedMessage? { said.last }
    private var bodies = 0

    static let channel = "web"
    static let cheapPart = "SEAL"
    static let dearPart = "COMPRESSOR"
    static let depot = "depot/main"

    init(ids: IDGenerator) { self.ids = ids }

    /// What somebody does next; false when nobody has anything to do.
    @discardableResult
    func act(in history: History, isDutiful: Bool) throws -> Bool {
        if !isDutiful {
            if reports.count < history.temper.reports, history.dice.chance(150) || reports.isEmpty {
                try report(in: history)
                return true
            }
            if history.dice.chance(60), let message = history.dice.pick(said) {
                history.trace.note("somebody says again \(message.name)")
                history.enqueue(message)
                return true
            }
        }
        let orders = history[.intake].all(WorkOrder.self).map(\.value)
        var choices = Choices(isDutiful: isDutiful, isContrary: history.dice.chance(history.temper.contrariness))
        officeChoices(&choices, history)
        channelChoices(&choices, history)
        if isDutiful {
            for order in orders { orderChoices(order, orders, &choices, history) }
        } else if let order = history.dice.pick(orders.filter { !$0.status.isFinal }) ?? history.dice.pick(orders) {
            orderChoices(order, orders, &choices, history)
        }
        // Mostly nobody has anything to say: what is rare among people must be rare among their acts.
        choices.may(25) {}
        guard let chosen = history.dice.weighted(choices.acts.map(\.weight)) else { return false }
        try choices.acts[chosen].act()
        return true
    }

    private func orderChoices(
        _ order: WorkOrder, _ orders: [WorkOrder], _ choices: inout Choices, _ history: History
    ) {
        agentChoices(order, orders, &choices, history)
        engineerChoices(order.id, &choices, history)
        storeChoices(order.id, &choices, history)
        moneyChoices(order.id, &choices, history)
        customerChoices(order.id, &choices, history)
    }

    /// Sends a command. A publish that is not confirmed is sent again later, whether the broker took it or not.
    func say<C: Command>(
        _ command: C, by speaker: Speaker, story: UUID? = nil, isChannelled: Bool = false, in history: History
    ) throws {
        let message = try self.message(command, by: speaker, story: story, isChannelled: isChannelled, history)
        said.append(message)
        history.trace.note("\(Self.name(of: speaker)) says \(message.name)")
        guard history.dice.chance(history.temper.lostPublish) else { return history.enqueue(message) }
        history.unconfirmed.append(message)
        if history.dice.chance(500) { history.enqueue(message) }
    }

    func note(report key: DedupeKey) { reports.append(key) }

    /// The same id with other words: what a broken adapter does.
    func contradict<C: Command>(_ command: C, like envelope: Envelope, _ routingKey: String, in history: History) throws
    {
        bodies += 1
        history.enqueue(try SimulatedMessage(envelope, routingKey, command, body: bodies, encoded: false))
    }

    private func message<C: Command>(
        _ command: C, by speaker: Speaker, story: UUID?, isChannelled: Bool, _ history: History
    ) throws -> SimulatedMessage {
        let channel = isChannelled ? Self.channel : nil
        let (source, type, name) = Self.origin(of: speaker)
        let envelope = Envelope(
            id: ids.next().uuidString.lowercased(), source: source, type: C.wireType, time: history.now,
            partitionkey: story?.uuidString.lowercased(), authtype: type, authid: name)
        bodies += 1
        return try SimulatedMessage(
            envelope, C.routingKey(channel: channel), command, body: bodies,
            encoded: history.dice.chance(history.temper.encoded))
    }

    private static func origin(of speaker: Speaker) -> (source: String, type: String, name: String) {
        switch speaker {
        case .adapter: ("/adapters/\(channel)", "adapter", channel)
        case .engineer(let id): ("/engineer-app", "engineer", id.uuidString.lowercased())
        case .user(let name): ("/console", "user", name)
        }
    }

    private static func name(of speaker: Speaker) -> String {
        switch speaker {
        case .adapter: "the adapter"
        case .engineer(let id): "engineer \(id.uuidString.lowercased().suffix(4))"
        case .user(let name): "the \(name)"
        }
    }

    /// When it happened, as the sender says: often nothing, sometimes hours ago, from a phone without a network.
    func occurredAt(_ history: History) -> Date? {
        history.dice.chance(300) ? history.now.addingTimeInterval(-Double(history.dice.number(0..<14_400))) : nil
    }

    func newID() -> UUID { ids.next() }

    /// What must be there before the first report.
    func town() throws -> [SimulatedMessage] {
        var messages: [SimulatedMessage] = []
        func add<C: Command>(_ command: C) throws {
            bodies += 1
            messages.append(
                try SimulatedMessage(
                    Envelope(
                        id: ids.next().uuidString.lowercased(), source: "/console", type: C.wireType,
                        time: Date(timeIntervalSince1970: 1_795_395_000), authtype: "user", authid: "setup"),
                    C.routingKey(), command, body: bodies, encoded: true))
        }
        for number in 0..<4 {
            let id = ids.next()
            engineers.append(id)
            try add(
                RegisterEngineer(
                    engineerId: id, employeeNumber: "E\(number)", name: "Engineer \(number)", grade: "senior",
                    branch: "main", team: "team", hourlyRate: Money(6_000 + number * 1_000, "CNY"),
                    skills: [SkillLevel(skill: "washer", level: [5, 5, 2, 1][number])],
                    home: Coordinates(latitude: 39.9 + Double(number) * 0.03, longitude: 116.4, crs: .gcj02)))
            let isAlwaysOn = number < 2
            try add(
                SetShift(
                    engineerId: id, utcOffsetMinutes: 480,
                    weekly: (1...(isAlwaysOn ? 7 : 5)).map {
                        WeekdayShift(
                            weekday: $0, startMinute: isAlwaysOn ? 0 : 480, endMinute: isAlwaysOn ? 1_440 : 1_080)
                    }))
        }
        try add(
            RegisterContract(
                contractId: ids.next(), contractNumber: "C-1", contractType: .maintenance, customerNumber: "K-0",
                responseLevel: .fourHour, cover: Cover(labour: true, parts: false, travel: true),
                deviceSerials: ["W-0"], startsOn: Date(timeIntervalSince1970: 1_795_000_000),
                endsOn: Date(timeIntervalSince1970: 1_797_000_000), price: Money(100_000, "CNY")))
        for (part, cost, pieces) in [(Self.cheapPart, 1_800, 20), (Self.dearPart, 310_000, 1)] {
            try add(
                ReceiveStock(
                    receiptId: ids.next(), locationCode: Self.depot, partCode: part, quantity: pieces,
                    unitCost: Money(cost, "CNY")))
        }
        return messages
    }
}

/// What somebody could do now.
struct Choices {
    let isDutiful: Bool
    /// Whether what does not fit is done, too.
    let isContrary: Bool
    private(set) var acts: [(weight: Int, act: () throws -> Void)] = []

    init(isDutiful: Bool, isContrary: Bool) {
        self.isDutiful = isDutiful
        self.isContrary = isContrary
    }

    /// - Parameter dutiful: the weight once people only do what brings things to their end; zero for what does not.
    mutating func may(_ weight: Int, dutiful: Int = 0, _ act: @escaping () throws -> Void) {
        let weight = isDutiful ? dutiful : weight
        if weight > 0 { acts.append((weight, act)) }
    }

    /// What only the contrary do.
    mutating func mayWrongly(_ weight: Int, _ act: @escaping () throws -> Void) {
        if isContrary, !isDutiful { acts.append((weight, act)) }
    }
}
