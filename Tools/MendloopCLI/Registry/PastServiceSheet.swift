import DomainContracts
import Foundation

extension PastService: ImportableRow {
    static var columns: [Column<PastService>] { Column<PastService>.all }

    init() { self.init(reference: "", servicedOn: "") }

    var keys: [String] { reference.isEmpty ? [] : ["reference \(reference)"] }

    static func message(_ rows: [(line: Int, row: PastService)], dryRun: Bool) -> ImportPastServices {
        ImportPastServices(
            dryRun: dryRun,
            rows: rows.map { line, row in
                var service = row
                if service.amount?.amount == unsaid { service.amount = nil }
                return PastServiceRow(line: line, service: service)
            })
    }

    /// The amount of a row that has said its currency alone so far.
    fileprivate static let unsaid = Int.min
}

extension Column<PastService> {
    static var all: [Column] {
        [
            Column(
                "reference", ["旧系统编号", "原工单号", "工单号", "单号"],
                read: { cell, row in
                    row.reference = cell
                    return nil
                }, write: { $0.reference }),
            Column(
                "servicedOn", ["日期", "服务日期", "维修日期"],
                read: { cell, row in
                    row.servicedOn = DaySpelling.iso(cell)
                    return nil
                }, write: { $0.servicedOn }),
            .text("customerNumber", \.customerNumber, "客户编号", "客户编码", "客户号"),
            .text("customerPhone", \.customerPhone, "电话", "联系电话", "手机", "手机号"),
            .text("deviceCode", \.deviceCode, "设备编号", "内部编号", "资产编号", "二维码"),
            .text("deviceSerial", \.deviceSerial, "序列号", "出厂编号", "机身号", "SN"),
            .text("deviceBrand", \.deviceBrand, "品牌", "设备品牌"),
            .text("problem", \.problem, "故障", "故障现象", "问题描述"),
            .text("workDone", \.workDone, "处理", "处理措施", "维修内容"),
            .text("engineerName", \.engineerName, "工程师", "维修人员"),
            .choice(
                "outcome", \.outcome,
                words: [
                    "已修复": .fixed, "修好": .fixed, "未发现故障": .noFaultFound, "无法修复": .unrepairable, "报废": .unrepairable,
                    "拒绝报价": .quoteRefused, "换新": .replaced, "退款": .refunded, "远程解决": .resolvedRemotely,
                ], "结果", "处理结果"),
            Column(
                "amount.amount", ["amount", "金额", "费用"],
                read: { cell, row in
                    guard let amount = MinorUnits.read(cell) else { return "an amount such as 120 or 120.50" }
                    row.amount = Money(amount, row.amount?.currency ?? "CNY")
                    return nil
                }, write: { $0.amount.map { MinorUnits.text($0.amount) } }),
            Column(
                "amount.currency", ["currency", "币种"],
                read: { cell, row in
                    row.amount = Money(row.amount?.amount ?? PastService.unsaid, cell)
                    return nil
                }, write: { $0.amount?.currency }),
        ]
    }
}

/// Amounts as people write them: at most two decimals, thousands set off or not.
enum MinorUnits {
    static func read(_ text: String) -> Int? {
        let plain = text.replacing(",", with: "").replacing("¥", with: "").replacing("元", with: "")
        guard let match = plain.wholeMatch(of: /(\d{1,12})(?:\.(\d{1,2}))?/), let whole = Int(match.1) else {
            return nil
        }
        let decimals = match.2.map { $0.count == 1 ? $0 + "0" : $0 } ?? "0"
        return Int(decimals).map { whole * 100 + $0 }
    }

    static func text(_ amount: Int) -> String { "\(amount / 100).\(amount % 100 < 10 ? "0" : "")\(amount % 100)" }
}
