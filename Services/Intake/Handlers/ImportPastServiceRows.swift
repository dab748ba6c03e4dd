import DomainContracts
import Foundation
import ServiceKit

/// Keeps the past services of an import, and says of each row what became of it.
struct ImportPastServiceRows: CommandHandler {
    static let mostRows = 1_000

    func keys(_ command: ImportPastServices, _ keys: inout Keys) {
        for row in command.rows.prefix(Self.mostRows) {
            let (sent, _) = row.service.checked(today: CalendarDay(number: 0))
            let id = IntakeID.pastService(sent.reference)
            keys.need(PastServiceRecord.self, id)
            keys.need(SearchEntry.self, id)
            keys.need(LookupEntry.self, (sent.customerKeys + sent.deviceKeys).map(IntakeID.lookup))
        }
    }

    func decide(_ command: ImportPastServices, _ turn: inout Turn) throws(Refusal) -> RegistryRowsImported {
        guard command.rows.count <= Self.mostRows else {
            throw .invalid("/data/rows", "too-many", "has more than \(Self.mostRows) rows")
        }
        if command.dryRun { return turn.trying { Self.take(command.rows, &$0) } }
        return Self.take(command.rows, &turn)
    }

    private static func take(_ rows: [PastServiceRow], _ turn: inout Turn) -> RegistryRowsImported {
        RegistryRowsImported(
            verdicts: rows.map { row in
                do throws(Refusal) {
                    return RowVerdict(line: row.line, outcome: try turn.record(row.service))
                } catch {
                    return RowVerdict(line: row.line, refusal: error)
                }
            })
    }
}

extension Turn {
    /// Keeps a past service, or says why not; nothing is set when it is refused.
    fileprivate mutating func record(_ service: PastService) throws(Refusal) -> RowOutcome {
        let (sent, errors) = service.checked(today: CalendarDay(now, offset: ReadableNumber.companyOffset))
        if let refusal = Refusal.invalid(errors) { throw refusal }
        let device = try device(of: sent)
        guard let customerId = try customer(of: sent) ?? device?.customerId else {
            throw .invalid("/data/customerNumber", "required", "the customer, where the device is not known")
        }
        // A device keeps its owner when he is forgotten.
        try checkNotErased(survivor(of: customerId))
        let id = IntakeID.pastService(sent.reference)
        let known = get(PastServiceRecord.self, id)
        let record = PastServiceRecord(sent, id: id, customerId: customerId, deviceId: device?.id)
        guard record != known else { return .unchanged }
        set(record, id)
        emit(record.recorded(at: now), about: PastServiceRecord.self, id)
        index(record.searchEntry, id)
        return known == nil ? .created : .updated
    }

    private mutating func customer(of sent: PastService) throws(Refusal) -> UUID? {
        guard let key = sent.customerKeys.first else { return nil }
        if let id = lookUp(key) { return id }
        let member = sent.customerNumber == nil ? "customerPhone" : "customerNumber"
        throw .invalid("/data/\(member)", "unknown-customer", "that of a registered customer")
    }

    private mutating func device(of sent: PastService) throws(Refusal) -> Device? {
        if sent.deviceKeys.isEmpty { return nil }
        let found = try device(
            code: sent.deviceCode, serialNumber: sent.deviceSerial, brand: sent.deviceBrand, at: "/data/deviceSerial")
        if let found { return found }
        let member = sent.deviceCode == nil ? "deviceSerial" : "deviceCode"
        throw .invalid("/data/\(member)", "unknown-device", "that of a registered device")
    }
}
