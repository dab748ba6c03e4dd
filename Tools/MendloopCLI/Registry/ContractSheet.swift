import DomainContracts
import Foundation
import ServiceKit

/// A row of a file of contracts, as far as it was filled in.
struct ContractSheet: Sendable {
    var contractNumber: String?
    var contractType: ContractType?
    var customerNumber: String?
    var responseLevel: ResponseLevel?
    var labour: Bool?
    var parts: Bool?
    var travel: Bool?
    var deviceSerials: [String] = []
    /// First and last day, `YYYY-MM-DD`.
    var startsOn: String?
    var endsOn: String?
    /// In minor units.
    var price: Int?
    var currency: String?
    var visitQuota: Int?

    init() {}
}

extension ContractSheet: ImportableRow {
    static var columns: [Column<ContractSheet>] { Column<ContractSheet>.all }

    var keys: [String] { contractNumber.map { ["contract \($0)"] } ?? [] }

    var missing: [(column: String, expected: String)] {
        var missing: [(String, String)] = []
        if contractNumber == nil { missing.append(("contractNumber", "the contract's number")) }
        if customerNumber == nil { missing.append(("customerNumber", "whose it is")) }
        if moment(startsOn) == nil { missing.append(("startsOn", "an existing day such as 2026-01-01")) }
        if moment(endsOn) == nil { missing.append(("endsOn", "an existing day such as 2026-12-31")) }
        return missing
    }

    static func message(_ rows: [(line: Int, row: ContractSheet)], dryRun: Bool) -> ImportContracts {
        ImportContracts(dryRun: dryRun, rows: rows.map { ContractRow(line: $0.line, contract: $0.row.contract) })
    }

    /// Ids are the number's own: a contract that has another one already keeps it.
    private static let namespace = UUID(
        uuid: (0x6d, 0x65, 0x6e, 0x64, 0x6c, 0x6f, 0x8f, 0x70, 0xa9, 0x69, 0x6d, 0x70, 0x6f, 0x72, 0x74, 0x01))

    private var contract: RegisterContract {
        let number = contractNumber ?? ""
        let dayAfter = moment(endsOn).map { $0.addingTimeInterval(86_400) }
        return RegisterContract(
            contractId: UUID(derivedFrom: "contract:\(number)", in: Self.namespace), contractNumber: number,
            contractType: contractType ?? .maintenance, customerNumber: customerNumber ?? "",
            responseLevel: responseLevel ?? .standard,
            cover: Cover(labour: labour ?? false, parts: parts ?? false, travel: travel ?? false),
            deviceSerials: deviceSerials, startsOn: moment(startsOn) ?? .distantPast, endsOn: dayAfter ?? .distantPast,
            price: Money(price ?? 0, currency ?? "CNY"), visitQuota: visitQuota)
    }

    /// The row of a contract. A file has whole days: one that ends within a day has that day too.
    init(_ contract: RegisterContract) {
        contractNumber = contract.contractNumber
        contractType = contract.contractType
        customerNumber = contract.customerNumber
        responseLevel = contract.responseLevel
        (labour, parts, travel) = (contract.cover.labour, contract.cover.parts, contract.cover.travel)
        deviceSerials = contract.deviceSerials
        startsOn = Self.day(of: contract.startsOn)
        endsOn = Self.day(of: contract.endsOn.addingTimeInterval(-0.001))
        (price, currency) = (contract.price.amount, contract.price.currency)
        visitQuota = contract.visitQuota
    }

    /// The company's day, UTC+8, of a moment.
    private static func day(of date: Date) -> String {
        String(RFC3339.format(date.addingTimeInterval(8 * 3_600)).prefix(10))
    }

    /// When a day begins for the company, UTC+8; nil for a day that is none.
    private func moment(_ day: String?) -> Date? {
        guard let day, day.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil,
            let date = RFC3339.parse("\(day)T00:00:00+08:00"),
            // The 30th of February would be read as a day of March.
            RFC3339.format(date.addingTimeInterval(8 * 3_600)).hasPrefix(day)
        else { return nil }
        return date
    }
}

extension Column<ContractSheet> {
    static var all: [Column] {
        [
            .text("contractNumber", \.contractNumber, "合同编号", "合同号"),
            .choice(
                "contractType", \.contractType,
                words: ["质保": .warranty, "维保": .maintenance, "点检": .inspection, "单次": .perCall], "合同类型", "类型"),
            .text("customerNumber", \.customerNumber, "客户编号", "客户编码", "客户号"),
            .choice(
                "responseLevel", \.responseLevel,
                words: ["四小时": .fourHour, "4小时": .fourHour, "次日": .nextDay, "标准": .standard], "响应级别", "服务级别"),
            .yesNo("cover.labour", \.labour, "人工", "包人工"),
            .yesNo("cover.parts", \.parts, "备件", "配件", "包备件"),
            .yesNo("cover.travel", \.travel, "上门", "差旅", "包上门"),
            Column(
                "deviceSerials", ["序列号", "设备序列号"],
                read: { cell, row in
                    row.deviceSerials = cell.split(whereSeparator: { ",，;；、\n".contains($0) }).map {
                        $0.trimmingCharacters(in: .whitespacesAndNewlines)
                    }.filter { !$0.isEmpty }
                    return nil
                }, write: { $0.deviceSerials.joined(separator: ";") }),
            .day("startsOn", \.startsOn, "开始日期", "生效日期"),
            .day("endsOn", \.endsOn, "结束日期", "到期日期", "截止日期"),
            Column(
                "price.amount", ["price", "金额", "合同金额"],
                read: { cell, row in
                    row.price = MinorUnits.read(cell)
                    return row.price == nil ? "an amount such as 9800 or 9800.50" : nil
                }, write: { $0.price.map(MinorUnits.text) }),
            .text("price.currency", \.currency, "currency", "币种"),
            Column(
                "visitQuota", ["维保次数", "上门次数", "包含次数"],
                read: { cell, row in
                    row.visitQuota = Int(cell)
                    return row.visitQuota == nil ? "a number of visits such as 4" : nil
                }, write: { $0.visitQuota.map { "\($0)" } }),
        ]
    }

    private static func yesNo(
        _ name: String, _ path: WritableKeyPath<ContractSheet, Bool?> & Sendable, _ aliases: String...
    ) -> Column {
        let words = [
            "true": true, "yes": true, "1": true, "是": true, "含": true, "√": true, "false": false, "no": false,
            "0": false, "否": false, "不含": false, "×": false,
        ]
        return Column(
            name, aliases,
            read: { cell, row in
                row[keyPath: path] = words[cell.lowercased()]
                return row[keyPath: path] == nil ? "yes or no" : nil
            }, write: { $0[keyPath: path].map { $0 ? "yes" : "no" } })
    }
}
