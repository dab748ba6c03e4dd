import DomainContracts
import FoundationEssentials

/// A service of before, as it is kept.
struct PastServiceRecord: Codable, Sendable, Equatable {
    let id: UUID
    let reference: String
    var servicedOn: String
    /// As they were found; whoever stands for them is asked anew each time.
    var customerId: UUID
    var deviceId: UUID?
    var problem: String?
    var workDone: String?
    var engineerName: String?
    var outcome: Outcome?
    var amount: Money?

    init(_ sent: PastService, id: UUID, customerId: UUID, deviceId: UUID?) {
        self.id = id
        reference = sent.reference
        servicedOn = sent.servicedOn
        self.customerId = customerId
        self.deviceId = deviceId
        problem = sent.problem
        workDone = sent.workDone
        engineerName = sent.engineerName
        outcome = sent.outcome
        amount = sent.amount
    }

    /// Forgets what was said about it; what it cost, and who went, stays.
    mutating func forget() { (problem, workDone) = (nil, nil) }

    func recorded(at date: Date) -> PastServiceRecorded {
        PastServiceRecorded(
            pastServiceId: id, reference: reference, servicedOn: servicedOn, customerId: customerId,
            deviceId: deviceId, problem: problem, workDone: workDone, engineerName: engineerName, outcome: outcome,
            amount: amount, recordedAt: date)
    }

    var searchEntry: SearchEntry {
        var tokens = SearchTokens()
        tokens.add(label: reference)
        tokens.add(words: problem)
        tokens.add(words: workDone)
        return SearchEntry(
            .pastService, id, title: reference, detail: [servicedOn, problem, workDone], customerId: customerId,
            deviceId: deviceId, tokens: tokens)
    }
}

extension PastService {
    /// Trimmed, blank members absent, the phone in E.164; and what is wrong with it. Nothing was done in the future.
    func checked(today: CalendarDay) -> (service: PastService, errors: [FieldProblem]) {
        var sent = self
        var check = MemberCheck()
        var reference: String? = sent.reference
        var day: String? = sent.servicedOn
        check.text(&reference, "reference", limit: 64)
        check.day(&day, "servicedOn")
        check.text(&sent.customerNumber, "customerNumber", limit: 64)
        var noExtension: String?
        check.phone(&sent.customerPhone, &noExtension, "customerPhone")
        check.text(&sent.deviceCode, "deviceCode", limit: 64)
        check.text(&sent.deviceSerial, "deviceSerial", limit: 64)
        check.text(&sent.deviceBrand, "deviceBrand", limit: 100)
        check.text(&sent.problem, "problem", limit: 2_000)
        check.text(&sent.workDone, "workDone", limit: 2_000)
        check.text(&sent.engineerName, "engineerName")
        check.choice(sent.outcome, "outcome")
        if let amount = sent.amount?.amount, amount < 0 {
            check.complain("amount/amount", "out-of-range", "zero or more")
        }
        sent.reference = reference ?? ""
        sent.servicedOn = day ?? ""
        if sent.reference.isEmpty {
            check.complain("reference", "required", "the number that the system used before gave it")
        }
        if let day = CalendarDay(sent.servicedOn), day > today {
            check.complain("servicedOn", "out-of-range", "a day that is over, or today")
        }
        if sent.servicedOn.isEmpty { check.complain("servicedOn", "required", "the day on which it was done") }
        if [sent.customerNumber, sent.customerPhone, sent.deviceCode, sent.deviceSerial].allSatisfy({ $0 == nil }) {
            check.complain("customerNumber", "required", "the customer or the device: a number, phone, code or serial")
        }
        return (sent, check.errors)
    }

    /// The keys by which customer and device are looked up, best first.
    var customerKeys: [String] {
        customerNumber.map { ["customer:\($0)"] } ?? customerPhone.map { ["phone:\($0)"] } ?? []
    }

    var deviceKeys: [String] {
        LookupKey.registered(code: deviceCode, serialNumber: deviceSerial, brand: deviceBrand)
    }
}
